"""Writes comparisons, gaps and accessions as memos to put on file; nothing is stored."""

from datetime import datetime
from typing import TYPE_CHECKING

from comity.law.offences.accession import Accession
from comity.law.offences.gap import Gap
from comity.node import law, resources
from comity.node.usecases.compare_law import Compared

if TYPE_CHECKING:
    from comity.memo.offences import Making


def write_offence_memo(answer: Compared | Gap | Accession, language: str, now: datetime) -> bytes:
    """Return an answer as PDF.

    Args:
        answer: of `compare_law`, `find_gap` or `find_accession`.
        language: `en` or `zh`.
        now: the moment that the memo bears.

    Raises:
        MemoTooLargeError, UnprintableMemoError: it cannot be set on paper.
    """
    from comity.memo import offences  # the typesetter is large and most of a node's work needs none

    making = _making(language, now)
    match answer:
        case Compared(comparison, conduct):
            return offences.comparison_memo(comparison, conduct, making)
        case Gap():
            return offences.gap_memo(answer, making)
        case Accession():
            return offences.accession_memo(answer, making)


def _making(language: str, now: datetime) -> "Making":
    from comity.memo.offences import Making

    book, home = law.lawbook(), resources.home()
    office = home.names.get(language) or home.names.get("en") or home.office
    return Making(book.facts, book.wordbook, language, now, book.edition, office)
