"""The answer to a question as a page shows it: the answer is the headline, the reasons come on demand, the sources always."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.law.answer import CLOSED, CONDITIONAL, MET, NOT_MET, OPEN, UNKNOWN, Answer, Finding, Route
from comity.law.facts import Facts
from comity.law.question import Question
from comity.law.words import Words
from comity.node import law
from comity.sites.desk import circumstances, reading, words
from comity.sites.desk.shown.cases import Row, penalty

ASKED_AT_ONCE = 3
Query = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FindingShown:
    """One condition with its verdict, reason and article; `note` is the number of its source below the findings."""

    verdict: str
    reason: str
    article: str
    note: int | None
    parts: tuple["FindingShown", ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that would settle something, with a form that asks it right there."""

    id: str
    name: str
    text: str
    choices: tuple[tuple[str, str], ...]
    kept: Query


@dataclass(frozen=True, slots=True)
class WarningShown:
    """A warning with the article that it rests on."""

    text: str
    article: str


@dataclass(frozen=True, slots=True)
class NotSaid:
    """A circumstance that was not said and would settle something."""

    text: str
    gain: str
    url: str


@dataclass(frozen=True, slots=True)
class RouteShown:
    """One route."""

    verdict: str
    pace: str
    name: str
    reference: str
    text: str
    conditions: tuple[str, ...]
    warnings: tuple[WarningShown, ...]
    asks: tuple[Ask, ...]
    findings: tuple[FindingShown, ...]
    findings_title: str
    sources: tuple[str, ...]
    more: tuple[Row, ...]
    draft_url: str
    first: bool


@dataclass(frozen=True, slots=True)
class ClosedShown:
    """A route that is closed, with the reason that closes it."""

    name: str
    reason: str
    article: str


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


def say(text: Words) -> str:
    """Return a text of the law in the reader's language."""
    return text.say(reading.lawbook_language())


