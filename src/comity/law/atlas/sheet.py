"""One sheet of the atlas: a measure, all ordered pairs of states, all offences."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from comity.law.answer import CLOSED, VERDICTS
from comity.law.atlas.places import NOWHERE, Order, Place
from comity.law.atlas.span import Span

Codes = npt.NDArray[np.uint8]
Counts = npt.NDArray[np.uint16]
Days = npt.NDArray[np.uint16]
SAME_STATE = 255


@dataclass(frozen=True, slots=True)
class Cell:
    """The answer for one ordered pair, measure and offence.

    Attributes:
        verdict: of the best route.
        days: usual time of its channel.
        open_routes: how many routes may be used now.
        usable_routes: how many may be used now or once the request states or fulfils what they ask for.
    """

    verdict: str
    instrument: str
    variant: str
    channel: str
    days: int
    open_routes: int
    usable_routes: int


@dataclass(frozen=True)
class Sheet:
    """The answers for one measure as arrays (from, to, offence).

    Attributes:
        measure: its code.
        span: what was asked: the states and offences along the axes.
        places: what a number in `best` stands for.
        best: the route to consider first; `NOWHERE` where both states are the same.
        open_routes, usable_routes: as in `Cell`.
    """

    measure: str
    span: Span
    places: tuple[Place, ...]
    best: Order
    open_routes: Counts
    usable_routes: Counts

    @cached_property
    def verdicts(self) -> Codes:
        """Places in `VERDICTS`; `SAME_STATE` where both states are the same."""
        return self.look_up([VERDICTS.index(place.verdict) for place in self.places], SAME_STATE, np.uint8)

    @cached_property
    def days(self) -> Days:
        """Usual days of the best route; 0 where none is left or both states are the same."""
        days = [0 if place.verdict == CLOSED else place.days for place in self.places]
        return self.look_up(days, 0, np.uint16)

    def look_up(
        self, values: list[int], nowhere: int, kind: type[np.unsignedinteger]
    ) -> npt.NDArray[np.unsignedinteger]:
        """Return the array of a value that each place has."""
        table = np.full(NOWHERE + 1, nowhere, dtype=kind)
        table[: len(values)] = values
        return table[self.best]

    def cell(self, from_state: str, to_state: str, offence: str | None) -> Cell | None:
        """Return the answer for one pair and offence; None where both states are the same."""
        span = self.span
        at = (
            span.from_states.index(from_state),
            span.to_states.index(to_state),
            span.offences.index(offence),
        )
        number = int(self.best[at])
        if number == NOWHERE:
            return None
        place = self.places[number]
        return Cell(
            place.verdict,
            place.instrument,
            place.variant,
            place.channel,
            place.days,
            int(self.open_routes[at]),
            int(self.usable_routes[at]),
        )
