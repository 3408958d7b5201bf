"""How the four verdicts look in every picture: a colour, a pattern or a sign, and a word, never a colour alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

OPEN, CONDITIONAL, UNKNOWN, CLOSED, SELF = "open", "conditional", "unknown", "closed", "self"
KINDS = (OPEN, CONDITIONAL, UNKNOWN, CLOSED)
MARGIN = 20
FONT = "system-ui,'Noto Sans','Noto Sans CJK SC','Noto Sans SC',sans-serif"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a picture says of one state or cell.

    Attributes:
        kind: open | conditional | unknown | closed | self (the state that the picture is about).
        label: a few characters for the place itself; empty for none.
        title: the whole of it in words, for those who point at it or listen.
    """

    kind: str
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the legend."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Caption:
    """The words of a picture.

    Attributes:
        title: what it shows, in one line.
        parts: what holds for all of it (the offence, the day, what is known), for the lines below the title.
        described: what it says as a whole, for those who cannot see it.
        keys: what the signs mean.
        notes: lines below the legend.
    """

    title: str
    parts: tuple[str, ...]
    described: str
    keys: tuple[Key, ...]
    notes: tuple[str, ...] = ()


LIGHT = {
    "ink": "#16202b", "soft": "#4d5a67", "paper": "#fbfaf7", "line": "#dcd8cf", "land": "#f1eee7",
    "open": "#17663a", "open-on": "#bfe0cb", "conditional": "#7d5200", "conditional-on": "#fbe6b8",
    "unknown": "#54458a", "unknown-on": "#eeebf7", "closed": "#5d6670", "closed-on": "#eceef0", "self": "#0f4c81",
}  # fmt: skip
DARK = {
    "ink": "#e8e6e0", "soft": "#b4bcc4", "paper": "#12181f", "line": "#3a444f", "land": "#1c242d",
    "open": "#8ed6aa", "open-on": "#1f5a38", "conditional": "#f0c36a", "conditional-on": "#5a4310",
    "unknown": "#b9acec", "unknown-on": "#2c2747", "closed": "#9aa5b0", "closed-on": "#232b34", "self": "#6fb1ea",
}  # fmt: skip
PRINTED = {"ink": "#000", "paper": "#fff", "land": "#f4f4f4", "open-on": "#bfe0cb"}

RULES = """
.atlas .paper{fill:var(--paper)} .atlas text{fill:var(--ink)} .atlas .soft{fill:var(--soft)}
.atlas .ground{stroke-width:.4;stroke-linejoin:round} .atlas .ground path{stroke:var(--soft)}
.atlas .ground .land{fill:var(--land);stroke:var(--line)} .atlas .dots{stroke:var(--ink);stroke-width:.8}
.atlas .over{paint-order:stroke;stroke:var(--paper);stroke-width:2.4;stroke-opacity:.8}
.atlas .empty{fill:none;stroke:var(--line)} .atlas .key{stroke:var(--soft);stroke-width:.5}
.atlas .open{fill:url(#PREFIX-open)} .atlas .conditional{fill:url(#PREFIX-conditional)}
.atlas .unknown{fill:url(#PREFIX-unknown)} .atlas .closed{fill:url(#PREFIX-closed)} .atlas .self{fill:var(--self)}
.atlas .on-open{fill:var(--open-on)} .atlas .on-conditional{fill:var(--conditional-on)}
.atlas .on-unknown{fill:var(--unknown-on)} .atlas .on-closed{fill:var(--closed-on)}
.atlas .in-conditional{stroke:var(--conditional);stroke-width:1;opacity:.55}
.atlas .in-unknown{fill:var(--unknown);opacity:.6} .atlas .in-closed{stroke:var(--closed);stroke-width:.6;opacity:.6}
.atlas .sign{fill:none;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.atlas .sign.open{stroke:var(--open);fill:none} .atlas .sign.conditional{stroke:var(--conditional);fill:none}
.atlas .sign.unknown{stroke:var(--unknown);fill:none} .atlas .sign.closed{stroke:var(--closed);fill:none}
"""

PATTERNS = """
<pattern id="PREFIX-open" width="8" height="8" patternUnits="userSpaceOnUse">
<rect width="8" height="8" class="on-open"/></pattern>
<pattern id="PREFIX-conditional" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="5" height="5" class="on-conditional"/><path d="M0 0V5" class="in-conditional"/></pattern>
<pattern id="PREFIX-unknown" width="5" height="5" patternUnits="userSpaceOnUse">
<rect width="5" height="5" class="on-unknown"/><circle cx="2.5" cy="2.5" r=".75" class="in-unknown"/></pattern>
<pattern id="PREFIX-closed" width="6" height="6" patternUnits="userSpaceOnUse">
<rect width="6" height="6" class="on-closed"/><path d="M0 0L6 6M6 0L0 6" class="in-closed"/></pattern>
"""

