import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli import main

QUESTION = [
    "--from",
    "CN",
    "--to",
    "NL",
    "--measure",
    "preserve",
    "--offence",
    "illegal-access",
    "--date",
    "2026-11-23",
]
ROUTE_KEYS = {
    "instrument", "article", "measure", "channel", "verdict", "rank", "findings", "clocks", "dual_criminality", "particulars",
    "refusal_risks", "warnings",
}  # fmt: skip


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["route", *arguments], input=stdin)


def test_json_has_the_agreed_shape() -> None:
    result = run(
        *QUESTION, "--holder", "provider", "--holder-state", "US", "--emergency", "--max-penalty", "60", "--json"
    )
    assert result.exit_code == 0
    answer = json.loads(result.output)
    assert set(answer) == {"question", "as_of", "routes", "warnings", "unknown"}
    assert answer["question"]["circumstances"] == {
        "data_holder": "provider",
        "provider_state": "US",
        "emergency": True,
        "max_penalty_months_from": 60,
    }
    for rank, route in enumerate(answer["routes"], 1):
        assert set(route) >= ROUTE_KEYS
        assert route["rank"] == rank
        assert all(set(finding) >= {"id", "verdict", "article", "reason", "source"} for finding in route["findings"])
        assert all(set(clock) >= {"what", "duration", "from"} for clock in route["clocks"])
    assert all(set(warning) == {"code", "text", "article"} for warning in answer["warnings"])


def test_the_text_gives_the_answer_first_and_the_reason_for_what_is_closed() -> None:
    result = run("--from", "FR", "--to", "DE", "--measure", "preserve", "--offence", "illegal-access", "--date", "2026-11-24",
                 "--data-in", "de")  # fmt: skip
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[0] == "What may France ask of Germany?"
    assert lines[1].startswith("France may ask Germany now: Convention on Cybercrime, art. 29")
    assert any(line.startswith("1. ✓ Open  Convention on Cybercrime") for line in lines)
    assert any("European Convention on Mutual Assistance" in line and "takes its place" in line for line in lines)


def test_the_text_speaks_chinese() -> None:
    result = run(*QUESTION, "--language", "zh")
    assert "不可用及原因" in result.output
    assert result.output.startswith("中国可以向荷兰请求什么？")
    assert "✕ 网络犯罪公约：" in result.output
    assert "不在《网络犯罪公约》缔约方名单之中。" in result.output
    assert json.loads(run(*QUESTION, "--language", "zh", "--json").output)["routes"][0]["title"] != ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--from", "XX", *QUESTION[2:]], "no state"),
        ([*QUESTION[:-1], "yesterday"], "no date"),
        (QUESTION[2:], "lacks 'from'"),
        ([*QUESTION, "-c", "emergency"], "no circumstance"),
        ([*QUESTION, "-c", "emergency=perhaps"], "cannot be"),
        ([*QUESTION, "--holder", "cloud"], "cannot be"),
        ([*QUESTION, "--lawbook", "/nowhere"], "Nothing is there"),
        (["--batch", "/nowhere.jsonl"], "cannot be read"),
    ],
)
def test_input_that_cannot_be_used_is_named_with_status_2(arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output


def test_any_circumstance_can_be_given_in_its_type() -> None:
    result = run(*QUESTION, "-c", "offenders=3", "-c", "organised_group=true", "-c", "threat=a bomb", "--json")
    circumstances = json.loads(result.output)["question"]["circumstances"]
    assert circumstances == {"offenders": 3, "organised_group": True, "threat": "a bomb"}


def test_a_batch_answers_line_by_line_and_goes_on_after_a_bad_one(tmp_path: Path) -> None:
    lines = [
        {"id": "a", "from": "FR", "to": "DE", "measure": "preserve", "offence": "illegal-access", "date": "2026-11-24",
         "circumstances": {"data_located_in": "DE", "weather": "rain"}, "colour": "red"},
        {"id": "b", "from": "FR", "to": "FR", "measure": "preserve", "date": "2026-11-24"},
        "no object",
        {"id": 4, "from": "CN", "to": "RU", "measure": "content", "date": "2026-11-24", "circumstances": {}},
    ]  # fmt: skip
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n{broken\n")
    result = run("--batch", str(file), "--json")
    answers = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 2
    assert [answer.get("id") for answer in answers] == ["a", "b", None, 4, None]
    assert [warning["code"] for warning in answers[0]["warnings"][:2]] == ["unknown-circumstance"] * 2
    assert answers[0]["routes"][0]["verdict"] == "open"
    assert answers[1]["error"]["code"] == "unusable-question"
    assert answers[4]["error"]["line"] == 6


def test_a_batch_of_good_lines_has_status_0_and_reads_standard_input() -> None:
    line = json.dumps({"id": 1, "from": "FR", "to": "DE", "measure": "preserve", "date": "2026-11-24"})
    assert run("--batch", "-", "--json", stdin=line + "\n").exit_code == 0
    assert run("--batch", "-", stdin=line + "\n").output.startswith("== 1\nWhat may France ask of Germany?")


def test_a_batch_says_what_one_question_says(tmp_path: Path) -> None:
    single = json.loads(run(*QUESTION, "--json").output)
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps({"id": 1, **single["question"]}))
    batch = json.loads(run("--batch", str(file), "--json").output)
    assert batch == {"id": 1, **single}


def test_law_check_finds_the_law_sound() -> None:
    result = CliRunner().invoke(main, ["law", "check"])
    assert result.exit_code == 0
    assert "The law is sound." in result.output


def test_law_check_has_status_1_when_there_is_a_problem(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["law", "check", "--lawbook", str(tmp_path)])
    assert result.exit_code == 1
    assert "1 problems" in result.output


def test_the_command_starts_without_loading_its_verbs() -> None:
    code = (
        "import sys; import comity.cli; print(any(m.startswith(('comity.law', 'yaml', 'django')) for m in sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"


def test_help_names_the_verbs() -> None:
    assert {"law", "route"} <= set(CliRunner().invoke(main, ["--help"]).output.split())
    assert CliRunner().invoke(main, ["nothing"]).exit_code == 2


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["Conditional", "art. 29"]), ("zh", ["附条件", "网络犯罪公约", "29"])]
)
def test_the_answer_is_written_as_a_memo_too(tmp_path: Path, language: str, words: list[str]) -> None:
    target = tmp_path / "memo.pdf"
    question = [
        "--from",
        "GH",
        "--to",
        "FR",
        "--measure",
        "preserve",
        "--offence",
        "illegal-access",
        "--date",
        "2026-11-24",
    ]
    assert run(*question, "--language", language, "--pdf", str(target)).exit_code == 0
    text = subprocess.run(["pdftotext", str(target), "-"], capture_output=True, text=True, check=True).stdout
    assert all(word in text for word in words)


def test_a_memo_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    result = run(*QUESTION, "--pdf", str(tmp_path / "no/such/folder.pdf"))
    assert result.exit_code == 2
    assert "folder of yours" in result.stderr
    assert run("--batch", "-", "--pdf", str(tmp_path / "x.pdf"), stdin="{}").exit_code == 2
