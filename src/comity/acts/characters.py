"""Which characters an act may hold, and how paper shows those that no font of ours draws.

A signed text must look to the reader like what it is. So characters that change how others read (bidirectional overrides, tags), or
that have no meaning of their own (controls, private use, noncharacters), are refused in every string of an act. Everything
else may be written: what the fonts lack (an emoji in a user name), and what would be invisible, is printed by its code point,
`⟨U+1F525⟩`.
"""

import json
import re
from bisect import bisect_right
from functools import cache, lru_cache
from importlib.resources import files

# Controls but tab and line feed; line and paragraph separators; embeddings, overrides, isolates; interlinear marks; byte order
# mark; private use; tags; surrogates; noncharacters. The same class stands in act.schema.json.
FORBIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 15))
)
_FORBIDDEN = re.compile(f"[{FORBIDDEN}]")
_PLAIN = re.compile(r"[\n -~]*")
_ARABIC = re.compile(r"[\u0620-\u064a\u0671-\u06d3]")
LABEL = 80
JOINERS = "\u200c\u200d"


def forbidden(text: str) -> str:
    """Return the first character that no string of an act may hold, or nothing."""
    found = _FORBIDDEN.search(text)
    return found[0] if found else ""


@cache
def _drawable() -> tuple[int, ...]:
    """Return the borders of the ranges that our fonts draw: even positions begin one, odd positions end it (exclusive)."""
    path = files("comity.acts").joinpath("drawable.json")
    return tuple(json.loads(path.read_text(encoding="utf-8")))


def is_drawable(character: str) -> bool:
    """Whether the fonts of the paper have a visible shape (or a plain blank) for the character."""
    return bisect_right(_drawable(), ord(character)) % 2 == 1


def shown(text: str) -> str:
    """Return the text as paper shows it: what cannot be drawn is named by its code point, a tab is a blank."""
    if _PLAIN.fullmatch(text):
        return text
    return _label_shown(text) if len(text) <= LABEL else _each_shown(text)


@lru_cache(maxsize=4096)
def _label_shown(text: str) -> str:
    """Labels of the lawbook come again and again; people's own long words do not, and are not kept."""
    return _each_shown(text)


def _each_shown(text: str) -> str:
    return "".join(_shown(text, at) for at in range(len(text)))


def _shown(text: str, at: int) -> str:
    character = text[at]
    if character == "\t":
        return " "
    if character == "\n" or is_drawable(character) or (character in JOINERS and _joins_arabic(text, at)):
        return character
    return f"⟨U+{ord(character):04X}⟩"


def _joins_arabic(text: str, at: int) -> bool:
    """Whether a joiner stands where Persian and Urdu spelling needs it: after an Arabic letter and before one."""
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    return len(around) == 2 and all(_ARABIC.match(letter) for letter in around)
