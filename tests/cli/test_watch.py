"""`comity watch`: the answer first, then the reasons; folders and edition files alike; what cannot be used is status 2."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from comity.cli.watch import watch
from comity.lawbook import default_path, open_lawbook
from comity.lawbook.editions import BrokenEditionError, keep_edition, kept_editions, read_edition


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The file of the present edition, and a folder in which Ghana has left Budapest and a form has changed."""
    folder = tmp_path_factory.mktemp("editions")
    new = folder / "new"
    shutil.copytree(default_path(), new, ignore=shutil.ignore_patterns("cases", "schema"))
    parties = new / "parties/parties.csv"
    row = next(line for line in parties.read_text().splitlines() if line.startswith("budapest,GH,"))
    parties.write_text(parties.read_text().replace(row, row.replace(",,party,", ",2026-10-31,ended,")))
    form = new / "forms/epoc-pr.yaml"
    form.write_text(form.read_text().replace("type: ", "type: multiline-", 1))
    return keep_edition(open_lawbook(), folder / "kept"), new


def run(*arguments: object) -> Result:
    return CliRunner().invoke(watch, [str(each) for each in arguments])


def test_the_answer_comes_first_and_the_reasons_follow_by_change(editions: tuple[Path, Path]) -> None:
    found = run(*editions, "--state", "gh", "--measure", "preserve", "--date", "2026-11-24")
    assert found.exit_code == 0
    first = found.output.splitlines()[0]
    assert first.startswith("1 change of the law; 1 change of procedures, forms or words; ")
    assert "routes of Ghana change: " in first
    assert "1. Position of a state ended: The Budapest Convention — Ghana (status: party → ended;" in found.output
    assert "Convention on Cybercrime, art. 29, 35(1)(b): conditional → closed" in found.output
    assert "changed: forms/epoc-pr.yaml: " in found.output
    assert "epoc-pr/issue" in found.output


def test_it_speaks_chinese_and_json(editions: tuple[Path, Path]) -> None:
    found = run(*editions, "--state", "GH", "--measure", "preserve", "--json", "--language", "zh")
    value: Any = json.loads(found.output)
    assert value["summary"].startswith("法律变更1项；")
    assert value["state"] == "GH"
    assert {route["causes"][0] for route in value["routes"]} == {0}
    assert value["templates"][0]["steps"]


def test_without_a_state_the_changes_are_told_and_that_no_routes_were_compared(editions: tuple[Path, Path]) -> None:
    found = run(*editions)
    assert found.exit_code == 0
    assert "No routes were compared: name a state with --state." in found.output


def test_nothing_changed_is_an_answer(editions: tuple[Path, Path]) -> None:
    found = run(editions[0])
    assert (found.exit_code, found.output.splitlines()[0]) == (0, "Nothing changed between the two editions.")


@pytest.mark.parametrize(
    "arguments",
    [("--state", "ZZ"), ("--measure", "spell", "--state", "GH"), ("--date", "soon"), ("--home", "/nowhere")],
)
def test_what_cannot_be_used_is_status_two_with_a_remedy(
    editions: tuple[Path, Path], arguments: tuple[str, ...]
) -> None:
    found = run(*editions, *arguments)
    assert found.exit_code == 2
    assert len(found.output.splitlines()) >= 2


def test_an_edition_file_holds_what_the_folder_says_and_is_written_once(
    editions: tuple[Path, Path], tmp_path: Path
) -> None:
    path, _ = editions
    edition, book = read_edition(path), open_lawbook()
    assert edition.name == book.edition
    assert edition.facts == book.facts
    assert edition.pages == book.pages
    written = path.stat().st_mtime_ns
    assert keep_edition(book, path.parent) == path
    assert path.stat().st_mtime_ns == written
    assert kept_editions(path.parent) == (path,)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert path.stat().st_size < 1_500_000


DAMAGE = {
    "empty": lambda data: b"",
    "cut off": lambda data: data[: len(data) // 2],
    "no gzip": lambda data: b"hello",
    "a bit": lambda data: data[:5000] + bytes([data[5000] ^ 1]) + data[5001:],
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_broken_edition_is_an_error_with_a_remedy_and_is_written_anew(
    editions: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    good = editions[0].read_bytes()
    path = tmp_path / editions[0].name
    path.write_bytes(DAMAGE[name](good))
    with pytest.raises(BrokenEditionError) as raised:
        read_edition(path)
    assert raised.value.remedy
    found = run(path)
    assert found.exit_code == 2
    assert keep_edition(open_lawbook(), tmp_path) == path
    assert read_edition(path).name == read_edition(editions[0]).name


def test_a_file_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "2026-11-24+00000000-00000000.json.gz"
    path.write_bytes(gzip.compress(b" " * 70_000_000))
    with pytest.raises(BrokenEditionError, match="larger than any edition"):
        read_edition(path)
