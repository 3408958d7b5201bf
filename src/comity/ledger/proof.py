"""A proof that travels alone (C2SP tlog-proof): that an entry is in a log, who signed the log's head, and who witnessed it.

Whoever holds the thing makes its entry again, and needs nothing else than the proof and the keys. No network, no trust in Comity.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from comity.ledger.checkpoint import open_checkpoint
from comity.ledger.cosignature import WitnessVerifier, distinct_witnesses, witness_times
from comity.ledger.merkle import MAX_PROOF_HASHES, leaf_hash, verify_inclusion
from comity.ledger.note import MAX_NOTE_BYTES, NoteVerifier, Verifier, parse_note
from comity.ledger.wire import HASH_BYTES, MalformedError, read_base64, read_decimal, read_text, to_base64

HEADER = "c2sp.org/tlog-proof@v1"
MAX_PROOF_BYTES = MAX_NOTE_BYTES + 64 * 1024
_MOST_LINES = 3 + MAX_PROOF_HASHES


class MalformedProofError(MalformedError):
    """Bytes are not a tlog-proof."""

    code = "malformed-ledger-proof"


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof as it is written; nothing in it is verified.

    Attributes:
        index: of the entry, from 0.
        hashes: audit path from the leaf upwards.
        checkpoint: note signed by the log, perhaps with cosignatures.
        extra: data that nobody vouches for; empty if there is none.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""

    def encode(self) -> bytes:
        """Return the bytes of a `.tlog-proof` file."""
        extra = [f"extra {to_base64(self.extra)}"] if self.extra else []
        lines = [HEADER, *extra, f"index {self.index}", *map(to_base64, self.hashes), ""]
        return "".join(f"{line}\n" for line in lines).encode() + self.checkpoint

    @classmethod
    def parse(cls, data: bytes) -> "Proof":
        """Parse a `.tlog-proof` file; the checkpoint in it is not looked at.

        Args:
            data: unverified bytes.

        Raises:
            MalformedProofError: it is larger than 320 KiB, has more than 63 hashes, or another form.
        """
        text = read_text(data, MAX_PROOF_BYTES, MalformedProofError)
        head, gap, checkpoint = text.partition("\n\n")
        header, *lines = head.split("\n", _MOST_LINES)
        if not gap or header != HEADER:
            raise MalformedProofError(f"It does not begin with '{HEADER}' and end its head with an empty line.")
        extra = _extra(lines.pop(0)) if lines and lines[0].startswith("extra ") else b""
        if not lines or not lines[0].startswith("index "):
            raise MalformedProofError("The index is missing.")
        index, *hashes = lines
        if len(hashes) > MAX_PROOF_HASHES:
            raise MalformedProofError(f"The proof has more than {MAX_PROOF_HASHES} hashes.")
        return cls(
            read_decimal(index.removeprefix("index "), "index", MalformedProofError),
            tuple(read_base64(line, "proof's hash", MalformedProofError, HASH_BYTES) for line in hashes),
            checkpoint.encode(),
            extra,
        )


@dataclass(frozen=True, slots=True)
class Proven:
    """What a proof shows.

    Attributes:
        origin: the log that the entry is in.
        size: entries of the log under the checkpoint.
        index: where the entry is.
        witnessed_by: name of each known witness that cosigned, and when it first did (UTC). How many are enough, the caller says.
        unknown_signatures: names on signature lines that no given key could check. They prove nothing; whoever expects all lines to
            be known can see here that one is not.
    """

    origin: str
    size: int
    index: int
    witnessed_by: Mapping[str, datetime]
    unknown_signatures: tuple[str, ...] = ()


def verify_proof(entry: bytes, proof: Proof, log_vkey: str, witness_vkeys: Sequence[str] = ()) -> Proven:
    """Verify that the entry is in the log, as tlog-proof, "Verifying a tlog proof", has it.

    Args:
        entry: made again by the caller from the thing itself.
        proof: unverified.
        log_vkey: verifier key of the log, whose name is the log's origin.
        witness_vkeys: verifier keys of the witnesses that count; the log's own key is never one.

    Raises:
        MalformedKeyError: a verifier key is none.
        MalformedNoteError: the checkpoint is not a signed note.
        BadSignatureError: a signature claims one of the keys and is not by it.
        UnknownSignerError: the log did not sign the checkpoint.
        MalformedCheckpointError: what the log signed is not a checkpoint.
        WrongOriginError: the checkpoint is of another log.
        ProofError: the audit path does not lead from the entry to the checkpoint's root.
    """
    log = NoteVerifier.parse(log_vkey)
    witnesses = distinct_witnesses([w for w in map(WitnessVerifier.parse, witness_vkeys) if w.public != log.public])
    checkpoint = open_checkpoint(proof.checkpoint, log)
    note = parse_note(proof.checkpoint)
    times = witness_times(note, witnesses)
    verify_inclusion(leaf_hash(entry), proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    keys: list[Verifier] = [log, *witnesses]
    known = {(key.name, key.key_id) for key in keys}
    unknown = tuple(s.name for s in note.signatures if (s.name, s.key_id) not in known)
    return Proven(checkpoint.origin, checkpoint.size, proof.index, times, unknown)


def _extra(line: str) -> bytes:
    extra = read_base64(line.removeprefix("extra "), "extra data", MalformedProofError)
    if not extra:
        raise MalformedProofError("The line for extra data is empty; it should not be there.")
    return extra
