"""The atlas and the answer to one question are the same rules evaluated two ways: for any cell they agree exactly."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.law import routes as engine
from comity.law.answer import CONDITIONAL, MET, NOT_MET, OPEN, Answer
from comity.law.atlas import Cell, Sheet, Span, sheets, whole_world
from comity.law.atlas.layout import LOOKS_AT, layout
from comity.law.atlas.places import NOWHERE
from comity.law.binding import BOUND
from comity.law.facts import Codes, Facts
from comity.law.question import (
    Conduct,
    UnknownMeasureError,
    UnknownStateError,
    UnusableDateError,
    UnusableQuestionError,
    least,
)
from comity.law.situation import PARAMETRIC, PLAIN
from comity.law.truth import MalformedTestError

TODAY = date(2026, 11, 24)
SETTINGS = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
BUSY = (
    "FR", "DE", "DK", "IE", "GB", "US", "JP", "CN", "RU", "NG", "NO", "IS", "CH", "TR", "KZ", "EG", "JO", "SG", "MY",
    "HK", "IN", "BR", "AU", "CA", "PL", "GH", "KI", "VA", "TW", "KP",
)  # fmt: skip
WORDS = ("user", "anything")
HELPFUL: Mapping[str, object] = {
    "data_holder": "provider", "issuing_authority": "judge", "purpose": "investigation", "max_penalty_months_from": 60,
    "max_penalty_months_to": 60, "political": False, "death_penalty_possible": False, "consent": True, "urgent": True,
}  # fmt: skip
CONDUCT = Conduct(("access",), ("computer-system",), ("without-right", "intent"))


def narrowed(facts: Facts, on: date, known: Mapping[str, object], **axes: Any) -> Span:
    return replace(whole_world(facts, on, known), **axes)


def said(answer: Answer) -> Cell:
    best = answer.routes[0]
    verdicts = [route.verdict for route in answer.routes]
    return Cell(
        best.verdict,
        best.instrument,
        best.variant,
        best.channel,
        best.days,
        verdicts.count(OPEN),
        verdicts.count(OPEN) + verdicts.count(CONDITIONAL),
    )


def disagreements(span: Span, sheet: Sheet, cells: Iterator[tuple[str, str, str | None]]) -> list[str]:
    found = []
    for from_state, to_state, offence in cells:
        cell = sheet.cell(from_state, to_state, offence)
        if from_state != to_state:
            one = said(engine.routes(span.facts, span.question(sheet.measure, from_state, to_state, offence)))
            if one != cell:
                found.append(f"{sheet.measure} {from_state}->{to_state} {offence}: {one} but the atlas {cell}")
    return found


def everywhere(span: Span) -> list[str]:
    cells = (
        disagreements(span, sheet, product(span.from_states, span.to_states, span.offences)) for sheet in sheets(span)
    )
    return [line for lines in cells for line in lines]


def any_circumstances(codes: Codes, states: tuple[str, ...], random_: random.Random) -> dict[str, object]:
    """Each circumstance that a rule knows is missing or has any value that it may have."""
    known: dict[str, object] = {}
    for key, rule in codes.circumstances.items():
        if random_.random() < 0.5:
            known[key] = any_value(rule, states, random_)
    return known


def any_value(rule: Mapping[str, Any], states: tuple[str, ...], random_: random.Random) -> object:
    choices: dict[str, Callable[[], object]] = {
        "boolean": lambda: random_.random() < 0.5,
        "integer": lambda: max(least(rule), random_.choice((0, 3, 4, 12, 36, 60, 240))),
        "state": lambda: random_.choice(states),
        "code": lambda: random_.choice(list(rule["values"])),
        "date": lambda: (TODAY - timedelta(days=random_.randrange(9000))).isoformat(),
    }
    return choices.get(rule["type"], lambda: random_.choice(WORDS))()


def test_the_whole_world_of_a_measure_agrees_with_single_questions(facts: Facts) -> None:
    """Thousands of cells over all states, measures and offences, drawn by a fixed seed."""
    random_ = random.Random(4)
    span = replace(whole_world(facts, TODAY, HELPFUL), offences=(*random_.sample(facts.codes.offences, 4), None))
    for sheet in sheets(span):
        cells = [
            (random_.choice(span.from_states), random_.choice(span.to_states), random_.choice(span.offences))
            for _ in range(200)
        ]
        assert disagreements(span, sheet, iter(cells)) == []


@pytest.mark.parametrize("seed", range(18))
def test_any_circumstances_on_any_day_agree_with_single_questions(facts: Facts, seed: int) -> None:
    random_ = random.Random(seed)
    states = tuple(facts.states)
    on = date(1950, 1, 1) + timedelta(days=random_.randrange(110 * 365))
    if seed % 2:
        on = date(2015, 1, 1) + timedelta(days=random_.randrange(15 * 365))
    span = narrowed(
        facts,
        on,
        any_circumstances(facts.codes, states, random_),
        measures=tuple(random_.sample(facts.codes.measures, 4)),
        offences=tuple(random_.sample([*facts.codes.offences, None], 2)),
        from_states=tuple(random_.sample(BUSY, 5)),
        to_states=tuple(random_.sample([*BUSY, *states], 5)),
    )
    span = replace(span, to_states=tuple(dict.fromkeys(span.to_states)))
    if seed % 3 == 0:
        span = replace(span, pattern=replace(span.pattern, conduct=CONDUCT))
    assert everywhere(span) == []


@given(on=st.dates(date(1950, 1, 1), date(2060, 1, 1)), seed=st.integers(0, 2**32))
@SETTINGS
def test_small_spans_agree_with_single_questions(facts: Facts, on: date, seed: int) -> None:
    random_ = random.Random(seed)
    states = tuple(random_.sample(BUSY, 4))
    span = narrowed(
        facts,
        on,
        any_circumstances(facts.codes, tuple(facts.states), random_),
        measures=(random_.choice(facts.codes.measures),),
        offences=(random_.choice((*facts.codes.offences, None)),),
        from_states=states,
        to_states=states,
    )
    assert everywhere(span) == []


@pytest.mark.parametrize("part", ["find", "domestic_check", "pass_gates", "binding", "usable_channels", "gone_before"])
def test_a_rule_changed_in_one_of_the_two_is_seen(facts: Facts, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    span = narrowed(
        replace(facts),
        TODAY,
        HELPFUL,
        measures=("content", "arrest-notice", "preserve"),
        offences=("illegal-access",),
        from_states=("FR", "KI"),
        to_states=("DE", "US", "NO", "GH"),
    )
    assert everywhere(span) == []
    monkeypatch.setattr(engine, part, _bent(getattr(engine, part)))
    assert everywhere(replace(span, facts=replace(facts))) != []


def _bent(real: Callable[..., Any]) -> Callable[..., Any]:
    """The rule, changed: what it finds met is not met and the other way round; what it lists comes in another order."""
    other = {MET: NOT_MET, NOT_MET: MET}

    def turn(value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, tuple):
            return ("voluntary", *value)
        if hasattr(value, "verdict"):
            return replace(value, verdict=other.get(value.verdict, NOT_MET))
        return [turn(each) for each in value]

    return lambda *arguments, **named: turn(real(*arguments, **named))


def test_the_atlas_knows_what_every_fact_looks_at() -> None:
    assert set(LOOKS_AT) == {*PLAIN, *PARAMETRIC}


def test_it_refuses_a_fact_whose_view_it_does_not_know(facts: Facts) -> None:
    with pytest.raises(MalformedTestError):
        layout(facts.codes.circumstances)({"fact": "moon.phase", "op": "eq", "value": "full"})


@pytest.mark.parametrize("pick", range(3))
def test_removing_a_ratification_never_opens(facts: Facts, pick: int) -> None:
    random_ = random.Random(pick)
    binding_rows = [row for row in facts.parties if row.status in BOUND and row.state in BUSY]
    gone = set(random_.sample(range(len(binding_rows)), len(binding_rows) // 4))
    rows = {id(row) for place, row in enumerate(binding_rows) if place in gone}
    kept = tuple(row for row in facts.parties if id(row) not in rows)
    assert_nothing_opens(facts, replace(facts, parties=kept), HELPFUL, HELPFUL, random_)


@pytest.mark.parametrize("pick", range(3))
def test_forgetting_circumstances_never_opens(facts: Facts, pick: int) -> None:
    random_ = random.Random(pick)
    known = any_circumstances(facts.codes, BUSY, random_) | dict(HELPFUL)
    fewer = {key: value for key, value in known.items() if random_.random() < 0.6}
    assert_nothing_opens(facts, facts, known, fewer, random_)


@pytest.mark.parametrize("pick", range(2))
def test_forgetting_national_law_never_opens(facts: Facts, pick: int) -> None:
    random_ = random.Random(pick)
    national = {state: law for state, law in facts.national.items() if random_.random() < 0.5}
    assert_nothing_opens(facts, replace(facts, national=national), HELPFUL, HELPFUL, random_)


def assert_nothing_opens(
    facts: Facts, after: Facts, known: Mapping[str, object], fewer: Mapping[str, object], random_: random.Random
) -> None:
    axes = {
        "measures": tuple(random_.sample(facts.codes.measures, 4)),
        "offences": tuple(random_.sample(facts.codes.offences, 3)),
        "from_states": BUSY,
        "to_states": BUSY,
    }
    before_sheets = sheets(narrowed(facts, TODAY, known, **axes))
    after_sheets = sheets(narrowed(after, TODAY, fewer, **axes))
    for before, later in zip(before_sheets, after_sheets, strict=True):
        assert not np.any((later.open_routes > 0) & (before.open_routes == 0)), before.measure


def test_a_state_has_no_cell_with_itself(facts: Facts) -> None:
    (sheet,) = sheets(narrowed(facts, TODAY, {}, measures=("preserve",), offences=("illegal-access",)))
    diagonal = np.diagonal(sheet.best[:, :, 0])
    assert (diagonal == NOWHERE).all()
    assert (sheet.best == NOWHERE).sum() == len(facts.states)
    assert sheet.cell("FR", "FR", "illegal-access") is None


@pytest.mark.parametrize(
    ("axes", "error"),
    [
        ({"from_states": ("XX",)}, UnknownStateError),
        ({"measures": ("wish",)}, UnknownMeasureError),
        ({"to_states": ()}, UnusableQuestionError),
    ],
)
def test_it_says_what_cannot_be_asked(facts: Facts, axes: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        list(sheets(narrowed(facts, TODAY, {}, **axes)))


def test_it_refuses_a_day_that_no_instrument_could_answer(facts: Facts) -> None:
    with pytest.raises(UnusableDateError):
        list(sheets(whole_world(facts, date(1850, 1, 1))))
