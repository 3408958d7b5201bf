"""Writes what changed between two editions as a memo to put on file; nothing is stored."""

from datetime import datetime

from comity.law.watch.report import Watch
from comity.node import law, resources


def write_changes_memo(found: Watch, language: str, now: datetime) -> bytes:
    """Return the memo as PDF.

    Args:
        found: of `watch_law`.
        language: `en` or `zh`.
        now: the moment that the memo bears.

    Raises:
        MemoTooLargeError, UnprintableMemoError: it cannot be set on paper.
    """
    from comity.memo.changes import changes_memo  # the typesetter is large and most of a node's work needs none

    book, home = law.lawbook(), resources.home()
    office = home.names.get(language) or home.names.get("en") or home.office
    return changes_memo(
        found, language=language, made_at=now, as_of=book.facts.as_of, edition=book.edition, office=office
    )
