"""The order of routes as numbers: every state that a route can be in has a place in the order that the engine gives it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from comity.law.answer import VERDICTS, Route, order_of
from comity.law.book import Candidate
from comity.law.clocks import usual_days

Order = npt.NDArray[np.uint16]
NOWHERE = 65535


@dataclass(frozen=True, slots=True)
class Place:
    """A route as far as its place in the order goes; the members are those of `comity.law.answer.Route`."""

    instrument: str
    variant: str
    measure: str
    channel: str
    verdict: str
    works_as: str
    confidence: str
    subsidiary: bool = False
    carried: bool = True
    days: int = 0


def place_of(route: Route) -> Place:
    """Return the place of a route that the engine has made."""
    return Place(
        route.instrument,
        route.variant,
        route.measure,
        route.channel,
        route.verdict,
        route.works_as,
        route.confidence,
        route.subsidiary,
        route.carried,
        route.days,
    )


def states_of(candidate: Candidate, channels: Sequence[str]) -> tuple[Place, ...]:
    """Return all that a candidate can come to: by channel, whether it only fills gaps, and verdict, in that order."""
    measure = candidate.measure
    return tuple(
        Place(
            candidate.instrument.id,
            measure.variant,
            measure.id,
            channel,
            verdict,
            measure.works_as,
            measure.confidence,
            subsidiary,
            True,
            usual_days(channel),
        )
        for channel in channels
        for subsidiary in (False, True)
        for verdict in VERDICTS
    )


def in_order(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places as the engine puts routes in order, each once."""
    return tuple(sorted(set(places), key=lambda place: order_of(cast(Route, place))))


def numbers(number: Mapping[Place, int], of: Iterable[Place]) -> Order:
    """Return the numbers of some places in the order."""
    return np.array([number[place] for place in of], dtype=np.uint16)
