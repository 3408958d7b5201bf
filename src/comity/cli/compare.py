"""`comity compare`: one offence in several states, or a conduct held against their law."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from comity.cli.compare_text import write_comparison, write_criminality
from comity.cli.described import conduct_of, conduct_options, read_conduct
from comity.cli.memo_file import write_memo
from comity.errors import ComityError
from comity.law.facts import Facts
from comity.law.offences.compare import compare_offence
from comity.law.offences.described import criminality
from comity.law.offences.report import comparison_json, criminality_json
from comity.law.question import Conduct, UnusableQuestionError, parse_conduct
from comity.lawbook import Lawbook, open_lawbook

ANSWERED, UNUSABLE = 0, 2


@click.command()
@click.argument("offence", metavar="OFFENCE")
@click.argument("states", metavar="STATE STATE...", nargs=-1)
@click.option(
    "--conduct", "file", metavar="FILE", help="A conduct in JSON (acts, objects, facts, not); - is standard input."
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
def compare(
    offence: str,
    states: tuple[str, ...],
    file: str | None,
    pdf: Path | None,
    as_data: bool,
    language: str,
    lawbook: Path | None,
    **given: object,
) -> None:
    """Compare an offence across states, element by element: who punishes it, what each asks for, where the gaps are.

    With a conduct, say of each state whether it punishes that conduct: dual criminality.

    Exit status 0: answered; 2: the input cannot be used.
    """
    try:
        book = open_lawbook(lawbook)
        facts = book.facts
        named = tuple(state.upper() for state in states)
        conduct = _conduct(file, given)
        if pdf is not None:
            _write_memo(book, offence, named, conduct, language, pdf)
        if conduct is None:
            _compare(facts, offence, named, as_data, language)
        else:
            _try(facts, offence, named, conduct, as_data, language)
    except ComityError as error:
        click.echo(error.diagnostics(), err=True)
        sys.exit(UNUSABLE)
    sys.exit(ANSWERED)


def _write_memo(
    book: Lawbook, offence: str, states: tuple[str, ...], conduct: Conduct | None, language: str, target: Path
) -> None:
    from comity.memo.offences import Making, comparison_memo

    comparison = compare_offence(book.facts, offence, states)
    found = None if conduct is None else criminality(book.facts, offence, states, conduct)
    making = Making(book.facts, book.wordbook, language, datetime.now(UTC), book.edition)
    write_memo(target, comparison_memo(comparison, found, making))


def _conduct(file: str | None, given: dict[str, object]) -> Conduct | None:
    flags = conduct_of(given)
    if file is None:
        return parse_conduct(flags)
    if flags is not None:
        raise UnusableQuestionError("The conduct is given twice.", remedy="Use either --conduct or the flags.")
    found = parse_conduct(read_conduct(file))
    if found is None:
        raise UnusableQuestionError("The conduct names no act.", remedy="Say what was done, such as access.")
    return found


def _compare(facts: Facts, offence: str, states: tuple[str, ...], as_data: bool, language: str) -> None:
    answer = compare_offence(facts, offence, states)
    if as_data:
        click.echo(json.dumps(comparison_json(answer, facts, language), ensure_ascii=False, indent=2))
    else:
        click.echo(write_comparison(answer, facts, language))


def _try(facts: Facts, offence: str, states: tuple[str, ...], conduct: Conduct, as_data: bool, language: str) -> None:
    answer = criminality(facts, offence, states, conduct)
    if as_data:
        click.echo(json.dumps(criminality_json(answer, facts, language), ensure_ascii=False, indent=2))
    else:
        click.echo(write_criminality(answer, facts, language))
