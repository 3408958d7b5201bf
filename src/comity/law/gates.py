"""Who may ask, whom the measure reaches, and whether a judge must validate: findings laid out beforehand for each answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from comity.law.answer import MET, NOT_MET, UNSURE, Finding
from comity.law.facts import Codes
from comity.law.instrument import Instrument, Measure, Validation
from comity.law.truth import Truth
from comity.law.words import Words

WEAK = Words("The source is weak, so this counts as unknown.", "来源不足，视为未知。")
WITHOUT_HOLDER = frozenset({"extradition", "arrest-notice", "joint-team"})  # they look for a person or for partners
Laid = Mapping[Truth, Finding]


@dataclass(frozen=True, slots=True)
class Gates:
    """The findings of one measure for each truth; None where the measure sets no such bar.

    Attributes:
        weak: stands where the row of the measure itself rests on a weak source.
        unvalidated: the unknown finding where the issuer is known and only the validation is not.
    """

    weak: Finding | None
    sender: Laid
    senders: frozenset[str] | None
    holder: Laid
    holders: frozenset[str] | None
    validation: Laid
    unvalidated: Finding | None
    rule: Validation | None


def ready_gates(measure: Measure, instrument: Instrument, codes: Codes) -> Gates:
    """Lay out the findings of a measure."""
    every = set(cast(list[str], codes.circumstances["issuing_authority"]["values"]))
    anybody = "any-competent-authority" in measure.senders or every <= set(measure.senders)
    rule = measure.validation if measure.validation and not measure.validation.only_if_declared else None
    maker = _Maker(measure, instrument)
    return Gates(
        weak=maker.finding("measure", measure.article, WEAK, None, (f"fact:measure:{instrument.id}",))
        if measure.confidence == "low"
        else None,
        sender=maker.lay("sender", measure.article, _senders(measure, codes), ("issuing_authority",)),
        senders=None if anybody else frozenset(measure.senders),
        holder=maker.lay("holder", measure.article, _holders(measure, codes), ("data_holder",)),
        holders=None if "any" in measure.holders or measure.id in WITHOUT_HOLDER else frozenset(measure.holders),
        validation=maker.lay(
            "validation", rule.article, _validators(rule, codes), ("issuing_authority", "judicial_validation")
        )
        if rule
        else {},
        unvalidated=maker.finding("validation", rule.article, _validators(rule, codes), None, ("judicial_validation",))
        if rule
        else None,
        rule=rule,
    )


def _senders(measure: Measure, codes: Codes) -> Words:
    names = codes.listed(measure.senders)
    return Words(f"May ask: {names.en}.", f"可提出请求者：{names.zh}。")


def _holders(measure: Measure, codes: Codes) -> Words:
    names = codes.listed(("any",) if "any" in measure.holders else measure.holders)
    return Words(f"Reaches: {names.en}.", f"适用对象：{names.zh}。")


def _validators(rule: Validation, codes: Codes) -> Words:
    names, by = codes.listed(rule.needed_for), codes.listed(rule.by)
    return Words(f"An order of {names.en} needs validation by {by.en}.", f"{names.zh}发出的命令须由{by.zh}确认。")


@dataclass(frozen=True, slots=True)
class _Maker:
    measure: Measure
    instrument: Instrument

    def finding(self, name: str, article: str, reason: Words, truth: Truth, settles: tuple[str, ...]) -> Finding:
        verdict = UNSURE if truth is None else MET if truth else NOT_MET
        confidence = self.measure.confidence
        return Finding(
            name, verdict, article, reason, self.instrument.source, confidence, settles if truth is None else ()
        )

    def lay(self, name: str, article: str, reason: Words, settles: tuple[str, ...]) -> Laid:
        return {truth: self.finding(name, article, reason, truth, settles) for truth in (True, False, None)}


def pass_gates(gates: Gates, known: Mapping[str, object]) -> Iterator[Finding]:
    """Yield the findings for what is known of the asking authority and the holder.

    Args:
        gates: of the measure.
        known: the circumstances of the question.
    """
    if gates.weak is not None:
        yield gates.weak
    yield gates.sender[_may_ask(gates.senders, known)]
    held_by = known.get("data_holder")
    yield gates.holder[True if gates.holders is None else None if held_by is None else held_by in gates.holders]
    if gates.rule is not None:
        yield _validated(gates, gates.rule, known)


def _may_ask(senders: frozenset[str] | None, known: Mapping[str, object]) -> Truth:
    """Only the issuing authority lets one in; another requesting authority can but keep one out."""
    if senders is None:
        return True
    issuer, other = known.get("issuing_authority"), known.get("from_authority")
    if issuer is not None:
        return issuer in senders
    return False if other is not None and other not in senders else None


def _validated(gates: Gates, rule: Validation, known: Mapping[str, object]) -> Finding:
    issuer, validated = known.get("issuing_authority"), known.get("judicial_validation")
    late = rule.emergency and known.get("emergency") is True and known.get("validation_not_obtainable_in_time") is True
    if validated is True or late or (issuer is not None and issuer not in rule.needed_for):
        return gates.validation[True]
    if issuer is None or gates.unvalidated is None:
        return gates.validation[None]
    return gates.validation[False] if validated is False else gates.unvalidated
