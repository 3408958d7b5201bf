"""One route as a page shows it: the verdict, the reasons on demand, the sources always."""

from dataclasses import dataclass
from functools import reduce

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.law.answer import CLOSED, MET, NOT_MET, UNKNOWN, Finding, Route
from comity.node import law
from comity.sites.desk import circumstances, reading, words
from comity.sites.desk.shown.cases import Row
from comity.sites.desk.shown.law import FindingShown, Query, article_word, finding_shown, say, sources_of

ASKED_AT_ONCE = 3


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


def clauses(parts: list[str]) -> str:
    """Join the parts of a sentence; a list of names is joined otherwise in Chinese."""
    return reduce(lambda left, right: _("%(left)s, %(right)s") % {"left": left, "right": right}, parts)


def shown_route(place: int, route: Route, query: Query, draft_url: str) -> RouteShown:
    """Return a route that is not closed; `place` is where it stands in the answer."""
    sources = sources_of(route.findings)
    return RouteShown(
        verdict=route.verdict,
        pace=_pace(route),
        name=_name(route),
        reference=f"{article_word(route.article)} · {words.word('channel', route.channel)}",
        text=say(route.what),
        conditions=tuple(say(finding.reason) for finding in _stated(route.findings))[:ASKED_AT_ONCE],
        warnings=tuple(WarningShown(words.word("warning", code), "") for code in route.warnings),
        asks=_asks(place, route, query) if route.verdict == UNKNOWN else (),
        findings=tuple(finding_shown(finding, sources) for finding in route.findings),
        findings_title=_findings_title(route),
        sources=sources,
        more=_more(route),
        draft_url=draft_url,
        first=place == 1,
    )


def _name(route: Route) -> str:
    return say(route.title)


def _pace(route: Route) -> str:
    return _("usually %(days)s") % {"days": reading.days(route.days)} if route.days and route.verdict != CLOSED else ""


def _stated(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.stated and finding.verdict != MET)


def closed_route(route: Route) -> ClosedShown:
    """Return a closed route with the finding that closes it."""
    reason = next((finding for finding in route.findings if finding.verdict == NOT_MET), None)
    return ClosedShown(
        say(route.title), say(reason.reason) if reason else "", article_word(reason.article) if reason else ""
    )


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


def _more(route: Route) -> tuple[Row, ...]:
    """Return clocks, languages, who decides and what has to be said."""
    clocks = "\n".join(f"{say(clock.what)} ({article_word(clock.article)})" for clock in route.clocks)
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
