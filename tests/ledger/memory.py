"""A log in memory, and a tree computed as RFC 6962 defines it, to compare with."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.ledger.checkpoint import Checkpoint
from comity.ledger.merkle import append_many, leaf_hash, root

NOW = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)


class MemoryLog:
    """The store of hashes that a node keeps in its database, as a list."""

    def __init__(self, entries: Sequence[bytes] = ()) -> None:
        self.hashes: list[bytes] = []
        self.size = 0
        self.reads = 0
        self.append(entries)

    def append(self, entries: Sequence[bytes]) -> None:
        self.hashes += append_many(self.size, [leaf_hash(entry) for entry in entries], self.read)
        self.size += len(entries)

    def read(self, positions: Sequence[int]) -> list[bytes]:
        self.reads += 1
        return [self.hashes[position] for position in positions]

    def head(self, origin: str, size: int | None = None) -> Checkpoint:
        size = self.size if size is None else size
        return Checkpoint(origin, size, root(size, self.read))


def a_key(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed.encode()).digest())


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, with nothing clever in it."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()
