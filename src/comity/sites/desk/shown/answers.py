"""The answer to a question as a page shows it: the answer is the headline, and what was not said is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.law.answer import CLOSED, CONDITIONAL, OPEN, UNKNOWN, Answer
from comity.law.facts import Facts
from comity.law.question import Question
from comity.node import law
from comity.sites.desk import circumstances, reading, words
from comity.sites.desk.shown.cases import Row, penalty
from comity.sites.desk.shown.law import Query, article_word, say
from comity.sites.desk.shown.routes import ClosedShown, RouteShown, WarningShown, clauses, closed_route, shown_route


@dataclass(frozen=True, slots=True)
class NotSaid:
    """A circumstance that was not said and would settle something."""

    text: str
    gain: str
    url: str


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """The whole answer."""

    headline: str
    sentence: str
    line: str
    rows: tuple[Row, ...]
    not_said: tuple[NotSaid, ...]
    warnings: tuple[WarningShown, ...]
    routes: tuple[RouteShown, ...]
    closed: tuple[ClosedShown, ...]
    closed_title: str
    change_url: str
    as_of: str


def shown_answer(answer: Answer, query: Query, draftable: Mapping[int, str]) -> AnswerShown:
    """Return the page's view of an answer.

    Args:
        answer: from the law.
        query: the question as it stands in the address; kept by every link.
        draftable: place of a route in the answer -> address where it can be drafted; those without a procedure are missing.
    """
    facts = law.lawbook().facts
    places = [(place, route) for place, route in enumerate(answer.routes, 1) if route.verdict != CLOSED]
    closed = tuple(closed_route(route) for route in answer.routes if route.verdict == CLOSED)
    question = answer.question
    return AnswerShown(
        headline=_("What may %(asking)s ask of %(asked)s?") % _pair(question, facts),
        sentence=_sentence(answer),
        line=" · ".join(row.value for row in question_rows(question, facts)[:2]),
        rows=question_rows(question, facts),
        not_said=_not_said(answer, query),
        warnings=tuple(WarningShown(say(one.text), one.article) for one in answer.warnings),
        routes=tuple(shown_route(place, route, query, draftable.get(place, "")) for place, route in places),
        closed=closed,
        closed_title=ngettext(
            "%(count)d route is closed, with the reason", "%(count)d routes are closed, with the reason", len(closed)
        )
        % {"count": len(closed)},
        change_url=f"{reverse('desk:routes')}?{urlencode([*query, ('change', 'yes')])}",
        as_of=_("Facts as of %(day)s. Not legal advice; the official text prevails.")
        % {"day": reading.day(answer.as_of)},
    )


def question_rows(question: Question, facts: Facts) -> tuple[Row, ...]:
    """Return the question, line by line."""
    pair = _pair(question, facts)
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


def _pair(question: Question, facts: Facts) -> dict[str, str]:
    return {
        "asking": say(facts.states[question.from_state].name),
        "asked": say(facts.states[question.to_state].name),
    }


def _value(key: str, value: object, facts: Facts) -> str:
    kind = facts.codes.circumstances.get(key, {}).get("type")
    if kind == "state" and str(value) in facts.states:
        return say(facts.states[str(value)].name)
    if key.startswith("max_penalty") and isinstance(value, int):
        return penalty(value)
    if kind == "date":
        return reading.day(date.fromisoformat(str(value)))
    return circumstances.answer(value)


def _sentence(answer: Answer) -> str:
    """Say in one or two sentences what is possible and what comes first."""
    count = {
        verdict: sum(route.verdict == verdict for route in answer.routes) for verdict in (OPEN, CONDITIONAL, UNKNOWN)
    }
    parts = []
    if count[OPEN]:
        parts.append(
            ngettext("%(count)d route is open now", "%(count)d routes are open now", count[OPEN])
            % {"count": count[OPEN]}
        )
    else:
        parts.append(_("no route is open outright"))
    if count[CONDITIONAL]:
        parts.append(
            ngettext("%(count)d needs a condition", "%(count)d need a condition", count[CONDITIONAL])
            % {"count": count[CONDITIONAL]}
        )
    if count[UNKNOWN]:
        parts.append(
            ngettext("%(count)d cannot be judged yet", "%(count)d cannot be judged yet", count[UNKNOWN])
            % {"count": count[UNKNOWN]}
        )
    text = clauses(parts)
    said = _("%(sentence)s.") % {"sentence": text[:1].upper() + text[1:]}
    return (
        said + _first(answer)
        if sum(count.values())
        else _("Every route that the lawbook knows is closed; the reasons are below.")
    )


def _first(answer: Answer) -> str:
    route = answer.routes[0]
    if route.verdict == CLOSED:
        return ""
    named = {
        "title": say(route.title),
        "article": article_word(route.article),
        "channel": words.word("channel", route.channel),
    }
    return _(" The first to consider is %(title)s, %(article)s (%(channel)s).") % named


def _not_said(answer: Answer, query: Query) -> tuple[NotSaid, ...]:
    """Return the open circumstances, the one that settles most first."""
    codes = law.lawbook().facts.codes.circumstances
    gains = {key: sum(key in route.settles for route in answer.routes) for key in answer.unknown if key in codes}
    ordered = sorted(gains.items(), key=lambda each: (-each[1], each[0]))
    link = f"{reverse('desk:routes')}?{urlencode([*query, ('change', 'yes')])}"
    return tuple(
        NotSaid(
            circumstances.question(key),
            ngettext("It would help to judge %(count)d route.", "It would help to judge %(count)d routes.", gain)
            % {"count": gain},
            f"{link}#id_{key}",
        )
        for key, gain in ordered[:5]
        if gain
    )
