"""Reads the PDF that the typesetter writes, strictly: from the first byte to the last, objects one after the other, then the table.

Readers of PDF find objects by the table and forgive a lot; whoever forges a file lives off the difference. Here the table must name
exactly the objects that stand there, so there is nothing between them, behind them or inside them that one program sees and
another does not. Object streams, cross-reference streams and everything else that the typesetter does not write are refused.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from comity.acts.refusals import ActiveContentError, NotAPdfError, TooLargeError

MAX_OBJECTS = 20_000
MAX_UNPACKED = 32 * 1024 * 1024
HEADER = re.compile(rb"%PDF-1\.7\n%[\x80-\xff]{4}\n\n")
_OBJECT = re.compile(rb"(\d{1,6}) 0 obj\n")
_LENGTH = re.compile(rb"<</Length (\d{1,8})[/>]")
_TABLE = re.compile(rb"xref\n0 (\d{1,6})\n")
_ROW = re.compile(rb"(\d{10}) (\d{5}) ([nf])\r\n")
_TRAILER = re.compile(
    rb"trailer\n<</Size (\d{1,6})/Root (\d{1,6}) 0 R/Info (\d{1,6}) 0 R"
    rb"/ID\[(\([!-'*-~]{1,64}\))(\([!-'*-~]{1,64}\))\]>>\nstartxref\n(\d{1,10})\n%%EOF"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One object: its dictionary (or other value) as written, and its stream as stored."""

    value: bytes
    stream: bytes | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A PDF as the typesetter wrote it.

    Attributes:
        items: object number -> object.
        root: number of the catalogue.
        info: number of the information dictionary.
        identity: the two file identifiers, as written.
        size: one more than the highest object number.
        table_at: where the table begins.
        end: where the file ends; what follows is an update.
    """

    items: Mapping[int, Item]
    root: int
    info: int
    identity: bytes
    size: int
    table_at: int
    end: int

    def item(self, number: int) -> Item:
        """Return an object.

        Raises:
            ActiveContentError: the file refers to an object that it does not hold.
        """
        found = self.items.get(number)
        if found is None:
            raise _foreign(f"it refers to object {number}, which is not there")
        return found


def read_layout(data: bytes) -> Layout:
    """Return the layout of a PDF, as far as its first end-of-file mark.

    Args:
        data: unverified bytes.

    Raises:
        NotAPdfError: the bytes do not begin like a PDF.
        ActiveContentError: they do, but the typesetter would not have written them.
        TooLargeError: too many objects.
    """
    header = HEADER.match(data)
    if not header:
        raise NotAPdfError("The file does not begin like the PDF of an act.")
    items: dict[int, Item] = {}
    offsets: dict[int, int] = {}
    at = header.end()
    while match := _OBJECT.match(data, at):
        number = int(match[1])
        if number in items or len(items) >= MAX_OBJECTS:
            raise (
                TooLargeError("The file has too many objects.")
                if number not in items
                else _foreign("an object stands in it twice")
            )
        offsets[number] = at
        items[number], at = _read_item(data, match.end())
    return _read_end(data, at, items, offsets)


def _read_item(data: bytes, at: int) -> tuple[Item, int]:
    length = _LENGTH.match(data, at)
    if length:
        value_end = data.find(b">>\nstream\n", at) + 2
        begin, end = value_end + 8, value_end + 8 + int(length[1])
        if value_end < at or not data.startswith(b"\nendstream\nendobj\n", end):
            raise _foreign("a stream has another length than it says")
        return Item(data[at:value_end], data[begin:end]), end + 18
    end = data.find(b"\nendobj\n", at)
    if end < 0:
        raise _foreign("an object does not end")
    return Item(data[at:end]), end + 8


def _read_end(data: bytes, at: int, items: Mapping[int, Item], offsets: Mapping[int, int]) -> Layout:
    table = _TABLE.match(data, at)
    if not table:
        raise _foreign("something stands between its objects")
    rows = int(table[1])
    place = table.end()
    found: dict[int, int] = {}
    for number in range(rows):
        row = _ROW.match(data, place)
        if not row:
            raise _foreign("its table of objects is broken")
        place = row.end()
        if row[3] == b"n":
            found[number] = int(row[1])
    trailer = _TRAILER.match(data, place)
    if not trailer or found != offsets or int(trailer[6]) != at or int(trailer[1]) != rows:
        raise _foreign("its table names other objects than stand in it")
    return Layout(items, int(trailer[2]), int(trailer[3]), trailer[4] + trailer[5], rows, at, trailer.end())


def unpack(items: Iterator[tuple[int, Item]]) -> dict[int, bytes]:
    """Return the streams unpacked, number -> bytes, within a limit for all of them together.

    Raises:
        TooLargeError: more would unpack than an act may hold.
        ActiveContentError: a stream does not unpack.
    """
    left = MAX_UNPACKED
    streams: dict[int, bytes] = {}
    for number, item in items:
        if item.stream is None:
            continue
        streams[number] = _inflate(item.stream, left) if b"/Filter/FlateDecode" in item.value else item.stream
        left -= len(streams[number])
        if left < 0:
            raise TooLargeError("The file would unpack to more than an act may hold.")
    return streams


def _inflate(data: bytes, limit: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(data, limit + 1)
    except zlib.error as error:
        raise _foreign("a stream does not unpack") from error
    if len(unpacked) > limit:
        raise TooLargeError("The file would unpack to more than an act may hold.")
    if not unpacker.eof or unpacker.unused_data:
        raise _foreign("a stream holds more than it unpacks to")
    return unpacked


def _foreign(what: str) -> ActiveContentError:
    return ActiveContentError(f"The PDF is not built like an act: {what}.")