def shown_answer(answer: Answer, query: Query, draftable: Mapping[int, str]) -> AnswerShown:
    """Return the page's view of an answer.

    Args:
        answer: from the law.
        query: the question as it stands in the address; kept by every link.
        draftable: place of a route in the answer -> address where it can be drafted; those without a procedure are missing.
    """
    facts = law.lawbook().facts
    places = [(place, route) for place, route in enumerate(answer.routes, 1) if route.verdict != CLOSED]
    closed = tuple(_closed(route) for route in answer.routes if route.verdict == CLOSED)
    question = answer.question
    return AnswerShown(
        headline=_("What may %(asking)s ask of %(asked)s?") % _pair(question, facts),
        sentence=_sentence(answer),
        line=" · ".join(row.value for row in question_rows(question, facts)[:2]),
        rows=question_rows(question, facts),
        not_said=_not_said(answer, query),
        warnings=tuple(WarningShown(say(one.text), one.article) for one in answer.warnings),
        routes=tuple(_route(place, route, query, draftable.get(place, "")) for place, route in places),
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


def clauses(parts: list[str]) -> str:
    """Join the parts of a sentence; a list of names is joined otherwise in Chinese."""
    return reduce(lambda left, right: _("%(left)s, %(right)s") % {"left": left, "right": right}, parts)


def _first(answer: Answer) -> str:
    route = answer.routes[0]
    if route.verdict == CLOSED:
        return ""
    named = {
        "title": say(route.title),
        "article": _article(route.article),
        "channel": words.word("channel", route.channel),
    }
    return _(" The first to consider is %(title)s, %(article)s (%(channel)s).") % named


def _route(place: int, route: Route, query: Query, draft_url: str) -> RouteShown:
    sources = _sources(route.findings)
    return RouteShown(
        verdict=route.verdict,
        pace=_pace(route),
        name=_name(route),
        reference=f"{_article(route.article)} · {words.word('channel', route.channel)}",
        text=say(route.what),
        conditions=tuple(say(finding.reason) for finding in _stated(route.findings))[:ASKED_AT_ONCE],
        warnings=tuple(WarningShown(words.word("warning", code), "") for code in route.warnings),
        asks=_asks(place, route, query) if route.verdict == UNKNOWN else (),
        findings=tuple(_finding(finding, sources) for finding in route.findings),
        findings_title=_findings_title(route),
        sources=sources,
        more=_more(route),
        draft_url=draft_url,
        first=place == 1,
    )


def _name(route: Route) -> str:
    return say(route.title)


def _article(article: str) -> str:
    return _("art. %(article)s") % {"article": article} if article[:1].isdigit() else article


def _pace(route: Route) -> str:
    return _("usually %(days)s") % {"days": reading.days(route.days)} if route.days and route.verdict != CLOSED else ""


def _stated(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.stated and finding.verdict != MET)


def _closed(route: Route) -> ClosedShown:
    reason = next((finding for finding in route.findings if finding.verdict == NOT_MET), None)
    return ClosedShown(
        say(route.title), say(reason.reason) if reason else "", _article(reason.article) if reason else ""
    )


def _finding(finding: Finding, sources: tuple[str, ...]) -> FindingShown:
    note = sources.index(finding.source) + 1 if finding.source else None
    parts = tuple(_finding(part, sources) for part in finding.findings)
    return FindingShown(finding.verdict, say(finding.reason), _article(finding.article), note, parts)


def _sources(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """Return every source behind the findings once, in the order of first use."""
    found: dict[str, None] = {}
    for finding in findings:
        found |= dict.fromkeys(source for source in (finding.source, *_sources(finding.findings)) if source)
    return tuple(found)


def _findings_title(route: Route) -> str:
    total = len(route.findings)
    met = sum(finding.verdict == MET for finding in route.findings)
    title = ngettext("Why: %(count)d finding", "Why: %(count)d findings", total) % {"count": total}
    if met == total:
        return _("%(title)s, all met") % {"title": title}
    not_met = sum(finding.verdict == NOT_MET for finding in route.findings)
    parts = [_("%(count)d met") % {"count": met}]
    if not_met:
        parts.append(_("%(count)d not met") % {"count": not_met})
    if total - met - not_met:
        parts.append(_("%(count)d unknown") % {"count": total - met - not_met})
    return clauses([title, *parts])


def _asks(place: int, route: Route, query: Query) -> tuple[Ask, ...]:
    """Return the questions of this route that can be answered on the spot by choosing."""
    codes = law.lawbook().facts.codes.circumstances
    keys = [key for key in route.settles if key in codes and codes[key]["type"] in ("boolean", "code", "state")]
    return tuple(
        Ask(
            f"{place}-{key}",
            key,
            circumstances.question(key),
            _choices(key),
            [each for each in query if each[0] != key],
        )
        for key in keys[:ASKED_AT_ONCE]
    )


def _choices(key: str) -> tuple[tuple[str, str], ...]:
    facts = law.lawbook().facts
    rule = facts.codes.circumstances[key]
    if rule["type"] == "boolean":
        return (("true", _("Yes")), ("false", _("No")))
    if rule["type"] == "state":
        return tuple(words.states())
    values = rule["values"]
    return (
        tuple((str(value), circumstances.answer(value)) for value in values) if isinstance(values, list | tuple) else ()
    )


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


def _more(route: Route) -> tuple[Row, ...]:
    """Return clocks, languages, who decides and what has to be said."""
    clocks = "\n".join(f"{say(clock.what)} ({_article(clock.article)})" for clock in route.clocks)
    rows = [Row(_("Clocks"), clocks), Row(_("Goes to"), say(route.addressee))]
    if route.competent is not None:
        rows.append(Row(_("Named by the state"), route.competent.name))
        rows.append(
            Row(_("Languages"), _(", ").join(words.word("language", code) for code in route.competent.languages))
        )
    dual = words.word("dual-criminality", route.dual_criminality)
    rows.append(Row(_("Dual criminality"), f"{dual}\n{say(route.dual_criminality_note)}".strip()))
    needed = [say(need.text) for need in route.particulars if need.required in ("always", "yes")]
    rows.append(Row(_("Must be said"), "\n".join(needed)))
    rows.append(Row(_("The request declares"), "\n".join(say(duty.text) for duty in route.duties)))
    grounds = dict.fromkeys(words.word("ground", risk.ground) for risk in route.refusal_risks)
    rows.append(Row(_("May be refused for"), _("; ").join(grounds)))
    rows.append(Row(_("Limits of use"), "\n".join(say(limit.text) for limit in route.use_limits)))
    return tuple(row for row in rows if row.value)
