"""`comity holder`: who holds the data behind an identifier or of a service, and how that entity can be asked."""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

import click

from comity.cli.holder_text import write_holder
from comity.cli.memo_file import write_memo
from comity.cli.route import question_of
from comity.errors import ComityError
from comity.law.answer import Answer
from comity.law.facts import Facts
from comity.law.holder_report import Ask, holder_json
from comity.law.holders import Choice, HolderAnswer, find_holder, holder_routes
from comity.law.question import UnknownStateError, UnusableQuestionError, parse_question
from comity.lawbook import Lawbook, open_lawbook

UNUSABLE = 2


@click.command()
@click.argument("identifier")
@click.option("--service", metavar="NAME", help="The service that the identifier is used with, such as telegram.")
@click.option("--user-region", metavar="STATE", help="Where the user is, two letters.")
@click.option(
    "--from", "from_state", metavar="STATE", help="The asking state: shows the routes to the state of the holder."
)
@click.option(
    "--measure", metavar="CODE", default="subscriber", show_default=True, help="What is wanted, for the routes."
)
@click.option("--offence", metavar="CODE", help="The offence, for the routes.")
@click.option("--date", "on", metavar="YYYY-MM-DD", help="The day for which it is asked; today unless given.")
@click.option(
    "--circumstance", "-c", multiple=True, metavar="KEY=VALUE", help="Any circumstance of codes.yaml, repeatable."
)
@click.option(
    "--pdf",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the answer as a memo; it names the identifier.",
)
@click.option("--json", "as_data", is_flag=True, help="Write JSON instead of text.")
@click.option(
    "--language", default="en", type=click.Choice(["en", "zh"]), show_default=True, help="Language of the texts."
)
@click.option("--lawbook", type=click.Path(path_type=Path), help="Another lawbook than the one that comes with Comity.")
def holder(identifier: str, as_data: bool, language: str, lawbook: Path | None, **given: object) -> None:
    """Say who holds the data behind IDENTIFIER, and how that entity can be asked.

    IDENTIFIER is a service (google), an e-mail address, a domain, a URL, a telephone number (+49...), an IP address, an address on
    a chain, an IBAN, or a @handle with --service.

    Exit status 0: answered; 2: the input cannot be used.
    """
    try:
        click.echo(_answer(open_lawbook(lawbook), identifier, given, as_data, language))
    except ComityError as error:
        click.echo(error.diagnostics(), err=True)
        sys.exit(UNUSABLE)


def _answer(book: Lawbook, identifier: str, given: Mapping[str, object], as_data: bool, language: str) -> str:
    facts, pdf = book.facts, given["pdf"]
    region, service = cast("str | None", given["user_region"]), cast("str | None", given["service"])
    asking = str(given["from_state"] or "").upper() or None
    question = parse_question(_question(facts, given, asking))
    answer = find_holder(
        facts, identifier, question.on, user_region=region.upper() if region else None, service=service
    )
    ask = _asker(facts, question.measure, question.offence, question.on, question.circumstances, asking)
    if isinstance(pdf, Path):
        _write_memo(book, answer, language, pdf)
    if as_data:
        return json.dumps(holder_json(answer, facts, language, ask), ensure_ascii=False, indent=2)
    return write_holder(answer, facts, book.wordbook, language, question.measure if ask else None, ask)


def _write_memo(book: Lawbook, answer: HolderAnswer, language: str, target: Path) -> None:
    from comity.memo.holder import holder_memo  # the typesetter is large and most answers need none

    write_memo(
        target,
        holder_memo(answer, book.facts, language=language, made_at=datetime.now(UTC), edition=book.edition),
    )


def _question(facts: Facts, given: Mapping[str, object], asking: str | None) -> dict[str, object]:
    """Reuse the reading of dates, codes and circumstances; whom to ask is not known yet, so both states are the asking one."""
    if asking is not None and asking not in facts.states:
        raise UnknownStateError(
            f"'{asking}' is no state of the lawbook.", remedy="Use a code of two letters, such as NL."
        )
    measure = given["measure"]
    if measure not in facts.codes.measures:
        raise UnusableQuestionError(f"'{measure}' is no measure.", remedy=f"Use {', '.join(facts.codes.measures)}.")
    on = given["on"] or datetime.now(UTC).date().isoformat()
    return question_of(facts, {**given, "from_state": asking or "XX", "to_state": asking or "XX", "on": on})


def _asker(
    facts: Facts, measure: str, offence: str | None, on: date, known: Mapping[str, object], asking: str | None
) -> Ask | None:
    if asking is None:
        return None

    def ask(choice: Choice) -> Answer | None:
        return holder_routes(facts, choice, asking, measure, on, offence, known)

    return ask
