"""What a node makes of its own log: the next checkpoint, a proof for an entry, the request to a witness.

The node only reads and writes. Each function here checks what it made against what the log signed before, so that a store that lost
or changed a hash shows itself at home, as a fault of ours, and never as a forked log abroad.
"""

from collections.abc import Sequence

from comity.errors import LocalError
from comity.ledger.checkpoint import Checkpoint, sign_checkpoint
from comity.ledger.merkle import (
    ProofError,
    consistency_proof,
    inclusion_proof,
    root,
    verify_consistency,
    verify_inclusion,
)
from comity.ledger.note import NoteSigner, parse_note
from comity.ledger.proof import Proof
from comity.ledger.stored import HashReader, read_hashes, stored_count, stored_position
from comity.ledger.witness import AddCheckpoint

_RESTORE = "Stop the node and bring its ledger back from a complete backup; do not sign anything before."


class HistoryChangedError(LocalError):
    """The stored hashes do not lead to what this log signed before; signing on would fork it."""

    code = "ledger-history-changed"


class BehindWitnessError(LocalError):
    """A witness has cosigned more entries than this log has: it was brought back from a backup that is too old."""

    code = "ledger-behind-witness"


def extended(read: HashReader, size: int, added: Sequence[bytes]) -> HashReader:
    """Return a reader of the log as it will be when the added hashes are stored, so that one transaction can append and sign.

    Args:
        read: gives the hashes that are stored.
        size: entries before.
        added: what `append_many(size, ...)` returned.
    """
    start = stored_count(size)

    def read_both(positions: Sequence[int]) -> list[bytes]:
        old = [position for position in positions if position < start]
        stored = dict(zip(old, read_hashes(read, old), strict=True))
        return [stored[p] if p < start else added[p - start] for p in positions]

    return read_both


def make_checkpoint(size: int, read: HashReader, signer: NoteSigner, previous: Checkpoint | None = None) -> bytes:
    """Return the signed checkpoint of the first `size` entries.

    Args:
        size: entries in the log.
        read: gives stored hashes.
        signer: key of the log; its name is the origin.
        previous: what the log signed last; None for a new log only.

    Raises:
        HistoryChangedError: the log does not continue what it signed last.
        BrokenStoreError: the store does not give the hashes it should hold.
    """
    if previous and (
        previous.origin != signer.name or size < previous.size or root(previous.size, read) != previous.root
    ):
        raise HistoryChangedError(
            f"The log of {size} entries does not continue the {previous.size} that '{previous.origin}' signed last.",
            remedy=_RESTORE,
        )
    return sign_checkpoint(Checkpoint(signer.name, size, root(size, read)), signer)


def make_proof(index: int, checkpoint: bytes, read: HashReader) -> Proof:
    """Return the proof that an entry is in the log under a checkpoint of ours.

    Args:
        index: of the entry, from 0.
        checkpoint: signed, with the cosignatures that there are; it may be older than the log is long.
        read: gives stored hashes.

    Raises:
        OutOfRangeError: the checkpoint does not cover the entry yet.
        HistoryChangedError: the stored hashes do not lead to the checkpoint's root.
        BrokenStoreError: the store does not give the hashes it should hold.
    """
    signed = _own(checkpoint)
    hashes = inclusion_proof(index, signed.size, read)
    (leaf,) = read_hashes(read, [stored_position(0, index)])
    try:
        verify_inclusion(leaf, index, signed.size, hashes, signed.root)
    except ProofError as error:
        raise HistoryChangedError(
            f"Entry {index} does not lead to the checkpoint of {signed.size} entries.", remedy=_RESTORE
        ) from error
    return Proof(index, hashes, checkpoint)


def witness_request(old_size: int, checkpoint: bytes, read: HashReader) -> AddCheckpoint:
    """Return the request that asks a witness to cosign a checkpoint of ours.

    Args:
        old_size: what the witness cosigned last; 0 if nothing, or if that is unknown: then it answers with the size.
        checkpoint: signed.
        read: gives stored hashes.

    Raises:
        BehindWitnessError: the witness cosigned more entries than the checkpoint has.
        HistoryChangedError: the stored hashes do not lead to the checkpoint's root.
        BrokenStoreError: the store does not give the hashes it should hold.
    """
    signed = _own(checkpoint)
    if old_size > signed.size:
        raise BehindWitnessError(
            f"The witness cosigned {old_size} entries, but the checkpoint has {signed.size}.",
            remedy=f"If a newer checkpoint exists, send that one. Else: {_RESTORE}",
        )
    hashes = consistency_proof(old_size, signed.size, read)
    try:
        verify_consistency(old_size, root(old_size, read), signed.size, signed.root, hashes)
    except ProofError as error:
        raise HistoryChangedError(
            f"The stored hashes do not lead to the checkpoint of {signed.size} entries.", remedy=_RESTORE
        ) from error
    return AddCheckpoint(old_size, hashes, checkpoint)


def _own(checkpoint: bytes) -> Checkpoint:
    return Checkpoint.parse(parse_note(checkpoint).text)
