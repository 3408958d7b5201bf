"""Asks the law who has jurisdiction over a crime chain; no case is touched and nothing is stored."""

from datetime import datetime

from comity.law.chain import Chain
from comity.law.jurisdiction import JurisdictionAnswer, jurisdiction
from comity.node import law, resources
from comity.node.models import Person


def ask_jurisdiction(who: Person | None, chain: Chain) -> JurisdictionAnswer:
    """Return which states have jurisdiction; everybody may ask.

    Raises:
        UnusableQuestionError: a code, a day or a weight cannot be used.
    """
    return jurisdiction(law.lawbook().facts, chain)


def write_jurisdiction_memo(who: Person | None, chain: Chain, language: str, now: datetime) -> bytes:
    """Return the answer as a PDF that bears the moment `now`.

    Raises:
        UnusableQuestionError: a code, a day or a weight cannot be used.
        MemoTooLargeError, UnprintableMemoError: it cannot be set on paper.
    """
    from comity.memo.jurisdiction import jurisdiction_memo  # the typesetter is large and most work needs none

    book = law.lawbook()
    return jurisdiction_memo(
        ask_jurisdiction(who, chain),
        book.facts,
        book.wordbook,
        language=language,
        made_at=now,
        edition=book.edition,
        office=resources.home().names.get(language, ""),
    )
