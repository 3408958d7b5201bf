"""The reach of a state and the overview of all as text for a terminal: the answer first."""

from collections.abc import Iterable, Mapping

from comity.law.answer import VERDICTS
from comity.law.atlas.reach import USABLE, Overview, Reach
from comity.law.atlas.span import Span
from comity.law.words import Words
from comity.pictures.reach import NAMES

SHOWN = 12


def write_reach(reach: Reach, language: str) -> str:
    """Return how far a state reaches, or who reaches it: the sum first, then state by state."""
    usable = sum(reach.counts[verdict] for verdict in USABLE)
    every = len(reach.others)
    name = reach.span.facts.states[reach.state].name
    measure = reach.span.measures[0]
    if reach.direction == "from":
        head = Words(
            f"{name.en} has a usable route to {usable} of {every} states for {measure}.",
            f"{name.zh}就{measure}有可用途径的国家：{every}国中的{usable}国。",
        )
    else:
        head = Words(
            f"{usable} of {every} states have a usable route to {name.en} for {measure}.",
            f"就{measure}对{name.zh}有可用途径的国家：{every}国中的{usable}国。",
        )
    lines = [head.say(language), _asked(reach.span, language), _counts(reach.counts, language)]
    for each in reach.others:
        cell, state = each.cell, reach.span.facts.states[each.state].name.say(language)
        detail = f"  {cell.days:>4} {_days(language)}  {cell.instrument}" if cell.verdict in USABLE else ""
        lines.append(f"  {each.state}  {NAMES[cell.verdict].say(language):<12}{detail}  {state}")
    return "\n".join(lines)


def write_overview(overview: Overview, language: str) -> str:
    """Return how all states stand to each other: the sum, how fast, who reaches most and fewest, white spots."""
    every = sum(overview.counts.values())
    usable = sum(overview.counts[verdict] for verdict in USABLE)
    measure = overview.span.measures[0]
    head = Words(
        f"A usable route for {measure} exists in {usable} of {every} ordered pairs of states.",
        f"就{measure}，{every}个有序国家对中有{usable}个有可用途径。",
    )
    lines = [head.say(language), _asked(overview.span, language), _counts(overview.counts, language)]
    lines += [f"  {days:>4} {_days(language)}: {count}" for days, count in overview.by_days.items()]
    spots = Words(
        "White spots: pairs without a usable route, by requesting state (closed; unknown)",
        "空白：无可用途径的国家对，按请求国（不可用；未知）",
    )
    lines.append(spots.say(language))
    lines += _spots(overview, language)
    return "\n".join(lines)


def _spots(overview: Overview, language: str) -> Iterable[str]:
    reached = sorted(overview.states, key=lambda each: (each.reaches, each.state))
    for each in reached[:SHOWN]:
        closed, unknown = (len(spots.get(each.state, ())) for spots in (overview.closed, overview.unknown))
        name = overview.span.facts.states[each.state].name.say(language)
        yield f"  {each.state}  {closed:>4} {unknown:>4}  {name}"
    if len(reached) > SHOWN:
        yield Words(
            f"  ... and {len(reached) - SHOWN} more states; --json lists every pair",
            f"  ……另有{len(reached) - SHOWN}国；--json列出每一对",
        ).say(language)


def _asked(span: Span, language: str) -> str:
    known = ", ".join(f"{key}={value}" for key, value in sorted(span.pattern.circumstances.items()))
    return Words(
        f"Offence {span.offences[0]}, law of {span.pattern.on}, facts of {span.facts.as_of}, known: {known or 'nothing'}.",
        f"犯罪{span.offences[0]}，{span.pattern.on}的法律，{span.facts.as_of}的资料，已知：{known or '无'}。",
    ).say(language)


def _counts(counts: Mapping[str, int], language: str) -> str:
    if language.startswith("zh"):
        return "，".join(f"{NAMES[verdict].zh}{counts[verdict]}" for verdict in VERDICTS) + "。"
    return ", ".join(f"{NAMES[verdict].en} {counts[verdict]}" for verdict in VERDICTS) + "."


def _days(language: str) -> str:
    return Words("days", "日").say(language)
