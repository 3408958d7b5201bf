"""The worked conflicts of national law: dual criminality by elements of conduct."""

from collections.abc import Mapping
from typing import Any

import pytest

from comity.law.dual import dual_criminality
from comity.law.facts import Facts
from comity.law.question import Conduct
from comity.lawbook import default_path
from comity.lawbook.reading import read_yaml

DOCUMENT: Any = read_yaml(default_path() / "cases/dual-criminality.yaml")
CASES: list[Mapping[str, Any]] = [case for case in DOCUMENT["cases"] if "conduct" in case]
TRUTH = {"met": True, "not-met": False, "unknown": None}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_elements_decide_as_the_jurist_did(case: Mapping[str, Any], facts: Facts) -> None:
    described = case["conduct"]
    conduct = Conduct(*(tuple(described[part]) for part in ("acts", "objects", "facts", "not")))
    answer = dual_criminality(facts, case["requesting"], case["requested"], case["offence"], conduct)
    assert answer.met is TRUTH[case["expected"]["dc"]], answer.reason.en


def test_without_a_conduct_two_matching_definitions_are_likely_but_never_met(facts: Facts) -> None:
    answer = dual_criminality(facts, "BR", "NL", "illegal-access")
    assert answer.met is None
    assert answer.likely


def test_what_the_other_definition_asks_beyond_is_named(facts: Facts) -> None:
    answer = dual_criminality(facts, "FR", "GB", "illegal-access")
    assert not answer.likely
    assert answer.to_show == ("knowledge",)


def test_a_state_whose_law_is_not_known_stays_unknown(facts: Facts) -> None:
    answer = dual_criminality(facts, "FR", "BT", "illegal-access")
    assert answer.met is None
    assert not answer.likely


def test_without_an_offence_nothing_is_compared(facts: Facts) -> None:
    assert dual_criminality(facts, "FR", "DE", None).met is None
