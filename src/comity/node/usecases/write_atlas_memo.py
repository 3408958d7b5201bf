"""Writes how far a state reaches as a memo to put on file; nothing is stored."""

from datetime import datetime

from comity.node import law, resources
from comity.node.models import Person
from comity.node.usecases.ask_atlas import AtlasQuestion, ask_reach, draw_reach


def write_atlas_memo(who: Person | None, question: AtlasQuestion, language: str, now: datetime) -> bytes:
    """Return the memo as PDF.

    Args:
        who: asks; everybody may.
        question: as for `ask_reach`.
        language: `en` or `zh`.
        now: the moment that the memo bears.

    Raises:
        UnusableQuestionError: a code, the date or a circumstance cannot be used.
        MemoTooLargeError, UnprintableMemoError: it cannot be set on paper.
    """
    from comity.memo.atlas import atlas_memo  # the typesetter is large and most of a node's work needs none

    book, home = law.lawbook(), resources.home()
    office = home.names.get(language) or home.names.get("en") or home.office
    found = ask_reach(who, question)
    return atlas_memo(
        found,
        draw_reach(found, language),
        book.wordbook,
        language=language,
        made_at=now,
        edition=book.edition,
        office=office,
    )
