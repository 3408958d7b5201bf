"""The words on the pages of an act, read from the drawing instructions, in the order in which they are drawn.

Only the instructions that the typesetter writes are known; any other (pictures, invisible text, shading) is refused. Words
come out as the fonts name their glyphs. Whether the shapes of the glyphs are what their names say, this reading cannot tell:
comparing the drawing can.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat

from comity.acts.pdf_layout import Layout
from comity.acts.refusals import ActiveContentError, TooLargeError

MAX_PAGES = 300
MAX_DRAWN = 16 * 1024 * 1024
_KIDS = re.compile(rb"<</Type/Pages/(?:Parent \d+ 0 R/)?Count \d+/Kids\[([\d R]*)\](?:/Parent \d+ 0 R)?>>")
_PAGE = re.compile(
    rb"<</Type/Page/Resources (\d+) 0 R/MediaBox\[0 0 595\.2756 841\.8898\](?:/StructParents \d+)?(?:/Tabs/S)?"
    rb"/Parent \d+ 0 R/Contents (\d+) 0 R>>"
)
_FONTS = re.compile(rb"/Font<<((?:/f\d+ \d+ 0 R)*)>>")
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_TO_UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
_GLYPH = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4,64})>\n")
# First what the typesetter writes over and over, each in one step: paths, rules, a whole run of words. Then, one by one, strings
# (with parentheses in pairs; those nested deeper are found by counting), names, operators, numbers and blanks.
# Quantifiers are possessive, so that no file can make a match try again and again.
_TOKEN = re.compile(
    rb"(?P<path>(?:(?:-?[\d.]++ -?[\d.]++ [ml]|h)[ \n])++|(?:EMC|/Span<</MCID \d++(?:/Lang\([A-Za-z-]{2,16}\))?>>BDC\n)++"
    rb"|(?:/Artifact<</Type/Layout>>BDC\n)?q 1 0 0 -1(?: [-\d.]++)++ cm/c\d++ CS(?: [\d.]++)++ SCN"
    rb" [\d.]++ w [\d.]++ M(?: (?:[-\d.]++|[ml]))++\nS\nQ\n)"
    rb"|q 1 0 0 -1(?: [-\d.]++)++ cm/c\d++ cs(?: [\d.]++)++ scn\nBT 0 Tr/(?P<font>f\d++) [\d.]++ Tf 1 0 0 -1 0 0 Tm"
    rb"(?P<run>\[(?:\((?:[^()\\]|\\[\s\S])*+\)|<[0-9A-F]++>|[-\d.]++)*+\]TJ|\((?:[^()\\]|\\[\s\S])*+\)Tj)\nET\nQ\n"
    rb"|(?P<string>\((?:[^()\\]|\\[\s\S]|\((?:[^()\\]|\\[\s\S])*+\))*+\)|<[0-9A-Fa-f]++>)"
    rb"|(?P<name>/[^\s/<>\[\](){}%]*+)"
    rb"|(?P<operator>[A-Za-z'\"*]++)"
    rb"|(?P<numbers>[-+.\d\s\[\]]++|<<|>>)"
)
_PIECE = re.compile(rb"\((?:[^()\\]++|\\[\s\S])*+\)|<[0-9A-F]+>")
_NESTED = re.compile(rb"[\s\S]+")
_MARK = re.compile(rb"\\[\s\S]|[()]")
_ESCAPES = re.compile(
    rb"(?:[^\\]++|\\(?:[nrtbf()\\]|[0-3][0-7]{0,2}+|[4-7][0-7]?+(?![0-7])))*+"
)  # no octal beyond a byte
_BETWEEN, _BETWEEN_WRITTEN = "\U0010ffff", rb"\U0010ffff"  # nothing that a string may hold stands for it
_OPERATORS = frozenset(
    b"q Q cm cs CS scn SCN BT ET Tr Tf Tm Tj TJ BDC BMC EMC m l c h f f* S w J j M d re W W* n true false".split()
)
_SHOWING = (b"TJ", b"Tj")
_BLANK = re.compile(r"[\s\u200b]+")


def squeezed(text: str) -> str:
    """Return the text without any blanks: where lines break is no matter of content."""
    return _BLANK.sub("", text)


def page_texts(layout: Layout, streams: Mapping[int, bytes]) -> list[str]:
    """Return the words of each page, without blanks.

    Args:
        layout: of the typeset file.
        streams: its streams, unpacked.

    Raises:
        ActiveContentError: a page draws something else than words, lines and the code.
        TooLargeError: too many pages.
    """
    maps: dict[int, dict[int, str]] = {}
    texts, drawn = [], 0
    for number in page_numbers(layout):
        content, fonts = _page(layout, streams, number, maps)
        drawn += len(content)
        if drawn > MAX_DRAWN:
            raise TooLargeError("The pages of the act hold more than an act may say.")
        texts.append(squeezed(_words(content, fonts)))
    return texts


def page_numbers(layout: Layout) -> list[int]:
    """Return the object numbers of the pages in order."""
    pages: list[int] = []
    queue, visited = [1], set[int]()
    while queue:
        number = queue.pop(0)
        if number in visited:
            raise _foreign("a page stands in it twice")
        visited.add(number)
        kids = _KIDS.fullmatch(layout.item(number).value)
        if kids:
            queue[:0] = [int(kid) for kid in kids[1].split()[::3]]
        else:
            pages.append(number)
        if max(len(visited), len(queue)) > 2 * MAX_PAGES or len(pages) > MAX_PAGES:
            raise TooLargeError(f"The act has more than {MAX_PAGES} pages.")
    return pages


def _page(
    layout: Layout, streams: Mapping[int, bytes], number: int, maps: dict[int, dict[int, str]]
) -> tuple[bytes, Mapping[bytes, Mapping[int, str]]]:
    """Return what a page draws, and its fonts by the names that it uses."""
    page = _PAGE.fullmatch(layout.item(number).value)
    if not page:
        raise _foreign("a page has more than its text")
    fonts = _FONTS.search(layout.item(int(page[1])).value)
    named = {name: int(font) for name, font in _FONT.findall(fonts[1])} if fonts else {}
    content = streams.get(int(page[2]))
    if content is None:
        raise _foreign("a page has no content")
    for font in named.values():
        if font not in maps:
            maps[font] = _glyphs(layout, streams, font)
    return content, {name: maps[font] for name, font in named.items()}


def _glyphs(layout: Layout, streams: Mapping[int, bytes], font: int) -> dict[int, str]:
    """Return glyph number -> characters, from the font's ToUnicode table (ISO 32000-1 section 9.10.3)."""
    reference = _TO_UNICODE.search(layout.item(font).value)
    table = streams.get(int(reference[1])) if reference else None
    if table is None or b"beginbfrange" in table or b"usecmap" in table:
        raise _foreign("a font does not name its glyphs")
    named = _GLYPH.findall(table)
    glyphs = {int(code, 16): _characters(characters) for code, characters in named}
    if len(glyphs) != len(named):
        raise _foreign("a font names a glyph twice")
    return glyphs


