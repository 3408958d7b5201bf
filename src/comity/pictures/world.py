"""A map of the world with a mark on each state."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from comity.pictures.verdicts import Caption, Mark, footing, heading, opening

DOT = 3.4
ROOM_FOR_LABEL = 7.5


@dataclass(frozen=True, slots=True)
class Outline:
    """One state on the map.

    Attributes:
        x, y: where a dot or a label goes, in units of the map.
        room: how far the nearest border is from there; 0 for a dot.
        path: SVG path data; empty where the state is too small and is drawn as a dot.
    """

    x: float
    y: float
    room: float = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """The outlines of the states, by code, and the land that belongs to none of them."""

    width: float
    height: float
    states: Mapping[str, Outline]
    rest: str = ""


def world_map(world: World, marks: Mapping[str, Mark], caption: Caption, prefix: str = "map") -> str:
    """Draw the map as SVG text.

    Args:
        world: the outlines.
        marks: state -> what the map says of it; a state without one is drawn as land.
        caption: the words.
        prefix: begins every id, so that two pictures can stand on one page.
    """
    head, above = heading(caption.title, caption.parts, world.width)
    foot, below = footing(caption.keys, caption.notes, above + world.height, world.width)
    shapes = [_shape(outline, marks.get(code)) for code, outline in world.states.items() if outline.path]
    dots = [_dot(outline, marks.get(code)) for code, outline in world.states.items() if not outline.path]
    labels = [_label(outline, marks.get(code)) for code, outline in world.states.items()]
    return "".join(
        (
            opening(round(world.width), round(above + world.height + below), caption, prefix),
            head,
            f'<g class="ground" transform="translate(0 {above:g})">',
            f'<path class="land" d="{world.rest}"/>',
            *shapes,
            f'<g class="dots">{"".join(dots)}</g>',
            f'<g class="over" font-size="9" text-anchor="middle" aria-hidden="true">{"".join(labels)}</g></g>',
            foot,
            "</svg>\n",
        )
    )


def _shape(outline: Outline, mark: Mark | None) -> str:
    if mark is None:
        return f'<path class="land" d="{outline.path}"/>'
    return f'<path class="{mark.kind}" role="img" d="{outline.path}"><title>{escape(mark.title)}</title></path>'


def _dot(outline: Outline, mark: Mark | None) -> str:
    at = f'cx="{outline.x:g}" cy="{outline.y:g}" r="{DOT}"'
    if mark is None:
        return f'<circle class="land" {at}/>'
    return f'<circle class="{mark.kind}" role="img" {at}><title>{escape(mark.title)}</title></circle>'


def _label(outline: Outline, mark: Mark | None) -> str:
    if mark is None or not mark.label or outline.room < ROOM_FOR_LABEL:
        return ""
    return f'<text x="{outline.x:g}" y="{outline.y + 3:g}">{escape(mark.label)}</text>'
