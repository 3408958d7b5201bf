"""The receipt for an envelope: a signed note (C2SP) by the receiver's ledger key, with a proof that the envelope is in its ledger.

    comity-receipt/1
    envelope <sha256 of the envelope's octets>
    office <id of the receiving office>
    received_at <instant>
    act <id> stored | waiting | refused:<code>            one line for each act, in the parcel's order

    — <ledger's name> <signature>

A `tlog-proof` may follow after an empty line. A receipt says that the octets arrived and what became of each act on arrival; what
the office decides about a request is an act of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, cast

from comity.acts.act import CODE, DIGEST, OFFICE_ID, parse_instant
from comity.acts.checks import INSTANT
from comity.acts.office import Office
from comity.errors import LocalError, PeerError
from comity.exchange.advice import AdvisedError
from comity.exchange.parcel import MAX_ITEMS
from comity.ledger.entry import entry
from comity.ledger.note import MAX_NOTE_BYTES, NoteSigner, NoteVerifier, open_note, sign_note
from comity.ledger.proof import HEADER as PROOF_HEADER
from comity.ledger.proof import MAX_PROOF_BYTES, Proof, Proven, verify_proof

MAGIC = "comity-receipt/1"
MAX_BYTES = MAX_NOTE_BYTES + MAX_PROOF_BYTES + 1
SEPARATOR = f"\n{PROOF_HEADER}\n".encode()
HEAD_LINES = 4
ACT_LINE = re.compile(rf"act ({DIGEST.pattern}) (?:(stored|waiting)|(refused):({CODE.pattern}))")

Status = Literal["stored", "waiting", "refused"]


class MalformedReceiptError(AdvisedError, PeerError):
    """The octets are not a receipt."""

    code = "malformed-receipt"
    advice = "Nothing is proven; the envelope is sent again until a good receipt comes."


class WrongReceiptError(AdvisedError, PeerError):
    """A receipt is signed, but by another office's key or for another envelope than it should be."""

    code = "wrong-receipt"
    advice = "Nothing is proven; the envelope is sent again until its own receipt comes."


class UnreceiptableError(AdvisedError, LocalError):
    """A receipt of ours does not have the form that senders accept."""

    code = "unreceiptable"
    advice = "Report this as a fault of the software."


