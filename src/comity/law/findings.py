"""Makes findings: the static ones once when the book is made ready, the rest per question."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from comity.law.answer import MET, NOT_MET, UNSURE, Finding
from comity.law.binding import Bound, between
from comity.law.instrument import Condition, Ground, Instrument, Measure, Rule
from comity.law.penalties import penalty_hint
from comity.law.situation import Situation
from comity.law.truth import Test, Truth
from comity.law.words import Words

Tested = TypeVar("Tested")
Compile = Callable[
    [object], Tested | None
]  # a test as the instrument has it -> in the form in which it is asked; None: no test


@dataclass(frozen=True, slots=True)
class ReadyRule(Generic[Tested]):
    """A rule with its tests and the findings that it can give without looking at the question.

    The tests are closures where one question is answered; the atlas, which asks for all states at once, keeps them as they are.
    """

    rule: Rule
    test: Tested | None
    applies_if: Tested | None
    stated_if: Tested | None
    missing_is_stated: bool
    met: Finding
    not_met: Finding
    stated: Finding


def rules_of(measure: Measure, compile_: Compile[Tested]) -> tuple[ReadyRule[Tested], ...]:
    """Return what has to hold for the measure: its scope, its conditions, and that no mandatory ground of refusal arises."""
    rules = [_ready(measure.scope.rule, compile_(measure.scope.test), None, None, False)]
    rules += [_condition(item, compile_) for item in measure.conditions if not item.by_request]
    for ground in measure.grounds:
        if ground.force == "mandatory" and ground.test is not None:
            rules.append(_ready(ground_rule(ground), compile_({"not": ground.test}), None, None, False))
    return tuple(rules)


def _condition(condition: Condition, compile_: Compile[Tested]) -> ReadyRule[Tested]:
    return _ready(
        condition.rule,
        compile_(condition.test),
        compile_(condition.applies_if),
        compile_(condition.stated_if),
        condition.missing_is_stated,
    )


def _ready(
    rule: Rule, test: Tested | None, applies_if: Tested | None, stated_if: Tested | None, missing_is_stated: bool
) -> ReadyRule[Tested]:
    weak = rule.confidence == "low"
    return ReadyRule(
        rule=rule,
        test=test,
        applies_if=applies_if,
        stated_if=stated_if,
        missing_is_stated=missing_is_stated,
        met=_finding(rule, UNSURE if weak else MET, settles=(f"fact:{rule.id}",) if weak else ()),
        not_met=_finding(_unfulfilled(rule), UNSURE if weak else NOT_MET, settles=(f"fact:{rule.id}",) if weak else ()),
        stated=_finding(rule, UNSURE, stated=True),
    )


def _unfulfilled(rule: Rule) -> Rule:
    words = Words(f"Not fulfilled: {rule.text.en}", f"不符合：{rule.text.zh}")
    return Rule(rule.id, rule.article, words, rule.confidence, rule.source)


def _finding(rule: Rule, verdict: str, settles: tuple[str, ...] = (), stated: bool = False) -> Finding:
    return Finding(rule.id, verdict, rule.article, rule.text, rule.source, rule.confidence, settles, stated)


def find(ready: ReadyRule[Test], situation: Situation) -> Finding:
    """Evaluate a rule in a situation."""
    missing = situation.missing
    missing.clear()
    applies: Truth = True if ready.applies_if is None else ready.applies_if(situation)
    if applies is False:
        return ready.met
    if ready.test is None:
        return ready.stated
    truth = ready.test(situation)
    if truth is True:
        return ready.met
    if truth is False and applies:
        return _not_met(ready, situation)
    return unsure(ready, situation)


def _not_met(ready: ReadyRule[Test], situation: Situation) -> Finding:
    if ready.stated_if is None:
        return ready.not_met
    truth = ready.stated_if(situation)
    if truth is True:
        return ready.stated
    return ready.not_met if truth is False else unsure(ready, situation)


def unsure(ready: ReadyRule[Test], situation: Situation) -> Finding:
    """Return the unknown finding, with what would settle it."""
    settles = tuple(dict.fromkeys(situation.missing))
    stated = ready.missing_is_stated and all(":" not in name for name in settles)
    stated = stated or (settles == ("conduct",) and situation.dual.likely)
    reason = ready.rule.text
    if "conduct" in settles:
        reason = _join(reason, situation.dual.reason)
    if "max_penalty_months_from" in settles:
        reason = _join(reason, penalty_hint(situation.facts, situation.question.from_state, situation.question.offence))
    rule = ready.rule
    return Finding(rule.id, UNSURE, rule.article, reason, rule.source, rule.confidence, settles, stated)


def _join(first: Words, second: Words) -> Words:
    return Words(f"{first.en} {second.en}", f"{first.zh}{second.zh}") if second else first


def of_truth(truth: Truth) -> str:
    """Return the verdict of a finding for a truth."""
    return UNSURE if truth is None else MET if truth else NOT_MET


def ground_rule(ground: Ground) -> Rule:
    """Return a mandatory ground of refusal as the condition that it does not arise."""
    rule = ground.rule
    words = Words(f"Bar to cooperation: {rule.text.en}", f"禁止事由：{rule.text.zh}")
    return Rule(rule.id, rule.article, words, rule.confidence, rule.source)


def binding(instrument: Instrument, situation: Situation) -> Finding:
    """Say whether the instrument is in force between the two states on the day."""
    question = situation.question
    children = [_side("in-force:instrument", instrument, "", situation)]
    if instrument.pairs:
        pair = between(situation.facts, instrument, question.from_state, question.to_state, question.on)
        children.append(_bound_finding("in-force:between", instrument, pair, ""))
    elif instrument.between == "both-bound" or instrument.bound or instrument.kind == "scheme":
        children.append(_side("in-force:from", instrument, question.from_state, situation))
        children.append(_addressed(instrument, situation))
    return _together(instrument, tuple(children))


def _side(name: str, instrument: Instrument, state: str, situation: Situation) -> Finding:
    """Say whether one state is bound; without a state, whether the instrument itself is in force."""
    kept, key = situation.memory.sides, (name, instrument.id, state, situation.question.on)
    found = kept.get(key)
    if found is None:
        part = situation.bound(instrument, state) if state else situation.in_force(instrument)
        found = kept.keep(key, _bound_finding(name, instrument, part, state))
    return found


def _addressed(instrument: Instrument, situation: Situation) -> Finding:
    """The requested state; where the text looks at the addressee, a state that the question names for it serves as well."""
    name, requested = "in-force:to", situation.question.to_state
    found = _side(name, instrument, requested, situation)
    for key in instrument.addressee_in:
        state = situation.circumstances.get(key)
        if found.verdict != MET and isinstance(state, str):
            other = situation.bound(instrument, state)
            found = _bound_finding(name, instrument, other, requested) if other.truth is True else found
    return found


def _bound_finding(name: str, instrument: Instrument, part: Bound, state: str) -> Finding:
    missing = f"fact:parties:{instrument.id}:{state}" if state else f"fact:term:{instrument.id}"
    settles = (missing,) if part.truth is None else ()
    return Finding(name, of_truth(part.truth), instrument.reference, part.reason, part.source, part.confidence, settles)


def _together(instrument: Instrument, children: tuple[Finding, ...]) -> Finding:
    deciding = next((child for child in children if child.verdict == NOT_MET), None)
    deciding = deciding or next((child for child in children if child.verdict == UNSURE), None) or children[-1]
    return Finding(
        "in-force",
        deciding.verdict,
        instrument.reference,
        deciding.reason,
        deciding.source,
        deciding.confidence,
        tuple(key for child in children for key in child.settles),
        findings=children,
    )
