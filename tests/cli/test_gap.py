import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli import main
from comity.cli.gap import Said


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["gap", *arguments])


def test_the_text_gives_the_answer_first_then_table_and_reasons() -> None:
    result = run("de", "budapest", "--on", "2026-11-24")
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[1].startswith("Of 22 obligations the law of Germany has ")
    assert lines[2] == "Germany and the Budapest Convention: in force since 2009-07-01."
    assert any(line.startswith("  21") and "has it" in line for line in lines)
    assert any("declared or reserved by the state [2]" in line for line in lines)
    assert any("confidence: high; source:" in line for line in lines)


def test_the_text_speaks_chinese() -> None:
    lines = run("DE", "uncc", "--language", "zh", "--on", "2026-11-24").output.splitlines()
    assert lines[1].startswith("28项义务中，德国法律具备")
    assert lines[3] == "事实截至2026年11月24日。非法律意见；以官方文本和交存机关为准。"
    assert any("较窄（允许）" in line for line in lines)


def test_json_has_the_agreed_shape() -> None:
    value = json.loads(run("CN", "budapest", "--json").output)
    assert value["bound"] is False
    assert sum(value["counts"].values()) == len(value["obligations"]) == 22
    first = value["obligations"][0]
    assert (first["article"], first["status"]) == ("2", "partial")
    assert "state-system" in {item["element"] for item in first["narrowing"]}


def test_an_accession_says_what_opens() -> None:
    result = run("IN", "budapest", "--if-party", "--on", "2026-11-24", "--measure", "preserve")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[1].startswith("As a party, India would have routes that open with ")
    assert "on invitation" in lines[2]
    assert any(line.startswith("  Expedited preservation of stored data  asks") for line in lines)
    assert any("Reservations and declarations" in line for line in lines)


def test_an_accession_in_json_names_each_change() -> None:
    value = json.loads(
        run("IN", "budapest", "--if-party", "--measure", "preserve", "--on", "2026-11-24", "--json").stdout
    )
    assert value["possible"] == "yes"
    change = next(each for each in value["changes"] if (each["from"], each["to"]) == ("IN", "DE"))
    assert change["after"]["instrument"] == "budapest"
    assert value["summary"][0]["opens"]


def test_an_instrument_that_is_not_open_is_answered_with_the_reason() -> None:
    result = run("IN", "eu-eio", "--if-party")
    assert result.exit_code == 0
    assert "open to members of the European Union only" in result.output
    assert "不可加入" in run("IN", "eu-eio", "--if-party", "--language", "zh").output


def test_progress_is_said_only_when_it_takes_long(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said()
    said(1, 10)
    assert capsys.readouterr().err == ""
    said._next_at = 0
    said(5, 10)
    assert capsys.readouterr().err == " 50 %  5 of 10 questions\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ZZ", "budapest"], "no state"),
        (["DE", "eu-eaw"], "is not in the lawbook"),
        (["DE", "budapest", "--on", "tomorrow"], "no date"),
        (["DE", "budapest", "--on", "1800-01-01"], "1900 to 2200"),
        (["IN", "bucharest", "--if-party"], "no instrument"),
        (["IN", "budapest", "--if-party", "--measure", "steal"], "no measure"),
        (["IN", "budapest", "--if-party", "--offence", "hacking"], "no offence"),
        (["IN", "budapest", "--if-party", "-c", "weather=good"], "no circumstance"),
        (["IN", "budapest", "--if-party", "-c", "political"], "no circumstance"),
        (["IN", "budapest", "--if-party", "-c", "political=perhaps"], "cannot be"),
        (["IN", "budapest", "--if-party", "--act", "acces"], "no element"),
        (["DE", "budapest", "--lawbook", "/nowhere"], "Nothing is there"),
    ],
)
def test_bad_input_says_what_is_wrong_and_leaves_with_two(arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.output + result.stderr
    assert "Traceback" not in result.output + result.stderr


def test_the_answer_is_written_as_a_memo(tmp_path: Path) -> None:
    target = tmp_path / "gap.pdf"
    assert run("KE", "budapest", "--on", "2026-11-24", "--pdf", str(target)).exit_code == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert run("KE", "budapest", "--pdf", str(tmp_path)).exit_code == 2


def test_what_a_jurist_noted_and_what_a_state_reserved_are_said_in_both_languages() -> None:
    said = {language: run("US", "budapest", "--language", language).output for language in ("en", "zh")}
    for english, chinese in (
        ("Possession of devices is an offence only from a minimum number", "持有装置须达到联邦法律规定的最低数量"),
        ("Trafficking in passwords only.", "仅限贩卖密码。"),
    ):
        assert english in said["en"]
        assert english not in said["zh"]
        assert chinese in said["zh"]
