"""What a change can touch: which questions, and in their answers the routes of which instruments.

The reach may be too wide, never too narrow: a question outside it has the same routes in both editions. It follows from what a
route is made of: the text of its instrument, the rows of the states that the question names, the texts that the instrument's
relations and tests name, and the national law of those states.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from comity.law.bilateral import POSSIBLE, USUAL
from comity.law.facts import Facts
from comity.law.instrument import Instrument
from comity.law.question import Question
from comity.law.watch.changes import Change

OWN_ROUTE = frozenset({"measure", "scope", "condition", "clock", "particular", "ground", "use-limit", "safeguard"})
NO_ROUTE = frozenset({"warning", "jurisdiction", "holder", "obligation", "name"})
"""Kinds of changes that other answers rest on, and no aspect of a route that is compared."""
TREATIES = {f"bilateral-{kind}": USUAL[kind] | POSSIBLE[kind] for kind in USUAL}
"""What treaties between two states of a kind can carry: an instrument may supersede them."""
WHOLE_TEXT = frozenset({"instrument", "offence-list", "relation"})


@dataclass(frozen=True, slots=True)
class Reach:
    """What a change can touch.

    Attributes:
        states: one of these is named in the question; None: whichever.
        both: True where the two states of the question must both be among `states`.
        measures: the measures; None: all.
        instruments: whose routes; None: all.
    """

    states: frozenset[str] | None = None
    both: bool = False
    measures: frozenset[str] | None = None
    instruments: frozenset[str] | None = None

    def meets(self, question: Question, named: frozenset[str]) -> bool:
        """Whether the change can touch the question, which names these states."""
        if self.measures is not None and question.measure not in self.measures:
            return False
        if self.states is None:
            return True
        return (
            {question.from_state, question.to_state} <= self.states if self.both else not named.isdisjoint(self.states)
        )


class Links:
    """Which instruments look at which, in either of the two editions."""

    def __init__(self, *editions: Facts) -> None:
        self._lookers: dict[str, set[str]] = {}
        self._users: dict[str, set[str]] = {}
        self._measures: dict[str, set[str]] = {name: set(measures) for name, measures in TREATIES.items()}
        self._kinds: dict[str, str] = {}
        for facts in editions:
            self._kinds |= {treaty.id: f"bilateral-{treaty.kind}" for treaty in facts.bilaterals}
            for instrument in facts.instruments.values():
                self._read(instrument)

    def _read(self, instrument: Instrument) -> None:
        name = instrument.id
        self._measures.setdefault(name, set()).update(measure.id for measure in instrument.measures)
        for other in (instrument.parties_of or name, *instrument.reservations_of):
            self._users.setdefault(other, set()).add(name)
        for other in _others_in_tests(instrument):
            self._lookers.setdefault(other, set()).add(name)
        for relation in instrument.relations:  # read from both sides: each may displace, or be displaced by, the other
            self._lookers.setdefault(relation.other, set()).add(name)
            self._lookers.setdefault(name, set()).add(relation.other)

    def family(self, names: Iterable[str]) -> frozenset[str]:
        """Return the instruments with those whose routes look at them."""
        own = frozenset(names)
        return own.union(*(self._lookers.get(name, ()) for name in own))

    def users(self, name: str) -> frozenset[str]:
        """Return the instruments for which the parties or reservations of this one count."""
        return frozenset(self._users.get(name, ())) | {name}

    def measures(self, names: Iterable[str]) -> frozenset[str]:
        """Return the measures that the instruments carry."""
        return frozenset().union(*(self._measures.get(name, ()) for name in names))

    def name(self, route: str) -> str:
        """Return by which name instruments look at that of a route: treaties between two states go by their kind."""
        return self._kinds.get(route, route)


def _others_in_tests(instrument: Instrument) -> set[str]:
    tests: list[object] = []
    for measure in instrument.measures:
        tests.append(measure.scope.test)
        tests.extend(item.required for item in measure.particulars)
        tests.extend(item.test for item in measure.grounds)
        for condition in measure.conditions:
            tests.extend((condition.test, condition.applies_if, condition.stated_if))
    return {name.partition(":")[2] for test in tests for name in facts_in(test) if name.startswith("other.applies:")}


def facts_in(test: object) -> Iterator[str]:
    """Yield the names of the facts that a test of the lawbook asks for."""
    if isinstance(test, Mapping):
        inside = cast(Mapping[str, object], test)
        if isinstance(inside.get("fact"), str):
            yield str(inside["fact"])
        for part in inside.values():
            yield from facts_in(part)
    elif isinstance(test, list | tuple):
        for part in cast(Iterable[object], test):
            yield from facts_in(part)


def reach_of(change: Change, links: Links) -> Reach:
    """Return what a change can touch."""
    if change.kind in NO_ROUTE:
        return Reach(measures=frozenset())
    if change.kind in OWN_ROUTE:
        return Reach(measures=change.measures, instruments=frozenset({change.instrument}))
    if change.kind in WHOLE_TEXT:
        family = links.family({change.instrument, *_relation(change)})
        return Reach(measures=links.measures(family), instruments=family)
    if change.kind in {"party", "reservation", "coverage"}:
        family = links.family(links.users(change.instrument))
        return Reach(change.states, measures=links.measures(family), instruments=family)
    return Reach(change.states, both=change.kind == "bilateral")


def _relation(change: Change) -> tuple[str, ...]:
    return (change.key[3],) if change.kind == "relation" else ()


@dataclass(slots=True)
class Reaches:
    """The reaches of many changes, found again by the states that a question names."""

    everywhere: list[tuple[Reach, Change]] = field(default_factory=list)
    by_state: dict[str, list[tuple[Reach, Change]]] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Iterable[Change], links: Links) -> "Reaches":
        """Sort the changes by where they reach."""
        made = cls()
        for change in found:
            reach = reach_of(change, links)
            if reach.states is None:
                made.everywhere.append((reach, change))
            for state in reach.states or ():
                made.by_state.setdefault(state, []).append((reach, change))
        return made

    def touching(self, question: Question) -> tuple[tuple[Reach, Change], ...]:
        """Return the changes that can touch a question."""
        named = states_named(question)
        near = [pair for state in sorted(named) for pair in self.by_state.get(state, ())]
        hits = {
            id(change): (reach, change) for reach, change in (*self.everywhere, *near) if reach.meets(question, named)
        }
        return tuple(hits.values())


def states_named(question: Question) -> frozenset[str]:
    """Return every text of the question that may name a state; a text that names none does no harm."""
    values = [value for value in question.circumstances.values() if isinstance(value, str)]
    return frozenset({question.from_state, question.to_state, *values})
