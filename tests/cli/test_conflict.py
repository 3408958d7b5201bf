import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli import main

CHAIN = ["--offence", "computer-fraud", "--link", "conducted:GH", "--link", "victims:DE:40", "--link", "servers:NL",
         "--link", "money:CN", "--link", "suspect-national:NG", "--date", "2026-11-24"]  # fmt: skip


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["conflict", *arguments], input=stdin)


def test_the_text_says_first_whether_there_is_a_conflict() -> None:
    result = run(*CHAIN)
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[0].startswith("CONFLICT")
    assert lines[3].startswith("Germany (DE): ● HAS JURISDICTION")
    assert any("Ghana (GH): ? UNKNOWN (bound by treaty" in line for line in lines)
    assert any("Budapest art. 22(5)" in line and "jurisdiction-consultation" not in line for line in lines)
    assert any(line.startswith("  1. Germany (DE)") for line in lines)


def test_the_text_speaks_chinese() -> None:
    output = run(*CHAIN, "--language", "zh").output
    assert output.startswith("存在冲突：两国或多国有（或须有）管辖权。")
    assert "通常优先顺序（仅为建议，并非裁断）" in output


def test_json_has_the_agreed_shape() -> None:
    answer = json.loads(run(*CHAIN, "--json").output)
    assert set(answer) == {"chain", "as_of", "conflict", "claims", "order", "criteria", "consultation", "procedure", "warnings",
                           "unknown"}  # fmt: skip
    assert answer["chain"]["links"][1] == {"what": "victims", "state": "DE", "weight": 40, "date": None}
    claim = answer["claims"][0]
    assert set(claim) == {"state", "name", "verdict", "obliged", "punished", "bases"}
    assert {"article", "force", "verdict", "reason", "source", "confidence"} <= set(claim["bases"][0]["grounds"][0])
    assert all(set(warning) == {"code", "text", "article"} for warning in answer["warnings"])


def test_a_file_says_what_the_options_say(tmp_path: Path) -> None:
    value = json.loads(run(*CHAIN, "--json").output)
    file = tmp_path / "chain.json"
    file.write_text(json.dumps(value["chain"]))
    assert json.loads(run(str(file), "--json").output) == value
    assert json.loads(run("-", "--json", stdin=json.dumps(value["chain"])).output) == value
    more = json.loads(run(str(file), "--link", "witnesses:FR", "--json").output)
    assert len(more["chain"]["links"]) == 6


def test_with_two_states_and_a_measure_it_says_what_to_heed_before_sending() -> None:
    question = [
        "--from",
        "CN",
        "--to",
        "CH",
        "--measure",
        "content",
        "--offence",
        "illegal-access",
        "--date",
        "2026-11-24",
    ]
    text = run(*question, "-c", "provider_state=US").output
    assert "! Switzerland forbids direct answers" in text
    assert "‘The requested state’ and ‘Where the holder is established’ do not go together" in text
    answer = json.loads(run(*question, "--json").output)
    assert set(answer) == {"question", "warnings", "contradictions"}
    assert "blocking-statute" in {warning["code"] for warning in answer["warnings"]}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "no links"),
        (["--link", "weather:DE"], "is no link"),
        (["--link", "victims:ZZ"], "no state"),
        ([*CHAIN, "--offence", "weather"], "no offence"),
        ([*CHAIN, "--date", "soon"], "no date"),
        (["/nowhere.json"], "cannot be read"),
        (["--from", "CN", "--to", "CH"], "lacks 'measure'"),
        ([*CHAIN, "--from", "CN", "--to", "CH", "--measure", "content"], "cannot be asked at once"),
        ([*CHAIN, "--lawbook", "/nowhere"], "Nothing is there"),
    ],
)
def test_input_that_cannot_be_used_is_named_with_status_2(arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("text", ["[1]", "{", '{"links": 3}', '{"links": [3]}', '{"links": ["victims:DE"], "date": 5}'])
def test_a_file_of_another_shape_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "chain.json"
    file.write_text(text)
    assert run(str(file)).exit_code == 2


def test_a_memo_is_written_for_the_file(tmp_path: Path) -> None:
    memo = tmp_path / "memo.pdf"
    assert run(*CHAIN, "--pdf", str(memo)).exit_code == 0
    assert memo.read_bytes().startswith(b"%PDF")
    nowhere = run(*CHAIN, "--pdf", str(tmp_path / "no" / "memo.pdf"))
    assert (nowhere.exit_code, "cannot be written" in nowhere.output) == (2, True)
    warnings = run("--from", "CN", "--to", "CH", "--measure", "content", "--pdf", str(tmp_path / "other.pdf"))
    assert (warnings.exit_code, (tmp_path / "other.pdf").exists()) == (2, False)
