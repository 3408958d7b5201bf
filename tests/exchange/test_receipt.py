"""Receipts: only the receiver's ledger key makes one, for one envelope, and its proof is checked against that ledger."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.acts.canonical import digest
from comity.acts.office import Office
from comity.errors import PeerError
from comity.exchange.receipt import (
    MalformedReceiptError,
    Receipt,
    ReceivedAct,
    UnreceiptableError,
    WrongReceiptError,
    sign_receipt,
    verify_receipt,
)
from comity.ledger.checkpoint import Checkpoint, sign_checkpoint
from comity.ledger.cosignature import WitnessSigner
from comity.ledger.entry import entry
from comity.ledger.merkle import leaf_hash, node_hash
from comity.ledger.note import BadSignatureError, NoteSigner, UnknownSignerError, sign_note
from comity.ledger.proof import Proof

MakeOffice = Callable[..., Office]
US = "gh/practice-prosecutor"
ENVELOPE = digest(b"envelope")
RECEIPT = Receipt(
    ENVELOPE,
    US,
    datetime(2026, 11, 24, 9, 12, tzinfo=UTC),
    (
        ReceivedAct(digest(b"1"), "stored"),
        ReceivedAct(digest(b"2"), "waiting"),
        ReceivedAct(digest(b"3"), "refused", "bad-signature"),
    ),
)


@pytest.fixture
def ledger(ed25519_key: Any) -> NoteSigner:
    return NoteSigner(US, ed25519_key(f"{US} ledger"))


def proof_of(envelope: str, ledger: NoteSigner) -> Proof:
    """Prove the envelope's entry in a log of two entries."""
    leaf, other = leaf_hash(entry("envelope", envelope)), leaf_hash(entry("act", digest(b"act")))
    checkpoint = sign_checkpoint(Checkpoint(ledger.name, 2, node_hash(other, leaf)), ledger)
    return Proof(1, (other,), checkpoint)


def test_a_receipt_says_what_became_of_each_act(office: MakeOffice, ledger: NoteSigner) -> None:
    data = sign_receipt(RECEIPT, ledger)
    verified = verify_receipt(data, office(US), envelope=ENVELOPE)
    assert verified.receipt == RECEIPT
    assert verified.proven is None
    assert data.decode().splitlines()[:5] == [
        "comity-receipt/1",
        f"envelope {ENVELOPE}",
        f"office {US}",
        "received_at 2026-11-24T09:12:00Z",
        f"act {digest(b'1')} stored",
    ]


def test_a_receipt_with_a_proof_shows_that_the_envelope_is_in_the_ledger(
    office: MakeOffice, ledger: NoteSigner
) -> None:
    verified = verify_receipt(sign_receipt(RECEIPT, ledger, proof_of(ENVELOPE, ledger)), office(US))
    assert verified.proven
    assert (verified.proven.origin, verified.proven.size, verified.proven.index) == (US, 2, 1)


def test_a_proof_of_another_envelope_spoils_the_receipt(office: MakeOffice, ledger: NoteSigner) -> None:
    with pytest.raises(PeerError, match=r".") as error:
        verify_receipt(sign_receipt(RECEIPT, ledger, proof_of(digest(b"other"), ledger)), office(US))
    assert error.value.code == "ledger-proof-fails"


def test_a_proof_from_another_ledger_spoils_the_receipt(
    office: MakeOffice, ledger: NoteSigner, ed25519_key: Any
) -> None:
    eve = NoteSigner("fr/eve", ed25519_key("eve"))
    with pytest.raises(UnknownSignerError):
        verify_receipt(sign_receipt(RECEIPT, ledger, proof_of(ENVELOPE, eve)), office(US))


def test_witnesses_that_are_named_are_counted(office: MakeOffice, ledger: NoteSigner, ed25519_key: Any) -> None:
    proof = proof_of(ENVELOPE, ledger)
    witness = WitnessSigner("fr/liaison", ed25519_key("witness"))
    at = RECEIPT.received_at + timedelta(minutes=1)
    line = witness.cosign(proof.checkpoint.split(b"\n\n")[0] + b"\n", at).encode()
    data = sign_receipt(RECEIPT, ledger, replace(proof, checkpoint=proof.checkpoint + line))
    verified = verify_receipt(data, office(US), witness_vkeys=[witness.vkey])
    assert verified.proven
    assert verified.proven.witnessed_by == {"fr/liaison": at}


