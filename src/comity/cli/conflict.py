"""`comity conflict`: who can prosecute a crime chain, or what to heed before a question is sent."""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click

from comity.cli.conflict_text import write_cautions, write_jurisdiction
from comity.cli.memo_file import write_memo
from comity.cli.route import question_of
from comity.errors import ComityError
from comity.law.chain import UnusableLinkError, parse_chain
from comity.law.jurisdiction import JurisdictionAnswer, jurisdiction
from comity.law.jurisdiction_report import jurisdiction_json
from comity.law.question import UnusableQuestionError, parse_question
from comity.law.routes import routes
from comity.law.warnings_report import warnings_json
from comity.lawbook import Lawbook, open_lawbook

ANSWERED, UNUSABLE = 0, 2


@click.command()
@click.argument("file", required=False, type=click.Path())
@click.option("--offence", metavar="CODE", help="The offence, such as computer-fraud.")
@click.option(
    "--link", "links", multiple=True, metavar="WHAT:STATE[:N]", help="A link of the chain: victims:DE:40. Repeatable."
)
@click.option(
    "--organised-group/--no-organised-group", default=None, help="Whether an organised criminal group takes part."
)
@click.option("--date", "on", metavar="YYYY-MM-DD", help="The day for which the law is asked; today unless given.")
@click.option("--from", "from_state", metavar="STATE", help="Warnings of a question instead: the requesting state.")
@click.option("--to", "to_state", metavar="STATE", help="The requested state.")
@click.option("--measure", metavar="CODE", help="What is asked for.")
@click.option(
    "--circumstance", "-c", multiple=True, metavar="KEY=VALUE", help="Any circumstance of codes.yaml, repeatable."
)
@click.option(
    "--pdf",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the answer on jurisdiction as a memo for the file too.",
)
@click.option("--json", "as_data", is_flag=True, help="Write JSON instead of text.")
@click.option(
    "--language", default="en", type=click.Choice(["en", "zh"]), show_default=True, help="Language of the texts."
)
@click.option("--lawbook", type=click.Path(path_type=Path), help="Another lawbook than the one that comes with Comity.")
def conflict(as_data: bool, language: str, lawbook: Path | None, **given: object) -> None:
    """Say which states have jurisdiction over a crime chain, and which is usually preferred.

    The chain comes from --link options or from FILE (JSON: offence, date, organised_group, links; - is standard input). With
    --from, --to and --measure the answer is what to heed before that question is sent.

    Exit status 0: answered; 2: the input cannot be used.
    """
    try:
        book = open_lawbook(lawbook)
        about_question = any(given[key] for key in ("from_state", "to_state", "measure", "circumstance"))
        answer = _warnings if about_question else _chain
        click.echo(answer(book, given, as_data, language))
    except ComityError as error:
        click.echo(error.diagnostics(), err=True)
        sys.exit(UNUSABLE)


def _warnings(book: Lawbook, given: Mapping[str, object], as_data: bool, language: str) -> str:
    if given["pdf"]:
        raise UnusableQuestionError(
            "The warnings alone make no memo.", remedy="`comity route … --pdf FILE` writes one of the whole answer."
        )
    if given["links"] or given["file"]:
        raise UnusableQuestionError(
            "A chain and a question cannot be asked at once.", remedy="Ask one after the other."
        )
    facts = book.facts
    answer = routes(facts, parse_question(question_of(facts, given)))
    if as_data:
        return _dumped(warnings_json(answer, facts, language))
    return write_cautions(answer.warnings, facts, language)


def _chain(book: Lawbook, given: Mapping[str, object], as_data: bool, language: str) -> str:
    facts, pdf = book.facts, given["pdf"]
    answer = jurisdiction(facts, parse_chain(_value(given)))
    if isinstance(pdf, Path):
        _write_memo(book, answer, language, pdf)
    if as_data:
        return _dumped(jurisdiction_json(answer, facts, language))
    return write_jurisdiction(answer, facts, language)


def _write_memo(book: Lawbook, answer: JurisdictionAnswer, language: str, target: Path) -> None:
    from comity.memo.jurisdiction import jurisdiction_memo  # the typesetter is large and most answers need none

    now = datetime.now(UTC)
    memo = jurisdiction_memo(answer, book.facts, book.wordbook, language=language, made_at=now, edition=book.edition)
    write_memo(target, memo)


def _value(given: Mapping[str, object]) -> dict[str, object]:
    """Put the options over what the file says; links add up."""
    value = _read(given["file"]) if isinstance(given["file"], str) else {}
    links = value.get("links", [])
    if not isinstance(links, list):
        raise UnusableLinkError("'links' is no list.", remedy="Give links: [{what, state, weight, date}, ...].")
    value["links"] = [*links, *cast("tuple[str, ...]", given["links"])]
    for option, key in (("offence", "offence"), ("on", "date"), ("organised_group", "organised_group")):
        if given[option] is not None:
            value[key] = given[option]
    value.setdefault("date", datetime.now(UTC).date().isoformat())
    return value


def _read(name: str) -> dict[str, object]:
    try:
        with click.open_file(name, encoding="utf-8") as file:
            value = json.load(file)
    except (OSError, ValueError, RecursionError) as error:
        raise UnusableQuestionError(f"The file cannot be read: {error}", where=name) from error
    if not isinstance(value, dict):
        raise UnusableQuestionError("The file holds no JSON object.", where=name)
    return value


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
