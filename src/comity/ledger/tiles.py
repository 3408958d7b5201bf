"""The log as files: C2SP tlog-tiles, in which anybody can fetch the tree 256 hashes at a time and check all of it.

A tile of level 0 holds leaves; each hash of a higher tile is the root of a full tile one level below. Next to them lie bundles with
the entries themselves. The last tile of a level may be *partial* and then has its width in its name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from comity.errors import LocalError
from comity.ledger.merkle import OutOfRangeError
from comity.ledger.stored import HashReader, read_hashes, stored_position
from comity.ledger.wire import MAX_NUMBER, MalformedError

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
MAX_LEVEL = 63
MAX_ENTRY_BYTES = 2**16 - 1
_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


class MalformedTileError(MalformedError):
    """A tile's path or an entry bundle is not in the form of tlog-tiles."""

    code = "malformed-ledger-tile"


class OversizedEntryError(LocalError):
    """An entry is too long for a bundle, which has two bytes for its length."""

    code = "ledger-entry-oversized"


@dataclass(frozen=True, slots=True)
class Tile:
    """Names one tile or entry bundle.

    Attributes:
        level: 0 to 63 for hashes, None for a bundle of entries.
        index: which one of its level, from 0.
        width: how many hashes or entries it holds, 1 to 256; less than 256 makes it partial.
    """

    level: int | None
    index: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """The path below the log's prefix."""
        return tile_path(self.level, self.index, self.width)


def tile_path(level: int | None, index: int, width: int = TILE_WIDTH) -> str:
    """Return a tile's path below the log's prefix, for example `tile/0/x001/x234/067.p/12`.

    Args:
        level: 0 to 63, or None for the bundle of entries.
        index: which one of its level.
        width: how many hashes or entries it holds.
    """
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03}")
    name = "entries" if level is None else str(level)
    return f"tile/{name}/{'/'.join(reversed(groups))}{'' if width == TILE_WIDTH else f'.p/{width}'}"


def parse_tile_path(path: str) -> Tile:
    """Parse the path of a tile or of an entry bundle.

    Args:
        path: unverified, below the log's prefix, without leading slash.

    Raises:
        MalformedTileError: it is no such path, or not the one spelling of it.
    """
    found = _PATH.fullmatch(path)
    if not found:
        raise MalformedTileError("This is not the path of a tile.")
    level = None if found["level"] == "entries" else int(found["level"])
    index = int(found["index"].replace("/", "").replace("x", ""))
    width = int(found["width"] or TILE_WIDTH)
    if (level or 0) > MAX_LEVEL or index > MAX_NUMBER or tile_path(level, index, width) != path:
        raise MalformedTileError("This is not the canonical path of a tile.")
    if found["width"] and width >= TILE_WIDTH:
        raise MalformedTileError(f"A partial tile has at most {TILE_WIDTH - 1} hashes.")
    return Tile(level, index, width)


def tile_width(level: int | None, index: int, size: int) -> int:
    """Return how wide a tile is in a log of `size` entries: 0 when it is not there yet, 256 when it is full."""
    available = (size >> TILE_HEIGHT * (level or 0)) - index * TILE_WIDTH
    return max(0, min(TILE_WIDTH, available))


def new_tiles(old: int, new: int) -> tuple[Tile, ...]:
    """Return the tiles and bundles that a log gains or widens when it grows from `old` to `new` entries."""
    levels: list[int | None] = [None]
    levels += range(-(-new.bit_length() // TILE_HEIGHT))
    found = []
    for level in levels:
        first, end = ((count >> TILE_HEIGHT * (level or 0)) for count in (old, new))
        for index in range(first // TILE_WIDTH, -(-end // TILE_WIDTH) if end > first else 0):
            found.append(Tile(level, index, tile_width(level, index, new)))
    return tuple(found)


def hash_tile(level: int, index: int, width: int, read: HashReader) -> bytes:
    """Return the bytes of a tile of hashes.

    Args:
        level: level of tiles, 0 to 63.
        index: which tile of the level.
        width: how many hashes; the caller knows from `tile_width` that the log has them.
        read: gives stored hashes.

    Raises:
        OutOfRangeError: no tile can have that level or width.
        BrokenStoreError: the store does not give the hashes it should hold.
    """
    if not (0 <= level <= MAX_LEVEL and 1 <= width <= TILE_WIDTH and index >= 0):
        raise OutOfRangeError("There is no such tile.", remedy="Ask for a tile that the latest checkpoint covers.")
    first = index * TILE_WIDTH
    return b"".join(read_hashes(read, [stored_position(level * TILE_HEIGHT, first + i) for i in range(width)]))


def entry_bundle(entries: Sequence[bytes]) -> bytes:
    """Return the bundle of up to 256 entries, each after its length in two bytes.

    Raises:
        OutOfRangeError: there are none or more than 256.
        OversizedEntryError: an entry has more than 65,535 bytes.
    """
    if not 1 <= len(entries) <= TILE_WIDTH:
        raise OutOfRangeError(f"A bundle holds 1 to {TILE_WIDTH} entries.", remedy="Split the entries by tile_width.")
    if any(len(entry) > MAX_ENTRY_BYTES for entry in entries):
        raise OversizedEntryError("An entry is too long for a bundle.", remedy="Log its digest instead.")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def parse_entry_bundle(data: bytes, width: int) -> tuple[bytes, ...]:
    """Return the entries of a bundle.

    Args:
        data: unverified bytes.
        width: how many entries it must hold.

    Raises:
        MalformedTileError: it holds fewer or more, or ends inside one.
    """
    entries: list[bytes] = []
    start = 0
    while start < len(data) and len(entries) < width:
        end = start + 2 + int.from_bytes(data[start : start + 2], "big")
        entries.append(data[start + 2 : end])
        start = end  # beyond the data where the last entry or its length is cut
    if start != len(data) or len(entries) != width:
        raise MalformedTileError(f"The bundle does not hold exactly {width} entries.")
    return tuple(entries)
