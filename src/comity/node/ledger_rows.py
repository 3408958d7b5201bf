"""The node's ledger in its database: every append happens in the transaction that stores what it names.

Writers lock the one row of `LedgerState`, so entries have no gaps and the stored hashes only grow. A checkpoint is signed over
entries of a transaction before it commits, but leaves the node only after: nobody ever sees a head of what was rolled back.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from comity.errors import LocalError
from comity.ledger.checkpoint import Checkpoint, sign_checkpoint
from comity.ledger.entry import entry
from comity.ledger.merkle import append_many, inclusion_proof, leaf_hash, root
from comity.ledger.note import NoteSigner
from comity.ledger.proof import Proof
from comity.ledger.stored import stored_count
from comity.node.models import LedgerEntry, LedgerHash, LedgerState

LOOKUP = 500  # positions asked for in one statement


class OutsideTransactionError(LocalError):
    """An entry was to be logged apart from the thing it names."""

    code = "ledger-outside-transaction"


def lock_ledger() -> LedgerState:
    """Lock the ledger for the rest of the transaction.

    Raises:
        OutsideTransactionError: there is no transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError("The ledger is only written together with what it logs.")
    locked = LedgerState.objects.select_for_update().filter(id=1)
    state = locked.first()
    if state is None:  # the very first entry: whoever creates the row, everybody then waits for its lock
        LedgerState.objects.get_or_create(id=1)
        state = locked.get()
    return state


class OpenLedger:
    """The ledger while one transaction holds its lock; hashes that were read or added are not read again."""

    def __init__(self) -> None:
        """Lock the ledger.

        Raises:
            OutsideTransactionError: there is no transaction.
        """
        self.size = lock_ledger().size
        self._known: dict[int, bytes] = {}

    def append(self, things: Iterable[tuple[str, str]]) -> tuple[int, ...]:
        """Log things, each as (kind, SHA-256), and return their indexes.

        Raises:
            UnloggableError: a kind is unknown or a digest is none.
        """
        pairs, size = tuple(things), self.size
        hashes = append_many(size, [leaf_hash(entry(kind, digest)) for kind, digest in pairs], self.read)
        LedgerEntry.objects.bulk_create(
            LedgerEntry(index=size + i, kind=kind, digest=digest) for i, (kind, digest) in enumerate(pairs)
        )
        added = dict(enumerate(hashes, stored_count(size)))
        LedgerHash.objects.bulk_create(LedgerHash(position=position, hash=value) for position, value in added.items())
        self._known |= added
        self.size = size + len(pairs)
        LedgerState.objects.filter(id=1).update(size=self.size)
        return tuple(range(size, self.size))

    def read(self, positions: Sequence[int]) -> Sequence[bytes]:
        """Return stored hashes in the order of the positions."""
        missing = [position for position in positions if position not in self._known]
        self._known |= _stored(missing)
        return [self._known[position] for position in positions if position in self._known]

    def prove(self, indexes: Iterable[int], signer: NoteSigner) -> list[Proof]:
        """Return the proofs of entries under one head that is signed for them."""
        checkpoint = sign_checkpoint(Checkpoint(signer.name, self.size, root(self.size, self.read)), signer)
        return [Proof(index, inclusion_proof(index, self.size, self.read), checkpoint) for index in indexes]


def append(things: Iterable[tuple[str, str]]) -> tuple[int, ...]:
    """Log things, each as (kind, SHA-256), and return their indexes in the ledger.

    Raises:
        OutsideTransactionError: there is no transaction.
        UnloggableError: a kind is unknown or a digest is none.
    """
    return OpenLedger().append(things)


def read_hashes(positions: Sequence[int]) -> Sequence[bytes]:
    """Return stored hashes in the order of the positions; those that are missing are left out, which the ledger notices."""
    found = _stored(positions)
    return [found[position] for position in positions if position in found]


def _stored(positions: Sequence[int]) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for start in range(0, len(positions), LOOKUP):
        some = positions[start : start + LOOKUP]
        rows = LedgerHash.objects.filter(position__in=some).values_list("position", "hash")
        found |= {position: bytes(value) for position, value in rows}
    return found


def ledger_size() -> int:
    """Return how many entries the ledger has."""
    return LedgerState.objects.filter(id=1).values_list("size", flat=True).first() or 0


def head(size: int, signer: NoteSigner) -> bytes:
    """Return a signed checkpoint of the first `size` entries."""
    return sign_checkpoint(Checkpoint(signer.name, size, root(size, read_hashes)), signer)


def published() -> tuple[int, bytes]:
    """Return the size and the bytes of the last published checkpoint; (0, b"") when there is none."""
    state = LedgerState.objects.filter(id=1).first()
    return (state.published_size, bytes(state.checkpoint)) if state else (0, b"")


def set_published(size: int, checkpoint: bytes, now: datetime) -> None:
    """Replace the published checkpoint, never by an older one.

    Args:
        size: entries that it covers.
        checkpoint: signed note, with cosignatures.
        now: when it is published.
    """
    LedgerState.objects.filter(id=1, published_size__lte=size).update(
        published_size=size, checkpoint=checkpoint, published_at=now
    )


def bundle(first: int, width: int) -> list[bytes]:
    """Return the entries from `first` on, for a bundle of tlog-tiles."""
    rows = LedgerEntry.objects.filter(index__gte=first, index__lt=first + width).order_by("index")
    return [entry(row.kind, row.digest) for row in rows]


def index_of(kind: str, digest: str) -> int | None:
    """Return the first index at which a thing was logged, or None."""
    return (
        LedgerEntry.objects.filter(digest=digest, kind=kind).order_by("index").values_list("index", flat=True).first()
    )
