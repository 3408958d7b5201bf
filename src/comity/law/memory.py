"""What was worked out and does not depend on circumstances, kept for the next question about the same facts."""

from dataclasses import dataclass, field
from typing import TypeVar

from comity.law.answer import Duty, Finding, Route
from comity.law.binding import Bound

T = TypeVar("T")
FULL = 20_000


class Store(dict[object, T]):
    """Keeps values by a key; emptied when it is full."""

    def keep(self, key: object, value: T) -> T:
        """Keep the value and return it."""
        if len(self) >= FULL:
            self.clear()
        self[key] = value
        return value


@dataclass(frozen=True, slots=True)
class Before:
    """What goes before an instrument between two states on a day.

    Attributes:
        findings: instruments that exclude it, or that leave it the gaps.
        duties: procedures of others that it follows.
        subsidiary: whether it is certain that it only fills gaps.
    """

    findings: tuple[Finding, ...] = ()
    duties: tuple[Duty, ...] = ()
    subsidiary: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """The stores of one edition of the facts.

    Attributes:
        bound: (instrument, state, day) or (instrument, day) -> whether it binds.
        bindings: (instrument, from, to, day) -> the finding that it is in force between the two.
        before: (candidate, from, to, day) -> what goes before the candidate.
        closed: (candidate, from, to, day) -> the route that is closed whatever the circumstances.
    """

    bound: Store[Bound] = field(default_factory=Store)
    bindings: Store[Finding] = field(default_factory=Store)
    closed: Store[Route] = field(default_factory=Store)
    before: Store[Before] = field(default_factory=Store)
