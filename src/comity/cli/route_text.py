"""An answer as text for a terminal: the answer first, then the reasons, the unknown said plainly."""

from collections.abc import Iterator
from dataclasses import dataclass

from comity.cli.headings import facts_until
from comity.law.answer import CLOSED, NOT_MET, UNSURE, Answer, Finding, Route
from comity.law.facts import Facts
from comity.law.naming import Labels, cited, named, named_all, period_name
from comity.law.ranking import reasoning
from comity.law.saying import MARKS, headline, missing_names, question_lines, sentence, tally, way_name
from comity.law.words import Words, listed

CLOSED_HEAD = Words("Closed, and why", "不可用及原因")
SILENT = Words("Do not carry this measure", "不涵盖该措施")
WARNINGS = Words("Mind this before anything is sent", "发出前请注意")
SETTLES = Words("What would settle what is unknown", "补充以下信息可确定未知事项")
CONDITION = Words("condition", "条件")
MISSING = Words("not known", "未知")
CLOCK = Words("clock", "期限")
TO = Words("to", "送交")
COLON = Words(": ", "：")


@dataclass(frozen=True, slots=True)
class _Text:
    """Says things in one language."""

    language: str
    labels: Labels

    def say(self, words: Words) -> str:
        return words.say(self.language)

    def label(self, kind: str, code: str) -> str:
        return self.say(named(self.labels, kind, code))

    def cited(self, article: str) -> str:
        return f"[{self.say(cited(self.labels, article))}]" if article else ""


def write_answer(answer: Answer, facts: Facts, labels: Labels, language: str) -> str:
    """Return the answer as lines of text; `labels` are the words for codes."""
    return "\n".join(_lines(answer, facts, _Text(language, labels)))


def _lines(answer: Answer, facts: Facts, text: _Text) -> Iterator[str]:
    say = text.say
    yield say(headline(answer.question, text.labels))
    yield say(sentence(answer, text.labels))
    yield ""
    for name, value in question_lines(answer.question, facts.codes, text.labels):
        yield f"{say(name)}{say(COLON)}{say(value)}"
    yield say(tally(answer))
    usable = [(rank, route) for rank, route in enumerate(answer.routes, 1) if route.verdict != CLOSED]
    for rank, route in usable:
        yield ""
        yield from _route(rank, route, text)
    yield from _closed(answer, text)
    if answer.warnings:
        yield from ("", f"{say(WARNINGS)}{say(COLON)}")
        yield from (f"  ! {say(item.text)} {text.cited(item.article)}".rstrip() for item in answer.warnings)
    keys = [key for key in answer.unknown if not key.startswith("fact:")]
    if keys:
        yield from ("", f"{say(SETTLES)}{say(COLON)}")
        yield from (f"  {text.label('question', key)} ({key})" for key in keys if key in facts.codes.circumstances)
        yield from (
            f"  {say(missing_names([key], text.labels))}" for key in keys if key not in facts.codes.circumstances
        )
    yield from ("", facts_until(facts, text.language))


def _route(rank: int, route: Route, text: _Text) -> Iterator[str]:
    say, (shape, word) = text.say, MARKS[route.verdict]
    yield f"{rank}. {shape} {say(word)}  {say(route.title)}  {text.cited(route.article)}"
    yield f"   {text.label('channel', route.channel)}{say(COLON)}{say(route.what)}"
    yield f"   {say(reasoning(route))}"
    if route.competent:
        languages = say(named_all(text.labels, "language", route.competent.languages))
        yield f"   {say(TO)}{say(COLON)}{say(route.competent.name)} ({languages})"
    for finding in route.findings:
        if finding.verdict == UNSURE:
            yield f"   - {_unsure(finding, text)}"
    for clock in route.clocks:
        if clock.duration:
            period = say(period_name(clock.duration))
            yield f"   - {say(CLOCK)} {period}{say(COLON)}{say(clock.what)} {text.cited(clock.article)}"


def _unsure(finding: Finding, text: _Text) -> str:
    head = text.say(CONDITION if finding.stated else MISSING)
    missing = text.say(missing_names(finding.settles, text.labels))
    return f"{head}{text.say(COLON)}{text.say(finding.reason)} {text.cited(finding.article)}" + (
        f" ← {missing}" if missing else ""
    )


def _closed(answer: Answer, text: _Text) -> Iterator[str]:
    say = text.say
    closed = [route for route in answer.routes if route.verdict == CLOSED]
    carried = [route for route in closed if route.carried]
    if carried:
        yield from ("", f"{say(CLOSED_HEAD)}{say(COLON)}")
    for route in carried:
        deciding = next(_deciding(finding) for finding in route.findings if finding.verdict == NOT_MET)
        yield f"  ✕ {say(way_name(route))}{say(COLON)}{say(deciding.reason)} {text.cited(deciding.article)}"
    silent = dict.fromkeys(say(route.title) for route in closed if not route.carried)
    if silent:
        yield f"  {say(SILENT)}{say(COLON)}{listed(silent, text.language)}"


def _deciding(finding: Finding) -> Finding:
    return next((part for part in finding.findings if part.verdict == NOT_MET), finding)
