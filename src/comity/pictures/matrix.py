"""A matrix of marks: rows and columns with names, one sign and a few characters in each cell."""

from collections.abc import Mapping, Sequence
from html import escape

from comity.pictures.verdicts import MARGIN, Caption, Mark, footing, heading, opening, sign, width_of

CELL_WIDTH, CELL_HEIGHT = 46, 26
SLANT, COSINE, SINE = 40, 0.766, 0.643
SIZE = 12
LEAST_WIDTH = 760


def matrix(
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    marks: Mapping[tuple[str, str], Mark],
    caption: Caption,
    prefix: str = "matrix",
) -> str:
    """Draw a matrix as SVG text.

    Args:
        rows: code and name of each.
        columns: code and name of each.
        marks: (row, column) -> what the cell says; one without stays empty.
        caption: the words.
        prefix: begins every id, so that two pictures can stand on one page.
    """
    left = MARGIN + max((width_of(name, SIZE) for _, name in rows), default=0) + 10
    leaning = max((width_of(name, SIZE) for _, name in columns), default=0)
    width = max(left + len(columns) * CELL_WIDTH + leaning * COSINE, LEAST_WIDTH)
    head, above = heading(caption.title, caption.parts, width)
    top = above + leaning * SINE + 14
    foot, below = footing(caption.keys, caption.notes, top + len(rows) * CELL_HEIGHT, width)
    cells = [
        _cell(marks.get((row, column)), left + j * CELL_WIDTH, top + i * CELL_HEIGHT)
        for i, (row, _) in enumerate(rows)
        for j, (column, _) in enumerate(columns)
    ]
    return "".join(
        (
            opening(round(width), round(top + len(rows) * CELL_HEIGHT + below), caption, prefix),
            head,
            *(_row(name, left, top + i * CELL_HEIGHT) for i, (_, name) in enumerate(rows)),
            *(_column(name, left + j * CELL_WIDTH, top) for j, (_, name) in enumerate(columns)),
            *cells,
            foot,
            "</svg>\n",
        )
    )


def _row(name: str, left: float, y: float) -> str:
    return f'<text x="{left - 8:g}" y="{y + 17:g}" font-size="12" text-anchor="end">{escape(name)}</text>'


def _column(name: str, x: float, top: float) -> str:
    at = f"translate({x + CELL_WIDTH / 2:g} {top - 7:g}) rotate(-{SLANT})"
    return f'<text transform="{at}" font-size="12">{escape(name)}</text>'


def _cell(mark: Mark | None, x: float, y: float) -> str:
    box = f'x="{x + 1:g}" y="{y + 1:g}" width="{CELL_WIDTH - 2}" height="{CELL_HEIGHT - 2}" rx="3"'
    if mark is None:
        return f'<rect class="empty" {box}/>'
    label = (
        f'<text class="over" x="{x + CELL_WIDTH - 6:g}" y="{y + 17:g}" font-size="11" text-anchor="end">'
        f"{escape(mark.label)}</text>"
        if mark.label
        else ""
    )
    middle = x + 11 if mark.label else x + CELL_WIDTH / 2
    return (
        f'<g role="img"><title>{escape(mark.title)}</title><rect class="{mark.kind}" {box}/>'
        f"{sign(mark.kind, middle, y + CELL_HEIGHT / 2)}{label}</g>"
    )
