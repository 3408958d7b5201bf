"""The instruments made ready: tests compiled to closures, texts laid out, one list of candidates for each measure."""

import weakref
from collections.abc import Mapping
from dataclasses import dataclass

from comity.law.answer import CLOSED, NOT_MET, Duty, Finding, Need, Risk, Route
from comity.law.clocks import RouteClock, route_clock
from comity.law.facts import Facts
from comity.law.findings import ReadyRule, rules_of
from comity.law.gates import Gates, ready_gates
from comity.law.instrument import Ground, Instrument, Measure, Particular, Relation
from comity.law.memory import Memory
from comity.law.naming import beginning
from comity.law.situation import getter
from comity.law.truth import Test, Truth, compile_test
from comity.law.words import NOTHING, Words


@dataclass(frozen=True, slots=True)
class Displacement:
    """Another instrument that goes before this one: it `excludes` it, leaves it gaps (`subsidiary`), or lends its `procedure`."""

    other: str
    effect: str
    article: str
    when: Words


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of a measure of one instrument, ready to be asked."""

    instrument: Instrument
    measure: Measure
    gates: Gates
    rules: tuple[ReadyRule[Test], ...]
    duties: tuple[tuple[Duty, Test | None], ...]
    clocks: tuple[RouteClock, ...]
    needs: tuple[tuple[Mapping[Truth, Need], Test | None], ...]
    static_risks: tuple[Risk, ...]
    tested_risks: tuple[tuple[Mapping[Truth, Risk], Test], ...]
    displaced_by: tuple[Displacement, ...]
    use_limits: tuple[Duty, ...]
    safeguards: tuple[Duty, ...]


class Book:
    """The candidates by measure, made when first asked for.

    What does not depend on circumstances is kept for the next question: who is bound on a day, what is closed between two.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts: Facts = weakref.proxy(
            facts
        )  # the facts keep the book; no circle, so that both go when the facts go
        self.memory = Memory()
        self._ready: dict[str, tuple[tuple[Candidate, ...], tuple[Route, ...]]] = {}

    def candidates(self, measure: str) -> tuple[tuple[Candidate, ...], tuple[Route, ...]]:
        """Return the candidates for a measure, and closed routes for the instruments that do not carry it; in the order of ids."""
        found = self._ready.get(measure)
        if found is None:
            found = self._ready[measure] = self._prepare(measure)
        return found

    def _prepare(self, code: str) -> tuple[tuple[Candidate, ...], tuple[Route, ...]]:
        carrying: list[Candidate] = []
        silent: list[Route] = []
        for _, instrument in sorted(self._facts.instruments.items()):
            rows = [measure for measure in instrument.measures if measure.id == code]
            rows.sort(key=lambda measure: measure.variant)
            carrying.extend(self._candidate(instrument, measure) for measure in rows)
            if not rows:
                silent.append(_silent(instrument, code))
        return tuple(carrying), tuple(silent)

    def _compile(self, test: object) -> Test | None:
        if not isinstance(test, Mapping):
            return None
        known = self._facts.codes.circumstances
        return compile_test(test, lambda name: getter(name, known))

    def _candidate(self, instrument: Instrument, measure: Measure) -> Candidate:
        return Candidate(
            instrument=instrument,
            measure=measure,
            gates=ready_gates(measure, instrument, self._facts.codes),
            rules=rules_of(measure, self._compile),
            duties=tuple(
                (Duty(item.rule.id, item.rule.article, item.rule.text), self._compile(item.applies_if))
                for item in measure.conditions
                if item.by_request
            ),
            clocks=tuple(route_clock(clock) for clock in measure.clocks),
            needs=tuple((_needs(item), self._compile(item.required)) for item in measure.particulars),
            static_risks=tuple(_risk(item, "unknown") for item in measure.grounds if item.test is None),
            tested_risks=self._tested_risks(measure),
            displaced_by=self._displacements(instrument, measure.id),
            use_limits=tuple(
                Duty(limit.rule.id, limit.rule.article, limit.rule.text)
                for limit in instrument.use_limits
                if limit.concerns(measure.id)
            ),
            safeguards=tuple(Duty(rule.id, rule.article, rule.text) for rule in instrument.safeguards),
        )

    def _tested_risks(self, measure: Measure) -> tuple[tuple[Mapping[Truth, Risk], Test], ...]:
        compiled = ((item, self._compile(item.test)) for item in measure.grounds)
        return tuple(
            ({True: _risk(item, "yes"), None: _risk(item, "unknown")}, test)
            for item, test in compiled
            if test is not None
        )

    def _displacements(self, instrument: Instrument, measure: str) -> tuple[Displacement, ...]:
        """Read the relations from both sides, so that it does not matter which of the two texts states one."""
        found: dict[str, Displacement] = {}
        for relation in instrument.relations:
            if relation.kind != "displaces" and relation.concerns(measure):
                found[relation.other] = _displacement(relation.other, relation)
        for name, other in sorted(self._facts.instruments.items()):
            for relation in other.relations:
                hit = relation.kind == "displaces" and relation.other == instrument.id
                if hit and name not in found and relation.concerns(measure):
                    found[name] = _displacement(name, relation)
        return tuple(sorted(found.values(), key=lambda item: item.other))


def _displacement(other: str, relation: Relation) -> Displacement:
    return Displacement(other, relation.effect, relation.article, relation.when)


def _needs(item: Particular) -> Mapping[Truth, Need]:
    """Lay out the particular for each answer that its test can give; without a test, what the text says stands for all."""
    said = item.required if isinstance(item.required, str) else None

    def need(required: str) -> Need:
        return Need(item.rule.id, item.rule.article, item.field, item.rule.text, said or required)

    return {True: need("yes"), False: need("no"), None: need("unknown")}


def _risk(item: Ground, arises: str) -> Risk:
    return Risk(item.rule.id, item.rule.article, item.ground, item.force, item.rule.text, arises)


def _silent(instrument: Instrument, measure: str) -> Route:
    """An instrument that does not carry the measure at all."""
    reason = Words(
        f"{beginning(instrument.called).en} does not carry this measure.", f"{instrument.called.zh}不涵盖该措施。"
    )
    finding = Finding("measure", NOT_MET, instrument.reference, reason, instrument.source, "medium")
    return Route(
        instrument=instrument.id,
        title=instrument.title,
        variant="",
        article=instrument.reference,
        measure=measure,
        what=NOTHING,
        channel="",
        channels=(),
        verdict=CLOSED,
        findings=(finding,),
        carried=False,
    )


def book_of(facts: Facts) -> Book:
    """Return the book of the facts, made once and kept with them."""
    found = facts.derived.get("book")
    if not isinstance(found, Book):
        found = facts.derived["book"] = Book(facts)
    return found
