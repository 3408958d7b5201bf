"""The answer to a question as a page shows it: the answer is the headline, and what was not said is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.law.answer import CLOSED, UNKNOWN, Answer
from comity.law.facts import Facts
from comity.law.question import Question
from comity.law.saying import MARKS, headline, sentence, tally
from comity.law.settling import AT_MOST, Choice, Settling, settling
from comity.node import law
from comity.sites.desk import circumstances, reading, words
from comity.sites.desk.shown.cases import Row, penalty
from comity.sites.desk.shown.law import (
    Download,
    Pick,
    PickGroup,
    Query,
    Settle,
    article_word,
    downloads,
    say,
    source_line,
)
from comity.sites.desk.shown.routes import ClosedShown, RouteShown, WarningShown, closed_route, shown_route

BEFORE = 3  # questions that stand before the routes, where nothing may be done yet


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """The whole answer.

    Attributes:
        settles_first: whether what would settle the unknown is the next step, because nothing may be done yet.
        silent: names of the instruments that do not carry the measure.
    """

    headline: str
    sentence: str
    tally: str
    line: str
    rows: tuple[Row, ...]
    settles: tuple[Settle, ...]
    settles_first: bool
    warnings: tuple[WarningShown, ...]
    routes: tuple[RouteShown, ...]
    closed: tuple[ClosedShown, ...]
    closed_title: str
    silent: str
    change_url: str
    downloads: tuple[Download, ...]
    source_line: str


def shown_answer(answer: Answer, query: Query, draftable: Mapping[int, str]) -> AnswerShown:
    """Return the page's view of an answer.

    Args:
        answer: from the law.
        query: the question as it stands in the address; kept by every link.
        draftable: place of a route in the answer -> address where it can be drafted; those without a procedure are missing.
    """
    facts, labels = law.lawbook().facts, words.wordbook()
    places = [(place, route) for place, route in enumerate(answer.routes, 1) if route.verdict != CLOSED]
    unknown_first = bool(places) and places[0][1].verdict == UNKNOWN
    settles = tuple(_settle(each, query) for each in settling(facts, answer, BEFORE if unknown_first else AT_MOST))
    asked = [settle.id for settle in settles]
    closed = [route for route in answer.routes if route.verdict == CLOSED]
    rows = question_rows(answer.question, facts)
    return AnswerShown(
        headline=say(headline(answer.question, labels)),
        sentence=say(sentence(answer, labels)),
        tally=say(tally(answer)),
        line=" · ".join(row.value for row in rows[:2]),
        rows=rows,
        settles=settles,
        settles_first=unknown_first,
        warnings=tuple(WarningShown(say(one.text), article_word(one.article)) for one in answer.warnings),
        routes=tuple(shown_route(place, route, draftable.get(place, ""), asked) for place, route in places),
        closed=tuple(closed_route(route) for route in closed if route.carried),
        closed_title=ngettext(
            "%(count)d route is closed, with the reason", "%(count)d routes are closed, with the reason", len(closed)
        )
        % {"count": len(closed)},
        silent=_("; ").join(dict.fromkeys(say(route.title) for route in closed if not route.carried)),
        change_url=f"{_address(query)}&change=yes",
        downloads=downloads(_address(query, "routes-memo"), _address(query, "routes-json")),
        source_line=source_line(),
    )


def _address(query: Query, name: str = "routes") -> str:
    return f"{reverse(f'desk:{name}')}?{urlencode(query)}"


def question_rows(question: Question, facts: Facts) -> tuple[Row, ...]:
    """Return the question, line by line."""
    pair = _pair(question)
    rows = [
        Row(_("From → to"), f"{pair['asking']} → {pair['asked']}"),
        Row(_("Measure"), words.word("measure", question.measure)),
        Row(_("Offence"), words.word("offence", question.offence) if question.offence else _("not said")),
        Row(_("Date"), reading.day(question.on)),
    ]
    said = [
        Row(circumstances.question(key), _value(key, value, facts)) for key, value in question.circumstances.items()
    ]
    return (*rows, *said)


def _pair(question: Question) -> dict[str, str]:
    return {"asking": words.country(question.from_state), "asked": words.country(question.to_state)}


def _value(key: str, value: object, facts: Facts) -> str:
    kind = facts.codes.circumstances.get(key, {}).get("type")
    if kind == "state" and str(value) in facts.states:
        return words.country(str(value))
    if key.startswith("max_penalty") and isinstance(value, int):
        return penalty(value)
    if kind == "date":
        return reading.day(date.fromisoformat(str(value)))
    return circumstances.answer(value)


def _settle(item: Settling, query: Query) -> Settle:
    effects: dict[tuple[str, str], list[Pick]] = {}
    for choice in item.choices:
        effects.setdefault(_effect(choice), []).append(_pick(item.key, choice, query))
    return Settle(
        item.key,
        circumstances.question(item.key),
        ngettext("%(count)d route depends on it.", "%(count)d routes depend on it.", item.routes)
        % {"count": item.routes},
        tuple(PickGroup(tuple(picks), verdict, gain) for (verdict, gain), picks in effects.items()),
        "" if _is_complete(item.key) else f"{_address(query)}&change=yes#id_{item.key}",
    )


def _is_complete(key: str) -> bool:
    return law.lawbook().facts.codes.circumstances[key]["type"] in ("boolean", "code")


def _effect(choice: Choice) -> tuple[str, str]:
    """Return the best verdict that an answer would bring, and all of them in words."""
    parts = [f"{say(MARKS[verdict][1])} {count}" for verdict, count in choice.settled.items()]
    return next(iter(choice.settled), ""), _(", ").join(parts)


def _pick(key: str, choice: Choice, query: Query) -> Pick:
    value = str(choice.value).lower() if isinstance(choice.value, bool) else str(choice.value)
    text = _value(key, choice.value, law.lawbook().facts)
    return Pick(text, _address([*(each for each in query if each[0] != key), (key, value)]))
