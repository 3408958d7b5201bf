"""What the tests of instruments may ask about a wanted person, against the real lawbook."""

from datetime import date
from typing import Any

import pytest

from comity.law.book import book_of
from comity.law.extradition import (
    death_penalty,
    sentence_at_least,
    surrenders_national,
    threshold_met,
    treaty_required,
    wanted_for,
)
from comity.law.facts import Facts
from comity.law.question import Question
from comity.law.situation import Situation


def asked(facts: Facts, from_state: str, to_state: str, **circumstances: Any) -> Situation:
    question = Question(from_state, to_state, "extradition", "computer-fraud", date(2026, 11, 24), circumstances)
    return Situation(facts, question, book_of(facts).memory)


@pytest.mark.parametrize(
    ("circumstances", "expected"),
    [
        ({"purpose": "investigation"}, "prosecution"),
        ({"purpose": "prosecution", "sentence_left_months": 2}, "prosecution"),
        ({"purpose": "sentence"}, "sentence"),
        ({"sentence_passed_months": 9}, "sentence"),
        ({"purpose": "confiscation"}, "other"),
    ],
)
def test_the_stated_purpose_says_what_a_person_is_wanted_for(
    facts: Facts, circumstances: dict[str, Any], expected: str
) -> None:
    assert wanted_for(asked(facts, "FR", "DE", **circumstances)) == expected


def test_an_unstated_purpose_is_missing(facts: Facts) -> None:
    situation = asked(facts, "FR", "DE")
    assert wanted_for(situation) is None
    assert situation.missing == ["purpose"]


@pytest.mark.parametrize(
    ("circumstances", "expected"),
    [
        ({"sentence_passed_months": 4}, True),
        ({"sentence_passed_months": 3}, False),
        ({"sentence_passed_months": 3, "sentence_left_months": 12}, False),
        ({"sentence_left_months": 4}, True),
        ({"sentence_left_months": 3}, None),
        ({}, None),
    ],
)
def test_what_is_left_of_a_sentence_never_shows_that_it_was_short(
    facts: Facts, circumstances: dict[str, Any], expected: bool | None
) -> None:
    situation = asked(facts, "FR", "DE", **circumstances)
    assert sentence_at_least("4")(situation) is expected
    assert situation.missing == ([] if expected is not None else ["sentence_passed_months"])


@pytest.mark.parametrize(
    ("to_state", "circumstances", "expected", "missing"),
    [
        ("GB", {}, "yes", None),
        ("CN", {}, None, "nationality_of_person"),
        ("CN", {"nationality_of_person": "US"}, "not-concerned", None),
        ("CN", {"nationality_of_person": "CN"}, "no", None),
        ("DE", {"nationality_of_person": "DE"}, "no", None),
        ("JP", {"nationality_of_person": "JP"}, "by-treaty", None),
        ("CH", {"nationality_of_person": "CH"}, None, "consent"),
        ("CH", {"nationality_of_person": "CH", "consent": True}, "yes", None),
        ("BR", {"nationality_of_person": "BR", "native_born": True}, "no", None),
        ("BR", {"nationality_of_person": "BR", "native_born": False}, "conditional", None),
        ("NL", {"nationality_of_person": "NL"}, "conditional", None),
        ("KR", {"nationality_of_person": "KR"}, "conditional", None),
    ],
)
def test_whether_a_state_hands_over_its_nationals(
    facts: Facts, to_state: str, circumstances: dict[str, Any], expected: str | None, missing: str | None
) -> None:
    situation = asked(facts, "US", to_state, **circumstances)
    assert surrenders_national(situation) == expected
    assert situation.missing == ([missing] if missing else [])


@pytest.mark.parametrize(
    ("from_state", "to_state", "circumstances", "expected", "missing"),
    [
        ("DE", "FR", {}, "none", None),
        ("US", "FR", {}, None, "death_penalty_possible"),
        ("US", "FR", {"death_penalty_possible": False}, "none", None),
        ("US", "FR", {"death_penalty_possible": True}, None, "death_penalty_assurance"),
        ("US", "FR", {"death_penalty_possible": True, "death_penalty_assurance": True}, "assured", None),
        ("US", "FR", {"death_penalty_possible": True, "death_penalty_assurance": False}, "refused", None),
        ("US", "IT", {"death_penalty_possible": True, "death_penalty_assurance": True}, "barred", None),
        ("US", "CA", {"death_penalty_possible": True, "death_penalty_assurance": False}, "discretionary", None),
        ("CN", "JP", {"death_penalty_possible": True}, "none", None),
        ("CN", "RU", {"death_penalty_possible": True, "death_penalty_assurance": False}, None, "death-penalty"),
    ],
)
def test_how_the_death_penalty_stands_in_the_way(
    facts: Facts,
    from_state: str,
    to_state: str,
    circumstances: dict[str, Any],
    expected: str | None,
    missing: str | None,
) -> None:
    situation = asked(facts, from_state, to_state, **circumstances)
    assert death_penalty(situation) == expected
    assert [name.rpartition(":")[2] for name in situation.missing] == ([missing] if missing else [])


@pytest.mark.parametrize(
    ("to_state", "months_from", "months_to", "expected"),
    [
        ("JP", 36, 36, True),
        ("JP", 36, 35, False),
        ("JP", 36, None, None),
        ("DE", 6, 12, True),  # German law alone counts
        ("FR", 24, 6, True),  # the law of the requesting state alone counts
        ("FR", 23, 36, False),
        ("US", 12, 13, False),  # more than one year
        ("ID", 60, 60, None),
    ],
)
def test_the_threshold_of_national_law(
    facts: Facts, to_state: str, months_from: int, months_to: int | None, expected: bool | None
) -> None:
    known = {"max_penalty_months_from": months_from, "max_penalty_months_to": months_to}
    situation = asked(facts, "GH", to_state, **{key: value for key, value in known.items() if value is not None})
    assert threshold_met(situation) is expected
    assert bool(situation.missing) is (expected is None)


def test_who_needs_a_treaty(facts: Facts) -> None:
    assert treaty_required(asked(facts, "GH", "US")) == "yes"
    assert treaty_required(asked(facts, "GH", "JP")) == "no"
    assert treaty_required(asked(facts, "GH", "VU")) is None
