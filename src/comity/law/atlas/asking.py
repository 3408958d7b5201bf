"""Asks the closures of the per-question engine along axes, and lays what they say out as arrays."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import numpy.typing as npt

from comity.law.answer import VERDICTS, Finding, verdict_of
from comity.law.atlas.layout import APPLIES, FROM, OFFENCE, TO, Laid
from comity.law.atlas.marks import GAP, UNKNOWN, Marks, all_of, any_of, mark, opposite
from comity.law.atlas.span import Span
from comity.law.binding import on_side
from comity.law.dual import dual_criminality
from comity.law.findings import binding
from comity.law.instrument import Instrument
from comity.law.memory import Memory
from comity.law.situation import BILATERAL_KINDS, Situation
from comity.law.truth import Truth

Outcomes = npt.NDArray[np.uint8]  # of findings, and verdicts: places in VERDICTS; the worst finding is the verdict
Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


def outcome(finding: Finding) -> int:
    """Return the verdict that a finding alone would carry, as its place in `VERDICTS`."""
    return VERDICTS.index(verdict_of((finding,)))


@dataclass(frozen=True, slots=True)
class Alike:
    """States that look alike to something, asked once for all of them.

    Attributes:
        of_from, of_to: state -> its class.
        firsts_from, firsts_to: class -> its first state.
    """

    of_from: Places
    of_to: Places
    firsts_from: tuple[str, ...]
    firsts_to: tuple[str, ...]

    def spread(self, ask: Callable[[str, str], int]) -> npt.NDArray[np.uint8]:
        """Ask for each pair of classes and spread the answer over all pairs of states: an array (from, to, 1)."""
        table = np.array([[ask(a, b) for b in self.firsts_to] for a in self.firsts_from], dtype=np.uint8)
        return table[self.of_from[:, None], self.of_to[None, :]][:, :, None]


class Asking:
    """Reads tests for all states and offences of a span; what does not depend on the measure is asked once."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.facts = span.facts
        self._memory = Memory()
        self._measure = span.measures[0]
        self._kept: dict[object, Marks] = {}
        self._bindings: dict[str, Outcomes] = {}
        self._alike: dict[object, Alike] = {}
        self._situations: dict[frozenset[str], list[Situation]] = {}
        self._likely: Flags | None = None

    def turn_to(self, measure: str) -> None:
        """Ask about this measure from now on."""
        self._measure = measure
        self._situations.clear()

    def situation(self, from_state: str, to_state: str, offence: str | None) -> Situation:
        """Return the engine's view of one cell."""
        question = self.span.question(self._measure, from_state, to_state, offence)
        return Situation(self.facts, question, self._memory)

    def any_situation(self) -> Situation:
        """Return the view of the first cell, for what is the same in all of them."""
        span = self.span
        return self.situation(span.from_states[0], span.to_states[0], span.offences[0])

    def marks(self, laid: Laid, instrument: Instrument) -> Marks:
        """Return what a test says, with as many places along an axis as it looks along, else one."""
        key = (laid, instrument.id, self._measure if laid.by_measure else "")
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._marks(laid, instrument)
        return found

    def _marks(self, laid: Laid, instrument: Instrument) -> Marks:
        parts = [self.marks(part, instrument) for part in laid.parts]
        match laid.joined:
            case "all":
                return all_of(parts)
            case "any":
                return any_of(parts)
            case "not":
                return opposite(parts[0])
        if laid.by_death_penalty:
            return self._between_alike(laid, instrument)
        return self._of_other(laid) if laid.other else self._along(laid, instrument)

    def _between_alike(self, laid: Laid, instrument: Instrument) -> Marks:
        offence = self.span.offences[0]
        alike = self.alike_in(self.death_penalty_of)
        return alike.spread(lambda a, b: _answer(laid, self.situation(a, b, offence), instrument))

    def _along(self, laid: Laid, instrument: Instrument) -> Marks:
        span = self.span
        shape = tuple(
            len(values) if name in laid.looks_at else 1
            for name, values in ((FROM, span.from_states), (TO, span.to_states), (OFFENCE, span.offences))
        )
        codes = (_answer(laid, situation, instrument) for situation in self._views(laid.looks_at))
        return np.fromiter(codes, dtype=np.uint8).reshape(shape)

    def _views(self, axes: frozenset[str]) -> Sequence[Situation]:
        found = self._situations.get(axes)
        if found is None:
            found = self._situations[axes] = list(self._cells(axes))
        return found

    def _cells(self, axes: frozenset[str]) -> Iterator[Situation]:
        span = self.span
        from_states = span.from_states if FROM in axes else span.from_states[:1]
        to_states = span.to_states if TO in axes else span.to_states[:1]
        offences = span.offences if OFFENCE in axes else span.offences[:1]
        return (self.situation(*cell) for cell in product(from_states, to_states, offences))

    def _of_other(self, laid: Laid) -> Marks:
        """Put the answers to whether another instrument applies through the comparison that the test makes of them."""
        table = np.full(int(UNKNOWN) * 4, UNKNOWN + GAP, dtype=np.uint8)
        for truth in (True, False, None):
            stand_in = _Application(truth)
            table[mark(truth, (APPLIES,))] = mark(laid.ask(stand_in), stand_in.missing)
        return table[self.applies(laid.other, presumed=False)]

    def applies(self, name: str, *, presumed: bool) -> Marks:
        """Say whether another instrument applies between two states, as `Situation.applies` does: an array (from, to, 1)."""
        key = ("applies", name, presumed)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._applies(name, presumed)
        return found

    def _applies(self, name: str, presumed: bool) -> Marks:
        offence = self.span.offences[0]

        def ask(from_state: str, to_state: str) -> int:
            situation = self.situation(from_state, to_state, offence)
            return mark(situation.applies(name, presumed=presumed), situation.missing)

        if name in BILATERAL_KINDS:
            return self._by_treaty(ask)
        other = self.facts.instruments.get(name)
        return self.alike_to(other).spread(ask) if other else np.full((1, 1, 1), UNKNOWN + GAP, dtype=np.uint8)

    def _by_treaty(self, ask: Callable[[str, str], int]) -> Marks:
        span = self.span
        marks = np.full((len(span.from_states), len(span.to_states), 1), UNKNOWN + GAP, dtype=np.uint8)
        for (i, from_state), (j, to_state) in self.treaty_pairs():
            marks[i, j, 0] = ask(from_state, to_state)
        return marks

    def treaty_pairs(self) -> Iterator[tuple[tuple[int, str], tuple[int, str]]]:
        """Yield the ordered pairs of states, with their places, that have a treaty between the two."""
        first = {state: place for place, state in enumerate(self.span.from_states)}
        second = {state: place for place, state in enumerate(self.span.to_states)}
        for pair in sorted(map(sorted, self.facts.bilateral_index)):
            for a, b in (pair, pair[::-1]):
                if a in first and b in second:
                    yield (first[a], a), (second[b], b)

    def alike_to(self, instrument: Instrument) -> Alike:
        """Group the states by how the instrument sees them: whether it binds them, or on which side they stand."""
        found = self._alike.get(instrument.id)
        if found is None:
            found = self._alike[instrument.id] = self._group(lambda state: self._seen_by(instrument, state))
        return found

    def _seen_by(self, instrument: Instrument, state: str) -> object:
        on = self.span.pattern.on
        if instrument.pairs:
            return tuple(on_side(self.facts, side, state, on) for side in instrument.pairs)
        bound = self.any_situation().bound(instrument, state)
        return bound.truth, bound.inferred

    def alike_in(self, group: Callable[[str], object]) -> Alike:
        """Group the states by any value that they share; `group` is the key under which the groups are kept."""
        found = self._alike.get(group)
        if found is None:
            found = self._alike[group] = self._group(group)
        return found

    def _group(self, see: Callable[[str], object]) -> Alike:
        of_from, firsts_from = _classes(self.span.from_states, see)
        of_to, firsts_to = _classes(self.span.to_states, see)
        return Alike(of_from, of_to, firsts_from, firsts_to)

    def binding(self, instrument: Instrument) -> Outcomes:
        """Return the outcome of the finding that the instrument is in force between two states: (from, to, 1)."""
        found = self._bindings.get(instrument.id)
        if found is None:
            offence = self.span.offences[0]
            found = self._bindings[instrument.id] = self.alike_to(instrument).spread(
                lambda a, b: outcome(binding(instrument, self.situation(a, b, offence)))
            )
        return found

    def dual_met(self) -> Marks:
        """Whether the conduct is an offence in the requested state: an array (1, to, offence) of marks without names."""
        found = self._kept.get("dual")
        if found is None:
            views = self._views(frozenset({TO, OFFENCE}))
            codes = np.fromiter((mark(view.dual.met) for view in views), dtype=np.uint8)
            found = self._kept["dual"] = codes.reshape(1, len(self.span.to_states), len(self.span.offences))
        return found

    def likely(self) -> Flags:
        """Whether the definitions of both states match, so that a request that shows the elements meets dual criminality."""
        if self._likely is None:
            alike = self.alike_in(self.law_of)
            layers = [alike.spread(self._likely_for(offence)) for offence in self.span.offences]
            self._likely = np.concatenate(layers, axis=2).astype(np.bool_)
        return self._likely

    def _likely_for(self, offence: str | None) -> Callable[[str, str], int]:
        facts, conduct = self.facts, self.span.pattern.conduct
        return lambda from_state, to_state: int(dual_criminality(facts, from_state, to_state, offence, conduct).likely)

    def law_of(self, state: str) -> str:
        """Return the state where its law is in the lawbook, else nothing: those without are alike."""
        return state if state in self.facts.national else ""

    def death_penalty_of(self, state: str) -> tuple[str, str]:
        """Return what the lawbook has on the death penalty in the state, and on extraditing to one that has it."""
        law = self.facts.national.get(state)
        return self.facts.states[state].death_penalty, law.extradition.death_penalty_assurance if law else ""

    def interpol_of(self, state: str) -> str:
        """Return whether the state is a member of INTERPOL, as the lawbook has it."""
        return self.facts.states[state].interpol

    def known(self) -> Mapping[str, object]:
        """Return the circumstances that rules know."""
        return self.any_situation().circumstances


@dataclass(slots=True)
class _Application:
    """Stands in for a situation where a test asks only whether another instrument applies."""

    truth: Truth
    missing: list[str] = field(default_factory=list)

    def applies(self, name: str, *, presumed: bool = False) -> Truth:
        if self.truth is None:
            self.missing.append(f"{APPLIES}{name}:{presumed}")
        return self.truth


def _answer(laid: Laid, situation: Situation, instrument: Instrument) -> int:
    situation.instrument = instrument
    situation.missing.clear()
    return mark(laid.ask(situation), situation.missing)


def _classes(states: Sequence[str], see: Callable[[str], object]) -> tuple[Places, tuple[str, ...]]:
    firsts: dict[object, str] = {}
    for state in states:
        firsts.setdefault(see(state), state)
    order = {seen: place for place, seen in enumerate(firsts)}
    return np.array([order[see(state)] for state in states], dtype=np.intp), tuple(firsts.values())
