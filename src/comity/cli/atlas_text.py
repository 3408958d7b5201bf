"""The reach of a state and the overview of all as text for a terminal: the answer first."""

from collections.abc import Iterable, Iterator, Mapping

from comity.cli.columns import columns
from comity.cli.headings import labelled
from comity.law.answer import VERDICTS
from comity.law.atlas.reach import USABLE, Overview, Reach
from comity.law.atlas.saying import headline, sentence
from comity.law.atlas.span import Span
from comity.law.naming import alone, counted, day_name, named, within
from comity.law.saying import value_words
from comity.law.words import Words
from comity.pictures.reach import NAMES

SHOWN = 12


def write_reach(reach: Reach, language: str) -> str:
    """Return how far a state reaches, or who reaches it: the answer first, then state by state."""
    facts = reach.span.facts
    lines = [headline(reach, facts), sentence(reach, facts)]
    rows = [
        (
            each.state,
            alone(facts.said(each.state)).say(language),
            NAMES[each.cell.verdict].say(language),
            *(
                (_days(each.cell.days).say(language), within(facts.called(each.cell.instrument)).say(language))
                if each.cell.verdict in USABLE
                else ("", "")
            ),
        )
        for each in reach.others
    ]
    return "\n".join(
        [*(each.say(language) for each in lines), *_about(reach.span, reach.counts, language), *columns(rows, "  ")]
    )


def write_overview(overview: Overview, language: str) -> str:
    """Return how all states stand to each other: the sum, how fast, who reaches most and fewest, white spots."""
    every = sum(overview.counts.values())
    usable = sum(overview.counts[verdict] for verdict in USABLE)
    measure = within(named(overview.span.facts, "measure", overview.span.measures[0]))
    head = Words(
        f"A usable route for {measure.en} exists in {usable} of {every} ordered pairs of states.",
        f"就{measure.zh}而言，{every}个有序国家对中有{usable}个有可用途径。",
    )
    lines = [head.say(language), *_about(overview.span, overview.counts, language)]
    lines += [f"  {labelled(_days(days), str(count), language)}" for days, count in overview.by_days.items()]
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
        name = alone(overview.span.facts.said(each.state)).say(language)
        yield f"  {each.state}  {closed:>4} {unknown:>4}  {name}"
    if len(reached) > SHOWN:
        yield Words(
            f"  ... and {len(reached) - SHOWN} more states; --json lists every pair",
            f"  ……另有{len(reached) - SHOWN}国；--json列出每一对",
        ).say(language)


def _about(span: Span, counts: Mapping[str, int], language: str) -> Iterator[str]:
    """Say what was asked, and count the answers."""
    facts = span.facts
    offence = within(named(facts, "offence", str(span.offences[0])))
    law, collected = day_name(span.pattern.on), day_name(facts.as_of)
    known = [
        (named(facts, "circumstance", key), value_words(key, value, facts.codes, facts))
        for key, value in sorted(span.pattern.circumstances.items())
    ]
    said = Words(
        "; ".join(f"{within(name).en}: {value.en}" for name, value in known) or "nothing",
        "；".join(f"{name.zh}：{value.zh}" for name, value in known) or "无",
    )
    yield Words(
        f"Offence: {offence.en}. Law of {law.en}, facts as of {collected.en}. Known of every case: {said.en}.",
        f"罪名：{offence.zh}。法律截至{law.zh}，事实截至{collected.zh}。各案已知情况：{said.zh}。",
    ).say(language)
    yield _counts(counts, language)


def _counts(counts: Mapping[str, int], language: str) -> str:
    if language.startswith("zh"):
        return "，".join(f"{NAMES[verdict].zh}{counts[verdict]}" for verdict in VERDICTS) + "。"
    return ", ".join(f"{NAMES[verdict].en} {counts[verdict]}" for verdict in VERDICTS) + "."


def _days(count: int) -> Words:
    return counted(count, "day", "days", "{}日")
