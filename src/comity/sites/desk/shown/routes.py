"""One route as a page shows it: the verdict, the reasons on demand, the sources always."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.law.answer import CLOSED, MET, NOT_MET, UNKNOWN, Duty, Need, Risk, Route
from comity.law.naming import period_name
from comity.law.ranking import reasoning
from comity.law.saying import conditions, for_intelligence, missing_name
from comity.law.words import Words
from comity.sites.desk import reading, words
from comity.sites.desk.shown.cases import Row
from comity.sites.desk.shown.law import FindingShown, article_word, finding_shown, said, say, sources_of

SHOWN_AT_ONCE = 3
INTELLIGENCE = "intelligence-not-evidence"


@dataclass(frozen=True, slots=True)
class WarningShown:
    """A warning with the article that it rests on."""

    text: str
    article: str


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
    intelligence: bool
    settled_by: tuple[tuple[str, str], ...]
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


def clauses(parts: list[str]) -> str:
    """Join the parts of a sentence; a list of names is joined otherwise in Chinese."""
    return reduce(lambda left, right: _("%(left)s, %(right)s") % {"left": left, "right": right}, parts)


def shown_route(place: int, route: Route, draft_url: str, asked: Iterable[str]) -> RouteShown:
    """Return a route that is not closed.

    Args:
        place: where it stands in the answer.
        route: out of the answer.
        draft_url: where its request can be drafted; empty for nowhere.
        asked: circumstances that the page asks for, each at the anchor `settle-<key>`.
    """
    sources = sources_of(route.findings)
    intelligence = for_intelligence(route)
    codes = (code for code in route.warnings if not (intelligence and code == INTELLIGENCE))
    return RouteShown(
        verdict=route.verdict,
        pace=_pace(route),
        name=say(route.title),
        reference=" · ".join(_reference(route)),
        text=say(route.what),
        conditions=tuple(say(finding.reason) for finding in conditions(route.findings))[:SHOWN_AT_ONCE],
        warnings=tuple(WarningShown(words.word("warning", code), "") for code in codes),
        intelligence=intelligence,
        settled_by=tuple(_settled_by(route, frozenset(asked))),
        findings=tuple(finding_shown(finding, sources) for finding in route.findings),
        findings_title=_findings_title(route),
        sources=sources,
        more=tuple(row for row in _more(route) if row.value),
        draft_url=draft_url,
        first=place == 1,
    )


def _reference(route: Route) -> tuple[str, ...]:
    channel, cited = words.word("channel", route.channel), article_word(route.article)
    return (channel,) if cited == say(route.title) else (cited, channel)


def _settled_by(route: Route, asked: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield what would settle an unknown route, with the anchor where the page asks for it."""
    if route.verdict != UNKNOWN:
        return
    keys = sorted(route.settles, key=lambda key: key not in asked)
    named = {say(missing_name(key, words.wordbook())): f"#settle-{key}" if key in asked else "" for key in keys}
    yield from named.items()


def _pace(route: Route) -> str:
    return _("usually %(days)s") % {"days": reading.days(route.days)} if route.days and route.verdict != CLOSED else ""


def closed_route(route: Route) -> ClosedShown:
    """Return a closed route with the finding that closes it."""
    finding = next((finding for finding in route.findings if finding.verdict == NOT_MET), None)
    if finding is None:
        return ClosedShown(say(route.title), "", "")
    reason = next((part for part in finding.findings if part.verdict == NOT_MET), finding)
    return ClosedShown(say(route.title), say(reason.reason), article_word(reason.article))


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


def _more(route: Route) -> Iterator[Row]:
    """Yield why it stands here, clocks, languages, who decides, what has to be said, and what can go wrong."""
    yield Row(_("Why in this place"), _capital(say(reasoning(route))))
    yield Row(_("Clocks"), "\n".join(_clocks(route)))
    yield Row(_("Goes to"), say(route.addressee))
    if route.competent is not None:
        yield _row(_("Named by the state"), route.competent.name)
        languages = _(", ").join(words.word("language", code) for code in route.competent.languages)
        yield Row(_("Languages"), languages)
    yield _row(_("Language of the request"), route.languages)
    dual = words.word("dual-criminality", route.dual_criminality)
    yield Row(_("Dual criminality"), f"{dual}\n{say(route.dual_criminality_note)}".strip())
    yield Row(_("Must be said"), _cited(need for need in route.particulars if need.required != "no"))
    yield Row(_("The request declares"), _cited(route.duties))
    yield Row(_("May be refused for"), _cited(route.refusal_risks))
    yield Row(_("Limits of use"), _cited(route.use_limits))


def _row(name: str, text: Words) -> Row:
    told = said(text)
    return Row(name, told.text, told.language)


def _clocks(route: Route) -> Iterator[str]:
    for clock in route.clocks:
        period = f"{say(period_name(clock.duration))}{_(': ')}" if clock.duration else ""
        yield f"{period}{say(clock.what)} ({article_word(clock.article)})"


def _cited(rules: Iterable[Need | Duty | Risk]) -> str:
    return "\n".join(f"{say(rule.text)} ({article_word(rule.article)})" for rule in rules)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
