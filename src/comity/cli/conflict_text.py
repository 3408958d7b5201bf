"""Jurisdiction over a crime chain as text for a terminal: who can prosecute, what speaks for whom, how to settle it."""

from collections.abc import Iterator

from comity.cli.headings import coded, heading, joined, labelled
from comity.law.answer import MET, NOT_MET, UNSURE, Caution
from comity.law.facts import Facts
from comity.law.jurisdiction import Claim, CriterionRow, JurisdictionAnswer
from comity.law.jurisdiction_saying import duty_line
from comity.law.naming import alone, cited, day_name
from comity.law.words import Words, listed

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
WARNINGS = Words("Warnings", "警示")
NO_WARNINGS = Words("No warnings.", "无警示。")
FACTS = Words("Facts as of {}.", "事实截至{}。")
NOT_ADVICE = Words("Not legal advice; no instrument forces a result.", "非法律意见；任何文书均不强制结果。")


def write_jurisdiction(answer: JurisdictionAnswer, facts: Facts, language: str) -> str:
    """Return the answer as lines of text."""
    return "\n".join(_lines(answer, facts, language))


def write_cautions(warnings: tuple[Caution, ...], facts: Facts, language: str) -> str:
    """Return warnings as lines of text."""
    if not warnings:
        return NO_WARNINGS.say(language)
    return "\n".join(_cautions(warnings, facts, language))


def _lines(answer: JurisdictionAnswer, facts: Facts, language: str) -> Iterator[str]:
    yield CONFLICT[answer.conflict].say(language)
    yield joined(FACTS.say(language).format(day_name(answer.as_of).say(language)), NOT_ADVICE.say(language), language)
    for claim in answer.claims:
        yield ""
        yield from _claim(claim, facts, language)
    if answer.order:
        yield from ("", heading(SUGGESTED, language))
        yield from _order(answer, facts, language)
    yield from ("", heading(TABLE, language))
    for row in answer.criteria:
        yield from _criterion(row, facts, language)
    yield from _consultation(answer, facts, language)
    if answer.warnings:
        yield from ("", heading(WARNINGS, language), *_cautions(answer.warnings, facts, language))


def _claim(claim: Claim, facts: Facts, language: str) -> Iterator[str]:
    obliged = _aside(OBLIGED.say(language), language) if claim.obliged and claim.verdict != MET else ""
    said = f"{CLAIM[claim.verdict].say(language)}{obliged}"
    yield labelled(_state(claim.state, facts, language), said, language)
    for basis in claim.bases:
        yield f"  {SIGN[basis.verdict]} {basis.name.say(language)}"
        for ground in basis.grounds:
            reason = f" {ground.reason.say(language)}" if ground.verdict != MET else ""
            said = labelled(FORCE[ground.force], ground.title.say(language), language)
            yield f"     {SIGN[ground.verdict]} {said} {_cited(ground.article, facts, language)}{reason}"


def _order(answer: JurisdictionAnswer, facts: Facts, language: str) -> Iterator[str]:
    before = None
    for rank, item in enumerate(answer.order, 1):
        reasons = ("；" if language == "zh" else "; ").join(reason.say(language) for reason in item.reasons)
        even = _aside(EVEN.say(language), language) if before == item.points else ""
        said = f"{reasons or NOTHING_SPEAKS.say(language)}{even}"
        yield f"  {rank}. {labelled(_state(item.state, facts, language), said, language)}"
        before = item.points


def _criterion(row: CriterionRow, facts: Facts, language: str) -> Iterator[str]:
    marks = (
        f"{alone(facts.said(mark.state)).say(language)}{_aside(mark.words.say(language), language)}"
        for mark in row.marks
    )
    said = listed(marks, language) or SAYS_NOTHING.say(language)
    yield f"  {labelled(row.criterion.name, said, language)} {_cited(row.criterion.article, facts, language)}"


def _consultation(answer: JurisdictionAnswer, facts: Facts, language: str) -> Iterator[str]:
    if not answer.consultation:
        return
    yield from ("", heading(CONSULT, language))
    for duty in answer.consultation:
        yield f"  {duty_line(duty, facts).say(language)} {_cited(duty.rule.article, facts, language)}"


def _state(code: str, facts: Facts, language: str) -> Words:
    text = coded(alone(facts.said(code)), code, language)
    return Words(text, text)


def _aside(text: str, language: str) -> str:
    return f"（{text}）" if language == "zh" else f" ({text})"


def _cautions(warnings: tuple[Caution, ...], facts: Facts, language: str) -> Iterator[str]:
    for item in warnings:
        yield f"  ! {item.text.say(language)} {_cited(item.article, facts, language)}".rstrip()


def _cited(article: str, facts: Facts, language: str) -> str:
    return f"[{cited(facts, article).say(language)}]" if article else ""
