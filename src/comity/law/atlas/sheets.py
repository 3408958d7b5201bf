"""Evaluates the sheets of the atlas, one measure at a time, so that little is held at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from comity.law.answer import CLOSED, CONDITIONAL, OPEN, VERDICTS, Route
from comity.law.atlas.asking import Asking, Flags, Outcomes
from comity.law.atlas.layout import Laid, layout
from comity.law.atlas.outcomes import Tables, gates_outcome
from comity.law.atlas.places import NOWHERE, Order, Place, in_order, numbers, place_of, states_of
from comity.law.atlas.sheet import Counts, Sheet
from comity.law.atlas.span import Span, check_span
from comity.law.bilateral import bilateral_routes
from comity.law.book import Candidate, book_of
from comity.law.facts import Facts
from comity.law.findings import ReadyRule, rules_of
from comity.law.routes import usable_channels

OPEN_AT, CONDITIONAL_AT, CLOSED_AT = (VERDICTS.index(verdict) for verdict in (OPEN, CONDITIONAL, CLOSED))
FILLS_GAPS, OTHER_CHANNEL = np.uint8(len(VERDICTS)), np.uint8(2 * len(VERDICTS))


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate with its rules laid out for arrays."""

    candidate: Candidate
    rules: tuple[ReadyRule[Laid], ...]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A candidate everywhere: its verdict, and which of its `states_of` it is in."""

    verdict: Outcomes
    state: Outcomes
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Treaty:
    """Routes by treaties between two states, at their place along the axes."""

    at: tuple[int, int]
    places: tuple[Place, ...]


def sheets(span: Span, progress: Callable[[str], None] = lambda measure: None) -> Iterator[Sheet]:
    """Evaluate a span, measure by measure.

    Args:
        span: what is asked.
        progress: told the measure that begins.

    Raises:
        UnusableQuestionError: a code, the date or the value of a circumstance cannot be used.
    """
    check_span(span)
    asking = Asking(span)
    tables = Tables(asking)
    for measure in span.measures:
        progress(measure)
        asking.turn_to(measure)
        yield _sheet(measure, asking, tables)


def rows_of(facts: Facts, measure: str) -> tuple[tuple[Row, ...], tuple[Route, ...]]:
    """Return the candidates for a measure with their rules laid out, made once and kept with the facts; and the silent routes."""
    key = f"atlas:{measure}"
    carrying, silent = book_of(facts).candidates(measure)
    found = facts.derived.get(key)
    if not isinstance(found, tuple):
        lay = layout(facts.codes.circumstances)
        found = tuple(Row(candidate, rules_of(candidate.measure, lay)) for candidate in carrying)
        facts.derived[key] = found
    return found, silent


def _sheet(measure: str, asking: Asking, tables: Tables) -> Sheet:
    span = asking.span
    rows, silent = rows_of(span.facts, measure)
    found = [_evaluate(row, asking, tables) for row in rows]
    treaties = list(_treaties(asking))
    places = in_order(
        [
            *(place for each in found for place in each.places),
            *(place for each in treaties for place in each.places),
            *map(place_of, silent),
        ]
    )
    shape = (len(span.from_states), len(span.to_states), len(span.offences))
    number = {place: count for count, place in enumerate(places)}
    last = min((number[place_of(route)] for route in silent), default=NOWHERE - 1)
    best = np.full(shape, last, dtype=np.uint16)
    open_routes, usable_routes = np.zeros(shape, dtype=np.uint16), np.zeros(shape, dtype=np.uint16)
    for each in found:
        np.minimum(best, numbers(number, each.places)[each.state], out=best)
        open_routes += each.verdict == OPEN_AT
        usable_routes += each.verdict <= CONDITIONAL_AT
    for treaty in treaties:
        _enter(treaty, number, best, open_routes, usable_routes)
    _blank_same_state(span, best, open_routes, usable_routes)
    return Sheet(measure, span, places, best, open_routes, usable_routes)


def _evaluate(row: Row, asking: Asking, tables: Tables) -> Evaluated:
    candidate = row.candidate
    force = asking.binding(candidate.instrument)
    befores = [tables.before(item, candidate.instrument) for item in candidate.displaced_by]
    verdict = _worst([force, *(outcome for outcome, _ in befores), *_findings(row, asking, tables)])
    first = _certain([flags for _, flags in befores]) & (force != CLOSED_AT)
    channels, other_channel = _channels(candidate, asking)
    state = verdict + FILLS_GAPS * first + OTHER_CHANNEL * other_channel
    return Evaluated(verdict, state, states_of(candidate, channels))


def _findings(row: Row, asking: Asking, tables: Tables) -> Iterator[Outcomes]:
    instrument = row.candidate.instrument
    gates = gates_outcome(row.candidate, asking)
    yield np.full((1, 1, 1), gates, dtype=np.uint8)
    if gates == CLOSED_AT:
        return
    for rule in row.rules:
        yield tables.rule(rule, instrument)
    yield tables.domestic_check(row.candidate.measure, instrument)


def _worst(outcomes: Sequence[Outcomes]) -> Outcomes:
    """The worst finding is the verdict; small arrays first, so that they are spread over the large ones once."""
    worst, *rest = sorted(outcomes, key=lambda each: each.size)
    for each in rest:
        worst = np.maximum(worst, each)
    return worst


def _certain(flags: Sequence[Flags]) -> Flags:
    certain = np.zeros((1, 1, 1), dtype=np.bool_)
    for each in flags:
        certain = certain | each
    return certain


def _channels(candidate: Candidate, asking: Asking) -> tuple[tuple[str, ...], Outcomes]:
    """Return the usual channels that the pairs of states have, and for each pair which of them."""
    found: list[str] = []
    offence = asking.span.offences[0]

    def ask(from_state: str, to_state: str) -> int:
        channel = usable_channels(candidate.measure.channels, asking.situation(from_state, to_state, offence))[0]
        if channel not in found:
            found.append(channel)
        return found.index(channel)

    which = asking.alike_in(asking.interpol_of).spread(ask)
    return tuple(found), which


def _treaties(asking: Asking) -> Iterator[Treaty]:
    offence = asking.span.offences[0]
    for (i, from_state), (j, to_state) in asking.treaty_pairs():
        found = tuple(map(place_of, bilateral_routes(asking.situation(from_state, to_state, offence), None)))
        if found:
            yield Treaty((i, j), found)


def _enter(
    treaty: Treaty, number: Mapping[Place, int], best: Order, open_routes: Counts, usable_routes: Counts
) -> None:
    for place in treaty.places:
        best[treaty.at] = np.minimum(best[treaty.at], np.uint16(number[place]))
        open_routes[treaty.at] += place.verdict == OPEN
        usable_routes[treaty.at] += place.verdict in (OPEN, CONDITIONAL)


def _blank_same_state(span: Span, best: Order, open_routes: Counts, usable_routes: Counts) -> None:
    places = {state: place for place, state in enumerate(span.to_states)}
    for i, state in enumerate(span.from_states):
        if state in places:
            best[i, places[state]] = NOWHERE
            open_routes[i, places[state]] = usable_routes[i, places[state]] = 0
