"""What changed between two editions, in the reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.law.answer import CLOSED
from comity.law.watch import TouchedWarning
from comity.law.watch.report import (
    TemplateChange,
    Watch,
    became,
    change_heading,
    dossier_words,
    summary,
    warned,
    warned_routes,
)
from comity.law.watch.spoken import across
from comity.sites.desk import reading
from comity.sites.desk.shown.law import Download, article_word, downloads, say, source_line

MOST_CHANGES, MOST_ROUTES, MOST_STATES = 200, 60, 8


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One change with its article and source."""

    text: str
    article: str
    source: str


@dataclass(frozen=True, slots=True)
class GroupShown:
    """Changes of one kind and action."""

    title: str
    changes: tuple[ChangeShown, ...]


@dataclass(frozen=True, slots=True)
class RouteShown:
    """What became of a route or a warning, with all the states with which the same became of it; `verdict` is its sign."""

    verdict: str
    pairs: str
    text: str


@dataclass(frozen=True, slots=True)
class LinkShown:
    """A dossier, or an entry of a template; `url` is empty for the latter."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ChangesShown:
    """The whole answer; `left_out` counts the changes that are in the files for download only."""

    sentence: str
    groups: tuple[GroupShown, ...]
    left_out: int
    routes: tuple[RouteShown, ...]
    routes_left_out: int
    warnings: tuple[RouteShown, ...]
    dossiers: tuple[LinkShown, ...]
    templates: tuple[LinkShown, ...]
    downloads: tuple[Download, ...]
    source_line: str


def shown_changes(found: Watch, query: str) -> ChangesShown:
    """Return the answer for the page; `query` is the address of the question."""
    shown = sorted(found.changes[:MOST_CHANGES], key=lambda each: (each.kind, each.action))
    titled = groupby(shown, key=lambda each: change_heading(each, reading.lawbook_language()))
    routes = tuple(_routes(found))
    return ChangesShown(
        sentence=say(summary(found)),
        groups=tuple(
            GroupShown(
                title,
                tuple(ChangeShown(say(each.words), article_word(each.article), each.source) for each in each_kind),
            )
            for title, each_kind in titled
        ),
        left_out=max(0, len(found.changes) - MOST_CHANGES),
        routes=routes[:MOST_ROUTES],
        routes_left_out=max(0, len(routes) - MOST_ROUTES),
        warnings=tuple(_warnings(found))[:MOST_ROUTES],
        dossiers=tuple(
            LinkShown(say(dossier_words(each)), reverse("desk:dossier", args=[each.dossier.id]))
            for each in found.dossiers
        ),
        templates=tuple(LinkShown(_template(each)) for each in found.templates[:MOST_CHANGES]),
        downloads=downloads(f"{reverse('desk:changes-memo')}?{query}", f"{reverse('desk:changes-json')}?{query}"),
        source_line=source_line(),
    )


def _routes(found: Watch) -> Iterator[RouteShown]:
    groups: dict[tuple[bool, str, str, str], list[str]] = {}
    for each in found.routes:
        asks = each.question.from_state == found.state
        verdict = each.new.verdict if each.new else CLOSED
        own, other = each.spoken.apart(asks=asks)
        groups.setdefault((asks, verdict, say(own), say(became(each))), []).append(say(other))
    for (asks, verdict, state, text), others in groups.items():
        yield RouteShown(verdict, _across(state, others, asks=asks), text)


def _warnings(found: Watch) -> Iterator[RouteShown]:
    groups: dict[tuple[bool, str, str], list[TouchedWarning]] = {}
    for each in found.warnings:
        asks = each.question.from_state == found.state
        groups.setdefault((asks, say(each.spoken.apart(asks=asks)[0]), say(warned(each))), []).append(each)
    for (asks, state, text), members in groups.items():
        others = [say(each.spoken.apart(asks=asks)[1]) for each in members]
        count = warned_routes(members)
        routes = ngettext("%(count)d route", "%(count)d routes", count) % {"count": count}
        yield RouteShown("warn", f"{_across(state, others, asks=asks)} · {routes}", text)


def _across(own: str, others: list[str], *, asks: bool) -> str:
    return across(own, others, asks=asks, language=reading.lawbook_language(), most=MOST_STATES)


def _template(each: TemplateChange) -> str:
    what = {"added": _("added"), "removed": _("removed"), "changed": _("changed")}[each.action]
    place = f"{each.file}: {each.entry}" if each.entry else each.file
    used = _("used by %(steps)s") % {"steps": ", ".join(each.steps[:4])} if each.steps else ""
    return " · ".join(filter(None, (place, what, used)))
