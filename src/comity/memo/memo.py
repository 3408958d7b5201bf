"""A memo as values: a question as heading, one sentence that answers it, and sections of findings, rows, tables and pictures.

The words are those of one language, ready to be read. Nothing here knows a law or a page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from comity.errors import LocalError

MOST_PIECES = 6000
MOST_CHARACTERS = 600_000


class MemoTooLargeError(LocalError):
    """A memo would be longer than anybody reads."""

    code = "memo-too-large"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `lead` is set a little stronger."""

    text: str
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: a finding, a condition, a warning.

    Attributes:
        verdict: open | conditional | unknown | closed | met | not-met, shown by shape and word; empty for a plain line.
        source: where it comes from; sources are numbered by the memo and listed at its end.
        depth: how deep it stands below another one.
    """

    text: str
    article: str = ""
    verdict: str = ""
    source: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Items:
    """A list of lines."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Names and values, one a line."""

    rows: tuple[tuple[str, tuple[Item, ...]], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, with the mark of a verdict before its text where there is one."""

    text: str
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading for each column."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, with the words for those who do not see it."""

    svg: str
    description: str


Block = Text | Items | Rows | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        verdict: put before the heading as shape and word.
        level: 1 for a section, 2 for a part of one.
    """

    title: str
    blocks: tuple[Block, ...]
    verdict: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class Memo:
    """An answer to put on file.

    Attributes:
        title: the question in words.
        answer: one sentence.
        language: `en` or `zh`; others are set in their direction, with the few words of the memo itself in English.
        made_at: when the memo was made, with its zone.
        as_of: the day until which the facts were collected.
        edition: of the lawbook.
        office: who made it; empty where it was made outside an office.
        limits: what the memo is not.
    """

    title: str
    answer: str
    sections: tuple[Section, ...]
    language: str
    made_at: datetime
    as_of: date
    edition: str
    office: str = ""
    limits: tuple[str, ...] = ()


def check_size(memo: Memo) -> None:
    """Refuse a memo that nobody would read and that would hold up the node.

    Raises:
        MemoTooLargeError: too many lines or too many characters.
    """
    texts = list(_texts(memo))
    if len(texts) > MOST_PIECES or sum(map(len, texts)) > MOST_CHARACTERS:
        raise MemoTooLargeError("The memo would be too long.", remedy="Ask a narrower question, or take the data.")


def _texts(memo: Memo) -> Iterator[str]:
    yield from (memo.title, memo.answer, memo.office, *memo.limits)
    for section in memo.sections:
        yield section.title
        for block in section.blocks:
            yield from _texts_of(block)


def _texts_of(block: Block) -> Iterator[str]:
    match block:
        case Text():
            yield block.text
        case Items():
            yield from (item.text for item in block.items)
        case Rows():
            yield from (item.text for _, items in block.rows for item in items)
        case Table():
            yield from (cell.text for row in block.rows for cell in row)
        case Picture():
            yield block.svg
