"""Single values out of plain data: days, words, tuples."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

from comity.law.words import NOTHING, Words

Row = Mapping[str, object]


def text(value: object) -> str:
    """Return the value as text; None is the empty text."""
    return "" if value is None else str(value)


def day(value: object) -> date | None:
    """Return the day of an ISO date; empty or None is unknown.

    Raises:
        ValueError: it is neither empty nor a date.
    """
    if value is None or value == "":
        return None
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def required_day(value: object) -> date:
    """Return the day of an ISO date that must be there.

    Raises:
        ValueError: it is missing or no date.
    """
    found = day(value)
    if found is None:
        raise ValueError("a date")
    return found


def strings(value: object) -> tuple[str, ...]:
    """Return a list of codes; None is the empty list."""
    return tuple(str(item) for item in cast(Iterable[object], value or ()))


def words(value: object) -> Words:
    """Return words in English and Chinese; a plain text is English that nobody has written in Chinese, None is nothing said."""
    if not value:
        return NOTHING
    if isinstance(value, str):
        return Words(value, value)
    pair = cast(Row, value)
    return Words(str(pair["en"]), str(pair["zh"]))


def words_of(row: Row, column: str) -> Words:
    """Return the words of a table that has them in two columns, such as `title` and `title_zh`; an empty one is not written."""
    english = text(row.get(column))
    return Words(english, text(row.get(f"{column}_zh")) or english)
