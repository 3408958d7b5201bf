"""Where the hashes of a log are stored: the hash of every complete subtree, in the order in which entries complete them.

Entry 0 stores one hash, entry 1 stores two (its own and that of the pair), entry 3 stores three. So the store only ever grows, and
the place of a hash follows from arithmetic. The layout is that of Go's checksum database:

    level 2                          6
    level 1          2               5                   9
    level 0      0       1       3       4       7       8      10      <- positions in the store
    entry        0       1       2       3       4       5       6
"""

from collections.abc import Callable, Sequence

from comity.errors import LocalError
from comity.ledger.wire import HASH_BYTES

HashReader = Callable[[Sequence[int]], Sequence[bytes]]
"""Positions in the store -> the hashes there, in the same order."""


class BrokenStoreError(LocalError):
    """The store of hashes gave back something else than the hashes it was asked for."""

    code = "ledger-store-broken"


def stored_count(size: int) -> int:
    """Return how many hashes the store holds for a log of `size` entries: its complete subtrees."""
    return 2 * size - size.bit_count()


def stored_position(level: int, index: int) -> int:
    """Return where the hash of the `index`-th complete subtree with 2^level entries is stored."""
    last_entry = ((index + 1) << level) - 1
    return stored_count(last_entry) + level


def subtree_positions(start: int, end: int) -> list[int]:
    """Return the positions of the complete subtrees that make up the entries [start, end), from left to right.

    Args:
        start: a multiple of the largest power of two in `end - start`, as all ranges are that come from splitting a tree.
        end: the entry after the last.
    """
    positions = []
    while start < end:
        level = (end - start).bit_length() - 1
        positions.append(stored_position(level, start >> level))
        start += 1 << level
    return positions


def read_hashes(read: HashReader, positions: Sequence[int]) -> list[bytes]:
    """Read the hashes at the positions, in one call.

    Raises:
        BrokenStoreError: too few or too many came back, or something that is no hash.
    """
    hashes = list(read(positions)) if positions else []
    if len(hashes) != len(positions) or any(len(value) != HASH_BYTES for value in hashes):
        raise BrokenStoreError(
            "The ledger's store did not give the hashes that it was asked for.",
            remedy="Rebuild the stored hashes from the entries, and compare the root with a witnessed checkpoint.",
        )
    return hashes
