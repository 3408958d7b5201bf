"""The worst defect is a wrong "lawful". These properties say what must never open a route."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.law.answer import OPEN, VERDICTS, verdict_of
from comity.law.binding import BOUND
from comity.law.book import Book, book_of
from comity.law.facts import Facts
from comity.law.question import Question
from comity.law.routes import routes

SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
STATES = (
    "FR",
    "DE",
    "DK",
    "IE",
    "GB",
    "US",
    "JP",
    "CN",
    "RU",
    "NG",
    "GH",
    "IN",
    "EG",
    "JO",
    "SG",
    "MY",
    "HK",
    "NO",
    "CH",
    "TR",
    "KZ",
    "HR",
    "GR",
    "NZ",
)
MEASURES = (
    "preserve", "subscriber", "traffic", "content", "emergency-disclosure", "extradition", "interception", "search-seizure",
    "realtime-traffic", "spontaneous-information", "video-hearing", "domain-registration", "evidence-general",
)  # fmt: skip
OFFENCES = ("illegal-access", "computer-fraud", "speech-offences", "murder", "money-laundering")
HELPFUL: Mapping[str, Any] = {
    "data_holder": "provider", "provider_state": "US", "data_located_in": "DE", "purpose": "investigation",
    "max_penalty_months_from": 120, "max_penalty_months_to": 120, "political": False, "emergency": True, "urgent": True,
    "death_penalty_possible": False, "transnational": True, "organised_group": True, "offenders": 5,
    "issuing_authority": "judge", "from_authority": "judge", "judicial_validation": True, "consent": True,
    "consent_given_by": "user", "consent_lawful_and_voluntary": True, "person_has_authority_to_disclose": True,
    "consent_of_user": True, "intended_use": "intelligence", "nationality_of_person": "IN", "person_located_in": "IN",
    "list_box_ticked": True, "validation_not_obtainable_in_time": True, "person_role": "witness",
    "technical_assistance_needed": True, "residence_of_person": "IN", "requested_data": "subscriber", "direct_request": False,
}  # fmt: skip
HARMFUL: Mapping[str, Any] = {
    "data_holder": "bank", "data_located_in": "TD", "purpose": "sentence", "max_penalty_months_from": 1,
    "max_penalty_months_to": 1, "political": True, "emergency": False, "urgent": False, "death_penalty_possible": True,
    "transnational": False, "organised_group": False, "offenders": 2, "issuing_authority": "administrative",
    "from_authority": "police", "judicial_validation": False, "consent": False, "consent_given_by": "provider",
    "consent_lawful_and_voluntary": False, "consent_of_user": False, "intended_use": "evidence-at-trial",
    "provider_state": "CN", "validation_not_obtainable_in_time": False, "list_box_ticked": False, "person_role": "accused",
    "technical_assistance_needed": False, "residence_of_person": "US", "requested_data": "content", "direct_request": True,
}  # fmt: skip

days = st.dates(date(2000, 1, 1), date(2040, 1, 1))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    first, second = draw(st.lists(st.sampled_from(STATES), min_size=2, max_size=2, unique=True))
    known: dict[str, object] = {}
    for key, value in HELPFUL.items():
        choice = draw(st.sampled_from(("helpful", "helpful", "missing", "harmful")))
        if choice == "helpful":
            known[key] = value
        elif choice == "harmful" and key in HARMFUL:
            known[key] = HARMFUL[key]
    if draw(st.booleans()):
        known["data_located_in"] = second
    offence = draw(st.sampled_from((*OFFENCES, None)))
    return Question(first, second, draw(st.sampled_from(MEASURES)), offence, draw(days), known)


def opened(facts: Facts, question: Question) -> set[tuple[str, str]]:
    return {(route.instrument, route.variant) for route in routes(facts, question).routes if route.verdict == OPEN}


def with_candidates(changed: Facts, facts: Facts) -> Facts:
    """Lend changed facts the instruments that are ready already: they are what takes time, and they rest on nothing else."""
    if changed.instruments is facts.instruments and changed.codes is facts.codes:
        lent = Book(changed)
        lent._ready = book_of(facts)._ready
        changed.derived["book"] = lent
    return changed


def without_party_rows(facts: Facts, question: Question, pick: int) -> Facts:
    rows = [row for row in facts.parties if row.state in {question.from_state, question.to_state}]
    return replace(facts, parties=tuple(row for row in facts.parties if row is not rows[pick % len(rows)]))


def party_member(name: str, value: object) -> Callable[[Facts, Question, int], Facts]:
    def forget(facts: Facts, question: Question, pick: int) -> Facts:
        rows = [row for row in facts.parties if row.state in {question.from_state, question.to_state}]
        chosen = rows[pick % len(rows)]
        changes: dict[str, Any] = {name: value}
        return replace(facts, parties=tuple(replace(row, **changes) if row is chosen else row for row in facts.parties))

    return forget


def without(name: str) -> Callable[[Facts, Question, int], Facts]:
    """Forget one entry of a table that is kept by name."""

    def forget(facts: Facts, question: Question, pick: int) -> Facts:
        table: Mapping[str, object] = getattr(facts, name)
        keys = [key for key in (question.from_state, question.to_state) if key in table] or sorted(table)
        chosen = keys[pick % len(keys)]
        changes: dict[str, Any] = {name: {key: value for key, value in table.items() if key != chosen}}
        return replace(facts, **changes)

    return forget


def without_reservation(facts: Facts, question: Question, pick: int) -> Facts:
    items = [item for item in facts.reservations if item.state in {question.from_state, question.to_state}]
    chosen = items[pick % len(items)] if items else None
    return replace(facts, reservations=tuple(item for item in facts.reservations if item is not chosen))


def without_bilateral(facts: Facts, question: Question, pick: int) -> Facts:
    del pick
    pair = {question.from_state, question.to_state}
    return replace(facts, bilaterals=tuple(treaty for treaty in facts.bilaterals if treaty.states != pair))


def without_suspension_day(facts: Facts, question: Question, pick: int) -> Facts:
    del question, pick
    return replace(facts, bilaterals=tuple(replace(treaty, suspended_since=None) for treaty in facts.bilaterals))


def without_start(facts: Facts, question: Question, pick: int) -> Facts:
    del question
    name = sorted(facts.instruments)[pick % len(facts.instruments)]
    return replace(facts, instruments={**facts.instruments, name: replace(facts.instruments[name], starts_on=None)})


def without_relation(facts: Facts, question: Question, pick: int) -> Facts:
    """Forget one relation; the other text still states it."""
    del question
    both = [
        (name, relation)
        for name, item in sorted(facts.instruments.items())
        for relation in item.relations
        if relation.effect == "excludes"
        and any(
            back.other == name and back.effect == "excludes"
            for other in facts.instruments.values()
            if other.id == relation.other
            for back in other.relations
        )
    ]
    name, chosen = both[pick % len(both)]
    item = facts.instruments[name]
    kept = tuple(relation for relation in item.relations if relation is not chosen)
    return replace(facts, instruments={**facts.instruments, name: replace(item, relations=kept)})


def without_test(facts: Facts, question: Question, pick: int) -> Facts:
    """Forget what decides the conditions and scopes of one instrument."""
    name = sorted(facts.instruments)[pick % len(facts.instruments)]
    item = facts.instruments[name]
    measures = tuple(
        replace(
            measure,
            scope=replace(measure.scope, test=None),
            conditions=tuple(
                replace(condition, test=None) if condition.test is not None else condition
                for condition in measure.conditions
            ),
        )
        for measure in item.measures
        if measure.id == question.measure
    )
    return replace(facts, instruments={**facts.instruments, name: replace(item, measures=measures)})


def without_membership(facts: Facts, question: Question, pick: int) -> Facts:
    code = (question.from_state, question.to_state)[pick % 2]
    state = replace(facts.states[code], eu_since=None, eu_until=None)
    return replace(facts, states={**facts.states, code: state})


FORGETTING = {
    "a party row": without_party_rows,
    "when it entered into force": party_member("in_force", None),
    "when it ended": party_member("ends_on", None),
    "the status": party_member("status", ""),
    "that the source is good": party_member("confidence", "low"),
    "the coverage of lists": without("coverage"),
    "national law": without("national"),
    "an authority": without("authorities"),
    "a reservation": without_reservation,
    "a bilateral treaty": without_bilateral,
    "since when a treaty is suspended": without_suspension_day,
    "when an instrument began": without_start,
    "a relation that the other text states too": without_relation,
    "what decides a condition": without_test,
    "when a state joined the Union": without_membership,
}


@SETTINGS
@given(questions(), st.sampled_from(sorted(FORGETTING)), st.integers(0, 10_000))
def test_forgetting_a_fact_never_opens_a_route(facts: Facts, question: Question, what: str, pick: int) -> None:
    poorer = with_candidates(FORGETTING[what](facts, question, pick), facts)
    assert opened(poorer, question) <= opened(facts, question)


@SETTINGS
@given(questions(), st.data())
def test_a_missing_circumstance_never_opens_a_route(facts: Facts, question: Question, data: st.DataObject) -> None:
    keys = data.draw(st.sets(st.sampled_from(sorted(question.circumstances) or ["none"])))
    fewer = {key: value for key, value in question.circumstances.items() if key not in keys}
    assert opened(facts, replace(question, circumstances=fewer)) <= opened(facts, question)


@SETTINGS
@given(questions())
def test_an_offence_that_is_not_named_never_opens_a_route(facts: Facts, question: Question) -> None:
    named = set.intersection(*(opened(facts, replace(question, offence=offence)) for offence in OFFENCES))
    assert opened(facts, replace(question, offence=None)) <= named


@SETTINGS
@given(questions(), st.randoms(use_true_random=True))
def test_the_answer_does_not_depend_on_the_order_of_facts(facts: Facts, question: Question, random: Any) -> None:
    def shuffled(items: Any) -> Any:
        mixed = list(items)
        random.shuffle(mixed)
        return mixed

    mixed = replace(
        facts,
        parties=tuple(shuffled(facts.parties)),
        bilaterals=tuple(shuffled(facts.bilaterals)),
        reservations=tuple(shuffled(facts.reservations)),
        instruments={
            name: replace(item, relations=tuple(shuffled(item.relations)))
            for name, item in shuffled(facts.instruments.items())
        },
        national=dict(shuffled(facts.national.items())),
        states=dict(shuffled(facts.states.items())),
        coverage=dict(shuffled(facts.coverage.items())),
        authorities=dict(shuffled(facts.authorities.items())),
    )
    turned = replace(question, circumstances=dict(shuffled(question.circumstances.items())))
    assert routes(mixed, turned) == routes(facts, question)


@SETTINGS
@given(questions())
def test_nothing_is_open_without_ratification_in_force_on_that_day(facts: Facts, question: Question) -> None:
    pair = (question.from_state, question.to_state)
    for name, _ in opened(facts, question):
        instrument = facts.instruments.get(name)
        if instrument is None or instrument.between != "both-bound":
            continue
        assert instrument.starts_on is not None
        assert instrument.starts_on <= question.on
        list_of = instrument.parties_of
        rows = [row for state in pair for row in facts.parties if (row.instrument, row.state) == (list_of, state)]
        assert {row.state for row in rows} == set(pair)
        for row in rows:
            assert row.status in BOUND | {"ended"}
            assert row.confidence != "low"
            assert (row.in_force or row.as_of) <= question.on
            assert row.ends_on is None or question.on <= row.ends_on


@SETTINGS
@given(questions(), st.data(), days, days, st.integers(0, 5000))
def test_a_later_day_never_revives_what_has_ended(
    facts: Facts, question: Question, data: st.DataObject, ended: date, start: date, later: int
) -> None:
    name = data.draw(st.sampled_from(sorted(name for name, item in facts.instruments.items() if item.needs_start)))
    changed = replace(facts.instruments[name], starts_on=start, ends_on=ended)
    after = replace(question, on=min(ended + timedelta(days=1 + later), date(2200, 1, 1)))
    later_facts = replace(facts, instruments={**facts.instruments, name: changed})
    assert name not in {instrument for instrument, _ in opened(later_facts, after)}


@SETTINGS
@given(questions(), st.data(), st.integers(0, 5000))
def test_a_term_that_ran_out_opens_nothing(facts: Facts, question: Question, data: st.DataObject, later: int) -> None:
    """Not even where nobody knows that it was not renewed, and the unknown closes nothing either."""
    name = data.draw(st.sampled_from(sorted(name for name, item in facts.instruments.items() if item.term_ends)))
    term = facts.instruments[name].term_ends
    assert term is not None
    side = data.draw(st.permutations(sorted(row.state for row in facts.parties if row.instrument == name)))
    asked = replace(question, from_state=side[0], to_state=side[1], on=term + timedelta(days=1 + later))
    found = [route for route in routes(facts, asked).routes if route.instrument == name and route.carried]
    assert OPEN not in {route.verdict for route in found}
    assert "conditional" not in {route.verdict for route in found}


@SETTINGS
@given(questions(), st.booleans(), days, st.integers(0, 5000))
def test_a_later_day_never_revives_a_state_that_has_left(
    facts: Facts, question: Question, asked: bool, left: date, later: int
) -> None:
    leaver = question.to_state if asked else question.from_state
    rows = tuple(replace(row, status="ended", ends_on=left) if row.state == leaver else row for row in facts.parties)
    after = replace(question, on=min(left + timedelta(days=1 + later), date(2200, 1, 1)))
    both_bound = {
        name for name, item in facts.instruments.items() if item.between == "both-bound" and not item.addressee_in
    }
    assert not both_bound & {
        instrument for instrument, _ in opened(with_candidates(replace(facts, parties=rows), facts), after)
    }


@SETTINGS
@given(questions(), days, st.integers(0, 5000))
def test_a_later_day_never_revives_a_suspended_treaty(
    facts: Facts, question: Question, since: date, later: int
) -> None:
    treaties = tuple(replace(treaty, status="suspended", suspended_since=since) for treaty in facts.bilaterals)
    after = replace(question, on=min(since + timedelta(days=later), date(2200, 1, 1)))
    found = routes(with_candidates(replace(facts, bilaterals=treaties), facts), after).routes
    verdicts = {route.verdict for route in found if route.instrument.startswith("bilateral:")}
    assert verdicts <= {"closed", "unknown"}


def excluded_by(facts: Facts, name: str) -> set[str]:
    """Return the instruments whose place another one takes."""
    found = {
        item.other
        for item in facts.instruments[name].relations
        if (item.kind, item.effect) == ("displaces", "excludes")
    }
    for other, item in facts.instruments.items():
        if any(r.other == name and r.kind != "displaces" and r.effect == "excludes" for r in item.relations):
            found.add(other)
    return found


@SETTINGS
@given(questions(), st.integers(0, 10_000), st.sampled_from(("signatory", "not-bound", "ratified-not-in-force")))
def test_undoing_a_ratification_opens_only_what_it_had_excluded(
    facts: Facts, question: Question, pick: int, status: str
) -> None:
    rows = [
        row
        for row in facts.parties
        if row.state in {question.from_state, question.to_state}
        and row.status in BOUND
        and row.instrument in facts.instruments
    ]
    chosen = rows[pick % len(rows)]
    undone = tuple(replace(row, status=status) if row is chosen else row for row in facts.parties)
    new = opened(with_candidates(replace(facts, parties=undone), facts), question) - opened(facts, question)
    assert {name for name, _ in new} <= excluded_by(facts, chosen.instrument)


@SETTINGS
@given(questions())
def test_every_route_says_what_its_findings_say(facts: Facts, question: Question) -> None:
    answer = routes(facts, question)
    assert {route.instrument for route in answer.routes} >= set(facts.instruments)
    order = [VERDICTS.index(route.verdict) for route in answer.routes]
    assert order == sorted(order)
    for route in answer.routes:
        assert route.findings
        assert route.verdict == verdict_of(route.findings)
        assert all(finding.article and finding.reason.en and finding.reason.zh for finding in route.findings)
        if route.verdict == OPEN:
            assert {finding.verdict for finding in route.findings} == {"met"}
        if route.verdict == "unknown":
            assert route.settles


def test_the_properties_are_tried_on_routes_that_do_open(facts: Facts) -> None:
    """So that the properties above cannot hold for want of an open route."""
    helpful = {**HELPFUL, "data_located_in": "DE"}
    question = Question("FR", "DE", "preserve", "illegal-access", date(2026, 11, 24), helpful)
    assert ("budapest", "") in opened(facts, question)
    production = Question("US", "FR", "content", "illegal-access", date(2026, 11, 24), HELPFUL)
    assert ("budapest", "") in opened(facts, production)


OPENED: tuple[tuple[str, str, str, str], ...] = (
    ("JP", "FR", "content", "budapest"),
    ("EG", "JO", "spontaneous-information", "arab-it-convention"),
    ("FR", "DE", "spontaneous-information", "eu-mla-2000"),
    ("NG", "US", "subscriber", "budapest"),
)


def single_losses(facts: Facts, pair: set[str]) -> Iterator[Facts]:
    """Yield the facts without each of those that concern the two states, one at a time."""
    for row in facts.parties:
        if row.state in pair:
            yield replace(facts, parties=tuple(other for other in facts.parties if other is not row))
    for name in facts.coverage:
        yield replace(facts, coverage={key: value for key, value in facts.coverage.items() if key != name})
    for item in facts.reservations:
        if item.state in pair:
            yield replace(facts, reservations=tuple(other for other in facts.reservations if other is not item))
    for treaty in facts.bilaterals:
        if treaty.states == pair:
            yield replace(facts, bilaterals=tuple(other for other in facts.bilaterals if other is not treaty))
    for code in sorted(pair):
        yield replace(facts, national={key: law for key, law in facts.national.items() if key != code})
        yield replace(facts, authorities={key: value for key, value in facts.authorities.items() if key != code})
        nowhere = replace(facts.states[code], eu_since=None, eu_until=None)
        yield replace(facts, states={**facts.states, code: nowhere})


@pytest.mark.parametrize(("first", "second", "measure", "name"), OPENED)
def test_losing_any_single_fact_behind_an_open_answer_opens_nothing_else(
    facts: Facts, first: str, second: str, measure: str, name: str
) -> None:
    known = {**HELPFUL, "data_located_in": second, "data_holder": "authority"}
    if measure != "spontaneous-information":
        known["data_holder"] = "provider"
    question = Question(first, second, measure, "illegal-access", date(2026, 11, 24), known)
    before = opened(facts, question)
    assert (name, "") in before
    for poorer in single_losses(facts, {first, second}):
        assert opened(with_candidates(poorer, facts), question) <= before
    for key in known:
        fewer = {other: value for other, value in known.items() if other != key}
        assert opened(facts, replace(question, circumstances=fewer)) <= before
