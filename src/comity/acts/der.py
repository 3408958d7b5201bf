"""Reads DER (X.690) strictly and without building objects: tag, where the content begins, where it ends."""

from collections.abc import Iterator

from comity.errors import PeerError

SEQUENCE, SET, INTEGER, OCTETS, OID, TIME = 0x30, 0x31, 0x02, 0x04, 0x06, 0x18
CONTEXT_0, CONTEXT_1 = 0xA0, 0xA1


class MalformedDerError(PeerError):
    """Bytes that should be DER of a known shape are not."""

    code = "malformed-der"


def header(data: bytes, at: int, end: int) -> tuple[int, int, int]:
    """Return tag, begin and end of the content of the element at a place.

    Raises:
        MalformedDerError: the element has a long tag, an indefinite or non-minimal length, or runs over the end.
    """
    if end - at < 2 or data[at] & 0x1F == 0x1F:
        raise MalformedDerError("An element is cut or has a tag that is not used here.")
    size, begin = data[at + 1], at + 2
    if size & 0x80:
        count = size & 0x7F
        begin += count
        size = int.from_bytes(data[at + 2 : begin], "big")
        if not 1 <= count <= 3 or begin > end or size < 0x80 or size >> (8 * (count - 1)) == 0:
            raise MalformedDerError("A length is not written in its shortest form.")
    if begin + size > end:
        raise MalformedDerError("An element runs over the end of what holds it.")
    return data[at], begin, begin + size


def elements(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield tag, whole element and content of each element in the bytes; nothing may be left over."""
    at = 0
    while at < len(data):
        tag, begin, end = header(data, at, len(data))
        yield tag, data[at:end], data[begin:end]
        at = end


def parts(data: bytes, tag: int) -> list[tuple[int, bytes, bytes]]:
    """Return what is inside the one element that the bytes are.

    Raises:
        MalformedDerError: it has another tag, or something follows it.
    """
    return list(elements(content(data, tag)))


def content(data: bytes, tag: int) -> bytes:
    """Return the content of the one element that the bytes are."""
    found, begin, end = header(data, 0, len(data))
    if found != tag or end != len(data):
        raise MalformedDerError("An element has another type than its place asks for.")
    return data[begin:end]