def test_a_receipt_by_another_key_is_refused(office: MakeOffice, ed25519_key: Any) -> None:
    with pytest.raises(UnknownSignerError):
        verify_receipt(sign_receipt(RECEIPT, NoteSigner("fr/eve", ed25519_key("eve"))), office(US))
    forged = sign_receipt(RECEIPT, NoteSigner(US, ed25519_key("eve")))
    with pytest.raises(UnknownSignerError):
        verify_receipt(forged, office(US))


def test_a_receipt_for_another_envelope_or_office_is_refused(office: MakeOffice, ledger: NoteSigner) -> None:
    with pytest.raises(WrongReceiptError):
        verify_receipt(sign_receipt(RECEIPT, ledger), office(US), envelope=digest(b"other"))
    with pytest.raises(WrongReceiptError):
        verify_receipt(sign_receipt(replace(RECEIPT, office="gh/x"), ledger), office(US))


def test_a_receipt_carries_no_signature_of_strangers(office: MakeOffice, ledger: NoteSigner, ed25519_key: Any) -> None:
    data = sign_note(RECEIPT.encode(), ledger, NoteSigner("fr/eve", ed25519_key("eve")))
    with pytest.raises(MalformedReceiptError, match="one signature"):
        verify_receipt(data, office(US))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_any_flipped_bit_is_refused(office: MakeOffice, ledger: NoteSigner, at: int, bit: int) -> None:
    octets = bytearray(sign_receipt(RECEIPT, ledger, proof_of(ENVELOPE, ledger)))
    octets[at % len(octets)] ^= 1 << bit
    with pytest.raises(PeerError):
        verify_receipt(bytes(octets), office(US), envelope=ENVELOPE)


LINES = RECEIPT.encode().decode().splitlines()
BAD_TEXTS = {
    "another version": ["comity-receipt/2", *LINES[1:]],
    "no office": [*LINES[:2], *LINES[3:]],
    "no act's status": [*LINES, f"act {digest(b'4')}"],
    "a status that is none": [*LINES, f"act {digest(b'4')} burnt"],
    "a refusal without a reason": [*LINES, f"act {digest(b'4')} refused"],
    "an act twice": [*LINES, LINES[-1]],
    "a time that is none": [*LINES[:3], "received_at 2026-13-24T09:12:00Z"],
    "a time in another form": [*LINES[:3], "received_at 2026-1-24T09:12:00Z"],
    "an envelope that is no digest": [LINES[0], "envelope ABC", *LINES[2:]],
    "an office that is none": [*LINES[:2], "office ../x", *LINES[3:]],
    "only its first line": LINES[:1],
    "an empty line in it": [*LINES, "", LINES[-1]],
}


@pytest.mark.parametrize("defect", BAD_TEXTS)
def test_a_signed_text_that_is_no_receipt_is_refused(office: MakeOffice, ledger: NoteSigner, defect: str) -> None:
    data = sign_note("".join(f"{line}\n" for line in BAD_TEXTS[defect]).encode(), ledger)
    with pytest.raises(MalformedReceiptError):
        verify_receipt(data, office(US))


def test_an_endless_receipt_is_refused_before_it_is_parsed(office: MakeOffice) -> None:
    with pytest.raises(MalformedReceiptError, match="at most"):
        verify_receipt(bytes(10**6), office(US))


def test_a_forged_note_with_our_name_is_refused(office: MakeOffice, ledger: NoteSigner) -> None:
    data = sign_receipt(RECEIPT, ledger).replace(b"waiting", b"stored")
    with pytest.raises(BadSignatureError):
        verify_receipt(data, office(US))


def test_a_receipt_that_no_sender_would_accept_is_not_signed(ledger: NoteSigner) -> None:
    with pytest.raises(UnreceiptableError):
        sign_receipt(replace(RECEIPT, envelope="ABC"), ledger)
