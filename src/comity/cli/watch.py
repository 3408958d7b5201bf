"""`comity watch`: what a new edition of the lawbook changes, and which routes, procedures and open dossiers that touches."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from comity.cli.headings import heading, labelled
from comity.errors import ComityError
from comity.law.question import UnusableDateError
from comity.law.watch import OpenDossier, TouchedRoute, TouchedWarning
from comity.law.watch.report import Watch, became, dossier_words, summary, warned, warned_routes, watch_json
from comity.law.watch.spoken import across
from comity.law.words import Words, listed
from comity.lawbook import default_path
from comity.lawbook.editions import read_edition
from comity.lawbook.watching import USUAL_OFFENCE, compare_editions

ANSWERED, UNUSABLE = 0, 2
SHOWN_ROUTES = 12
SHOWN_STATES = 8
FROM_TO = Words("From edition {old} to {new}, for {on}.", "由版本{old}到{new}，基准日{on}。")
NO_STATE = Words(
    "No routes were compared: name a state with --state.", "未比较途径：请以 --state 指明国家。"
)  # fmt: skip
CHANGES = Words("Changes of the law, and the routes that each can have touched", "法律变更及其可能影响的途径")
MORE = Words("… and {count} more lines", "……另有{count}行")
TEMPLATES = Words("Procedures, forms and words", "程序、表格与用语")
DOSSIERS = Words("Open dossiers", "未结卷宗")
ACTIONS = {
    "added": Words("added", "新增"),
    "removed": Words("removed", "移除"),
    "changed": Words("changed", "变更"),
}
WARNED = Words("Routes touched: {count}", "涉及途径{count}条")
USED_BY = Words("used by", "用于")
SOURCE = Words("source", "来源")


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path), required=False)
@click.option(
    "--state", metavar="STATE", help="Whose routes are compared, two letters; a home's own state unless given."
)
@click.option("--measure", "measures", metavar="CODE", multiple=True, help="Only this measure; repeatable.")
@click.option("--offence", metavar="CODE", default=USUAL_OFFENCE, show_default=True, help="For which routes are asked.")
@click.option(
    "--date", "on", metavar="YYYY-MM-DD", help="The day for which both editions are asked; today unless given."
)
@click.option("--home", type=click.Path(path_type=Path), help="A node, whose open dossiers are looked at too.")
@click.option("--json", "as_data", is_flag=True, help="Write JSON instead of text.")
@click.option(
    "--language", default="en", type=click.Choice(["en", "zh"]), show_default=True, help="Language of the texts."
)
def watch(old: Path, new: Path | None, as_data: bool, language: str, **given: object) -> None:
    """Compare two editions: a lawbook's folder or an edition file each; NEW is the lawbook of Comity unless given.

    Exit status 0: answered; 2: the input cannot be used.
    """
    try:
        found = _watch(old, new or default_path(), given)
    except ComityError as error:
        click.echo(error.diagnostics(), err=True)
        sys.exit(UNUSABLE)
    if as_data:
        click.echo(json.dumps(watch_json(found, language), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(found, language)))
    sys.exit(ANSWERED)


def _watch(old: Path, new: Path, given: dict[str, object]) -> Watch:
    on = _day(given["on"])
    home, state = given["home"], str(given["state"] or "").upper()
    dossiers: tuple[OpenDossier, ...] = ()
    if isinstance(home, Path):
        from comity.node.home import read_home
        from comity.node.prepare import set_up

        found = read_home(home)
        os.environ["COMITY_HOME"] = str(found.path)
        state = state or found.state
        set_up()
        from comity.node.usecases.watch_law import every_open_dossier

        dossiers = every_open_dossier()
    measures = given["measures"]
    return compare_editions(
        read_edition(old),
        read_edition(new),
        on,
        state,
        measures if isinstance(measures, tuple) else (),
        str(given["offence"]),
        dossiers,
    )


def _day(value: object) -> date:
    if value is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise UnusableDateError(f"{value!r} is no date.", remedy="Write it as 2026-11-24.") from error


def _lines(found: Watch, language: str) -> Iterator[str]:
    yield summary(found).say(language)
    yield FROM_TO.say(language).format(old=found.old, new=found.new, on=found.on)
    if found.changes and not found.state:
        yield NO_STATE.say(language)
    if found.dossiers:
        yield from ("", heading(DOSSIERS, language))
        yield from (f"  ! {dossier_words(each).say(language)}" for each in found.dossiers)
    if found.changes:
        yield from ("", heading(CHANGES, language))
        yield from _changes(found, language)
    if found.templates:
        yield from ("", heading(TEMPLATES, language))
        yield from _templates(found, language)


def _changes(found: Watch, language: str) -> Iterator[str]:
    for number, change in enumerate(found.changes, 1):
        article = f" [{change.article}]" if change.article else ""
        yield f"{number}. {change.words.say(language)}{article}"
        yield f"   {labelled(SOURCE, change.source or '-', language)}"
        lines = list(_routes([each for each in found.routes if change in each.causes], found.state, language))
        lines += _warnings([each for each in found.warnings if change in each.causes], found.state, language)
        yield from lines[:SHOWN_ROUTES]
        if len(lines) > SHOWN_ROUTES:
            yield f"   {MORE.say(language).format(count=len(lines) - SHOWN_ROUTES)}"


def _routes(touched: Sequence[TouchedRoute], state: str, language: str) -> Iterator[str]:
    """One line for all the states with which the same became of the same route."""
    groups: dict[tuple[bool, str, str], list[str]] = {}
    for each in touched:
        asks = each.question.from_state == state
        own, other = each.spoken.apart(asks=asks)
        key = (asks, own.say(language), became(each).say(language))
        groups.setdefault(key, []).append(other.say(language))
    for (asks, first, what), others in groups.items():
        pairs = across(first, others, asks=asks, language=language, most=SHOWN_STATES)
        yield f"   - {labelled(Words(pairs, pairs), what, language)}"


def _warnings(touched: Sequence[TouchedWarning], state: str, language: str) -> Iterator[str]:
    """One line for all the states with which the same became of the same warning, with the number of routes it touches."""
    groups: dict[tuple[bool, str, str], list[TouchedWarning]] = {}
    for each in touched:
        asks = each.question.from_state == state
        own = each.spoken.apart(asks=asks)[0].say(language)
        groups.setdefault((asks, own, warned(each).say(language)), []).append(each)
    for (asks, first, what), members in groups.items():
        others = [each.spoken.apart(asks=asks)[1].say(language) for each in members]
        pairs = across(first, others, asks=asks, language=language, most=SHOWN_STATES)
        count = WARNED.say(language).format(count=warned_routes(members))
        ways = list(dict.fromkeys(way.say(language) for each in members for way in each.ways))
        shown = listed((*ways[:SHOWN_STATES], *(["…"] if len(ways) > SHOWN_STATES else [])), language)
        line = f"   - {labelled(Words(pairs, pairs), what, language)} {count}"
        yield labelled(Words(line, line), shown, language) if ways else line


def _templates(found: Watch, language: str) -> Iterator[str]:
    for each in found.templates:
        used = f" ({USED_BY.say(language)} {', '.join((*each.steps[:4], *(['…'] if len(each.steps) > 4 else [])))})"
        place = f"{each.file}: {each.entry}" if each.entry else each.file
        yield f"  {ACTIONS[each.action].say(language)}: {place}{used if each.steps else ''}"
        if each.dossiers:
            yield f"    ! {', '.join(each.dossiers)}"
