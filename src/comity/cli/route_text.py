"""An answer as text for a terminal: the answer first, then the reasons, the unknown said plainly."""

from collections.abc import Iterator

from comity.law.answer import CLOSED, NOT_MET, UNSURE, Answer, Finding, Route
from comity.law.ranking import VERDICT_WORDS, reasoning
from comity.law.words import Words

SIGNS = {"open": "●", "conditional": "◐", "unknown": "?", "closed": "✕"}
NAMES = {
    "open": Words("OPEN", "可用"),
    "conditional": Words("CONDITIONAL", "附条件"),
    "unknown": Words("UNKNOWN", "未知"),
    "closed": Words("CLOSED", "不可用"),
}
CLOSED_HEAD = Words("Closed, and why", "不可用及原因")
WARNINGS = Words("Warnings", "警示")
SETTLES = Words("What would settle what is unknown", "补充以下信息可确定未知事项")
CONDITION = Words("condition", "条件")
MISSING = Words("not known", "未知")
CLOCK = Words("clock", "期限")
TO = Words("to", "送交")
NOT_ADVICE = Words(
    "Not legal advice; the official text and the depositary win.", "非法律意见；以官方文本和交存机关为准。"
)
FACTS = Words("Facts as of", "事实截至")


def write_answer(answer: Answer, language: str) -> str:
    """Return the answer as lines of text."""
    return "\n".join(_lines(answer, language))


def _lines(answer: Answer, language: str) -> Iterator[str]:
    question = answer.question
    yield f"{question.from_state} → {question.to_state}  {question.measure}  {question.offence or '-'}  {question.on}"
    yield f"{FACTS.say(language)} {answer.as_of}. {NOT_ADVICE.say(language)}"
    usable = [(rank, route) for rank, route in enumerate(answer.routes, 1) if route.verdict != CLOSED]
    for rank, route in usable:
        yield ""
        yield from _route(rank, route, language)
    yield from _closed(answer, language)
    if answer.warnings:
        yield from ("", f"{WARNINGS.say(language)}:")
        yield from (f"  ! {item.text.say(language)} [{item.article}]" for item in answer.warnings)
    keys = [key for key in answer.unknown if not key.startswith("fact:")]
    if keys:
        yield from ("", f"{SETTLES.say(language)}:", f"  {', '.join(keys)}")


def _route(rank: int, route: Route, language: str) -> Iterator[str]:
    name = NAMES[route.verdict].say(language)
    yield f"{rank}. {SIGNS[route.verdict]} {name}  {route.instrument}  {route.article}  [{route.channel}]"
    yield f"   {route.what.say(language)}"
    yield f"   {reasoning(route).say(language)}"
    if route.competent:
        yield f"   {TO.say(language)}: {route.competent.name} ({', '.join(route.competent.languages)})"
    for finding in route.findings:
        if finding.verdict == UNSURE:
            head = CONDITION if finding.stated else MISSING
            missing = f" ← {', '.join(finding.settles)}" if finding.settles else ""
            yield f"   - {head.say(language)}: {finding.reason.say(language)} [{finding.article}]{missing}"
    for clock in route.clocks:
        if clock.duration:
            yield f"   - {CLOCK.say(language)} {clock.duration}: {clock.what.say(language)} [{clock.article}]"


def _closed(answer: Answer, language: str) -> Iterator[str]:
    closed = [route for route in answer.routes if route.verdict == CLOSED and route.carried]
    if not closed:
        return
    yield from ("", f"{CLOSED_HEAD.say(language)} ({VERDICT_WORDS[CLOSED].say(language)}):")
    for route in closed:
        deciding = next(_deciding(finding) for finding in route.findings if finding.verdict == NOT_MET)
        variant = f" ({route.variant})" if route.variant else ""
        yield f"  ✕ {route.instrument}{variant}: {deciding.reason.say(language)} [{deciding.article}]"


def _deciding(finding: Finding) -> Finding:
    return next((part for part in finding.findings if part.verdict == NOT_MET), finding)
