"""`comity gap`: what the law of a state lacks against an instrument, and what an accession would change."""

import json
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import click

from comity.cli.circumstances import given_circumstances
from comity.cli.described import conduct_of, conduct_options
from comity.cli.gap_text import write_accession, write_gap
from comity.cli.memo_file import write_memo
from comity.errors import ComityError
from comity.law.facts import Facts
from comity.law.offences.accession import OFFENCES, Accession, accession
from comity.law.offences.gap import Gap
from comity.law.offences.gap import gap as find_gap
from comity.law.offences.report import accession_json, gap_json
from comity.law.question import UnusableCircumstanceError, UnusableDateError, check_conduct, parse_conduct
from comity.lawbook import Lawbook, open_lawbook

ANSWERED, UNUSABLE = 0, 2
QUIET_SECONDS = 2.0
SAY_EVERY_SECONDS = 1.0


@click.command()
@click.argument("state", metavar="STATE")
@click.argument("instrument", metavar="INSTRUMENT")
@click.option("--if-party", is_flag=True, help="Say instead which routes would open if the state became a party.")
@click.option("--on", metavar="YYYY-MM-DD", help="The day, or the first day as a party; today unless given.")
@click.option("--measure", "measures", multiple=True, metavar="CODE", help="With --if-party: measures, repeatable.")
@click.option("--offence", "offences", multiple=True, metavar="CODE", help="With --if-party: offences, repeatable.")
@click.option("--circumstance", "-c", "pairs", multiple=True, metavar="KEY=VALUE", help="With --if-party, repeatable.")
@click.option(
    "--assume-in-force", is_flag=True, help="With --if-party: take an instrument that is not in force as in force."
)
@conduct_options
@click.option(
    "--pdf", type=click.Path(path_type=Path), metavar="FILE", help="Write the answer as a memo for the file too."
)
@click.option("--json", "as_data", is_flag=True, help="Write JSON instead of text.")
@click.option(
    "--language", default="en", type=click.Choice(["en", "zh"]), show_default=True, help="Language of the texts."
)
@click.option("--lawbook", type=click.Path(path_type=Path), help="Another lawbook than the one that comes with Comity.")
def gap(
    state: str,
    instrument: str,
    if_party: bool,
    on: str | None,
    pdf: Path | None,
    as_data: bool,
    language: str,
    lawbook: Path | None,
    **given: object,
) -> None:
    """Hold the law of a state against the offences and powers that an instrument asks for.

    Exit status 0: answered; 2: the input cannot be used.
    """
    try:
        book, day = open_lawbook(lawbook), _day(on)
        facts = book.facts
        answer: Gap | Accession
        if if_party:
            answer = _accession(facts, state.upper(), instrument, day, given)
            value, text = accession_json(answer, language), write_accession(answer, facts, language)
        else:
            answer = find_gap(facts, state.upper(), instrument, day)
            value, text = gap_json(answer, facts, language), write_gap(answer, facts, language)
        if pdf is not None:
            _write_memo(book, answer, language, pdf)
    except ComityError as error:
        click.echo(error.diagnostics(), err=True)
        sys.exit(UNUSABLE)
    click.echo(json.dumps(value, ensure_ascii=False, indent=2) if as_data else text)
    sys.exit(ANSWERED)


def _write_memo(book: Lawbook, answer: Gap | Accession, language: str, target: Path) -> None:
    from comity.memo.offences import Making, accession_memo, gap_memo

    making = Making(book.facts, book.wordbook, language, datetime.now(UTC), book.edition)
    write_memo(target, gap_memo(answer, making) if isinstance(answer, Gap) else accession_memo(answer, making))


def _day(on: str | None) -> date:
    if on is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(on)
    except ValueError as error:
        raise UnusableDateError(f"'{on}' is no date.", remedy="Write it as 2026-11-24.") from error


def _accession(facts: Facts, state: str, instrument: str, day: date, given: dict[str, object]) -> Accession:
    conduct = parse_conduct(conduct_of(given))
    if conduct is not None:
        check_conduct(conduct, facts.codes.elements)
    return accession(
        facts,
        state,
        instrument,
        day,
        measures=_many(given, "measures"),
        offences=_many(given, "offences") or OFFENCES,
        circumstances=_circumstances(facts, _many(given, "pairs")),
        conduct=conduct,
        assume_in_force=given.get("assume_in_force") is True,
        progress=Said(),
    )


def _many(given: dict[str, object], name: str) -> tuple[str, ...]:
    value = given.get(name)
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def _circumstances(facts: Facts, pairs: tuple[str, ...]) -> dict[str, object]:
    found = given_circumstances(facts, pairs)
    for key in found:
        if key not in facts.codes.circumstances:
            raise UnusableCircumstanceError(f"'{key}' is no circumstance.", remedy="See codes.yaml for the keys.")
    return found


class Said:
    """Says on standard error how far the work is, once it takes more than two seconds."""

    def __init__(self) -> None:
        self._next_at = time.monotonic() + QUIET_SECONDS

    def __call__(self, done: int, total: int) -> None:
        """Report the questions answered and all of them."""
        now = time.monotonic()
        if now >= self._next_at:
            self._next_at = now + SAY_EVERY_SECONDS
            click.echo(f"{done * 100 // total:3d} %  {done} of {total} questions", err=True)
