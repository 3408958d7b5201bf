"""The signature's place in the PDF: one update behind the typeset file, always built the same way.

ISO 32000-1 section 12.8 and ETSI EN 319 142-1. Because the update has one form, a receiver builds it again and compares:
whatever else an update could change (pages, catalogue, further signatures) cannot be in it.
"""

import re
from dataclasses import dataclass

from comity.acts.canonical import digest
from comity.acts.pdf_layout import Layout
from comity.acts.refusals import ActiveContentError, BadSignatureError, ChangedAfterSigningError

FIELD_NAME = b"Office"
RESERVED = (3072, 6144, 12288, 24576)
_SIGNATURE = re.compile(
    rb"/M\(D:(\d{14})Z\)/ByteRange\[0 (\d{1,8}) (\d{1,8}) (\d{1,8})\]/Contents<([0-9a-f]{2,65536})>>>\nendobj\nxref\n"
)
_ANY_RANGE = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+(\d{1,12})\s+(\d{1,12})\s*\]")
_PAGES = re.compile(rb"<</Type/Pages/Count \d+/Kids\[(\d+) 0 R")
_CREATED = re.compile(rb"/CreationDate\(D:(\d{14})Z\)")
TAIL = 70_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A signature found in a file.

    Attributes:
        container: the CMS, without the zeros that fill its place.
        signed: SHA-256, in hexadecimal, of everything in the file but the signature's own place.
        claimed: the time of signing that the file claims, `YYYYMMDDHHMMSS`.
        reserved: bytes kept for the CMS.
    """

    container: bytes
    signed: str
    claimed: bytes
    reserved: int


def created(layout: Layout) -> bytes:
    """Return the creation date of the typeset file, `YYYYMMDDHHMMSS`.

    Raises:
        ActiveContentError: it has none.
    """
    found = _CREATED.search(layout.item(layout.info).value)
    if not found:
        raise ActiveContentError("The PDF is not built like an act: it has no date.")
    return found[1]


def with_place(pdf: bytes, layout: Layout, reserved: int) -> bytes:
    """Return the typeset file with the update behind it; the signature's place is filled with zeros.

    Args:
        pdf: the typeset file, exactly as long as its layout.
        layout: of the file.
        reserved: bytes to keep for the CMS.
    """
    pages = _PAGES.match(layout.item(1).value)
    if not pages:
        raise ActiveContentError("The PDF is not built like an act: it has no first page.")
    page, field, value = int(pages[1]), layout.size, layout.size + 1
    parts = [pdf, b"\n"]
    offsets: dict[int, int] = {}

    def put(number: int, body: bytes) -> None:
        offsets[number] = sum(map(len, parts))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    put(page, _with(layout.item(page).value, b"/Annots[%d 0 R]" % field))
    put(layout.root, _with(layout.item(layout.root).value, b"/AcroForm<</Fields[%d 0 R]/SigFlags 3>>" % field))
    put(
        field,
        b"<</Type/Annot/Subtype/Widget/FT/Sig/T(%s)/F 132/Rect[0 0 0 0]/P %d 0 R/V %d 0 R>>"
        % (FIELD_NAME, page, value),
    )
    start = sum(map(len, parts))
    head = b"%d 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:%sZ)" % (
        value,
        created(layout),
    )
    offsets[value] = start
    table = _table(layout, offsets)
    before = start + len(head)
    after = b"\nendobj\n" + table
    # The four numbers have as many digits as they have, so the length of the update depends on them: try until it fits.
    spans = (before, before, 0)
    for _ in range(4):
        ranged = b"/ByteRange[0 %d %d %d]/Contents" % spans
        first = before + len(ranged)
        second = first + 2 * reserved + 2
        tail = b">>" + after + b"%d\n%%%%EOF\n" % (second + len(b">>\nendobj\n"))
        spans = (first, second, len(tail))
    return b"".join((*parts, head, b"/ByteRange[0 %d %d %d]/Contents" % spans, b"<", b"0" * (2 * reserved), b">", tail))


def _with(dictionary: bytes, members: bytes) -> bytes:
    return dictionary[:-2] + members + b">>"


def _table(layout: Layout, offsets: dict[int, int]) -> bytes:
    rows = b"".join(b"%d 1\n%010d 00000 n\r\n" % (number, offsets[number]) for number in sorted(offsets))
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[%s]/Prev %d>>\nstartxref\n" % (
        layout.size + 2,
        layout.root,
        layout.info,
        layout.identity,
        layout.table_at,
    )
    return b"xref\n" + rows + trailer


def digest_to_sign(data: bytes, reserved: int) -> str:
    """Return the SHA-256 of the file without the signature's place."""
    begin, end = _place(data, reserved)
    return digest(data[:begin] + data[end:])


def fill(data: bytes, container: bytes, reserved: int) -> bytes:
    """Return the file with the CMS in its place."""
    begin, _ = _place(data, reserved)
    written = container.hex().encode()
    return data[: begin + 1] + written + data[begin + 1 + len(written) :]


def _place(data: bytes, reserved: int) -> tuple[int, int]:
    begin = data.rindex(b"/Contents<") + len(b"/Contents")
    return begin, begin + 2 * reserved + 2


def find_signature(data: bytes) -> Placed | None:
    """Return the signature that covers all of the file; None when the file has no signature of an act.

    Args:
        data: unverified bytes.

    Raises:
        ChangedAfterSigningError: there is a signature, but it does not cover the file as it is.
    """
    found = list(_SIGNATURE.finditer(data, max(0, len(data) - TAIL)))
    if len(found) != 1:
        _refuse_partial(data)
        return None
    match = found[0]
    first, second, rest = int(match[2]), int(match[3]), int(match[4])
    if (first, second) != (match.start(5) - 1, match.end(5) + 1) or second + rest != len(data):
        raise ChangedAfterSigningError(
            "The signature does not cover the whole file: it was changed or cut after signing."
        )
    place = bytes.fromhex(match[5].decode()) if len(match[5]) % 2 == 0 else b""
    return Placed(_without_padding(place), digest(data[:first] + data[second:]), match[1], len(place))


def _refuse_partial(data: bytes) -> None:
    """Tell a changed act from a document that never was one."""
    ranges = list(_ANY_RANGE.finditer(data))
    if not ranges:
        return
    last = ranges[-1]
    if int(last[1]) + int(last[2]) != len(data) or len(ranges) > 1:
        raise ChangedAfterSigningError(
            "The last signature does not cover the whole file: it was changed after signing."
        )


def _without_padding(place: bytes) -> bytes:
    """Return the CMS; what fills the rest of its place must be zeros."""
    if len(place) < 4 or place[:2] != b"\x30\x82":
        raise BadSignatureError("The signature is not a CMS structure.")
    end = 4 + int.from_bytes(place[2:4], "big")
    if end > len(place) or place[end:].strip(b"\0"):
        raise BadSignatureError("Something else than zeros follows the signature in its place.")
    return place[:end]
