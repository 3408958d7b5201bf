"""Who holds the data as text for a terminal: the entity first, then its door, what it takes, and the routes to its state."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comity.cli.headings import coded, heading, joined, labelled
from comity.law.answer import MET
from comity.law.facts import Facts
from comity.law.holder_report import Ask, left
from comity.law.holder_saying import (
    CATEGORIES,
    LANGUAGES,
    NO_STATE,
    ROLES,
    details,
    entity_line,
    kind_line,
    missing_line,
)
from comity.law.holders import CATEGORY, SERVICE, Choice, HolderAnswer
from comity.law.naming import Labels, alone, article_name, day_name
from comity.law.offences.labels import CONFIDENCE
from comity.law.saying import MARKS
from comity.law.words import Words, listed

CERTAIN = Words("HOLDER", "持有人")
POSSIBLE = Words("NOT CERTAIN: possible holders", "不确定：可能的持有人")
NOBODY = Words("UNKNOWN: the identifier does not tell who holds the data", "未知：标识本身不表明数据持有人")
RECOGNISED = Words("Recognised as", "识别为")
FACTS = Words("Facts as of {}.", "事实截至{}。")
CHECK = Words("Entities and doors change; check before use.", "实体与渠道会变更，使用前请核实。")
POINTS_TO = Words("Points to", "指向")
SETTLES = Words("What would settle it", "补充以下信息可确定")
NO_ADDRESS = Words("The address is left out on purpose: look it up at the provider.", "有意不列地址：请向服务商查证。")
SURE, SOURCE = Words("Confidence", "可信度"), Words("source", "来源")
SEMICOLON = Words("; ", "；")
ROUTES = Words("Routes", "途径")
AT_HOME = Words("none needed: the entity is in the asking state; use its own law", "无须：实体在请求国，依本国法办理")
NONE_LEFT = Words("none is left", "无可用途径")


def write_holder(
    answer: HolderAnswer,
    facts: Facts,
    labels: Labels,
    language: str,
    measure: str | None = None,
    ask: Ask | None = None,
) -> str:
    """Return the answer as lines of text; `labels` are the words for codes."""
    return "\n".join(_lines(answer, measure, ask, _Text(facts, labels, language)))


@dataclass(frozen=True, slots=True)
class _Text:
    """Says things in one language."""

    facts: Facts
    labels: Labels
    language: str

    def say(self, words: Words) -> str:
        return words.say(self.language)

    def label(self, kind: str, code: str) -> str:
        return self.labels.label(kind, code, self.language)

    def line(self, name: Words, text: str) -> str:
        return labelled(name, text, self.language)

    def aside(self, text: str) -> str:
        return f"（{text}）" if self.language == "zh" else f" ({text})"

    def listed(self, parts: Iterable[str]) -> str:
        return listed(parts, self.language)


def _lines(answer: HolderAnswer, measure: str | None, ask: Ask | None, text: _Text) -> Iterator[str]:
    yield _headline(answer, text)
    yield text.line(RECOGNISED, text.line(kind_line(answer), answer.identifier.value))
    yield joined(text.say(FACTS).format(text.say(day_name(answer.as_of))), text.say(CHECK), text.language)
    if answer.states:
        states = (coded(alone(text.facts.said(code)), code, text.language) for code in answer.states)
        yield text.line(POINTS_TO, text.listed(states))
    for choice in answer.choices:
        yield ""
        yield from _choice(choice, measure, ask, text)
    yield from ("", *(f"- {text.say(note)}" for note in answer.notes)) if answer.notes else ()
    if answer.unknown:
        yield from ("", text.line(SETTLES, text.say(missing_line(answer))))


def _headline(answer: HolderAnswer, text: _Text) -> str:
    if answer.certain:
        choice = next(item for item in answer.choices if item.role == SERVICE and item.verdict == MET)
        return text.line(CERTAIN, text.say(entity_line(choice, text.facts)))
    if any(choice.role == SERVICE for choice in answer.choices):
        return heading(POSSIBLE, text.language)
    return text.say(NOBODY)


def _choice(choice: Choice, measure: str | None, ask: Ask | None, text: _Text) -> Iterator[str]:
    holder, say = choice.holder, text.say
    entity = f"{say(entity_line(choice, text.facts))}{text.aside(say(ROLES[choice.role]))}"
    yield f"{'●' if choice.verdict == MET else '?'} {text.line(holder.name, entity)}"
    yield f"   {say(choice.reason)}"
    wanted = CATEGORY.get(measure or "")
    others = {words for category, words in CATEGORIES.items() if wanted not in {None, category}}
    yield from (f"   {text.line(name, say(value))}" for name, value in details(choice) if name not in others)
    if holder.door:
        yield f"   {say(NO_ADDRESS)}"
    if holder.languages:
        languages = text.listed(text.label("language", code) for code in holder.languages)
        yield f"   {text.line(LANGUAGES, languages)}"
    sure = CONFIDENCE.get(holder.confidence, Words(holder.confidence, holder.confidence))
    yield f"   {text.line(SURE, say(sure))}{say(SEMICOLON)}{text.line(SOURCE, holder.source)}"
    if ask is not None:
        yield from _routes(choice, ask, text)


def _routes(choice: Choice, ask: Ask, text: _Text) -> Iterator[str]:
    say = text.say
    if choice.entity.state is None:
        yield f"   {text.line(ROUTES, say(NO_STATE))}"
        return
    found = ask(choice)
    if found is None:
        yield f"   {text.line(ROUTES, say(AT_HOME))}"
        return
    usable = left(found)
    yield f"   {heading(ROUTES, text.language)}" if usable else f"   {text.line(ROUTES, say(NONE_LEFT))}"
    for rank, route in enumerate(usable, 1):
        mark, name = MARKS[route.verdict]
        channel = text.label("channel", route.channel)
        yield f"     {rank}. {mark} {say(name)}  {say(route.title)}  [{say(article_name(route.article))}]  {channel}"
