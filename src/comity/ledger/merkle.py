"""The Merkle tree of RFC 6962 over stored hashes: append, root, proofs of inclusion and of consistency.

`size` counts entries, `index` counts them from 0; a *leaf* is the hash of an entry. Every operation reads the store once, however
large the tree is.
"""

import hashlib
from collections.abc import Iterable, Sequence

from comity.errors import LocalError, PeerError
from comity.ledger.stored import (
    BrokenStoreError,
    HashReader,
    read_hashes,
    stored_count,
    stored_position,
    subtree_positions,
)
from comity.ledger.wire import HASH_BYTES

__all__ = [
    "EMPTY_ROOT",
    "BrokenStoreError",
    "HashReader",
    "NotALeafError",
    "OutOfRangeError",
    "ProofError",
    "append_many",
    "consistency_proof",
    "hashes_to_append",
    "inclusion_proof",
    "leaf_hash",
    "node_hash",
    "root",
    "stored_count",
    "stored_position",
    "verify_consistency",
    "verify_inclusion",
]

EMPTY_ROOT = hashlib.sha256(b"").digest()
MAX_PROOF_HASHES = 63


class ProofError(PeerError):
    """A proof does not show what it is said to show."""

    code = "ledger-proof-fails"
    remedy_for_all = (
        "Get the proof again from the ledger it comes from. If it fails again, that ledger cannot show what it claims."
    )

    def __init__(self, message: str, *, remedy: str = remedy_for_all, where: str = "") -> None:
        super().__init__(message, remedy=remedy, where=where)


class NotALeafError(LocalError):
    """Something was to be appended that is not the hash of an entry: most likely the entry itself."""

    code = "ledger-not-a-leaf"


