"""What an accession would change: it opens, it never closes but by displacing, and it leaves the facts alone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.law.answer import OPEN
from comity.law.facts import Facts
from comity.law.offences.accession import (
    ALREADY,
    BECOMES_CONDITIONAL,
    DISPLACED,
    FASTER,
    LEFT_OPEN,
    NO,
    OPENS,
    USUAL_CASE,
    YES,
    Accession,
    _kind,
    accession,
    in_force_from,
    with_party,
)
from comity.law.offences.report import accession_json
from comity.law.question import Question, UnusableQuestionError
from comity.law.routes import routes

DAY = date(2026, 11, 24)
SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
JOINABLE = ("budapest", "untoc", "ets24", "ets30", "uncc", "budapest-ap2")
STATES = ("IN", "CN", "BR", "GH", "KE", "SG", "FR", "DE", "US", "JP", "EG", "KZ", "RU", "NO", "CH")


SOME = (*STATES, "GB", "NL", "GT", "KR", "MX", "TT")
_made: dict[tuple[str, ...], Facts] = {}


@pytest.fixture(scope="module")
def some(facts: Facts) -> Facts:
    """The facts with a few states, which have all that the world has: parties, others, and such of which something is unknown."""
    return replace(facts, states={code: facts.states[code] for code in SOME})


@pytest.fixture(scope="module")
def india(some: Facts) -> Accession:
    return accession(some, "IN", "budapest", DAY, measures=("preserve", "subscriber"))


def test_a_state_that_joins_can_ask_the_parties_for_preservation(india: Accession) -> None:
    assert india.possible == YES
    opened = india.states(OPENS, "preserve", requesting=True)
    assert {"FR", "DE", "JP", "US", "GH"} <= set(opened)
    assert "CN" not in opened
    assert set(opened) == set(india.states(OPENS, "preserve", requesting=False))


def test_what_depends_on_facts_that_nobody_knows_stays_unknown(india: Accession, facts: Facts) -> None:
    left = india.states(LEFT_OPEN, "preserve", requesting=True)
    assert left
    for change in india.changes:
        if change.kind == LEFT_OPEN:
            assert change.settled_by
            assert change.after is not None
            assert change.after.verdict == "unknown"


def test_the_way_before_and_after_is_named(india: Accession) -> None:
    change = next(each for each in india.changes if (each.to_state, each.measure) == ("FR", "preserve"))
    assert change.before is not None
    assert (change.before.instrument, change.before.verdict) == ("domestic-reciprocity", "conditional")
    assert change.after is not None
    assert (change.after.instrument, change.after.verdict, change.after.days) == ("budapest", OPEN, 2)


def test_the_limits_are_said(india: Accession) -> None:
    said = " ".join(words.en for words in india.limits)
    assert "Reservations" in said
    assert "ordinary case" in said
    assert "invitation" in india.how.en
    assert india.how_article == "37"


@pytest.mark.parametrize(
    ("state", "instrument", "possible", "words"),
    [
        ("DE", "budapest", ALREADY, "in force since"),
        ("IN", "eu-eaw", NO, "open to members of the European Union only"),
        ("IN", "malabo", NO, "open to members of the African Union only"),
        ("IN", "budapest-ap2", NO, "party to the Budapest Convention first"),
        ("IN", "police-to-police", NO, "no treaty that a state joins"),
        ("IN", "eu-jp-mla-2009", NO, "no treaty that a state joins"),
        ("KE", "malabo", YES, ""),
    ],
)
def test_whether_it_is_open_to_the_state(facts: Facts, state: str, instrument: str, possible: str, words: str) -> None:
    answer = accession(facts, state, instrument, DAY, measures=("preserve",), offences=())
    assert answer.possible == possible
    assert words in answer.reason.en
    if possible != YES:
        assert answer.changes == ()


def test_an_instrument_that_is_not_in_force_changes_nothing_unless_that_is_assumed(some: Facts) -> None:
    now = accession(some, "IN", "uncc", DAY, measures=("preserve",))
    assert now.possible == YES
    assert now.changes == ()
    assert "not in force" in now.limits[0].en
    later = accession(some, "IN", "uncc", DAY, measures=("preserve",), assume_in_force=True)
    assert later.changes
    assert "assumed" in later.limits[0].en


def test_the_facts_stay_as_they_are(facts: Facts) -> None:
    question = Question("IN", "FR", "preserve", "illegal-access", DAY, {**USUAL_CASE, "data_located_in": "FR"})
    before, rows = routes(facts, question), facts.parties
    other = with_party(facts, "IN", "budapest", DAY)
    assert routes(other, question) != before
    assert routes(facts, question) == before
    assert facts.parties is rows
    assert "book" not in with_party(facts, "IN", "budapest", DAY).derived
    assert facts.instruments["uncc"].starts_on is None
    assert in_force_from(facts, facts.instruments["uncc"], DAY).instruments["uncc"].starts_on == DAY
    assert facts.instruments["uncc"].starts_on is None


def test_before_the_day_nothing_changes(facts: Facts) -> None:
    other = with_party(facts, "IN", "budapest", date(2027, 1, 1))
    question = Question("IN", "FR", "preserve", "illegal-access", DAY, {**USUAL_CASE, "data_located_in": "FR"})
    verdicts = {route.instrument: route.verdict for route in routes(other, question).routes}
    assert verdicts["budapest"] == "closed"


def in_force(facts: Facts, instrument: str) -> Facts:
    """Return the facts with the instrument in force, made once: what follows from facts is remembered with them."""
    document = facts.instruments[instrument]
    if document.starts_on:
        return facts
    return _made.setdefault((instrument,), in_force_from(facts, document, DAY))


def joined(facts: Facts, state: str, instrument: str, kind: str) -> Facts:
    """Return the facts with the state a party, made once."""
    key = (kind, state, instrument)
    if key not in _made:
        _made[key] = with_party(facts, state, instrument, DAY)
    return _made[key]


@st.composite
def questions(draw: st.DrawFn) -> Question:
    first, second = draw(st.lists(st.sampled_from(STATES), min_size=2, max_size=2, unique=True))
    measure = draw(st.sampled_from(("preserve", "subscriber", "content", "search-seizure", "extradition")))
    offence = draw(st.sampled_from(("illegal-access", "computer-fraud", "murder")))
    known: dict[str, object] = {**USUAL_CASE, "data_located_in": second, "data_holder": "provider"}
    if measure == "extradition":
        known["data_holder"] = "person"
    return Question(first, second, measure, offence, DAY, known)


@SETTINGS
@given(questions(), st.sampled_from(JOINABLE))
def test_an_accession_closes_nothing_but_by_displacing(facts: Facts, question: Question, instrument: str) -> None:
    before = in_force(facts, instrument)
    after = joined(before, question.from_state, instrument, "in force")
    opened = {(each.instrument, each.variant) for each in routes(before, question).routes if each.verdict == OPEN}
    for route in routes(after, question).routes:
        if (route.instrument, route.variant) in opened and route.verdict != OPEN:
            names = {finding.id for finding in route.findings if finding.verdict != "met"}
            assert names & {f"displaced-by:{instrument}", f"after:{instrument}"}, (route.instrument, names)


@SETTINGS
@given(questions(), st.sampled_from(JOINABLE))
def test_an_accession_opens_ways_of_that_instrument_only(facts: Facts, question: Question, instrument: str) -> None:
    after = joined(facts, question.from_state, instrument, "as it is")
    before = {(each.instrument, each.variant) for each in routes(facts, question).routes if each.verdict == OPEN}
    opened = {(each.instrument, each.variant) for each in routes(after, question).routes if each.verdict == OPEN}
    protocols = {name for name, each in facts.instruments.items() if each.parties_of == instrument}
    assert {name for name, _ in opened - before} <= {instrument, *protocols}


def test_a_worse_or_slower_way_is_a_way_displaced(facts: Facts) -> None:
    question = Question("FR", "DE", "preserve", "illegal-access", DAY, {**USUAL_CASE, "data_located_in": "DE"})
    best = routes(facts, question).routes[0]
    worse, slower = replace(best, verdict="conditional"), replace(best, days=best.days + 1)
    assert best.verdict == OPEN
    assert _kind(best, worse) == _kind(best, slower) == _kind(best, None) == DISPLACED
    assert _kind(worse, best) == _kind(None, best) == OPENS
    assert _kind(None, worse) == BECOMES_CONDITIONAL
    assert _kind(slower, best) == FASTER
    assert _kind(best, best) is _kind(None, None) is None


def test_the_usual_measures_are_those_that_the_instrument_carries(facts: Facts) -> None:
    assert accession(facts, "IN", "ets24", DAY, offences=()).measures == ("extradition",)


def test_one_side_is_half_of_both(some: Facts, india: Accession) -> None:
    asks = accession(some, "IN", "budapest", DAY, measures=("preserve", "subscriber"), sides=(True,))
    assert asks.asked * 2 == india.asked
    assert asks.changes == tuple(change for change in india.changes if change.from_state == "IN")
    assert [each["side"] for each in accession_json(asks)["summary"]] == ["requesting"] * 2  # type: ignore[attr-defined,union-attr]


def test_progress_is_reported(facts: Facts) -> None:
    said: list[tuple[int, int]] = []
    few = replace(facts, states={code: facts.states[code] for code in ("IN", "FR", "DE")})
    answer = accession(few, "IN", "budapest", DAY, measures=("preserve",), progress=lambda *each: said.append(each))
    assert said == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert answer.asked == 4


def test_the_json_counts_what_the_answer_holds(india: Accession) -> None:
    value = accession_json(india, "zh")
    summary = value["summary"]
    assert isinstance(summary, list)
    first = summary[0]
    assert (first["measure"], first["side"]) == ("preserve", "requesting")
    assert first["opens"] == list(india.states(OPENS, "preserve", requesting=True))
    assert first["conditional"] == list(india.states(BECOMES_CONDITIONAL, "preserve", requesting=True))
    assert value["asked"] == india.asked


@pytest.mark.parametrize(
    ("state", "instrument", "measures", "offences", "words"),
    [
        ("XX", "budapest", (), ("illegal-access",), "no state"),
        ("IN", "bucharest", (), ("illegal-access",), "no instrument"),
        ("IN", "budapest", ("steal",), ("illegal-access",), "no measure"),
        ("IN", "budapest", ("preserve",), ("hacking",), "no offence"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    facts: Facts, state: str, instrument: str, measures: tuple[str, ...], offences: tuple[str, ...], words: str
) -> None:
    with pytest.raises(UnusableQuestionError, match=words):
        accession(facts, state, instrument, DAY, measures=measures, offences=offences)
