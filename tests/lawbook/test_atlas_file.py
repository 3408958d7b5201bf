"""The file of the atlas: complete or absent."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from comity.law.atlas import Sheet, Span, sheets, whole_world
from comity.lawbook import open_lawbook
from comity.lawbook.atlas_file import AtlasFileError, write_atlas, write_picture

COLUMNS = [
    "from", "to", "measure", "offence", "date", "verdict", "instrument", "variant", "channel", "days", "open_routes",
    "usable_routes", "as_of",
]  # fmt: skip
STATES = ("FR", "DE", "US", "KP")


@pytest.fixture(scope="module")
def span() -> Span:
    world = whole_world(open_lawbook().facts, date(2026, 11, 24), {"data_holder": "provider", "emergency": False})
    return replace(
        world,
        measures=("content", "realtime-traffic"),
        offences=("illegal-access", "murder"),
        from_states=STATES,
        to_states=STATES,
    )


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond the size: a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("name", ["atlas.csv", "atlas.parquet", "it's an atlas.CSV"])
def test_every_cell_is_in_the_file_as_the_sheets_have_it(span: Span, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert write_atlas(sheets(span), path) == 48
    reader = "read_parquet" if path.suffix == ".parquet" else "read_csv"
    found = duckdb.execute(f"FROM {reader}(?)", [str(path)])
    assert [column[0] for column in found.description] == COLUMNS
    rows = found.fetchall()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    by_measure = {sheet.measure: sheet for sheet in sheets(span)}
    expected = [
        (a, b, measure, offence)
        for measure in span.measures
        for a in STATES
        for b in STATES
        for offence in span.offences
        if a != b
    ]
    assert [row[:4] for row in rows] == expected
    for row in rows:
        assert_same(by_measure[row[2]], row)


def assert_same(sheet: Sheet, row: tuple[object, ...]) -> None:
    from_state, to_state, _, offence = map(str, row[:4])
    cell = sheet.cell(from_state, to_state, offence)
    assert cell is not None
    assert (row[5], row[10], row[11]) == (cell.verdict, cell.open_routes, cell.usable_routes)
    expected: tuple[object, ...] = (None, None, None, None)
    if cell.verdict != "closed":
        expected = (cell.instrument, cell.variant, cell.channel, cell.days)
    assert (row[6], row[7] or ("" if row[6] else None), row[8], row[9]) == expected
    assert str(row[4]) == "2026-11-24"


def test_a_full_disk_leaves_nothing_behind(span: Span, tmp_path: Path) -> None:
    path = tmp_path / "atlas.csv"
    path.write_text("before")
    with room_for(2000), pytest.raises(AtlasFileError) as error:
        write_atlas(sheets(span), path)
    assert "could not be written" in error.value.message
    assert [each.name for each in tmp_path.iterdir()] == ["atlas.csv"]
    assert path.read_text() == "before"


def test_a_picture_on_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    with room_for(100), pytest.raises(AtlasFileError):
        write_picture("x" * 5000, tmp_path / "map.svg")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(span: Span, tmp_path: Path) -> None:
    with pytest.raises(AtlasFileError) as error:
        write_atlas(sheets(span), tmp_path / "nowhere/atlas.csv")
    assert error.value.remedy
    with pytest.raises(AtlasFileError):
        write_picture("x", tmp_path / "nowhere/map.svg")


def test_another_ending_is_refused_before_anything_is_evaluated(tmp_path: Path) -> None:
    def never() -> Iterator[Sheet]:
        raise AssertionError
        yield

    with pytest.raises(AtlasFileError):
        write_atlas(never(), tmp_path / "atlas.xlsx")


def test_a_circumstance_that_cannot_be_used_leaves_nothing_behind(span: Span, tmp_path: Path) -> None:
    wrong = replace(span, from_states=("XX",))
    with pytest.raises(Exception, match="XX"):
        write_atlas(sheets(wrong), tmp_path / "atlas.csv")
    assert list(tmp_path.iterdir()) == []
