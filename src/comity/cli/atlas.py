"""`comity atlas`: the whole world at once, as a summary, a file, a map or a matrix."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import click

from comity.cli.atlas_text import write_overview, write_reach
from comity.cli.circumstances import given_circumstances
from comity.errors import ComityError
from comity.law.atlas import Sheet, Span, sheets, whole_world
from comity.law.atlas.reach import Reach, overview, reach
from comity.law.atlas.report import overview_json, reach_json
from comity.law.atlas.span import check_span
from comity.law.question import UnusableDateError, UnusableQuestionError
from comity.lawbook import Lawbook, open_lawbook
from comity.lawbook.atlas_file import format_of, write_atlas, write_picture
from comity.lawbook.shapes import load_world
from comity.pictures.reach import Say, pair_matrix, reach_map, state_matrix, states_matrix

ANSWERED, UNUSABLE = 0, 2
USUAL_OFFENCE = "illegal-access"
SILENT_SECONDS = 2.0
MOST_IN_MATRIX = 60  # more rows than that nobody reads, and the picture grows with the square


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    measure: str | None
    offence: str | None
    on: str | None
    from_state: str | None
    to_state: str | None
    states: tuple[str, ...]
    language: str
    as_data: bool


@click.command()
@click.option(
    "--measure", metavar="CODE", help="preserve, subscriber, traffic, content, ...; all of them only with --out."
)
@click.option("--offence", metavar="CODE", help=f"The offence; {USUAL_OFFENCE} unless given, all of them with --out.")
@click.option("--date", "on", metavar="YYYY-MM-DD", help="The day for which the law is asked; today unless given.")
@click.option("--circumstance", "-c", multiple=True, metavar="KEY=VALUE", help="Known of every case; repeatable.")
@click.option("--from", "from_state", metavar="STATE", help="Only this requesting state.")
@click.option("--to", "to_state", metavar="STATE", help="Only this requested state.")
@click.option("--states", metavar="STATE,...", default="", help="Only these states, for --out and --matrix (up to 60).")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write all cells to FILE.csv or FILE.parquet."
)
@click.option(
    "--map", "map_to", type=click.Path(path_type=Path), metavar="FILE", help="Draw the reach of one state as SVG."
)
@click.option(
    "--matrix",
    "matrix_to",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw as SVG: --from and --to: measures x offences; --from: the same for all others; --measure and --states: states.",
)
@click.option("--json", "as_data", is_flag=True, help="Write JSON instead of text.")
@click.option(
    "--language", default="en", type=click.Choice(["en", "zh"]), show_default=True, help="Language of the texts."
)
@click.option("--lawbook", type=click.Path(path_type=Path), help="Another lawbook than the one that comes with Comity.")
def atlas(
    circumstance: tuple[str, ...],
    out: Path | None,
    map_to: Path | None,
    matrix_to: Path | None,
    lawbook: Path | None,
    states: str,
    **given: str,
) -> None:
    """Show how far a state can reach for a measure and in what time, and where no route is usable.

    Exit status 0: answered; 2: the input cannot be used, or a file cannot be written.
    """
    listed = tuple(dict.fromkeys(code.strip().upper() for code in states.split(",") if code.strip()))
    asked = Asked(states=listed, **{key: _state(key, value) for key, value in given.items()})  # type: ignore[arg-type]
    try:
        book = open_lawbook(lawbook)
        span = _span(book, asked, circumstance)
        if out or map_to or matrix_to:
            _files(book, span, asked, out, map_to, matrix_to)
        else:
            _summary(span, asked)
    except ComityError as error:
        click.echo(error.diagnostics(), err=True)
        sys.exit(UNUSABLE)
    sys.exit(ANSWERED)


def _state(key: str, value: str | None) -> str | None:
    return value.upper() if value and key in {"from_state", "to_state"} else value


def _span(book: Lawbook, asked: Asked, circumstances: Iterable[str]) -> Span:
    facts = book.facts
    span = whole_world(facts, _day(asked.on), given_circumstances(facts, circumstances))
    span = replace(
        span,
        measures=(asked.measure,) if asked.measure else span.measures,
        offences=(asked.offence,) if asked.offence else span.offences,
        from_states=asked.states or span.from_states,
        to_states=asked.states or span.to_states,
    )
    named = replace(
        span,
        from_states=(asked.from_state,) if asked.from_state else span.from_states,
        to_states=(asked.to_state,) if asked.to_state else span.to_states,
    )
    for key in check_span(named):
        click.echo(f"'{key}' is no circumstance of the lawbook and was ignored.", err=True)
    return span


def _day(on: str | None) -> date:
    try:
        return date.fromisoformat(on) if on else datetime.now(UTC).date()
    except ValueError as error:
        raise UnusableDateError(f"'{on}' is no date.", remedy="Write it as 2026-11-24.") from error


def _summary(span: Span, asked: Asked) -> None:
    one = _one_measure(span, asked)
    if asked.from_state and asked.to_state:
        raise UnusableQuestionError(
            "Both states are named: that is one question.", remedy="Ask `comity route`, or add --matrix or --out."
        )
    if asked.from_state or asked.to_state:
        found = _reach(one, asked)
        _say(asked, lambda: reach_json(found, asked.language), lambda: write_reach(found, asked.language))
    else:
        seen = overview(one)
        _say(asked, lambda: overview_json(seen, asked.language), lambda: write_overview(seen, asked.language))


def _say(asked: Asked, data: Callable[[], object], text: Callable[[], str]) -> None:
    click.echo(json.dumps(data(), ensure_ascii=False, indent=2) if asked.as_data else text())


def _one_measure(span: Span, asked: Asked) -> Span:
    if not asked.measure:
        raise UnusableQuestionError(
            "No measure is named.", remedy="Add --measure, for example --measure preserve; or --out for all measures."
        )
    return span if asked.offence else replace(span, offences=(USUAL_OFFENCE,))


def _reach(span: Span, asked: Asked) -> Reach:
    return reach(span, asked.from_state, "from") if asked.from_state else reach(span, str(asked.to_state), "to")


def _files(
    book: Lawbook, span: Span, asked: Asked, out: Path | None, map_to: Path | None, matrix_to: Path | None
) -> None:
    written: list[dict[str, object]] = []
    if out:
        format_of(out)
        written.append({"file": str(out), "rows": write_atlas(_told(_narrow(span, asked)), out)})
    if map_to:
        write_picture(_map(book, span, asked), map_to)
        written.append({"file": str(map_to)})
    if matrix_to:
        write_picture(_matrix(book, span, asked), matrix_to)
        written.append({"file": str(matrix_to)})
    lines = [f"{each['file']}: {each['rows']} rows" if "rows" in each else str(each["file"]) for each in written]
    _say(asked, lambda: {"written": written}, lambda: "\n".join(lines))


def _narrow(span: Span, asked: Asked) -> Span:
    return replace(
        span,
        from_states=(asked.from_state,) if asked.from_state else span.from_states,
        to_states=(asked.to_state,) if asked.to_state else span.to_states,
    )


def _told(span: Span) -> Iterator[Sheet]:
    """Yield the sheets and say on standard error how far the work is, once it takes long."""
    started = time.monotonic()
    for count, sheet in enumerate(sheets(span), 1):
        yield sheet
        if time.monotonic() - started > SILENT_SECONDS:
            click.echo(f"{count} of {len(span.measures)} measures: {sheet.measure}", err=True)
    if time.monotonic() - started > SILENT_SECONDS:
        click.echo("writing the file", err=True)


def _map(book: Lawbook, span: Span, asked: Asked) -> str:
    if bool(asked.from_state) is bool(asked.to_state):
        raise UnusableQuestionError("A map shows one state.", remedy="Add --from or --to, and --measure.")
    found = _reach(_one_measure(span, asked), asked)
    return reach_map(found, load_world(book.path), _names(book, asked), asked.language)


def _matrix(book: Lawbook, span: Span, asked: Asked) -> str:
    say = _names(book, asked)
    if asked.from_state:
        drawn = list(sheets(_narrow(span, asked)))
        return (pair_matrix if asked.to_state else state_matrix)(drawn, say, asked.language)
    if len(asked.states) > MOST_IN_MATRIX:
        raise UnusableQuestionError(
            f"A matrix of {len(asked.states)} states cannot be read.",
            remedy=f"Name up to {MOST_IN_MATRIX}, or write all of them with --out.",
        )
    if asked.measure and len(asked.states) > 1:
        (sheet,) = sheets(_one_measure(span, asked))
        return states_matrix(sheet, say, asked.language)
    raise UnusableQuestionError(
        "A matrix needs its two sides.",
        remedy="Name --from, or --from and --to, or --measure and --states with two states or more.",
    )


def _names(book: Lawbook, asked: Asked) -> Say:
    def say(term: str) -> str:
        kind, _, code = term.partition(":")
        return book.wordbook.label(kind, code, asked.language)

    return say
