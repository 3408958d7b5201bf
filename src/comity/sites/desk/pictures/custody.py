"""The picture of a custody chain: one lane for each office, one row for each event, drawn row by row.

Each row has its own small drawing beside real text, so that the picture reads aloud, wraps on a phone and prints. A chain goes
down: from the lane of the event before, to the node of this event, and on to the foot of the row.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

LANE = 22
MIDDLE = 13


@dataclass(frozen=True, slots=True)
class Link:
    """One event as far as the picture is concerned.

    Attributes:
        office: id of the office that holds the evidence then.
        ours: whether that is this node's office.
        gap: whether the event before it is missing or does not fit.
    """

    office: str
    ours: bool = False
    gap: bool = False


def lanes(chain: Sequence[Link]) -> dict[str, int]:
    """Return office -> number of its lane, in the order of first appearance."""
    return {office: lane for lane, office in enumerate(dict.fromkeys(link.office for link in chain))}


def draw_chain(chain: Sequence[Link]) -> tuple[SafeString, ...]:
    """Return one drawing for each event, in the order given."""
    place = lanes(chain)
    width = LANE * max(len(place), 1)
    before = (None, *chain)
    last = len(chain) - 1
    return tuple(
        _row(link, previous, place, width, is_last=index == last)
        for index, (link, previous) in enumerate(zip(chain, before, strict=False))
    )


def _row(link: Link, previous: Link | None, place: dict[str, int], width: int, *, is_last: bool) -> SafeString:
    x = _x(place[link.office])
    coming = _coming(_x(place[previous.office]), x, gap=link.gap) if previous else SafeString("")
    going = (
        SafeString("")
        if is_last
        else format_html('<line class="p-line" x1="{}" y1="{}" x2="{}" y2="100%"/>', x, MIDDLE, x)
    )
    node = format_html('<circle class="{}" cx="{}" cy="{}" r="7"/>', "p-ours" if link.ours else "p-node", x, MIDDLE)
    return format_html(
        '<svg class="lane" aria-hidden="true" focusable="false" width="{}" height="100%">{}{}{}</svg>',
        width,
        coming,
        going,
        node,
    )


def _coming(start: int, end: int, *, gap: bool) -> SafeString:
    kind = "p-gap" if gap else "p-line"
    return format_html('<path class="{}" d="M{} 0C{} 9 {} 2 {} {}"/>', kind, start, start, end, end, MIDDLE)


def _x(lane: int) -> int:
    return lane * LANE + LANE // 2
