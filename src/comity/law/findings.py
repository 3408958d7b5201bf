"""Makes findings: the static ones once when the book is made ready, the rest per question."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from comity.law.answer import MET, NOT_MET, UNSURE, Finding
from comity.law.binding import Bound, between
from comity.law.instrument import Condition, Ground, Instrument, Measure, Rule
from comity.law.penalties import penalty_hint
from comity.law.situation import Situation
from comity.law.truth import Test, Truth
from comity.law.words import Words

Compile = Callable[[object], Test | None]
WEAK = Words("The source is weak, so this counts as unknown.", "来源不足，视为未知。")


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule with its compiled tests and the findings that it can give without looking at the question."""

    rule: Rule
    test: Test | None
    applies_if: Test | None
    stated_if: Test | None
    missing_is_stated: bool
    met: Finding
    not_met: Finding
    stated: Finding


def ready_condition(condition: Condition, compile_: Compile) -> ReadyRule:
    """Make a condition ready."""
    return _ready(
        condition.rule,
        compile_(condition.test),
        compile_(condition.applies_if),
        compile_(condition.stated_if),
        condition.missing_is_stated,
    )


def ready_rule(rule: Rule, test: Test | None) -> ReadyRule:
    """Make a scope, or the opposite of a mandatory ground of refusal, ready."""
    return _ready(rule, test, None, None, False)


def _ready(
    rule: Rule, test: Test | None, applies_if: Test | None, stated_if: Test | None, missing_is_stated: bool
) -> ReadyRule:
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


def find(ready: ReadyRule, situation: Situation) -> Finding:
    """Evaluate a rule in a situation."""
    missing = situation.missing
    missing.clear()
    applies: Truth = True if ready.applies_if is None else ready.applies_if(situation)
    if applies is False:
        return ready.met
    if ready.test is None:
        return ready.stated if applies else unsure(ready, situation)
    truth = ready.test(situation)
    if truth is True:
        return ready.met
    if truth is False and applies:
        return _not_met(ready, situation)
    return unsure(ready, situation)


def _not_met(ready: ReadyRule, situation: Situation) -> Finding:
    if ready.stated_if is None:
        return ready.not_met
    truth = ready.stated_if(situation)
    if truth is True:
        return ready.stated
    return ready.not_met if truth is False else unsure(ready, situation)


def unsure(ready: ReadyRule, situation: Situation) -> Finding:
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
    parts = [("in-force:instrument", situation.in_force(instrument))]
    if instrument.pairs:
        pair = between(situation.facts, instrument, question.from_state, question.to_state, question.on)
        parts.append(("in-force:between", pair))
    elif instrument.between == "both-bound" or instrument.bound or instrument.kind == "scheme":
        parts.append(("in-force:from", situation.bound(instrument, question.from_state)))
        parts.append(("in-force:to", _addressed(instrument, situation)))
    children = tuple(
        _bound_finding(name, instrument, part, question.from_state, question.to_state) for name, part in parts
    )
    return _together(instrument, children)


def _addressed(instrument: Instrument, situation: Situation) -> Bound:
    """The requested state; where the text looks at the addressee, a state that the question names for it serves as well."""
    to = situation.bound(instrument, situation.question.to_state)
    for key in instrument.addressee_in:
        state = situation.circumstances.get(key)
        if to.truth is not True and isinstance(state, str):
            other = situation.bound(instrument, state)
            to = other if other.truth is True else to
    return to


def _bound_finding(name: str, instrument: Instrument, part: Bound, from_state: str, to_state: str) -> Finding:
    state = {"in-force:from": from_state, "in-force:to": to_state}.get(name)
    settles = (f"fact:parties:{instrument.id}:{state}",) if part.truth is None else ()
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


def sender(measure: Measure, instrument: Instrument, situation: Situation) -> Finding:
    """Say whether the asking authority is one that may ask."""
    asked = situation.circumstances.get("issuing_authority")
    truth: Truth
    every = situation.facts.codes.circumstances["issuing_authority"]["values"]
    if "any-competent-authority" in measure.senders or set(measure.senders) == set(cast(list[str], every)):
        truth = True
    elif asked is not None:
        truth = asked in measure.senders
    else:
        other = situation.circumstances.get("from_authority")
        truth = False if other is not None and other not in measure.senders else None
    names = ", ".join(measure.senders)
    reason = Words(f"May ask: {names}.", f"可提出请求者：{names}。")
    settles = ("issuing_authority",) if truth is None else ()
    return Finding("sender", of_truth(truth), measure.article, reason, instrument.source, measure.confidence, settles)


def holder(measure: Measure, instrument: Instrument, situation: Situation) -> Finding:
    """Say whether the measure reaches whoever holds the data."""
    held_by = situation.circumstances.get("data_holder")
    reached = "any" in measure.holders
    truth: Truth = reached or (None if held_by is None else held_by in measure.holders)
    names = ", ".join(measure.holders)
    reason = Words(f"Reaches: {names}.", f"适用对象：{names}。")
    settles = ("data_holder",) if truth is None else ()
    return Finding("holder", of_truth(truth), measure.article, reason, instrument.source, measure.confidence, settles)


def validation(measure: Measure, instrument: Instrument, situation: Situation) -> Finding | None:
    """Say whether a judicial validation that the text asks for is there; None where the text asks for none."""
    rule = measure.validation
    if rule is None or rule.only_if_declared:
        return None
    known = situation.circumstances
    issuer, validated = known.get("issuing_authority"), known.get("judicial_validation")
    late = rule.emergency and known.get("emergency") is True and known.get("validation_not_obtainable_in_time") is True
    truth: Truth = None
    settles: tuple[str, ...] = ("issuing_authority", "judicial_validation")
    if validated is True or late or (issuer is not None and issuer not in rule.needed_for):
        truth, settles = True, ()
    elif issuer is not None:
        truth, settles = (False, ()) if validated is False else (None, ("judicial_validation",))
    names = ", ".join(rule.needed_for)
    by = ", ".join(rule.by)
    reason = Words(f"An order of {names} needs validation by {by}.", f"{names}发出的命令须由{by}确认。")
    return Finding("validation", of_truth(truth), rule.article, reason, instrument.source, measure.confidence, settles)


def weak_measure(measure: Measure, instrument: Instrument) -> Finding | None:
    """Say that the row of the measure itself rests on a weak source; None where it does not."""
    if measure.confidence != "low":
        return None
    return Finding(
        "measure", UNSURE, measure.article, WEAK, instrument.source, "low", (f"fact:measure:{instrument.id}",)
    )
