"""Changes a typeset PDF as a forger with a valid key would: the table is written anew, so the file is well formed."""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from comity.acts.pdf_layout import Item, Layout, read_layout
from comity.acts.pdf_text import page_numbers


def written(layout: Layout, items: Mapping[int, Item]) -> bytes:
    """Return a PDF with these objects, in the typesetter's own form."""
    data = bytearray(b"%PDF-1.7\n%\x80\x80\x80\x80\n\n")
    offsets = {}
    for number, item in sorted(items.items()):
        offsets[number] = len(data)
        data += b"%d 0 obj\n" % number + item.value
        if item.stream is not None:
            data += b"\nstream\n" + item.stream + b"\nendstream"
        data += b"\nendobj\n"
    at, size = len(data), max(items) + 1
    data += b"xref\n0 %d\n" % size
    for number in range(size):
        data += b"%010d 00000 n\r\n" % offsets[number] if number in offsets else b"0000000000 65535 f\r\n"
    data += b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[%s]>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        layout.root,
        layout.info,
        layout.identity,
        at,
    )
    return bytes(data)


def tampered(pdf: bytes, change: Callable[[Layout, dict[int, Item]], None]) -> bytes:
    """Return the PDF after a change to its objects."""
    layout = read_layout(pdf)
    items = dict(layout.items)
    change(layout, items)
    return written(layout, items)


def stream(data: bytes, more: bytes = b"") -> Item:
    """Return a packed stream object."""
    packed = zlib.compress(data)
    return Item(b"<</Length %d/Filter/FlateDecode%s>>" % (len(packed), more), packed)


def in_catalogue(members: bytes) -> Callable[[Layout, dict[int, Item]], None]:
    """Return a change that adds members to the catalogue."""

    def change(layout: Layout, items: dict[int, Item]) -> None:
        catalogue = items[layout.root]
        items[layout.root] = replace(catalogue, value=catalogue.value[:-2] + members + b">>")

    return change


def on_first_page(members: bytes) -> Callable[[Layout, dict[int, Item]], None]:
    """Return a change that adds members to the first page."""

    def change(layout: Layout, items: dict[int, Item]) -> None:
        number = page_numbers(layout)[0]
        items[number] = replace(items[number], value=items[number].value[:-2] + members + b">>")

    return change


def drawn_first(instructions: Callable[[bytes], bytes]) -> Callable[[Layout, dict[int, Item]], None]:
    """Return a change to what the first page draws."""

    def change(layout: Layout, items: dict[int, Item]) -> None:
        number = int(items[page_numbers(layout)[0]].value.split(b"/Contents ")[1].split(b" ")[0])
        content = items[number].stream
        assert content is not None
        items[number] = stream(instructions(zlib.decompress(content)))

    return change


def payload_replaced(payload: bytes) -> Callable[[Layout, dict[int, Item]], None]:
    """Return a change that puts other bytes into act.json."""

    def change(layout: Layout, items: dict[int, Item]) -> None:
        number = next(number for number, item in items.items() if b"/Type/EmbeddedFile/" in item.value)
        items[number] = stream(payload, b"/Type/EmbeddedFile/Subtype/application#2Fjson")
        items[number] = replace(
            items[number],
            value=items[number].value.replace(
                b"/Filter/FlateDecode/Type/EmbeddedFile", b"/Type/EmbeddedFile/Filter/FlateDecode"
            ),
        )

    return change


def added(item: Item) -> Callable[[Layout, dict[int, Item]], None]:
    """Return a change that adds an object that nothing refers to."""

    def change(layout: Layout, items: dict[int, Item]) -> None:
        items[layout.size] = item

    return change
