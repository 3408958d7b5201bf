"""`comity route`: what one state may ask of another, by which route, and why."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from comity.cli.circumstances import given_circumstances
from comity.cli.described import conduct_of, conduct_options
from comity.cli.memo_file import write_memo
from comity.cli.route_text import write_answer
from comity.errors import ComityError
from comity.law.answer import Answer, Caution
from comity.law.facts import Facts
from comity.law.question import UnusableQuestionError, parse_question
from comity.law.report import as_json
from comity.law.routes import routes
from comity.law.words import Words
from comity.lawbook import Lawbook, open_lawbook

ANSWERED, UNUSABLE = 0, 2
QUESTION_KEYS = frozenset({"id", "from", "to", "measure", "offence", "date", "circumstances", "conduct"})
FLAGS = {
    "holder": "data_holder",
    "holder_state": "provider_state",
    "data_in": "data_located_in",
    "max_penalty": "max_penalty_months_from",
    "max_penalty_to": "max_penalty_months_to",
    "issuing_authority": "issuing_authority",
    "purpose": "purpose",
    "nationality": "nationality_of_person",
    "emergency": "emergency",
    "urgent": "urgent",
    "political": "political",
    "death_penalty": "death_penalty_possible",
    "consent": "consent",
}


@click.command()
@click.option("--from", "from_state", metavar="STATE", help="Requesting state, two letters.")
@click.option("--to", "to_state", metavar="STATE", help="Requested state, two letters.")
@click.option("--measure", metavar="CODE", help="What is asked for: preserve, subscriber, traffic, content, ...")
@click.option("--offence", metavar="CODE", help="The offence, such as illegal-access.")
@click.option("--date", "on", metavar="YYYY-MM-DD", help="The day for which the law is asked; today unless given.")
@click.option("--holder", metavar="CODE", help="Who holds the data: provider, registrar, bank, person, ...")
@click.option("--holder-state", metavar="STATE", help="Where the holder is established.")
@click.option("--data-in", metavar="STATE", help="Where the data are.")
@click.option(
    "--max-penalty", type=int, metavar="MONTHS", help="Maximum penalty in the requesting state; 999 is life or death."
)
@click.option("--max-penalty-to", type=int, metavar="MONTHS", help="Maximum penalty in the requested state.")
@click.option(
    "--issuing-authority", metavar="CODE", help="judge, court, investigating-judge, prosecutor, police, administrative."
)
@click.option("--purpose", metavar="CODE", help="investigation, prosecution, identification-only, ...")
@click.option("--nationality", metavar="STATE", help="Nationality of the person.")
@click.option("--emergency", is_flag=True, default=None, help="Life or safety of a person is at imminent risk.")
@click.option("--urgent", is_flag=True, default=None, help="The matter is urgent.")
@click.option("--political", is_flag=True, default=None, help="The offence may be seen as political.")
@click.option("--death-penalty", is_flag=True, default=None, help="The death penalty is possible.")
@click.option("--consent", is_flag=True, default=None, help="Somebody entitled to disclose consents.")
@click.option(
    "--circumstance", "-c", multiple=True, metavar="KEY=VALUE", help="Any circumstance of codes.yaml, repeatable."
)
@conduct_options
@click.option(
    "--batch", type=click.Path(), metavar="FILE", help="Answer many: one question a line (JSON); - is standard input."
)
@click.option(
    "--pdf", type=click.Path(path_type=Path), metavar="FILE", help="Write the answer as a memo for the file too."
)
@click.option("--json", "as_data", is_flag=True, help="Write JSON instead of text; one answer a line for a batch.")
@click.option(
    "--language", default="en", type=click.Choice(["en", "zh"]), show_default=True, help="Language of the texts."
)
@click.option("--lawbook", type=click.Path(path_type=Path), help="Another lawbook than the one that comes with Comity.")
def route(
    batch: str | None, pdf: Path | None, as_data: bool, language: str, lawbook: Path | None, **given: object
) -> None:
    """Show by which routes one state may ask another for a measure, with the reasons.

    Exit status 0: answered; 2: the input cannot be used.
    """
    try:
        book = open_lawbook(lawbook)
        if batch and pdf:
            raise UnusableQuestionError("A memo holds one answer.", remedy="Ask without --batch.")
        status = _batch(book, batch, as_data, language) if batch else _one(book, given, as_data, language, pdf)
    except ComityError as error:
        click.echo(error.diagnostics(), err=True)
        status = UNUSABLE
    sys.exit(status)


def _one(book: Lawbook, given: Mapping[str, object], as_data: bool, language: str, pdf: Path | None) -> int:
    answer = _answer(book.facts, question_of(book.facts, given))
    if pdf is not None:
        _write_memo(book, answer, language, pdf)
    _write(book, answer, as_data, language)
    return ANSWERED


def _write_memo(book: Lawbook, answer: Answer, language: str, target: Path) -> None:
    from comity.memo.routes import routes_memo

    memo = routes_memo(
        answer, book.facts, book.wordbook, language=language, made_at=datetime.now(UTC), edition=book.edition
    )
    write_memo(target, memo)


def question_of(facts: Facts, given: Mapping[str, object]) -> dict[str, object]:
    """Return the question that the options ask, as plain data.

    Raises:
        UnusableCircumstanceError: a pair is no circumstance.
    """
    circumstances = {key: given[flag] for flag, key in FLAGS.items() if given.get(flag) is not None}
    pairs = given.get("circumstance")
    circumstances |= given_circumstances(facts, pairs if isinstance(pairs, tuple) else ())
    states = {"provider_state", "data_located_in", "nationality_of_person"}
    circumstances = {key: str(value).upper() if key in states else value for key, value in circumstances.items()}
    return {
        "from": given["from_state"],
        "to": given["to_state"],
        "measure": given["measure"],
        "offence": given["offence"],
        "date": given["on"] or datetime.now(UTC).date().isoformat(),
        "circumstances": circumstances,
        "conduct": conduct_of(given),
    }


def _answer(facts: Facts, value: Mapping[str, object]) -> Answer:
    answer = routes(facts, parse_question(value))
    extra = tuple(_ignored(key) for key in sorted(set(value) - QUESTION_KEYS))
    return replace(answer, warnings=(*extra, *answer.warnings))


def _ignored(key: str) -> Caution:
    words = Words(f"The key '{key}' is not known and was ignored.", f"键“{key}”未知，已忽略。")
    return Caution("unknown-circumstance", words, "")


def _write(book: Lawbook, answer: Answer, as_data: bool, language: str) -> None:
    if as_data:
        click.echo(json.dumps(as_json(answer, language), ensure_ascii=False, indent=2))
    else:
        click.echo(write_answer(answer, book.facts, book.wordbook, language))


def _batch(book: Lawbook, name: str, as_data: bool, language: str) -> int:
    """Answer line by line; a line that cannot be used is answered by its error, and the rest go on."""
    status = ANSWERED
    try:
        with click.open_file(name, encoding="utf-8") as file:
            for number, line in _lines(file):
                answered, text = _line(book, number, line, as_data, language)
                click.echo(text)
                status = status if answered else UNUSABLE
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableQuestionError(f"The file cannot be read: {error}", where=name) from error
    return status


def _lines(file: Iterable[str]) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(file, 1) if line.strip())


def _line(book: Lawbook, number: int, line: str, as_data: bool, language: str) -> tuple[bool, str]:
    name: object = None
    try:
        value = _object(line)
        name = value.get("id")
        answer = _answer(book.facts, value)
    except UnusableQuestionError as error:
        problem = {"code": error.code, "message": error.message, "remedy": error.remedy, "line": number}
        if as_data:
            return False, json.dumps({"id": name, "error": problem}, ensure_ascii=False)
        return False, f"line {number}: {error.diagnostics()}"
    if as_data:
        return True, json.dumps({"id": name, **as_json(answer, language)}, ensure_ascii=False)
    return True, f"== {name}\n{write_answer(answer, book.facts, book.wordbook, language)}"


def _object(line: str) -> dict[str, object]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnusableQuestionError(f"The line is no JSON: {error}") from error
    if not isinstance(value, dict):
        raise UnusableQuestionError("The line is no JSON object.", remedy="Write one question a line: {...}.")
    return value
