"""Writes the answer about routes as a memo to put on file; nothing is stored."""

from datetime import datetime

from comity.law.question import Question
from comity.node import law, resources
from comity.node.models import Person
from comity.node.usecases.ask_routes import ask_routes


def write_routes_memo(who: Person | None, question: Question, language: str, now: datetime) -> bytes:
    """Return the memo as PDF.

    Args:
        who: asks; everybody may.
        question: as for `ask_routes`.
        language: `en` or `zh`.
        now: the moment that the memo bears.

    Raises:
        UnusableQuestionError: a code, the date or a circumstance cannot be used.
        MemoTooLargeError, UnprintableMemoError: it cannot be set on paper.
    """
    from comity.memo.routes import routes_memo  # the typesetter is large and most of a node's work needs none

    book, home = law.lawbook(), resources.home()
    office = home.names.get(language) or home.names.get("en") or home.office
    return routes_memo(
        ask_routes(who, question),
        book.facts,
        book.wordbook,
        language=language,
        made_at=now,
        edition=book.edition,
        office=office,
    )
