"""The clocks of a route: periods that the instrument sets, and the usual time of a channel for putting routes in order."""

from dataclasses import dataclass

from comity.law.instrument import Clock
from comity.law.words import Words

USUAL_DAYS = {
    "network-24-7": 2,
    "police": 5,
    "interpol": 7,
    "fiu": 14,
    "direct-to-provider": 10,
    "voluntary": 20,
    "judicial-authority": 60,
    "central-authority": 180,
    "diplomatic": 365,
}


@dataclass(frozen=True, slots=True)
class RouteClock:
    """A period of a route.

    Attributes:
        what: what the period is for.
        duration: ISO 8601, or None where the text fixes none.
        starts: the event it runs from.
        kind: maximum | minimum | target | validity.
    """

    id: str
    article: str
    what: Words
    duration: str | None
    starts: Words
    stops: Words
    kind: str
    counting: str
    computed_by: str


def route_clock(clock: Clock) -> RouteClock:
    """Return the clock as an answer shows it."""
    return RouteClock(
        id=clock.rule.id,
        article=clock.rule.article,
        what=clock.rule.text,
        duration=clock.duration,
        starts=clock.starts,
        stops=clock.stops,
        kind=clock.kind,
        counting=clock.counting,
        computed_by=clock.computed_by,
    )


def usual_days(channel: str) -> int:
    """Return how many days a channel usually takes, a rule of thumb for the order of routes and nothing else."""
    return USUAL_DAYS[channel]