class OutOfRangeError(LocalError):
    """An entry or a size was asked for that this ledger does not have."""

    code = "ledger-out-of-range"


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of an entry (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node; its prefix keeps it apart from any leaf (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def hashes_to_append(size: int, leaf: bytes, read: HashReader) -> tuple[bytes, ...]:
    """Return the hashes that one more entry adds, to be stored from position `stored_count(size)` on.

    Args:
        size: entries before.
        leaf: hash of the new entry.
        read: gives stored hashes.

    Raises:
        NotALeafError: the leaf is not a hash.
        BrokenStoreError: the store does not give the hashes it should hold.
    """
    return append_many(size, (leaf,), read)


def append_many(size: int, leaves: Iterable[bytes], read: HashReader) -> tuple[bytes, ...]:
    """Return the hashes that several entries add, in order, to be stored from position `stored_count(size)` on.

    Args:
        size: entries before.
        leaves: hashes of the new entries.
        read: gives stored hashes; called once.

    Raises:
        NotALeafError: a leaf is not a hash.
        BrokenStoreError: the store does not give the hashes it should hold.
    """
    open_trees = read_hashes(read, subtree_positions(0, size))
    added: list[bytes] = []
    for count, leaf in enumerate(leaves, start=size):
        if len(leaf) != HASH_BYTES:
            raise NotALeafError("What is to be appended is not a hash.", remedy="Pass leaf_hash(entry).")
        merged = leaf
        added.append(merged)
        for _ in range(_completed_by(count)):
            merged = node_hash(open_trees.pop(), merged)
            added.append(merged)
        open_trees.append(merged)
    return tuple(added)


def root(size: int, read: HashReader) -> bytes:
    """Return the root of the first `size` entries.

    Raises:
        OutOfRangeError: the size is negative.
        BrokenStoreError: the store does not give the hashes it should hold.
    """
    _check_range(size >= 0, f"A log cannot have {size} entries.")
    return _range_hashes([(0, size)], read)[0] if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, read: HashReader) -> tuple[bytes, ...]:
    """Return the audit path of an entry in the tree of `size` entries, from the leaf upwards (RFC 6962, section 2.1.1).

    Raises:
        OutOfRangeError: there is no such entry in a tree of that size.
        BrokenStoreError: the store does not give the hashes it should hold.
    """
    _check_range(0 <= index < size, f"There is no entry {index} in a log of {size} entries.")
    start, end, siblings = 0, size, list[tuple[int, int]]()
    while end - start > 1:
        split = start + _half(end - start)
        if index < split:
            siblings.append((split, end))
            end = split
        else:
            siblings.append((start, split))
            start = split
    return _range_hashes(siblings[::-1], read)


def consistency_proof(old: int, new: int, read: HashReader) -> tuple[bytes, ...]:
    """Return the proof that the first `old` entries are still the same in the tree of `new` entries (RFC 6962, section 2.1.2).

    The proof is empty when the sizes are equal or `old` is 0: then there is nothing to show.

    Raises:
        OutOfRangeError: the sizes are negative or the old one is the larger.
        BrokenStoreError: the store does not give the hashes it should hold.
    """
    _check_range(0 <= old <= new, f"A log of {new} entries cannot be shown to continue one of {old}.")
    if old == 0:
        return ()
    start, end, needed = 0, new, list[tuple[int, int]]()
    while old != end:
        split = start + _half(end - start)
        if old <= split:
            needed.append((split, end))
            end = split
        else:
            needed.append((start, split))
            start = split
    if start:
        needed.append((start, end))
    return _range_hashes(needed[::-1], read)


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that the entry with this leaf is the `index`-th of the tree with this root (RFC 9162, section 2.1.3.2).

    Args:
        leaf: hash of the entry, computed by the caller from the entry itself.
        index: where the entry is said to be.
        size: entries in the tree.
        proof: unverified audit path, from the leaf upwards.
        root: trusted root of the tree.

    Raises:
        ProofError: it is not shown.
    """
    _check_hashes(proof, (leaf, root))
    if not 0 <= index < size:
        raise ProofError(f"There is no entry {index} in a log of {size} entries.")
    node, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError("The proof has more hashes than the tree has levels.")
        if node & 1 or node == last:
            computed = node_hash(sibling, computed)
            node, last = _skip_lone_levels(node, last)
        else:
            computed = node_hash(computed, sibling)
        node, last = node >> 1, last >> 1
    if last or computed != root:
        raise ProofError(f"The proof does not lead from entry {index} to the root of the {size} entries.")


def verify_consistency(old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that the tree with the new root begins with the entries of the old one (RFC 9162, section 2.1.4.2).

    A root does not say how many entries are below it: trees of several sizes have proofs of the same shape. So a size is only as
    good as the signature of the checkpoint that names it together with the root.

    Args:
        old_size: entries in the old tree.
        old_root: trusted root of the old tree.
        new_size: entries in the new tree.
        new_root: what is said to be its root.
        proof: unverified hashes; must be empty when the sizes are equal or the old one is 0.

    Raises:
        ProofError: it is not shown.
    """
    _check_hashes(proof, (old_root, new_root))
    if not 0 <= old_size <= new_size:
        raise ProofError(f"A log of {new_size} entries cannot continue one of {old_size}.")
    if old_size in (0, new_size):
        _verify_trivial(old_size, old_root, new_size, new_root, proof)
        return
    if not proof:
        raise ProofError("The proof is empty.")
    # The path starts at the old tree's rightmost subtree. Where that is the whole old tree, its root is known and not sent.
    path = [*([old_root] if old_size.bit_count() == 1 else []), *proof]
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofError("The proof has more hashes than the tree has levels.")
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            node, last = _skip_lone_levels(node, last)
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    if last or old != old_root or new != new_root:
        raise ProofError(f"The proof does not show that the log of {new_size} entries continues the one of {old_size}.")


def _verify_trivial(old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    if proof:
        raise ProofError("The proof has hashes where there is nothing to show.")
    if old_size == new_size and old_root != new_root:
        raise ProofError(f"Two logs of {new_size} entries have different roots.")
    if old_size == 0 and old_root != EMPTY_ROOT:
        raise ProofError("The root of the empty log is not the hash of nothing.")


def _skip_lone_levels(node: int, last: int) -> tuple[int, int]:
    """Climb past the levels at which a right edge has no sibling."""
    while node and not node & 1:
        node, last = node >> 1, last >> 1
    return node, last


def _check_hashes(proof: Sequence[bytes], others: Sequence[bytes]) -> None:
    if len(proof) > MAX_PROOF_HASHES:
        raise ProofError(f"The proof has {len(proof)} hashes; no tree needs more than {MAX_PROOF_HASHES}.")
    if any(len(value) != HASH_BYTES for value in (*proof, *others)):
        raise ProofError(f"A hash does not have {HASH_BYTES} bytes.")


def _check_range(holds: bool, message: str) -> None:
    if not holds:
        raise OutOfRangeError(message, remedy="Ask for an entry and a size that the latest checkpoint covers.")


def _completed_by(index: int) -> int:
    """Return how many subtrees above its own leaf an entry completes: the ones at the end of its index in binary."""
    return ((index + 1) & -(index + 1)).bit_length() - 1


def _half(count: int) -> int:
    """Return the largest power of two below `count`: where RFC 6962 splits a tree."""
    return 1 << ((count - 1).bit_length() - 1)


def _range_hashes(ranges: Sequence[tuple[int, int]], read: HashReader) -> tuple[bytes, ...]:
    """Return the tree hash of each range of entries, with one read; the ranges come from splitting a tree, so they are aligned."""
    parts = [subtree_positions(start, end) for start, end in ranges]
    hashes = iter(read_hashes(read, [position for part in parts for position in part]))
    return tuple(_fold([next(hashes) for _ in part]) for part in parts)


def _fold(hashes: list[bytes]) -> bytes:
    joined = hashes.pop()
    while hashes:
        joined = node_hash(hashes.pop(), joined)
    return joined
