"""What was worked out and does not depend on circumstances, kept for the next question about the same facts."""

from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from comity.law.answer import Duty, Finding
from comity.law.binding import Bound
from comity.law.dual import DualCriminalityAnswer

T = TypeVar("T")
OF_STATES = 20_000  # the whole world on a day
OF_PAIRS = 3_000


class Store(dict[object, T]):
    """Keeps values by a key, up to a limit; when it is full, a few of the oldest go."""

    __slots__ = ("_limit",)

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def keep(self, key: object, value: T) -> T:
        """Keep the value and return it."""
        if len(self) >= self._limit:
            for old in list(islice(self, self._limit // 64)):
                self.pop(old, None)
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
        sides: (finding, instrument, state, day) -> the finding that it binds the state; without a state, that it is in force.
        dual: (states, offence) -> how the two definitions compare, where no conduct is described.
        before: (candidate, from, to, day) -> what goes before the candidate.
    """

    bound: Store[Bound] = field(default_factory=lambda: Store(OF_STATES))
    sides: Store[Finding] = field(default_factory=lambda: Store(OF_STATES))
    dual: Store[DualCriminalityAnswer] = field(default_factory=lambda: Store(OF_PAIRS))
    before: Store[Before] = field(default_factory=lambda: Store(OF_PAIRS))
