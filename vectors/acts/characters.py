"""Finds out which characters the fonts of the paper draw: python -m vectors.acts.characters.

Typst refuses to make a PDF/A with a glyph that no font has, so the compiler itself is asked, a block at a time. The answer goes to
`src/comity/acts/drawable.json`.
"""

import json
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import typst

from comity.acts.fonts import families, fonts

SOURCE = b"""
#set document(title: "characters", date: datetime(year: 2026, month: 1, day: 1))
#set text(font: json(bytes(sys.inputs.families)), fallback: false, hyphenate: false, lang: "en")
#for word in json(bytes(sys.inputs.words)) { box(word); linebreak() }
"""
TARGET = Path(__file__).parents[2] / "src/comity/acts/drawable.json"
BLANKS = " \u00a0\u3000"
SEEN = ("L", "N", "P", "S")


def is_candidate(code: int) -> bool:
    """Whether the character is one that should be seen: a letter, digit, mark on a letter, sign, or a plain blank."""
    character = chr(code)
    if character in BLANKS:
        return True
    kind = unicodedata.category(character)
    return kind[0] in SEEN or kind == "Mn"


def word(code: int) -> str:
    """Return the character as it stands in a word: a mark needs a letter before it."""
    character = chr(code)
    if unicodedata.category(character) != "Mn":
        return character
    return {"ARABIC": "\u0628", "HEBREW": "\u05d1"}.get(unicodedata.name(character, "").split(" ")[0], "o") + character


def draws(compiler: typst.Compiler, codes: Sequence[int]) -> bool:
    """Whether all of the characters are drawn."""
    inputs = {"families": json.dumps(families("zh")), "words": json.dumps([word(code) for code in codes])}
    try:
        compiler.compile(SOURCE, format="pdf", pdf_standards=["a-3u"], sys_inputs=inputs)
    except typst.TypstError:
        return False
    return True


def drawn(compiler: typst.Compiler, codes: Sequence[int]) -> Iterator[int]:
    """Yield those that are drawn."""
    if not codes:
        return
    if draws(compiler, codes):
        yield from codes
    elif len(codes) > 1:
        half = len(codes) // 2
        yield from drawn(compiler, codes[:half])
        yield from drawn(compiler, codes[half:])


def borders(codes: Sequence[int]) -> list[int]:
    """Return sorted codes as the borders of ranges: begin, end (exclusive), begin, end ..."""
    result: list[int] = []
    for code in codes:
        if result and result[-1] == code:
            result[-1] = code + 1
        else:
            result += [code, code + 1]
    return result


def main(last: int = 0x323B0) -> None:
    """Ask for all characters and write the file."""
    compiler = typst.Compiler(font_paths=fonts(), ignore_system_fonts=True)
    found: list[int] = []
    for start in range(0x20, last, 256):
        found += drawn(compiler, [code for code in range(start, min(start + 256, last)) if is_candidate(code)])
        if start % 0x1000 < 256:
            sys.stderr.write(f"{start:X} {len(found)}\n")
    TARGET.write_text(json.dumps(borders(found), separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