@lru_cache(maxsize=8192)
def _characters(hexadecimal: bytes) -> str:
    if len(hexadecimal) % 4:
        raise _foreign("a font names half a character")
    return bytes.fromhex(hexadecimal.decode()).decode("utf-16-be", "replace")


def _words(content: bytes, fonts: Mapping[bytes, Mapping[int, str]]) -> str:
    if b"\r" in content or not _ESCAPES.fullmatch(content):  # readers take a bare CR for LF
        raise _foreign("a page draws words in an unusual spelling")
    latest = {"name": b"", "numbers": b""}
    pending: list[bytes] = []
    font: Mapping[int, str] | None = None
    drawn: list[tuple[bytes, Mapping[int, str] | None]] = []
    for kind, token in _tokens(content):
        if kind == "run":
            drawn += zip(_PIECE.findall(token["run"]), repeat(fonts.get(token["font"])))
        elif kind == "string":
            pending.append(token[0])
        elif kind == "operator":
            if token[0] == b"Tf":
                font = fonts.get(latest["name"][1:])
            elif token[0] in _SHOWING:
                drawn += zip(pending, repeat(font))
            else:
                _refuse_unknown(token[0], latest["numbers"])
            pending = []
        elif kind != "path":
            latest[kind] = token[0]
    return "".join(_shown(drawn))


def _refuse_unknown(operator: bytes, numbers: bytes) -> None:
    if operator == b"Tr" and numbers.split()[-1:] != [b"0"]:
        raise ActiveContentError("The PDF holds invisible text.", where="Tr")
    if operator not in _OPERATORS:
        shown = operator[:20].decode()
        raise ActiveContentError(f"A page holds the instruction '{shown}', which no act has.", where=shown)


def _tokens(content: bytes) -> Iterator[tuple[str, re.Match[bytes]]]:
    at = 0
    while at < len(content):
        for token in _TOKEN.finditer(content, at):
            begin, end = token.span()
            if begin != at:
                break
            at = end
            yield token.lastgroup or "path", token
        if at < len(content):
            nested = _NESTED.match(content, at, _string_end(content, at))
            assert nested
            at = nested.end()
            yield "string", nested


def _string_end(content: bytes, at: int) -> int:
    """Return where a string with nested parentheses ends."""
    depth = 0
    for mark in _MARK.finditer(content, at):
        depth += {b"(": 1, b")": -1}.get(mark[0], 0)
        if depth == 0:
            break
    if depth or content[at : at + 1] != b"(":
        raise _foreign("a page holds unknown instructions")
    return mark.end()


def _shown(drawn: Sequence[tuple[bytes, Mapping[int, str] | None]]) -> Iterator[str]:
    """Yield what strings stand for in their fonts; the escapes of all of them are resolved at once."""
    plain = _unescaped(_BETWEEN_WRITTEN.join([_inside(string) for string, _ in drawn]))
    for codes, (_, font) in zip(plain.split(_BETWEEN), drawn, strict=bool(drawn)):
        if font is None:
            raise _foreign("a page uses a font that it does not have")
        if len(codes) % 2:
            raise _foreign("a page draws half a glyph")
        yield codes.encode("latin-1", "replace").decode("utf-16-be", "surrogatepass").translate(font)


def _inside(string: bytes) -> bytes:
    """Return a string's inside as it is written between parentheses."""
    if string[:1] == b"(":
        return string[1:-1]
    digits = string[1:-1].decode()
    return bytes.fromhex(digits + "0" * (len(digits) % 2)).replace(b"\\", b"\\134")


def _unescaped(inside: bytes) -> str:
    """Return the bytes that escaped ones stand for, as characters of the same number."""
    plain = inside.replace(b"\\\\", b"\\134").replace(b"\\(", b"\\050").replace(b"\\)", b"\\051")
    return plain.decode("unicode_escape")


def _foreign(what: str) -> ActiveContentError:
    return ActiveContentError(f"The PDF is not built like an act: {what}.")
