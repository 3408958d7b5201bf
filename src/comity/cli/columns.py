"""Tables for a terminal, aligned where Chinese characters take two places."""

import unicodedata
from collections.abc import Iterable, Sequence

GAP = "  "


def width(text: str) -> int:
    """Return how many places a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def columns(rows: Iterable[Sequence[str]], indent: str = "") -> list[str]:
    """Return rows of the same length as lines; each column is as wide as its widest cell."""
    cells = [list(row) for row in rows]
    widths = [max(width(row[number]) for row in cells) for number in range(len(cells[0]))] if cells else []
    return [
        indent + GAP.join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
