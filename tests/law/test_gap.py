"""What a law lacks against an instrument, against facts that jurists know, and against invented laws."""

from dataclasses import replace
from datetime import date

import pytest

from comity.law.facts import Facts
from comity.law.national import Elements, NationalLaw, OffenceRow, Power
from comity.law.offences.gap import HAS, LACKS, NARROWER, PARTIAL, STATUSES, UNKNOWN, GapItem, NoObligationsError, gap
from comity.law.offences.report import gap_json
from comity.law.question import UnusableQuestionError

BUDAPEST_2 = Elements(("access",), ("computer-system",), ("without-right", "intent"))


def item(facts: Facts, state: str, article: str, instrument: str = "budapest") -> GapItem:
    return next(each for each in gap(facts, state, instrument).items if each.obligation.article == article)


def row(elements: Elements | None, exists: str = "yes", number: int = 1) -> OffenceRow:
    return OffenceRow(
        id="illegal-access",
        row=f"illegal-access/{number}",
        exists=exists,
        provision=f"Act {number}",
        elements=elements,
        max_months=24,
        aggravated_months=(),
        flags=frozenset(),
        confidence="high",
        source="text",
    )


def with_rows(facts: Facts, *rows: OffenceRow) -> Facts:
    return replace(facts, national={**facts.national, "XK": NationalLaw("XK", offences={"illegal-access": rows})})


KNOWN = [
    ("GB", "2", HAS),  # CMA 1990 s 1
    ("NL", "2", HAS),  # Sr 138ab
    ("DE", "2", NARROWER),  # StGB 202a with the declaration to art. 2
    ("JP", "2", NARROWER),  # UCAL with the declaration to art. 2
    ("DE", "4", HAS),  # StGB 303a
    ("DE", "5", PARTIAL),  # StGB 303b: of essential importance for another
    ("DE", "6", NARROWER),  # StGB 202c with the reservation to art. 6
    ("DE", "7", NARROWER),  # StGB 269: data meant as proof
    ("DE", "8", HAS),  # StGB 263a
    ("DE", "16", PARTIAL),  # no order of preservation, seizure instead
    ("DE", "21", HAS),  # StPO 100a
    ("FR", "2", NARROWER),  # Code pénal 323-1: frauduleusement
    ("JP", "16", HAS),  # CCP 197(3)
    ("CN", "2", PARTIAL),  # CL 285
    ("IN", "2", NARROWER),  # IT Act 66: dishonestly
    ("IN", "6", UNKNOWN),  # no provision established
    ("GH", "2", UNKNOWN),  # low confidence counts as unknown
]


@pytest.mark.parametrize(("state", "article", "status"), KNOWN)
def test_gaps_that_jurists_know(facts: Facts, state: str, article: str, status: str) -> None:
    found = item(facts, state, article)
    assert found.status == status, found.reason.en
    assert found.reason.zh


def test_the_declaration_of_a_state_is_named(facts: Facts) -> None:
    assert [each.tag for each in item(facts, "DE", "2").declared] == ["extra-element"]
    assert item(facts, "NL", "2").declared == ()


def test_a_party_with_computer_related_forgery_has_it(facts: Facts) -> None:
    found = gap(facts, "PT", "budapest", date(2026, 11, 24))
    assert found.position.truth is True
    forgery = item(facts, "PT", "7")
    assert forgery.status in {HAS, NARROWER}
    assert forgery.provisions


def test_the_united_nations_convention_is_held_against_the_same_law(facts: Facts) -> None:
    assert item(facts, "DE", "7", "uncc").status == NARROWER
    assert item(facts, "DE", "16", "uncc").obligation.code == "non-consensual-intimate-images"
    assert item(facts, "DE", "31", "uncc").status == HAS
    assert item(facts, "DE", "15", "uncc").status == UNKNOWN


def test_a_state_without_facts_is_unknown_throughout(facts: Facts) -> None:
    assert {each.status for each in gap(facts, "BT", "budapest").items} == {UNKNOWN}


