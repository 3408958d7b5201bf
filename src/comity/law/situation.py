"""A question in front of one instrument: every fact that its tests may ask for, and the names of those that were missing."""

from collections.abc import Callable, Mapping

from comity.law.binding import Bound, bound, covers, eu_member, in_force
from comity.law.dual import DualCriminalityAnswer, dual_criminality
from comity.law.extradition import (
    death_penalty,
    sentence_at_least,
    surrenders_national,
    threshold_met,
    treaty_required,
    wanted_for,
)
from comity.law.facts import Facts
from comity.law.instrument import Instrument
from comity.law.memory import Memory
from comity.law.question import Question
from comity.law.truth import Getter, MalformedTestError, Truth

BILATERAL_KINDS = {"bilateral-mla": "mla", "bilateral-extradition": "extradition"}


class Situation:
    """Reads facts for tests; answers are kept, so that each is worked out once for a question.

    Attributes:
        instrument: the one whose tests run now.
        memory: what earlier questions about these facts worked out.
        missing: what was asked for and not known: keys of circumstances, `offence`, `conduct`, or `fact:...` for a gap in
            the lawbook.
    """

    __slots__ = ("_dual", "circumstances", "facts", "instrument", "memory", "missing", "question")

    def __init__(self, facts: Facts, question: Question, memory: Memory) -> None:
        self.facts = facts
        self.question = question
        known = facts.codes.circumstances
        self.circumstances = {key: value for key, value in question.circumstances.items() if key in known}
        self.missing: list[str] = []
        self.instrument: Instrument = None  # type: ignore[assignment]  # set before any test runs
        self.memory = memory
        self._dual: DualCriminalityAnswer | None = None

    def bound(self, instrument: Instrument, state: str) -> Bound:
        """Whether the state is bound by the instrument on the day of the question, the instrument itself being in force."""
        key = (instrument.id, state, self.question.on)
        found = self.memory.bound.get(key)
        if found is None:
            found = self.memory.bound.keep(key, bound(self.facts, instrument, state, self.question.on))
        return found

    def in_force(self, instrument: Instrument) -> Bound:
        """Whether the instrument itself is in force on the day of the question."""
        key = (instrument.id, self.question.on)
        found = self.memory.bound.get(key)
        if found is None:
            found = self.memory.bound.keep(key, in_force(instrument, self.question.on))
        return found

    def applies(self, name: str, *, presumed: bool = False) -> Truth:
        """Whether another instrument applies between the two states.

        Args:
            name: its id, or `bilateral-mla`, `bilateral-extradition` for any treaty of that kind.
            presumed: True lets a gap in a complete list count as a no. Never where a no would help to open a route.
        """
        if name in BILATERAL_KINDS:
            return self._bilateral_applies(BILATERAL_KINDS[name])
        other = self.facts.instruments.get(name)
        if other is None:
            return self.lack(f"fact:instrument:{name}")
        force = self.in_force(other).truth
        if force is None:
            return self.lack(f"fact:term:{name}")
        if force is False:
            return False
        truth = self._both_bound(other, presumed)
        return self.lack(f"fact:parties:{name}") if truth is None else truth

    def _both_bound(self, other: Instrument, presumed: bool) -> Truth:
        question = self.question
        if other.pairs:
            return covers(self.facts, other, question.from_state, question.to_state, question.on)
        answers = [self.bound(other, state) for state in (question.from_state, question.to_state)]
        if any(answer.truth is False and (presumed or not answer.inferred) for answer in answers):
            return False
        return True if all(answer.truth for answer in answers) else None

    def _bilateral_applies(self, kind: str) -> Truth:
        question = self.question
        for treaty in self.facts.bilateral_index.get(frozenset((question.from_state, question.to_state)), ()):
            certain = treaty.kind == kind and treaty.status == "in-force" and treaty.confidence != "low"
            if certain and (treaty.in_force or treaty.as_of) <= question.on:
                return True
        return self.lack(f"fact:bilateral:{kind}")

    @property
    def dual(self) -> DualCriminalityAnswer:
        """The comparison of the conduct or the definitions."""
        if self._dual is None:
            self._dual = self._compared()
        return self._dual

    def _compared(self) -> DualCriminalityAnswer:
        question = self.question
        states, offence = (question.from_state, question.to_state), question.offence
        if question.conduct is not None:
            return dual_criminality(self.facts, *states, offence, question.conduct)
        found = self.memory.dual.get((states, offence))
        return found or self.memory.dual.keep((states, offence), dual_criminality(self.facts, *states, offence))

    def lack(self, name: str) -> Truth:
        """Note that a fact is missing; the answer is unknown."""
        self.missing.append(name)
        return None


def getter(name: str, known: Mapping[str, object]) -> Getter:
    """Return the function that reads a fact.

    Args:
        name: as a test has it.
        known: the circumstance keys of `codes.yaml`.

    Raises:
        MalformedTestError: no fact has this name.
    """
    if name in PLAIN:
        return PLAIN[name]
    if name in known:
        return _circumstance(name)
    head, _, tail = name.partition(":")
    if tail and head in PARAMETRIC:
        return PARAMETRIC[head](tail)
    raise MalformedTestError(
        f"'{name}' is no fact that a test can ask for.", remedy="See docs/lawbook.md for the names."
    )


