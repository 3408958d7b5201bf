"""Reach and overview as plain data for machines: the same shape on the command line and in the REST interface."""

from collections.abc import Iterable, Iterator, Mapping

from comity.law.atlas.reach import MeasureReach, Overview, Reach, Reached
from comity.law.atlas.span import Span

Json = dict[str, object]
COLUMNS = (
    "from", "to", "measure", "offence", "date", "verdict", "instrument", "variant", "channel", "days", "open_routes",
    "usable_routes", "as_of",
)  # fmt: skip


def reach_json(reach: Reach, language: str = "en") -> Json:
    """Return how far a state reaches as a JSON value; names of states are in the language (`zh`, else English)."""
    return {
        **_asked(reach.span),
        reach.direction: reach.state,
        "name": reach.span.facts.states[reach.state].name.say(language),
        "counts": dict(reach.counts),
        "by_days": _by_days(reach.by_days),
        "to_states" if reach.direction == "from" else "from_states": [
            _reached(each, reach.span, language) for each in reach.others
        ],
    }


def measures_json(found: Iterable[MeasureReach]) -> list[Json]:
    """Return the reach by measure as JSON values; `days` is null where no route is usable."""
    return [
        {"measure": each.measure, "counts": dict(each.counts), "usable": each.usable, "fastest_days": each.days or None}
        for each in found
    ]


def reach_rows(reach: Reach) -> Iterator[tuple[object, ...]]:
    """Yield the heading and one row a state, with the columns of the file of the whole atlas."""
    yield COLUMNS
    span = reach.span
    for each in reach.others:
        cell = each.cell
        pair = (reach.state, each.state) if reach.direction == "from" else (each.state, reach.state)
        best = ("",) * 4 if cell.verdict == "closed" else (cell.instrument, cell.variant, cell.channel, cell.days)
        yield (
            *pair,
            span.measures[0],
            span.offences[0],
            span.pattern.on.isoformat(),
            cell.verdict,
            *best,
            cell.open_routes,
            cell.usable_routes,
            span.facts.as_of.isoformat(),
        )


def overview_json(overview: Overview, language: str = "en") -> Json:
    """Return how all states stand to each other as a JSON value."""
    names = overview.span.facts.states
    return {
        **_asked(overview.span),
        "counts": dict(overview.counts),
        "by_days": _by_days(overview.by_days),
        "states": [
            {
                "state": each.state,
                "name": names[each.state].name.say(language),
                "reaches": each.reaches,
                "reached_by": each.reached_by,
            }
            for each in overview.states
        ],
        "white_spots": {"closed": _lists(overview.closed), "unknown": _lists(overview.unknown)},
    }


def _asked(span: Span) -> Json:
    return {
        "measure": span.measures[0],
        "offence": span.offences[0],
        "date": span.pattern.on.isoformat(),
        "circumstances": dict(span.pattern.circumstances),
        "as_of": span.facts.as_of.isoformat(),
    }


def _by_days(by_days: Mapping[int, int]) -> list[Json]:
    return [{"days": days, "count": count} for days, count in sorted(by_days.items())]


def _lists(spots: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {state: list(others) for state, others in spots.items()}


def _reached(each: Reached, span: Span, language: str) -> Json:
    cell = each.cell
    closed = cell.verdict == "closed"
    return {
        "state": each.state,
        "name": span.facts.states[each.state].name.say(language),
        "verdict": cell.verdict,
        "instrument": None if closed else cell.instrument,
        "variant": None if closed else cell.variant,
        "channel": None if closed else cell.channel,
        "days": None if closed else cell.days,
        "open_routes": cell.open_routes,
        "usable_routes": cell.usable_routes,
    }
