import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli import main
from comity.law.question import parse_question
from comity.law.routes import routes
from comity.lawbook import open_lawbook

DAY = ("--date", "2026-11-24")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["atlas", *arguments])


def test_reach_as_json_agrees_with_the_route_finder() -> None:
    result = run("--measure", "content", "--from", "no", *DAY, "-c", "data_holder=provider", "--json")
    assert result.exit_code == 0
    value = json.loads(result.output)
    assert value["from"] == "NO"
    assert value["circumstances"] == {"data_holder": "provider"}
    row = next(row for row in value["to_states"] if row["state"] == "US")
    question = {**value, "to": "US", "measure": "content"}
    best = routes(open_lawbook().facts, parse_question(question)).routes[0]
    assert (row["verdict"], row["instrument"], row["days"]) == (best.verdict, best.instrument, best.days)


def test_overview_says_the_answer_first() -> None:
    result = run("--measure", "preserve", *DAY)
    assert result.exit_code == 0
    assert result.output.startswith("A usable route for expedited preservation of stored data exists in ")
    assert "White spots" in result.output


def test_it_speaks_chinese() -> None:
    result = run("--measure", "preserve", "--to", "NO", *DAY, "--language", "zh")
    assert result.exit_code == 0
    assert "挪威" in result.output
    assert "可用" in result.output


def test_it_writes_files_and_says_so(tmp_path: Path) -> None:
    csv, drawn, table = tmp_path / "a.csv", tmp_path / "map.svg", tmp_path / "table.svg"
    files = ("--out", str(csv), "--map", str(drawn), "--matrix", str(table))
    result = run("--measure", "content", "--from", "NO", "--offence", "murder", *DAY, *files, "--json")
    assert result.exit_code == 0
    written = json.loads(result.output)["written"]
    assert written == [{"file": str(csv), "rows": 201}, {"file": str(drawn)}, {"file": str(table)}]
    assert len(csv.read_text().splitlines()) == 202
    assert drawn.read_text().startswith("<svg")
    assert "Germany" not in table.read_text()


def test_a_matrix_of_some_states(tmp_path: Path) -> None:
    table = tmp_path / "table.svg"
    result = run("--measure", "content", "--states", "FR,DE,US", *DAY, "--matrix", str(table))
    assert result.exit_code == 0
    assert "Germany DE" in table.read_text()


def test_a_matrix_that_nobody_could_read_is_refused(tmp_path: Path) -> None:
    table, states = tmp_path / "table.svg", list(open_lawbook().facts.states)
    result = run("--measure", "content", "--states", ",".join(states[:61]), *DAY, "--matrix", str(table))
    assert result.exit_code == 2
    assert "A matrix of 61 states cannot be read" in result.output
    assert not table.exists()


def test_a_circumstance_that_nobody_knows_is_named_and_ignored() -> None:
    result = run("--measure", "preserve", "--from", "NO", *DAY, "-c", "moon=full", "--json")
    assert result.exit_code == 0
    assert "moon" in result.stderr
    assert json.loads(result.stdout)["from"] == "NO"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "No measure is named"),
        (("--measure", "wish"), "'wish' is no measure"),
        (("--measure", "content", "--from", "XX"), "'XX' is no state"),
        (("--measure", "content", "--offence", "sloth"), "'sloth' is no offence"),
        (("--measure", "content", "--date", "tomorrow"), "'tomorrow' is no date"),
        (("--measure", "content", "--date", "1850-01-01"), "outside the years"),
        (("--measure", "content", "-c", "data_holder=ghost"), "'data_holder' cannot be 'ghost'"),
        (("--measure", "content", "-c", "emergency"), "'emergency' is no circumstance"),
        (("--measure", "content", "--from", "FR", "--to", "DE"), "that is one question"),
        (("--measure", "content", "--map", "x.svg"), "A map shows one state"),
        (("--from", "FR", "--map", "x.svg"), "No measure is named"),
        (("--measure", "content", "--matrix", "x.svg"), "two sides"),
        (("--out", "atlas.docx"), "neither CSV nor Parquet"),
        (("--out", "/nowhere/atlas.csv"), "could not be written"),
    ],
)
def test_it_says_what_cannot_be_used(
    arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []
