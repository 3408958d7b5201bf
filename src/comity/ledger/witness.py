"""What a witness does with a checkpoint (C2SP tlog-witness): cosign it, name the size it knows, or refuse.

The decision is made here on values. The node keeps what the witness saw last and must store the new checkpoint, in the same
transaction as it read the old one, *before* the cosignature leaves the house. Two answers that race each other could otherwise
witness two histories.
"""

from dataclasses import dataclass
from datetime import datetime

from comity.errors import PeerError
from comity.ledger.checkpoint import Checkpoint, WrongOriginError, open_checkpoint
from comity.ledger.cosignature import WitnessSigner, WitnessVerifier, add_cosignatures, witness_times
from comity.ledger.merkle import EMPTY_ROOT, MAX_PROOF_HASHES, ProofError, verify_consistency
from comity.ledger.note import (
    MAX_NOTE_BYTES,
    BadSignatureError,
    Note,
    NoteVerifier,
    UnknownSignerError,
    parse_note,
    signatures_by,
)
from comity.ledger.wire import HASH_BYTES, MalformedError, read_base64, read_decimal, read_text, to_base64

__all__ = [
    "ANSWER_TYPE",
    "CONFLICT_TYPE",
    "AddCheckpoint",
    "Conflict",
    "Cosigned",
    "ForkError",
    "MalformedRequestError",
    "WitnessSigner",
    "WitnessVerifier",
    "add_cosignatures",
    "consider",
    "status_of",
    "witness_times",
]

ANSWER_TYPE = "text/plain; charset=utf-8"
CONFLICT_TYPE = "text/x.tlog.size"
MAX_REQUEST_BYTES = MAX_NOTE_BYTES + 64 * 64


class MalformedRequestError(MalformedError):
    """A request to a witness, or a witness's answer, has another form than tlog-witness gives it."""

    code = "malformed-witness-request"


class ForkError(ProofError):
    """A log has signed two different trees of the same size: it shows different histories to different people."""

    code = "ledger-fork"


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """The request to cosign a checkpoint.

    Attributes:
        old_size: size of the checkpoint that the witness cosigned last, as far as the log knows.
        proof: that the new tree continues the old one.
        checkpoint: the note that the log signed.
    """

    old_size: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    def encode(self) -> bytes:
        """Return the body of the request."""
        lines = "".join(f"{to_base64(value)}\n" for value in self.proof)
        return f"old {self.old_size}\n{lines}\n".encode() + self.checkpoint

    @classmethod
    def parse(cls, data: bytes) -> "AddCheckpoint":
        """Parse the body of a request; the checkpoint in it is not looked at.

        Args:
            data: unverified bytes.

        Raises:
            MalformedRequestError: it is larger than 260 KiB, has more than 63 hashes, or another form.
        """
        text = read_text(data, MAX_REQUEST_BYTES, MalformedRequestError)
        head, gap, checkpoint = text.partition("\n\n")
        first, *hashes = head.split("\n", MAX_PROOF_HASHES + 1)
        if not gap or not first.startswith("old "):
            raise MalformedRequestError("It does not begin with the old size and end its head with an empty line.")
        if len(hashes) > MAX_PROOF_HASHES:
            raise MalformedRequestError(f"The proof has more than {MAX_PROOF_HASHES} hashes.")
        return cls(
            read_decimal(first.removeprefix("old "), "old size", MalformedRequestError),
            tuple(read_base64(line, "proof's hash", MalformedRequestError, HASH_BYTES) for line in hashes),
            checkpoint.encode(),
        )


@dataclass(frozen=True, slots=True)
class Cosigned:
    """The witness agrees.

    Attributes:
        checkpoint: what the witness has seen from now on; to be stored before the answer is sent.
        cosignature: body of the answer: one signature line.
        note: the checkpoint with the log's signature and the witness's, as the witness shows it to anybody.
    """

    checkpoint: Checkpoint
    cosignature: bytes
    note: bytes


@dataclass(frozen=True, slots=True)
class Conflict:
    """The log believes that the witness saw another size last; it may try again from this one.

    Attributes:
        size: what the witness cosigned last; 0 if nothing.
    """

    size: int

    def encode(self) -> bytes:
        """Return the body of the answer (status 409, type CONFLICT_TYPE)."""
        return f"{self.size}\n".encode()

    @classmethod
    def parse(cls, data: bytes) -> "Conflict":
        """Parse the body of an answer with status 409.

        Raises:
            MalformedRequestError: it is not one number in one line.
        """
        text = read_text(data, 64, MalformedRequestError)
        return cls(read_decimal(text[:-1], "size", MalformedRequestError))


def consider(
    seen: Checkpoint | None, request: AddCheckpoint, log: NoteVerifier, signer: WitnessSigner, now: datetime
) -> Cosigned | Conflict:
    """Decide on a request, in the order of tlog-witness, "add-checkpoint".

    What it does not do: look up the log by its origin (`checkpoint.claimed_origin` says which is meant; 404 if there is none) and
    store what it returns.

    Args:
        seen: the checkpoint that this witness cosigned last for this log; None if it never did.
        request: unverified.
        log: key of the log, from the directory.
        signer: the witness's own key.
        now: time of the cosignature.

    Raises:
        MalformedNoteError: the checkpoint is not a signed note.
        MalformedCheckpointError: the note is not a checkpoint.
        BadSignatureError: the signature in the log's name is not by its key.
        UnknownSignerError: the log did not sign the checkpoint.
        WrongOriginError: the checkpoint is of another log.
        MalformedRequestError: the old size is beyond the new one.
        ForkError: the log signed another root for the size that was seen.
        ProofError: the new tree is not shown to continue the one that was seen.
    """
    checkpoint = open_checkpoint(request.checkpoint, log)
    latest = seen or Checkpoint(checkpoint.origin, 0, EMPTY_ROOT)
    if latest.origin != checkpoint.origin:
        raise WrongOriginError(
            f"'{checkpoint.origin}' is not the log '{latest.origin}' that was seen.",
            remedy="Look up what was seen of it.",
        )
    if request.old_size > checkpoint.size:
        raise MalformedRequestError(f"The old size {request.old_size} is beyond the new size {checkpoint.size}.")
    if request.old_size != latest.size:
        return Conflict(latest.size)
    if seen and checkpoint.size == seen.size and checkpoint.root != seen.root:
        raise ForkError(
            f"The log '{seen.origin}' signed two different trees of {seen.size} entries.",
            remedy="Keep both checkpoints: together they prove the fork. Tell the office that runs the log.",
        )
    verify_consistency(latest.size, latest.root, checkpoint.size, checkpoint.root, request.proof)
    return _cosign(checkpoint, parse_note(request.checkpoint), log, signer, now)


def _cosign(checkpoint: Checkpoint, note: Note, log: NoteVerifier, signer: WitnessSigner, now: datetime) -> Cosigned:
    cosignature = signer.cosign(note.text, now)
    shown = Note(note.text, (*signatures_by(note, log), cosignature))
    return Cosigned(checkpoint, cosignature.encode(), shown.encode())


_STATUS: tuple[tuple[type[PeerError], int], ...] = (
    (MalformedError, 400),
    (BadSignatureError, 403),
    (UnknownSignerError, 403),
    (WrongOriginError, 404),
    (ProofError, 422),
)


def status_of(error: PeerError) -> int:
    """Return the HTTP status that tlog-witness gives a refusal; 400 for any other."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 400)