@dataclass(frozen=True, slots=True)
class ReceivedAct:
    """What became of one act on arrival.

    Attributes:
        id: the act's id; of an item that could not be read as an act, the SHA-256 of its octets.
        status: `stored`; `waiting` (stored, but an act that it follows has not arrived yet); `refused`.
        code: the code of the error for which it was refused, else empty.
    """

    id: str
    status: Status
    code: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the receiving office states about an envelope.

    Attributes:
        envelope: SHA-256 of the envelope's octets.
        office: id of the receiving office.
        received_at: when it had the envelope safely stored, UTC, whole seconds.
        acts: the acts in it, in the parcel's order.
    """

    envelope: str
    office: str
    received_at: datetime
    acts: tuple[ReceivedAct, ...] = ()

    def encode(self) -> bytes:
        """Return the text that is signed."""
        head = (
            MAGIC,
            f"envelope {self.envelope}",
            f"office {self.office}",
            f"received_at {self.received_at.astimezone(UTC).strftime(INSTANT)}",
        )
        lines = (f"act {each.id} {each.status}{':' if each.code else ''}{each.code}" for each in self.acts)
        return "".join(f"{line}\n" for line in (*head, *lines)).encode()

    @classmethod
    def parse(cls, text: bytes) -> "Receipt":
        """Parse the text of a receipt.

        Raises:
            MalformedReceiptError: it has another form.
        """
        lines = text.decode("utf-8", "replace").split("\n")
        if len(lines) <= HEAD_LINES or lines[0] != MAGIC or lines[-1]:
            raise MalformedReceiptError("This is not a receipt.")
        acts = tuple(_act(line) for line in lines[HEAD_LINES:-1])
        if len(acts) > MAX_ITEMS or len({act.id for act in acts}) != len(acts):
            raise MalformedReceiptError("The receipt names an act twice or too many acts.")
        received_at = _value("received_at", lines[3])
        try:
            receipt = cls(_value("envelope", lines[1]), _value("office", lines[2]), parse_instant(received_at), acts)
        except ValueError as error:
            raise MalformedReceiptError("The receipt's time is not an instant.") from error
        if (
            not DIGEST.fullmatch(receipt.envelope)
            or not OFFICE_ID.fullmatch(receipt.office)
            or receipt.encode() != text
        ):
            raise MalformedReceiptError("The receipt does not name an envelope, an office and a time as it should.")
        return receipt


@dataclass(frozen=True, slots=True)
class VerifiedReceipt:
    """A receipt whose signature is right, and what its proof shows; `proven` is None when it came without one."""

    receipt: Receipt
    proven: Proven | None


def sign_receipt(receipt: Receipt, signer: NoteSigner, proof: Proof | None = None) -> bytes:
    """Return the receipt as it goes to the sender.

    Args:
        receipt: what is stated.
        signer: the receiver's ledger key.
        proof: that `entry("envelope", receipt.envelope)` is in the receiver's ledger; may follow in a later copy.

    Raises:
        UnreceiptableError: no sender would accept it.
    """
    text = receipt.encode()
    try:
        Receipt.parse(text)
    except MalformedReceiptError as error:
        raise UnreceiptableError(error.message, where=receipt.envelope) from error
    note = sign_note(text, signer)
    return note if proof is None else note + b"\n" + proof.encode()


def verify_receipt(
    data: bytes, office: Office, *, envelope: str | None = None, witness_vkeys: Sequence[str] = ()
) -> VerifiedReceipt:
    """Verify a receipt with the receiving office's key in the directory.

    Args:
        data: unverified octets.
        office: the office that should have received the envelope.
        envelope: SHA-256 of the envelope that the receipt must be for; None where any will do.
        witness_vkeys: keys of the witnesses whose cosignatures count in the proof.

    Raises:
        MalformedReceiptError: it is not a receipt, or carries signatures that are nobody's business.
        WrongReceiptError: it is for another office or another envelope.
        MalformedKeyError, MalformedNoteError, BadSignatureError, UnknownSignerError: of the note (see `comity.ledger.note`).
        MalformedProofError, ProofError, WrongOriginError: of the proof (see `comity.ledger.proof`).
    """
    if len(data) > MAX_BYTES:
        raise MalformedReceiptError(f"The receipt has {len(data)} octets; at most {MAX_BYTES} are accepted.")
    end = data.find(SEPARATOR)
    note = open_note(data if end < 0 else data[:end], [NoteVerifier.parse(office.ledger_key)])
    if len(note.verified) != 1 or note.unknown:
        raise MalformedReceiptError("A receipt carries one signature, that of the receiver's ledger.")
    receipt = Receipt.parse(note.text)
    if receipt.office != office.id or (envelope is not None and receipt.envelope != envelope):
        raise WrongReceiptError(f"The receipt is by {receipt.office} for the envelope {receipt.envelope[:16]}….")
    return VerifiedReceipt(receipt, None if end < 0 else _prove(data[end + 1 :], receipt, office, witness_vkeys))


def _prove(data: bytes, receipt: Receipt, office: Office, witness_vkeys: Sequence[str]) -> Proven:
    logged = entry("envelope", receipt.envelope)
    return verify_proof(logged, Proof.parse(data), office.ledger_key, witness_vkeys)


def _value(name: str, line: str) -> str:
    found, _, value = line.partition(" ")
    if found != name:
        raise MalformedReceiptError(f"The receipt lacks its line '{name}'.")
    return value


def _act(line: str) -> ReceivedAct:
    found = ACT_LINE.fullmatch(line)
    if found is None:
        raise MalformedReceiptError("A line of the receipt does not say what became of an act.")
    return ReceivedAct(found[1], cast(Status, found[2] or found[3]), found[4] or "")