SIGNS = {
    OPEN: "M-4 0.5L-1.2 3.4L4.2-3.4",
    CONDITIONAL: "M0-4A4 4 0 1 0 0 4A4 4 0 1 0 0-4M0-4V4M-2.2-3.2V3.2",
    UNKNOWN: "M-2.6-2A2.6 2.6 0 1 1 0.6 0.4Q0 0.8 0 1.8M0 4V4.2",
    CLOSED: "M-3.4-3.4L3.4 3.4M3.4-3.4L-3.4 3.4",
}


def style(prefix: str) -> str:
    """Return the style sheet of a picture, for light, dark and paper; ids begin with the prefix."""
    return (
        f"\n.atlas{{{_values(LIGHT)};color:var(--ink);font-family:{FONT}}}\n"
        f"@media (prefers-color-scheme:dark){{.atlas{{{_values(DARK)}}}}}\n"
        f"@media print{{.atlas{{{_values(LIGHT | PRINTED)}}}}}{RULES.replace('PREFIX', prefix)}"
    )


def unstyled(picture: str, prefix: str) -> str:
    """Return a picture without its style sheet, for a page that has it already and lets no picture bring its own."""
    return picture.replace(f"<style>{style(prefix)}</style>", "", 1)


def on_paper(picture: str, prefix: str) -> str:
    """Return a picture with the colours of paper written out, for typesetters that know no variables of style."""
    rules = RULES.replace("PREFIX", prefix)
    for name, value in (LIGHT | PRINTED).items():
        rules = rules.replace(f"var(--{name})", value)
    return picture.replace(style(prefix), f".atlas{{font-family:'Noto Sans'}}{rules}", 1)


def _values(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in colours.items())


def opening(width: int, height: int, caption: Caption, prefix: str) -> str:
    """Return the beginning of a picture: size, words for those who cannot see it, colours, patterns, paper.

    Args:
        width: in units of the picture.
        height: in the same units.
        caption: its title and what it says in words.
        prefix: begins every id, so that two pictures can stand on one page.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="atlas" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="{prefix}-title {prefix}-described">'
        f'<title id="{prefix}-title">{escape(caption.title)}</title>'
        f'<desc id="{prefix}-described">{escape(caption.described)}</desc>'
        f"<style>{style(prefix)}</style><defs>{PATTERNS.replace('PREFIX', prefix)}</defs>"
        f'<rect class="paper" width="{width}" height="{height}"/>'
    )


def sign(kind: str, x: float, y: float) -> str:
    """Return the sign of a verdict, about eight units wide, around a point."""
    return f'<path class="sign {kind}" transform="translate({x:g} {y:g})" d="{SIGNS[kind]}"/>' if kind in SIGNS else ""


def width_of(words: str, size: float) -> float:
    """Guess how wide words are in units of the picture: the fonts are the reader's own, so the guess is ample."""
    return sum(1.02 if ord(letter) > 0x2E80 else 0.56 for letter in words) * size


def heading(title: str, parts: tuple[str, ...], width: float) -> tuple[str, float]:
    """Return the title and, below it, parts of a second line, broken where the picture ends; and the height they take."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]} · {part}" if lines else part
        if lines and width_of(longer, 13) <= width - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(part)
    texts = [f'<text x="{MARGIN}" y="30" font-size="19" font-weight="700">{escape(title)}</text>']
    texts += [
        f'<text class="soft" x="{MARGIN}" y="{51 + 18 * count}" font-size="13">{escape(line)}</text>'
        for count, line in enumerate(lines)
    ]
    return "".join(texts), 46 + 18 * len(lines)


def footing(keys: tuple[Key, ...], notes: tuple[str, ...], y: float, width: float) -> tuple[str, float]:
    """Return the legend (pattern, sign, words) and notes below it, from `y` on; and the height they take."""
    parts: list[str] = []
    x, line = float(MARGIN), y + 24
    for key in keys:
        needed = 46 + width_of(key.words, 12) + 22
        if x > MARGIN and x + needed > width:
            x, line = float(MARGIN), line + 24
        words_at = x + (46 if key.kind in SIGNS else 32)
        parts.append(
            f'<rect class="{key.kind} key" x="{x:g}" y="{line - 12:g}" width="24" height="16" rx="2"/>'
            f"{sign(key.kind, x + 36, line - 4)}"
            f'<text x="{words_at:g}" y="{line:g}" font-size="12">{escape(key.words)}</text>'
        )
        x += needed
    for note in notes:
        line += 18
        parts.append(f'<text class="soft" x="{MARGIN}" y="{line:g}" font-size="11">{escape(note)}</text>')
    return "".join(parts), line - y + 16
