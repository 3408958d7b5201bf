"""What the tests of warnings may ask for beyond the facts of a question: whether something is stated, days, groups, what is left.

A warning can never open a route. So its test may rest on what is *not* stated, which no test of an instrument may do.
"""

from collections.abc import Callable, Mapping
from datetime import date

from comity.law.answer import CLOSED, Route
from comity.law.binding import eu_member
from comity.law.caution_rules import CautionRules
from comity.law.instrument import Instrument, Measure
from comity.law.situation import PLAIN, Situation
from comity.law.truth import Getter, MalformedTestError

FROM_SITUATION = ("measure", "date", "from", "to", "offence", "from.eu_member", "to.eu_member", "dual_criminality.met")
DIRECT = frozenset({"direct-to-provider", "voluntary"})
GIVERS = {"spontaneous-information": ("from",), "joint-team": ("from", "to")}
HOLDER_KEYS = ("provider_state", "data_located_in")


class QuestionView:
    """A question with its routes, as the tests of warnings see it; `place` is the state that a rule is asked for."""

    __slots__ = ("circumstances", "direct", "evidence", "facts", "missing", "place", "question", "situation", "usable")

    def __init__(self, situation: Situation, found: tuple[Route, ...]) -> None:
        self.situation = situation
        self.facts = situation.facts
        self.question = situation.question
        self.circumstances = situation.circumstances
        self.missing = situation.missing
        self.place = ""
        left = [route for route in found if route.verdict != CLOSED]
        self.usable = {route.instrument for route in left}
        self.direct = any(route.channel in DIRECT for route in left)
        self.evidence = any(route.works_as != "intelligence" for route in left)

    def places(self) -> tuple[str, ...]:
        """Return the states whose law binds whoever gives what is asked for."""
        question = self.question
        sides = {"from": question.from_state, "to": question.to_state}
        givers = [sides[side] for side in GIVERS.get(question.measure, ("to",))]
        if question.measure not in GIVERS:
            held = (self.circumstances.get(key) for key in HOLDER_KEYS)
            givers += [state for state in held if isinstance(state, str) and state != question.from_state]
        return tuple(dict.fromkeys(givers))

    def state(self, who: str) -> str | None:
        """Return the code of the state that a test names."""
        match who:
            case "from":
                return self.question.from_state
            case "to":
                return self.question.to_state
            case "place":
                return self.place
        value = self.circumstances.get(who)
        return value if isinstance(value, str) else None


class RouteView:
    """A route in the making, as the tests of warnings see it."""

    __slots__ = ("below_threshold", "dual", "duties", "instrument", "measure", "missing", "signed_only", "situation")

    def __init__(
        self,
        measure: Measure,
        instrument: Instrument,
        situation: Situation,
        dual: str,
        *,
        duties: frozenset[str] = frozenset(),
        signed_only: bool = False,
        below_threshold: bool = False,
    ) -> None:
        self.measure = measure
        self.instrument = instrument
        self.situation = situation
        self.dual = dual
        self.duties = duties
        self.signed_only = signed_only
        self.below_threshold = below_threshold
        self.missing = situation.missing


def question_getter(name: str, known: Mapping[str, object], rules: CautionRules) -> Getter:
    """Return the function that reads a fact for a warning about a question.

    Raises:
        MalformedTestError: no fact has this name.
    """
    if name in FROM_SITUATION:
        inner = PLAIN[name]
        return lambda view: inner(view.situation)
    if name in known:
        return lambda view: view.circumstances.get(name)
    if name == "place.blocks":
        return lambda view: _blocks(view, rules)
    if name in OF_QUESTION:
        return OF_QUESTION[name]
    head, _, tail = name.partition(":")
    if tail and head in PARAMETRIC:
        return PARAMETRIC[head](tail)
    raise MalformedTestError(f"'{name}' is no fact that a warning can ask for.", remedy="See lawbook/warnings.yaml.")


def route_getter(name: str) -> Getter:
    """Return the function that reads a fact for a warning about a route.

    Raises:
        MalformedTestError: no fact has this name.
    """
    if name in OF_ROUTE:
        return OF_ROUTE[name]
    head, _, tail = name.partition(":")
    if head == "route.duty" and tail:
        return lambda view: tail in view.duties
    raise MalformedTestError(f"'{name}' is no fact of a route.", remedy="See lawbook/warnings.yaml.")


def _blocks(view: QuestionView, rules: CautionRules) -> bool:
    law = view.facts.national.get(view.place)
    measure = view.question.measure
    said = (
        rules.blocking_words(rule.id, measure) for rule in (law.blocking if law else ()) if rule.confidence != "low"
    )
    return any(words is not None and words.bars for words in said)


def _given(key: str) -> Getter:
    return lambda view: view.circumstances.get(key) is not None


def _days(key: str) -> Getter:
    """Days from the day of the question to a date; negative where it lies before."""

    def get(view: QuestionView) -> object:
        value = view.circumstances.get(key)
        return (date.fromisoformat(value) - view.question.on).days if isinstance(value, str) else None

    return get


def _member(tail: str) -> Getter:
    who, _, group = tail.rpartition(":")

    def get(view: QuestionView) -> object:
        code = view.state(who)
        if code is None or code not in view.facts.states:
            return None
        if group == "eu":
            return eu_member(view.facts, code, view.question.on)
        return group in view.facts.states[code].groups

    return get


def _usable(name: str) -> Getter:
    return lambda view: name in view.usable


def _issuer_needs_validation(view: RouteView) -> object:
    rule = view.measure.validation
    if rule is None:
        return False
    issuer = view.situation.circumstances.get("issuing_authority")
    return None if issuer is None else issuer in rule.needed_for


PARAMETRIC: Mapping[str, Callable[[str], Getter]] = {
    "given": _given,
    "days": _days,
    "member": _member,
    "usable": _usable,
}
OF_QUESTION: Mapping[str, Getter] = {
    "place": lambda view: view.place,
    "from.death_penalty": lambda view: view.facts.states[view.question.from_state].death_penalty,
    "to.death_penalty": lambda view: view.facts.states[view.question.to_state].death_penalty,
    "to.extradites_nationals": lambda view: view.facts.states[view.question.to_state].extradites_nationals,
    "usable.direct": lambda view: view.direct,
    "usable.evidence": lambda view: view.evidence,
}
OF_ROUTE: Mapping[str, Getter] = {
    "route.works_as": lambda view: view.measure.works_as,
    "route.kind": lambda view: view.instrument.kind,
    "route.instrument": lambda view: view.instrument.id,
    "route.by_consent": lambda view: "consent" in view.measure.variant,
    "route.dual_criminality": lambda view: view.dual,
    "route.limits_use": lambda view: bool(view.instrument.use_limits),
    "route.issuer_needs_validation": _issuer_needs_validation,
    "route.signed_only": lambda view: view.signed_only,
    "route.below_threshold": lambda view: view.below_threshold,
}
