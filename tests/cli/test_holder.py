import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli import main

DAY = ["--date", "2026-11-24"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["holder", *arguments])


def test_the_text_says_first_who_holds_the_data() -> None:
    result = run("google", "--user-region", "de", *DAY)
    assert result.exit_code == 0
    assert result.output.startswith("HOLDER: Google Ireland Limited in Ireland")
    assert "address is left out on purpose" in result.output


def test_several_entities_are_shown_as_choices_with_what_would_settle_it() -> None:
    output = run("someone@gmail.com", *DAY).output
    assert output.startswith("NOT CERTAIN")
    assert "Google Ireland Limited" in output
    assert "Google LLC" in output
    assert "What would settle it: the user’s region" in output


def test_an_identifier_without_a_holder_says_so_in_both_languages() -> None:
    assert run("+49 151 23456789", *DAY).output.startswith("UNKNOWN: the identifier does not tell")
    output = run("+49 151 23456789", *DAY, "--language", "zh").output
    assert output.startswith("未知：标识本身不表明数据持有人")
    assert "德国（DE）" in output


def test_with_the_asking_state_the_routes_to_the_holders_state_are_shown() -> None:
    output = run(
        "gmail.com", "--user-region", "DE", "--from", "FR", "--measure", "content", "--offence", "computer-fraud", *DAY
    ).output
    assert "Routes:" in output
    assert "European production and preservation orders" in output
    assert "none needed" in run("gmail.com", "--user-region", "DE", "--from", "IE", *DAY).output


def test_json_has_the_agreed_shape() -> None:
    answer = json.loads(run("gmail.com", "--user-region", "DE", "--from", "FR", "--json", *DAY).output)
    assert set(answer) == {
        "identifier",
        "date",
        "as_of",
        "user_region",
        "certain",
        "states",
        "choices",
        "notes",
        "unknown",
    }
    choice = answer["choices"][0]
    assert {"holder", "entity", "state", "role", "verdict", "door", "accepts", "emergency", "preservation", "user_notice",
            "languages", "confidence", "source", "routes"} <= set(choice)  # fmt: skip
    assert "routes" not in json.loads(run("gmail.com", "--json", *DAY).output)["choices"][0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([""], "no identifier"),
        (["@a", "--service", "nothing"], "no service"),
        (["google", "--user-region", "ZZ"], "no state"),
        (["google", "--from", "ZZ"], "no state"),
        (["google", "--measure", "weather"], "no measure"),
        (["google", "--from", "FR", "--offence", "weather"], "no offence"),
        (["google", "--date", "soon"], "no date"),
        (["google", "--from", "FR", "-c", "emergency=perhaps"], "cannot be"),
    ],
)
def test_input_that_cannot_be_used_is_named_with_status_2(arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_memo_is_written_for_the_file(tmp_path: Path) -> None:
    memo = tmp_path / "memo.pdf"
    assert run("google", "--user-region", "DE", "--pdf", str(memo)).exit_code == 0
    assert memo.read_bytes().startswith(b"%PDF")
    nowhere = run("google", "--pdf", str(tmp_path / "no" / "memo.pdf"))
    assert (nowhere.exit_code, "cannot be written" in nowhere.output) == (2, True)
