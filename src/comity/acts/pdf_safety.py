"""What the PDF of an act may consist of: a list of the names that the typesetter writes. Everything else is refused.

A list of what is allowed needs no knowledge of all the ways in which PDF can act: scripts, actions, forms, links, pictures,
films, external files and encryption each need a name that is not here.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from comity.acts.pdf_layout import Item, Layout
from comity.acts.refusals import ActiveContentError, NoPayloadError, TwoPayloadsError

_MARK = re.compile(rb"\\[\s\S]|[()]")
_HEXADECIMAL = re.compile(rb"(?<!<)<[0-9A-Fa-f]*+>(?!>)")
_NAME = re.compile(rb"/[^\s/<>\[\](){}%]*")
_FONT_NAME = re.compile(
    rb"/(?:[A-Z]{6}\+)?(?:LibertinusSerif|NotoSans(?:SC|TC|JP|KR|Arabic|Hebrew)|DejaVuSansMono|NewCMMath)[A-Za-z-]{0,40}(?:-Identity-H)?"
)
_NUMBERED = re.compile(rb"/[fcgx]\d{1,4}")
_OUTSIDE_FILE = re.compile(rb"/F[\s(<\[]")
_EMBEDDED = re.compile(
    rb"<</Type/Filespec/F\(act\.json\)/UF\(act\.json\)/EF<</F (\d+) 0 R/UF \1 0 R>>/AFRelationship/Data/Desc\([^()]{0,200}\)>>"
)
ALLOWED = frozenset(
    f"/{name}".encode() for name in Path(__file__).with_name("pdf_names.txt").read_text(encoding="ascii").split()
)


def payload_object(layout: Layout) -> int:
    """Return the number of the one embedded file, after every name in the file was found allowed.

    Raises:
        NoPayloadError: there is no embedded file named `act.json`.
        TwoPayloadsError: there are several embedded files.
        ActiveContentError: there is something that an act never has.
    """
    embedded = [item for item in layout.items.values() if b"/Filespec" in item.value or b"/EmbeddedFile/" in item.value]
    specifications = [match for item in embedded if (match := _EMBEDDED.fullmatch(item.value))]
    if not embedded:
        raise NoPayloadError("The PDF holds no act.json.")
    if len(embedded) > 2:
        raise TwoPayloadsError("The PDF holds more than one embedded file; an act has exactly one.")
    if len(specifications) != 1:
        raise NoPayloadError("The PDF holds an embedded file, but not act.json as an act does.")
    number = int(specifications[0][1])
    if b"/Type/EmbeddedFile/" not in layout.item(number).value:
        raise NoPayloadError("The PDF names act.json but does not hold it.")
    refuse_foreign(layout.items.values())
    return number


def refuse_foreign(items: Iterable[Item]) -> None:
    """Refuse whatever has a name that the typesetter does not write.

    Raises:
        ActiveContentError: naming what was found.
    """
    values = [item.value for item in items]
    for item in items:
        if item.stream is not None and _OUTSIDE_FILE.search(item.value):
            raise ActiveContentError("A stream of the PDF lies in another file.", where="/F")
    bare = _without_strings(b"\n".join(values))
    for name in set(_NAME.findall(bare)) - ALLOWED:
        if not _NUMBERED.fullmatch(name) and not _FONT_NAME.fullmatch(name):
            shown = name[1:60].decode("ascii", "replace")
            raise ActiveContentError(f"The PDF holds '{shown}', which no act has.", where=shown)


def _without_strings(text: bytes) -> bytes:
    """Return the text without its strings, whose content is no structure. One pass, whatever the text is."""
    kept: list[bytes] = []
    depth = begin = 0
    for mark in _MARK.finditer(text):
        if mark[0] == b"(":
            if depth == 0:
                kept.append(text[begin : mark.start()])
            depth += 1
        elif mark[0] == b")":
            depth -= 1
            begin = mark.end()
        if depth < 0 or (depth == 0 and mark[0] != b")"):
            break
    if depth != 0 or b"\\" in text[begin:] or b"(" in text[begin:] or b")" in text[begin:]:
        raise ActiveContentError("The PDF is not built like an act: a string does not end.")
    return _HEXADECIMAL.sub(b"", b" ".join((*kept, text[begin:])))
