"""A jurist adds an instrument and a state without a programmer: the example of docs/lawbook.md, done and asked."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from comity.law.answer import Route
from comity.law.facts import Facts
from comity.law.question import Question
from comity.law.routes import routes
from comity.lawbook import default_path, open_lawbook
from comity.lawbook.check import check_law

GUIDE = Path(__file__).parents[2] / "docs/lawbook.md"
ROWS = {
    "states/states.csv": "state",
    "parties/parties.csv": "parties",
    "parties/coverage.yaml": "coverage",
}


def block(name: str) -> str:
    """The example of that name in the guide."""
    found = re.search(rf"<!-- example: {re.escape(name)} -->\n```[a-z]*\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert found, name
    return found.group(1)


@pytest.fixture
def extended(tmp_path: Path) -> Path:
    folder = tmp_path / "lawbook"
    shutil.copytree(default_path(), folder)
    (folder / "instruments/practice-accord.yaml").write_text(block("instrument"))
    for name, example in ROWS.items():
        with (folder / name).open("a") as file:
            file.write(block(example))
    return folder


def preservation(facts: Facts, sender: str, on: date) -> Route:
    answer = routes(facts, Question(sender, "XA", "preserve", "illegal-access", on))
    return next(route for route in answer.routes if route.instrument == "practice-accord")


def test_the_example_of_the_guide_is_sound(extended: Path) -> None:
    assert check_law(extended).problems == ()


def test_the_new_treaty_opens_a_route_from_the_day_on_which_it_binds_both(extended: Path) -> None:
    facts = open_lawbook(extended).facts
    assert preservation(facts, "GH", date(2026, 3, 1)).verdict == "open"
    assert preservation(facts, "GH", date(2026, 2, 28)).verdict == "closed"
    assert preservation(facts, "GH", date(2026, 3, 1)).clocks[0].duration == "P30D"


def test_the_new_treaty_opens_nothing_for_others(extended: Path) -> None:
    facts = open_lawbook(extended).facts
    assert preservation(facts, "NG", date(2026, 11, 24)).verdict == "closed"
