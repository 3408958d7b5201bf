"""A parcel: what one office sends another in one envelope, as named items.

It is one line of canonical JSON (the index) and then the items' octets, one after the other, as they are. In an envelope it lies
packed as one zlib stream (RFC 1950): an act shrinks by a quarter. Unpacking stops at the limit, so nothing can swell.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from comity.acts.act import OFFICE_ID
from comity.acts.canonical import NotCanonicalError, canonical, digest, parse_canonical
from comity.errors import LocalError, PeerError
from comity.exchange.advice import AdvisedError

SCHEMA = "comity-parcel/1"
KINDS = ("act", "custody", "exhibit-list", "proof", "receipt")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
MAX_ITEMS = 1000
MAX_INDEX_BYTES = 512 * 1024
MAX_BYTES = 64 * 1024 * 1024
PACKING_BYTES = 64 * 1024
"""What packing adds at most to a parcel of MAX_BYTES that does not shrink (5 octets for 16 KiB, and the frame)."""


class MalformedParcelError(AdvisedError, PeerError):
    """An envelope was opened, but what is in it is not a parcel."""

    code = "malformed-parcel"
    advice = "Ask the sender for it again; if it stays so, the sender's software is at fault."


class UnsendableParcelError(AdvisedError, LocalError):
    """A parcel of ours breaks a rule that every receiver applies."""

    code = "unsendable-parcel"
    advice = "Send it in several parcels, under plain names."


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a parcel.

    Attributes:
        kind: one of KINDS.
        name: a file name, for people and for the folder it may be laid out in; unique in the parcel.
        data: its octets.
    """

    kind: str
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Parcel:
    """The items of one envelope and the office that says it sent them.

    Attributes:
        items: in the order in which the receiver takes them in.
        sender: id of the sending office. A claim: only the signatures of the acts inside prove who speaks.
    """

    items: tuple[Item, ...]
    sender: str = ""

    def of_kind(self, kind: str) -> Iterator[Item]:
        """Yield the items of one kind, in their order."""
        return (item for item in self.items if item.kind == kind)


def pack(parcel: bytes) -> bytes:
    """Return a parcel's octets as one zlib stream."""
    return zlib.compress(parcel)


def unpack(data: bytes, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the octets of a parcel out of a zlib stream.

    Args:
        data: octets out of an envelope.
        max_bytes: the largest parcel accepted; no more is ever unpacked.

    Raises:
        MalformedParcelError: they are no such stream, hold more behind it, or unpack to more than is accepted.
    """
    unpacker = zlib.decompressobj()
    try:
        parcel = unpacker.decompress(data, max_bytes + 1)
    except zlib.error as error:
        raise MalformedParcelError("What is in the envelope does not unpack.") from error
    if len(parcel) > max_bytes:
        raise MalformedParcelError(f"The parcel would unpack to more than the {max_bytes} octets that are accepted.")
    if not unpacker.eof or unpacker.unused_data:
        raise MalformedParcelError("What is in the envelope is cut off, or holds more than the parcel.")
    return parcel


def encode_parcel(parcel: Parcel, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the parcel's octets.

    Raises:
        UnsendableParcelError: the receiver would refuse it: too many or too large items, a kind or a name that is not allowed.
    """
    entries = [
        {"kind": item.kind, "name": item.name, "sha256": digest(item.data), "size": len(item.data)}
        for item in parcel.items
    ]
    index: dict[str, object] = {"schema": SCHEMA, "from": parcel.sender, "items": entries}
    data = b"".join((canonical(index), b"\n", *(item.data for item in parcel.items)))
    try:
        _check_size(len(data), max_bytes)
        _check_index(index)
    except MalformedParcelError as error:
        raise UnsendableParcelError(error.message) from error
    return data


def decode_parcel(data: bytes, *, max_bytes: int = MAX_BYTES) -> Parcel:
    """Return the parcel; every item's digest has been checked.

    Args:
        data: octets out of an envelope.
        max_bytes: the largest parcel accepted.

    Raises:
        MalformedParcelError: the index is not canonical, lies about its items, or breaks a limit.
    """
    _check_size(len(data), max_bytes)
    end = data.find(b"\n", 0, MAX_INDEX_BYTES + 1)
    if end < 0:
        raise MalformedParcelError("The parcel has no index.")
    try:
        index = parse_canonical(data[:end], max_bytes=MAX_INDEX_BYTES, max_depth=4)
    except NotCanonicalError as error:
        raise MalformedParcelError(f"The parcel's index cannot be read. {error.message}") from error
    sender, entries = _check_index(index)
    return Parcel(tuple(_items(data, end + 1, entries)), sender)


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise MalformedParcelError(f"The parcel has {size} octets; at most {max_bytes} are accepted.")


def _check_index(index: object) -> tuple[str, list[Mapping[str, object]]]:
    if not isinstance(index, dict) or set(index) != {"schema", "from", "items"} or index["schema"] != SCHEMA:
        raise MalformedParcelError("The parcel's index does not have the members of an index.")
    sender, entries = index["from"], index["items"]
    if not isinstance(sender, str) or not OFFICE_ID.fullmatch(sender):
        raise MalformedParcelError("The parcel does not name the office that sends it.")
    if not isinstance(entries, list) or not 0 < len(entries) <= MAX_ITEMS:
        raise MalformedParcelError(f"A parcel has between one and {MAX_ITEMS} items.")
    for entry in entries:
        _check_entry(entry)
    if len({entry["name"].casefold() for entry in entries}) != len(entries):
        raise MalformedParcelError("Two items of the parcel have the same name.")
    return sender, cast(list[Mapping[str, object]], entries)


def _check_entry(entry: object) -> None:
    if not isinstance(entry, dict) or set(entry) != {"kind", "name", "sha256", "size"}:
        raise MalformedParcelError("An item of the parcel does not have the members of an item.")
    if entry["kind"] not in KINDS:
        raise MalformedParcelError(f"A parcel holds no items of the kind '{str(entry['kind'])[:64]}'.")
    if not isinstance(entry["name"], str) or not NAME.fullmatch(entry["name"]):
        raise MalformedParcelError("The name of an item is not a plain file name.")
    if not isinstance(entry["size"], int) or isinstance(entry["size"], bool) or entry["size"] < 0:
        raise MalformedParcelError("The size of an item is not a number of octets.")


def _items(data: bytes, start: int, entries: list[Mapping[str, object]]) -> Iterator[Item]:
    for entry in entries:
        end = start + cast(int, entry["size"])
        octets = data[start:end]
        if end > len(data) or digest(octets) != entry["sha256"]:
            raise MalformedParcelError(f"The item '{entry['name']}' is not what the parcel's index says.")
        yield Item(str(entry["kind"]), str(entry["name"]), octets)
        start = end
    if start != len(data):
        raise MalformedParcelError("The parcel holds more octets than its items.")