def _circumstance(name: str) -> Getter:
    def get(situation: Situation) -> object:
        value = situation.circumstances.get(name)
        if value is None:
            situation.missing.append(name)
        return value

    return get


def _bound(side: str) -> Getter:
    def get(situation: Situation) -> object:
        state = situation.question.from_state if side == "from" else situation.question.to_state
        answer = situation.bound(situation.instrument, state)
        if answer.truth is None:
            situation.lack(f"fact:parties:{situation.instrument.id}:{state}")
        return answer.truth

    return get


def _eu_member(side: str) -> Getter:
    def get(situation: Situation) -> object:
        question = situation.question
        code = question.from_state if side == "from" else question.to_state
        return eu_member(situation.facts, code, question.on)

    return get


def _penalty(side: str) -> Getter:
    """Only what the question says decides: the maxima of national law are a hint, for the charge may be another form."""
    key = f"max_penalty_months_{side}"

    def get(situation: Situation) -> object:
        value = situation.circumstances.get(key)
        if value is None:
            situation.missing.append(key)
        return value

    return get


def _offence(situation: Situation) -> object:
    return situation.question.offence or situation.lack("offence")


def _in_instrument(situation: Situation) -> object:
    offence = situation.question.offence
    return situation.lack("offence") if offence is None else offence in situation.instrument.offences


def _computer_related(situation: Situation) -> object:
    offence = situation.question.offence
    if offence is None:
        return situation.lack("offence")
    related = situation.facts.codes.computer_related.get(offence)
    return situation.lack("fact:computer-related") if related is None else related


def _dual(situation: Situation) -> object:
    met = situation.dual.met
    return situation.lack("conduct") if met is None else met


def _on_list(name: str) -> Getter:
    def get(situation: Situation) -> object:
        offence = situation.question.offence
        if offence is None:
            return situation.lack("offence")
        listed = situation.instrument.lists.get(name)
        return situation.lack(f"fact:list:{name}") if listed is None else offence in listed.offences

    return get


def _reserved(side: str) -> Callable[[str], Getter]:
    def make(tag: str) -> Getter:
        def get(situation: Situation) -> object:
            question = situation.question
            state = question.from_state if side == "from" else question.to_state
            for name in situation.instrument.reservations_of:
                for item in situation.facts.reservation_index.get((name, state, tag), ()):
                    if item.confidence != "low":
                        return True
            return situation.lack(f"fact:reservation:{situation.instrument.id}:{state}:{tag}")

        return get

    return make


def _applies(name: str) -> Getter:
    return lambda situation: situation.applies(name)


def _assistance(key: str) -> Getter:
    def get(situation: Situation) -> object:
        law = situation.facts.national.get(situation.question.to_state)
        value = "unknown" if law is None else getattr(law.assistance, key)
        if value == "unknown":
            return situation.lack(f"fact:national:{situation.question.to_state}:{key}")
        return value

    return get


POWERS = {"preserve": "preservation", "realtime-traffic": "real-time-traffic", "freeze": "freezing"}


def _power(situation: Situation) -> object:
    measure, to = situation.question.measure, situation.question.to_state
    law = situation.facts.national.get(to)
    available = law.powers.get(POWERS.get(measure, measure), "unknown") if law else "unknown"
    return situation.lack(f"fact:national:{to}:power") if available == "unknown" else available


def _interpol(side: str) -> Getter:
    def get(situation: Situation) -> object:
        question = situation.question
        code = question.from_state if side == "from" else question.to_state
        member = situation.facts.states[code].interpol
        return situation.lack(f"fact:interpol:{code}") if member == "unknown" else member != "no"

    return get


PLAIN: Mapping[str, Getter] = {
    "measure": lambda situation: situation.question.measure,
    "date": lambda situation: situation.question.on.isoformat(),
    "from": lambda situation: situation.question.from_state,
    "to": lambda situation: situation.question.to_state,
    "offence": _offence,
    "from.bound": _bound("from"),
    "to.bound": _bound("to"),
    "from.eu_member": _eu_member("from"),
    "to.eu_member": _eu_member("to"),
    "from.penalty_max_months": _penalty("from"),
    "to.penalty_max_months": _penalty("to"),
    "offence.in_instrument": _in_instrument,
    "offence.computer_related": _computer_related,
    "dual_criminality.met": _dual,
    "to.power": _power,
    "to.mla.treaty_required": _assistance("treaty_required"),
    "to.mla.reciprocity": _assistance("reciprocity"),
    "to.mla.dual_criminality": _assistance("dual_criminality"),
    "to.extradition.treaty_required": treaty_required,
    "to.extradition.threshold_met": threshold_met,
    "to.surrenders_national": surrenders_national,
    "from.in_interpol": _interpol("from"),
    "to.in_interpol": _interpol("to"),
    "death_penalty": death_penalty,
    "wanted_for": wanted_for,
}
PARAMETRIC: Mapping[str, Callable[[str], Getter]] = {
    "offence.on_list": _on_list,
    "to.reserved": _reserved("to"),
    "from.reserved": _reserved("from"),
    "other.applies": _applies,
    "sentence_at_least": sentence_at_least,
}
