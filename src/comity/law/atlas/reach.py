"""How far a state can reach for a measure and in what time, and where the white spots are: pairs without any usable route."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from comity.law.answer import CLOSED, CONDITIONAL, OPEN, UNKNOWN, VERDICTS
from comity.law.atlas.sheet import Cell, Sheet
from comity.law.atlas.sheets import sheets
from comity.law.atlas.span import Span

USABLE = frozenset({OPEN, CONDITIONAL})


@dataclass(frozen=True, slots=True)
class Reached:
    """The other state, and what the best route there is."""

    state: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one state reaches, or how far others reach it, for one measure and offence.

    Attributes:
        direction: `from`: the state asks; `to`: it is asked.
        others: all other states, the usable and fast ones first.
        counts: verdict of the best route -> number of states.
        by_days: usual days of the best route -> number of states, of those with a usable route.
    """

    span: Span
    state: str
    direction: str
    others: tuple[Reached, ...]
    counts: Mapping[str, int]
    by_days: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class MeasureReach:
    """One measure of one state: verdict of the best route -> number of states; `days` is the fastest usual time, 0 for none."""

    measure: str
    counts: Mapping[str, int]
    days: int

    @property
    def usable(self) -> int:
        """How many states it concerns with a usable route."""
        return self.counts[OPEN] + self.counts[CONDITIONAL]


@dataclass(frozen=True, slots=True)
class StateReach:
    """How many states one state reaches by a usable route, and how many reach it."""

    state: str
    reaches: int
    reached_by: int


@dataclass(frozen=True, slots=True)
class Overview:
    """One measure and offence between all states.

    Attributes:
        counts: verdict of the best route -> number of ordered pairs.
        by_days: usual days -> number of ordered pairs with a usable route.
        states: by how many they reach, the most first.
        closed: requesting state -> the states to which every route is closed.
        unknown: requesting state -> the states to which no route is usable, and some could be if what is missing were known.
    """

    span: Span
    counts: Mapping[str, int]
    by_days: Mapping[int, int]
    states: tuple[StateReach, ...]
    closed: Mapping[str, tuple[str, ...]]
    unknown: Mapping[str, tuple[str, ...]]


def reach(span: Span, state: str, direction: str = "from") -> Reach:
    """Say how far a state reaches.

    Args:
        span: of one measure and one offence.
        state: the state that asks, or that is asked.
        direction: `from` or `to`.

    Raises:
        UnusableQuestionError: a code, the date or the value of a circumstance cannot be used.
    """
    asks = direction == "from"
    (sheet,) = sheets(replace(span, from_states=(state,)) if asks else replace(span, to_states=(state,)))
    found = []
    for other in span.to_states if asks else span.from_states:
        cell = sheet.cell(state, other, span.offences[0]) if asks else sheet.cell(other, state, span.offences[0])
        if cell is not None:
            found.append(Reached(other, cell))
    found.sort(key=lambda each: (VERDICTS.index(each.cell.verdict), each.cell.days, each.state))
    days = sorted(each.cell.days for each in found if each.cell.verdict in USABLE)
    return Reach(
        span=sheet.span,
        state=state,
        direction=direction,
        others=tuple(found),
        counts={verdict: sum(each.cell.verdict == verdict for each in found) for verdict in VERDICTS},
        by_days={day: days.count(day) for day in dict.fromkeys(days)},
    )


def reach_by_measure(span: Span, state: str, direction: str = "from") -> tuple[MeasureReach, ...]:
    """Say for each measure of the span how many states one state reaches, or is reached by.

    Args:
        span: of one offence.
        state: the state that asks, or that is asked.
        direction: `from` or `to`.

    Raises:
        UnusableQuestionError: a code, the date or the value of a circumstance cannot be used.
    """
    narrowed = replace(span, from_states=(state,)) if direction == "from" else replace(span, to_states=(state,))
    return tuple(_by_measure(sheet) for sheet in sheets(narrowed))


def _by_measure(sheet: Sheet) -> MeasureReach:
    counts = {verdict: int(_is(sheet, verdict).sum()) for verdict in VERDICTS}
    days = sheet.days[_is(sheet, OPEN) | _is(sheet, CONDITIONAL)]
    return MeasureReach(sheet.measure, counts, int(days.min()) if days.size else 0)


def overview(span: Span) -> Overview:
    """Say how all states stand to each other for one measure and one offence.

    Raises:
        UnusableQuestionError: a code, the date or the value of a circumstance cannot be used.
    """
    (sheet,) = sheets(span)
    usable = _is(sheet, OPEN) | _is(sheet, CONDITIONAL)
    days, pairs = np.unique(sheet.days[usable], return_counts=True)
    states = [
        StateReach(state, int(usable[i].sum()), int(usable[:, span.to_states.index(state)].sum()))
        for i, state in enumerate(span.from_states)
        if state in span.to_states
    ]
    return Overview(
        span=span,
        counts={verdict: int(_is(sheet, verdict).sum()) for verdict in VERDICTS},
        by_days=dict(zip(days.tolist(), pairs.tolist(), strict=True)),
        states=tuple(sorted(states, key=lambda each: (-each.reaches, -each.reached_by, each.state))),
        closed=_pairs(sheet, CLOSED),
        unknown=_pairs(sheet, UNKNOWN),
    )


def _is(sheet: Sheet, verdict: str) -> npt.NDArray[np.bool_]:
    return np.equal(sheet.verdicts, VERDICTS.index(verdict))


def _pairs(sheet: Sheet, verdict: str) -> dict[str, tuple[str, ...]]:
    span = sheet.span
    spots = _is(sheet, verdict)[:, :, 0]
    found = {
        state: tuple(span.to_states[j] for j in np.flatnonzero(spots[i])) for i, state in enumerate(span.from_states)
    }
    return {state: others for state, others in found.items() if others}