INVENTED = [
    ("the same elements", [row(BUDAPEST_2)], HAS),
    ("a permitted extra", [row(replace(BUDAPEST_2, all=("without-right", "security-measure-infringed")))], NARROWER),
    ("an extra that nothing permits", [row(replace(BUDAPEST_2, all=("without-right", "serious-damage")))], PARTIAL),
    ("a general law only", [row(BUDAPEST_2, "partial")], PARTIAL),
    ("no offence", [row(None, "no")], LACKS),
    ("not established", [row(None, "unknown")], UNKNOWN),
    ("nothing recorded", [], UNKNOWN),
    (
        "the rest not established",
        [row(replace(BUDAPEST_2, all=("without-right", "serious-damage"))), row(None, "unknown", 2)],
        UNKNOWN,
    ),
    (
        "two provisions, one of which is enough",
        [row(replace(BUDAPEST_2, all=("serious-damage",))), row(BUDAPEST_2, number=2)],
        HAS,
    ),
    ("one provision no, one not known", [row(None, "no"), row(None, "unknown", 2)], UNKNOWN),
    ("another object", [row(replace(BUDAPEST_2, object=("state-system",)))], PARTIAL),
]


@pytest.mark.parametrize(("rows", "status"), [case[1:] for case in INVENTED], ids=[case[0] for case in INVENTED])
def test_invented_laws(facts: Facts, rows: list[OffenceRow], status: str) -> None:
    assert item(with_rows(facts, *rows), "XK", "2").status == status


@pytest.mark.parametrize(
    ("available", "status"), [("yes", HAS), ("partial", PARTIAL), ("no", LACKS), ("unknown", UNKNOWN)]
)
def test_a_power_has_the_status_that_the_law_gives_it(facts: Facts, available: str, status: str) -> None:
    law = NationalLaw("XK", power_rows={"preservation": Power("preservation", available, "Act 5", "high", "text")})
    other = replace(facts, national={**facts.national, "XK": law})
    assert item(other, "XK", "16").status == status
    assert item(other, "XK", "21").status == UNKNOWN


def test_weak_facts_count_as_unknown(facts: Facts) -> None:
    asked = facts.obligations["budapest"]
    weak = replace(asked, items=tuple(replace(each, confidence="low") for each in asked.items))
    other = replace(facts, obligations={"budapest": weak})
    assert {each.status for each in gap(other, "DE", "budapest").items} == {UNKNOWN}


def test_forgetting_a_provision_never_adds_a_duty_fulfilled(facts: Facts) -> None:
    for state in ("DE", "FR", "CN", "NL"):
        law = facts.national[state]
        before = {each.obligation.article: each.status for each in gap(facts, state, "budapest").items}
        for name, rows in law.offences.items():
            fewer = replace(law, offences={**law.offences, name: rows[1:]})
            other = replace(facts, national={**facts.national, state: fewer})
            for each in gap(other, state, "budapest").items:
                if each.status in {HAS, NARROWER}:
                    assert before[each.obligation.article] in {HAS, NARROWER}


def test_the_counts_add_up_and_the_json_has_every_obligation(facts: Facts) -> None:
    answer = gap(facts, "DE", "uncc")
    value = gap_json(answer, facts, "zh")
    assert sum(answer.count(status) for status in STATUSES) == len(answer.items) == 28
    obligations = value["obligations"]
    assert isinstance(obligations, list)
    assert len(obligations) == 28
    assert {"article", "status", "reason", "provisions", "source", "confidence", "limits"} <= set(obligations[0])


@pytest.mark.parametrize(("state", "instrument", "error"), [("XX", "budapest", UnusableQuestionError), ("DE", "eu-eaw", NoObligationsError), ("DE", "nothing", NoObligationsError)])  # fmt: skip
def test_what_is_not_known_is_refused(facts: Facts, state: str, instrument: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        gap(facts, state, instrument)
