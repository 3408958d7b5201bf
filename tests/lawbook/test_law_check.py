import shutil
from pathlib import Path

import pytest

from comity.lawbook import default_path
from comity.lawbook.check import check_law


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(default_path(), tmp_path / "lawbook")
    return tmp_path / "lawbook"


def test_the_law_that_comes_with_comity_is_sound() -> None:
    report = check_law(default_path())
    assert report.problems == ()
    assert dict(report.coverage)["states"] > 190


SHAPES = {
    "an unknown status": ("parties/parties.csv", ",signatory,", ",member,", "'member' is not one of"),
    "another value": ("instruments/budapest.yaml", "if_missing: unknown", "if_missing: perhaps", "is not one of"),
    "a case without article": (
        "cases/routes-production.yaml", "  article: Budapest 31, 25, 27\n", "", "'article' is a required",
    ),
}  # fmt: skip
CONTRADICTIONS = {
    "a row twice": (
        "parties/parties.csv",
        "budapest,DK,2003-04-22,",
        "budapest,DE,2003-04-22,",
        "budapest DE has 2 rows",
    ),
    "ended without a day": (
        "parties/parties.csv",
        ",2004-01-01,2020-12-31,ended,",
        ",2004-01-01,,ended,",
        "no day says when",
    ),
    "ends before it begins": (
        "parties/parties.csv",
        ",2020-12-31,ended,",
        ",1999-12-31,ended,",
        "ends before it begins",
    ),
    "bound too early": ("parties/parties.csv", ",2007-01-01,", ",2001-01-01,", "before the instrument applies"),
    "no such state": ("parties/parties.csv", "budapest,AL,", "budapest,ZZ,", "no state ZZ"),
    "a relation to nothing": ("instruments/ets30.yaml", "other: budapest", "other: bucharest", "does not exist"),
    "no effect": ("instruments/ets30.yaml", "  effect: excludes\n", "", "does not say its effect"),
    "a fact nobody knows": ("instruments/budapest.yaml", "fact: political", "fact: weather", "'weather' is no fact"),
    "suspended without a day": (
        "parties/bilateral.csv",
        ",suspended,2020-08-20,",
        ",suspended,,",
        "no day says since when",
    ),
    "a word missing": ("words/law.yaml", "    preserve: {", "    preserved: {", "measure:preserve lacks"),
}


@pytest.mark.parametrize("defects", [SHAPES, CONTRADICTIONS], ids=["shapes", "contradictions"])
def test_every_defect_is_found_and_named(copy: Path, defects: dict[str, tuple[str, str, str, str]]) -> None:
    for name, old, new, _ in defects.values():
        text = (copy / name).read_text()
        assert old in text, old
        (copy / name).write_text(text.replace(old, new, 1))
    problems = check_law(copy).problems
    unnamed = [defect for defect, (*_, words) in defects.items() if not any(words in problem for problem in problems)]
    assert unnamed == []


def test_a_file_that_cannot_be_read_is_the_report(copy: Path) -> None:
    (copy / "codes.yaml").write_text("measures: [")
    assert "codes.yaml" in check_law(copy).problems[0]
