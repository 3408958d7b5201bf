"""Jurisdiction over a crime chain as text for a terminal: who can prosecute, what speaks for whom, how to settle it."""

from collections.abc import Iterator

from comity.cli.headings import joined
from comity.law.answer import MET, NOT_MET, UNSURE, Caution
from comity.law.facts import Facts
from comity.law.jurisdiction import Claim, CriterionRow, JurisdictionAnswer
from comity.law.words import Words

CLAIM = {
    MET: Words("● HAS JURISDICTION", "● 有管辖权"),
    UNSURE: Words("? UNKNOWN", "? 未知"),
    NOT_MET: Words("✕ NONE", "✕ 无管辖权"),
}
OBLIGED = Words("bound by treaty to have it; its law is not established", "条约要求其确立管辖；其国内法尚未查明")
SIGN = {MET: "●", UNSURE: "?", NOT_MET: "✕"}
FORCE = {"mandatory": Words("must", "必须"), "optional": Words("may", "可以")}
CONFLICT = {
    MET: Words(
        "CONFLICT: two or more states have, or must have, jurisdiction.", "存在冲突：两国或多国有（或须有）管辖权。"
    ),
    UNSURE: Words("POSSIBLE CONFLICT: more than one state may have jurisdiction.", "可能冲突：可能有多国具有管辖权。"),
    NOT_MET: Words("NO CONFLICT: at most one state has jurisdiction.", "无冲突：至多一国有管辖权。"),
}
SUGGESTED = Words(
    "Usually preferred, in this order (a suggestion, not a verdict)", "通常优先顺序（仅为建议，并非裁断）"
)
NOTHING_SPEAKS = Words("nothing in the chain speaks for it", "犯罪链中无有利因素")
EVEN = Words("nothing stated here separates it from the one before", "与前者不分高下")
TABLE = Words("Criteria", "考量因素")
SAYS_NOTHING = Words("unknown: the chain says nothing on it", "未知：犯罪链未提供信息")
CONSULT = Words("Duty to consult", "协商义务")
PERHAPS = Words("perhaps also", "或亦包括")
PROCEDURE = Words("Procedure", "程序")
WARNINGS = Words("Warnings", "警示")
NO_WARNINGS = Words("No warnings.", "无警示。")
FACTS = Words("Facts as of {}.", "事实截至{}。")
NOT_ADVICE = Words("Not legal advice; no instrument forces a result.", "非法律意见；任何文书均不强制结果。")


def write_jurisdiction(answer: JurisdictionAnswer, facts: Facts, language: str) -> str:
    """Return the answer as lines of text."""
    return "\n".join(_lines(answer, facts, language))


def write_cautions(warnings: tuple[Caution, ...], language: str) -> str:
    """Return warnings as lines of text."""
    if not warnings:
        return NO_WARNINGS.say(language)
    return "\n".join(_cautions(warnings, language))


def _lines(answer: JurisdictionAnswer, facts: Facts, language: str) -> Iterator[str]:
    yield CONFLICT[answer.conflict].say(language)
    yield joined(FACTS.say(language).format(answer.as_of), NOT_ADVICE.say(language), language)
    for claim in answer.claims:
        yield ""
        yield from _claim(claim, language)
    if answer.order:
        yield from ("", f"{SUGGESTED.say(language)}:")
        yield from _order(answer, facts, language)
    yield from ("", f"{TABLE.say(language)}:")
    for row in answer.criteria:
        yield from _criterion(row, language)
    yield from _consultation(answer, language)
    if answer.warnings:
        yield from ("", f"{WARNINGS.say(language)}:", *_cautions(answer.warnings, language))


def _claim(claim: Claim, language: str) -> Iterator[str]:
    obliged = f" ({OBLIGED.say(language)})" if claim.obliged and claim.verdict != MET else ""
    yield f"{claim.state} {claim.name.say(language)}: {CLAIM[claim.verdict].say(language)}{obliged}"
    for basis in claim.bases:
        yield f"  {SIGN[basis.verdict]} {basis.name.say(language)}"
        for ground in basis.grounds:
            reason = f" {ground.reason.say(language)}" if ground.verdict != MET else ""
            force = FORCE[ground.force].say(language)
            yield f"     {SIGN[ground.verdict]} {force}: {ground.title.say(language)} [{ground.article}]{reason}"


def _order(answer: JurisdictionAnswer, facts: Facts, language: str) -> Iterator[str]:
    before = None
    for rank, item in enumerate(answer.order, 1):
        reasons = "; ".join(reason.say(language) for reason in item.reasons) or NOTHING_SPEAKS.say(language)
        even = f" ({EVEN.say(language)})" if before == item.points else ""
        yield f"  {rank}. {item.state} {facts.states[item.state].name.say(language)}: {reasons}{even}"
        before = item.points


def _criterion(row: CriterionRow, language: str) -> Iterator[str]:
    said = ", ".join(f"{mark.state} ({mark.words.say(language)})" for mark in row.marks)
    yield f"  {row.criterion.name.say(language)}: {said or SAYS_NOTHING.say(language)} [{row.criterion.article}]"


def _consultation(answer: JurisdictionAnswer, language: str) -> Iterator[str]:
    if not answer.consultation:
        return
    yield from ("", f"{CONSULT.say(language)} ({PROCEDURE.say(language)}: {answer.procedure}):")
    for duty in answer.consultation:
        perhaps = f" ({PERHAPS.say(language)} {', '.join(duty.unknown)})" if duty.unknown else ""
        yield f"  {', '.join(duty.states) or '?'}{perhaps}: {duty.rule.text.say(language)} [{duty.rule.article}]"


def _cautions(warnings: tuple[Caution, ...], language: str) -> Iterator[str]:
    for item in warnings:
        article = f" [{item.article}]" if item.article else ""
        yield f"  ! {item.text.say(language)}{article}"
