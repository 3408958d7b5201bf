"""What a witness says about a log's head: timestamped cosignatures (C2SP tlog-cosignature, Ed25519, version 1).

A cosignature states that at its time this checkpoint was the largest that the witness had seen of that log, and that it continues
all earlier ones. It covers the text of the checkpoint and the time, not the witness's name: one key belongs to one witness.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.errors import LocalError
from comity.ledger.keys import COSIGNATURE, encode_vkey, key_id, parse_vkey, public_bytes
from comity.ledger.note import (
    MAX_SIGNATURES,
    BadSignatureError,
    MalformedNoteError,
    Note,
    Signature,
    UnknownSignerError,
    check_ed25519,
    parse_note,
    parse_signature,
    refuse_name,
    signatures_by,
)
from comity.ledger.wire import read_text

TIME_BYTES = 8
SIGNATURE_BYTES = 64
MAX_COSIGNATURES_BYTES = 64 * 1024
_LATEST = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())


class UnusableClockError(LocalError):
    """The time given for a cosignature has no zone or lies before 1970."""

    code = "ledger-unusable-clock"


@dataclass(frozen=True, slots=True)
class WitnessSigner:
    """Cosigns checkpoints with Ed25519 under a name; the key must serve nothing else.

    Raises:
        UnsignableError: the name cannot stand in a note.
    """

    name: str
    key: Ed25519PrivateKey = field(repr=False)

    def __post_init__(self) -> None:
        refuse_name(self.name)

    @property
    def vkey(self) -> str:
        """The verifier key that others need."""
        return encode_vkey(self.name, COSIGNATURE, public_bytes(self.key))

    def cosign(self, text: bytes, now: datetime) -> Signature:
        """Cosign the text of a checkpoint; `witness.consider` decides whether that may be done.

        Raises:
            UnusableClockError: `now` has no zone or lies before 1970.
        """
        if now.tzinfo is None or now.timestamp() < 1:
            raise UnusableClockError("The time of a cosignature is unusable.", remedy="Pass the present time in UTC.")
        seconds = int(now.timestamp())
        value = seconds.to_bytes(TIME_BYTES, "big") + self.key.sign(_message(seconds, text))
        return Signature(self.name, key_id(self.name, COSIGNATURE, public_bytes(self.key)), value)


@dataclass(frozen=True, slots=True)
class WitnessVerifier:
    """Checks the cosignatures of one witness.

    Attributes:
        name: of the witness.
        public: the 32 bytes of its public key.
    """

    name: str
    public: bytes

    @classmethod
    def parse(cls, vkey: str) -> "WitnessVerifier":
        """Make a verifier of a verifier key of the type for cosignatures.

        Raises:
            MalformedKeyError: it is none, or of another signature type.
        """
        return cls(*parse_vkey(vkey, COSIGNATURE))

    @property
    def key_id(self) -> bytes:
        """Four bytes that name the key in signature lines."""
        return key_id(self.name, COSIGNATURE, self.public)

    def verify(self, text: bytes, value: bytes) -> datetime:
        """Check a cosignature over the text of a checkpoint and return its time (UTC, whole seconds).

        Raises:
            BadSignatureError: the witness did not make it, or its time lies after the year 9999.
        """
        seconds = int.from_bytes(value[:TIME_BYTES], "big")
        if len(value) != TIME_BYTES + SIGNATURE_BYTES or seconds > _LATEST:
            raise BadSignatureError(
                f"The cosignature of {self.name} has another length or a time that cannot be.",
                remedy="Ask the witness for a new cosignature.",
                where=self.name,
            )
        check_ed25519(self.name, self.public, value[TIME_BYTES:], _message(seconds, text))
        return datetime.fromtimestamp(seconds, UTC)


def witness_times(note: Note, witnesses: Sequence[WitnessVerifier]) -> dict[str, datetime]:
    """Return which witnesses cosigned a checkpoint, and when each did so first.

    Args:
        note: the checkpoint as parsed.
        witnesses: those that count; of two with the same key, the first.

    Raises:
        BadSignatureError: a signature claims a witness's key and is not by it.
    """
    times: dict[str, datetime] = {}
    for witness in distinct_witnesses(witnesses):
        for signature in signatures_by(note, witness):
            time = witness.verify(note.text, signature.value)
            times[witness.name] = min(time, times.get(witness.name, time))
    return times


def add_cosignatures(checkpoint: bytes, answer: bytes, witnesses: Sequence[WitnessVerifier]) -> bytes:
    """Return the checkpoint with the cosignatures that a witness answered with.

    Args:
        checkpoint: our own signed checkpoint, perhaps with earlier cosignatures.
        answer: unverified body of the witness's answer: signature lines.
        witnesses: those whose cosignatures are wanted; lines by others, or by a witness that is in already, are left out.

    Raises:
        MalformedNoteError: the answer does not consist of signature lines, or there would be more than 64.
        BadSignatureError: a line claims a witness's key and is not by it.
        UnknownSignerError: no line is by one of the witnesses.
    """
    note = parse_note(checkpoint)
    offered = Note(note.text, _signature_lines(answer))
    wanted = [
        signature for witness in distinct_witnesses(witnesses) for signature in signatures_by(offered, witness)[:1]
    ]
    if not wanted:
        raise UnknownSignerError(
            "The answer holds no cosignature by the witness that was asked.", remedy="Check its key."
        )
    present = {(signature.name, signature.key_id) for signature in note.signatures}
    fresh = tuple(signature for signature in wanted if (signature.name, signature.key_id) not in present)
    joined = Note(note.text, note.signatures + fresh).encode()
    parse_note(joined)
    return joined


def _signature_lines(answer: bytes) -> tuple[Signature, ...]:
    lines = read_text(answer, MAX_COSIGNATURES_BYTES, MalformedNoteError)[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise MalformedNoteError(f"The answer has {len(lines)} lines; at most {MAX_SIGNATURES} are accepted.")
    return tuple(parse_signature(line, MalformedNoteError) for line in lines)


def distinct_witnesses(witnesses: Sequence[WitnessVerifier]) -> list[WitnessVerifier]:
    """Return the first witness of each key: a cosignature by a key that two names share would count twice."""
    by_key: dict[bytes, WitnessVerifier] = {}
    for witness in witnesses:
        by_key.setdefault(witness.public, witness)
    return list(by_key.values())


def _message(seconds: int, text: bytes) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n".encode() + text
