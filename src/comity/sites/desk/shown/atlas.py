"""How far a state reaches, in the reader's language: the sentence, the map, the states by verdict, the measures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.law.answer import CLOSED, VERDICTS
from comity.law.atlas.reach import USABLE, MeasureReach, Reach, Reached
from comity.law.atlas.saying import headline, sentence
from comity.law.saying import MARKS
from comity.node import law
from comity.node.usecases.ask_atlas import draw_reach
from comity.pictures.verdicts import unstyled
from comity.sites.desk import reading, words
from comity.sites.desk.shown.law import Cell, Download, Query, TableShown, downloads, say, source_line


@dataclass(frozen=True, slots=True)
class StateShown:
    """One other state, with the address of the question about the two."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class SpanShown:
    """States that are reached in the same time, by name; no time where no route is usable."""

    time: str
    states: tuple[StateShown, ...]


@dataclass(frozen=True, slots=True)
class GroupShown:
    """The states with the same best verdict, soonest first; white spots are those without a usable route."""

    verdict: str
    title: str
    spans: tuple[SpanShown, ...]
    white: bool


@dataclass(frozen=True, slots=True)
class AtlasShown:
    """The answer, ready for the template."""

    headline: str
    sentence: str
    line: str
    picture: SafeString
    groups: tuple[GroupShown, ...]
    measures: TableShown | None
    measures_url: str
    downloads: tuple[Download, ...]
    source_line: str


def shown_atlas(found: Reach, measures: Sequence[MeasureReach], query: Query) -> AtlasShown:
    """Return the answer for a page; `query` asks the same question again."""
    labels, span = law.wordbook(), found.span
    address = urlencode(query)
    drawn = unstyled(draw_reach(found, reading.lawbook_language()), "map")
    files = [f"{reverse(f'desk:atlas-{kind}')}?{address}" for kind in ("memo", "json", "csv")]
    return AtlasShown(
        headline=say(headline(found, labels)),
        sentence=say(sentence(found, labels)),
        line=f"{words.word('offence', str(span.offences[0]))} · {reading.day(span.pattern.on)}",
        picture=mark_safe(drawn),  # noqa: S308 - drawn here; every word in it is escaped
        groups=tuple(_groups(found, query)),
        measures=_measures(found, measures, query) if measures else None,
        measures_url=f"{reverse('desk:atlas')}?{address}&all=yes#measures",
        downloads=(*downloads(files[0], files[1]), Download(_("Table (CSV)"), files[2])),
        source_line=source_line(),
    )


def _groups(found: Reach, query: Query) -> Iterable[GroupShown]:
    rest = [(key, value) for key, value in query if key not in ("from", "to")]
    for verdict in VERDICTS:
        states = [each for each in found.others if each.cell.verdict == verdict]
        if states:
            spans = tuple(_spans(found, states, rest))
            yield GroupShown(verdict, _title(verdict, len(states)), spans, verdict not in USABLE)


def _spans(found: Reach, states: Sequence[Reached], rest: Query) -> Iterable[SpanShown]:
    by_days: dict[int, list[StateShown]] = {}
    for each in states:
        days = each.cell.days if each.cell.verdict in USABLE else 0
        by_days.setdefault(days, []).append(_state(found, each, rest))
    for days, shown in sorted(by_days.items()):
        yield SpanShown(
            _about(days) if days else "", tuple(sorted(shown, key=lambda each: words.alphabetical(each.name)))
        )


def _title(verdict: str, count: int) -> str:
    states = ngettext("%(count)s state", "%(count)s states", count) % {"count": count}
    return (
        f"{say(MARKS[verdict][1])}: {states}"
        if reading.lawbook_language() != "zh"
        else f"{say(MARKS[verdict][1])}：{states}"
    )


def _state(found: Reach, each: Reached, rest: Query) -> StateShown:
    pair = (found.state, each.state) if found.direction == "from" else (each.state, found.state)
    address = urlencode([("from", pair[0]), ("to", pair[1]), *rest])
    return StateShown(words.word("state", each.state), f"{reverse('desk:routes')}?{address}")


def _about(days: int) -> str:
    return ngettext("about %(days)s day", "about %(days)s days", days) % {"days": days}


def _measures(found: Reach, measures: Sequence[MeasureReach], query: Query) -> TableShown:
    rest = [(key, value) for key, value in query if key != "measure"]
    head = (_("Measure"), *(say(MARKS[verdict][1]) for verdict in VERDICTS), _("Fastest usual time"))
    return TableShown(
        "",
        head,
        tuple(_measure(each, rest) for each in measures),
    )


def _measure(each: MeasureReach, rest: Query) -> tuple[Cell, ...]:
    url = f"{reverse('desk:atlas')}?{urlencode([*rest, ('measure', each.measure)])}"
    best = next((verdict for verdict in VERDICTS if each.counts[verdict]), CLOSED)
    return (
        Cell(words.word("measure", each.measure), best, url),
        *(Cell(str(each.counts[verdict]), number=True) for verdict in VERDICTS),
        Cell(_about(each.days) if each.days else "—", number=True),
    )
