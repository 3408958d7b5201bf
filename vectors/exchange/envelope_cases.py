"""Envelopes, offices' entries and receipts, each with one defect."""

import json
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from practice import NOW, SENDER, US, envelope_key, ledger, office

from comity.acts.canonical import canonical, digest
from comity.exchange.envelope import MAGIC, SUITE
from comity.exchange.keys import public_key
from comity.exchange.offices import encode_office
from comity.exchange.parcel import MAX_BYTES, Item, Parcel, encode_parcel, pack
from comity.exchange.receipt import Receipt, ReceivedAct, sign_receipt
from comity.ledger.checkpoint import Checkpoint, sign_checkpoint
from comity.ledger.entry import entry
from comity.ledger.merkle import leaf_hash, node_hash
from comity.ledger.note import sign_note
from comity.ledger.proof import Proof

PARCEL = Parcel(
    (Item("act", "request.pdf", b"%PDF-1.7 (not really)\n"), Item("proof", "request.tlog-proof", b"proof\n")), SENDER
)
Row = tuple[str, str, str, bytes]


def index(**changes: Any) -> bytes:
    """Return the index of a parcel with one item `data`, changed."""
    item = {"kind": "act", "name": "a.pdf", "sha256": digest(b"data"), "size": 4}
    value: dict[str, Any] = {"schema": "comity-parcel/1", "from": SENDER, "items": [item]}
    item.update({name: change for name, change in changes.items() if name in item})
    value.update({name: change for name, change in changes.items() if name in value})
    return canonical(value) + b"\n"


def seal_again(folder: Path, name: str, parcel: bytes) -> bytes:
    """Seal octets, whatever they are, packed, unless the file already opens to them."""
    return seal_unpacked(folder, name, pack(parcel))


def seal_unpacked(folder: Path, name: str, parcel: bytes) -> bytes:
    """Seal octets as they are, unless the file already opens to them."""
    key = envelope_key(US)
    head = MAGIC + canonical({"key": key.key_id, "to": US}) + b"\n"
    path = folder / "envelope" / f"{name}.comity"
    if path.is_file() and opens_to(path.read_bytes(), head) == parcel:
        return path.read_bytes()
    return head + SUITE.encrypt(parcel, public_key(key.public), info=head)


def opens_to(data: bytes, head: bytes) -> bytes | None:
    """Return what is in an envelope, or None when it does not open."""
    try:
        return SUITE.decrypt(data[len(head) :], envelope_key(US).hpke(), info=head)
    except (InvalidTag, ValueError):
        return None


def envelopes(folder: Path) -> list[Row]:
    """Return name, expectation, reason and octets of every envelope."""
    good = seal_again(folder, "good", encode_parcel(PARCEL))
    flipped = bytearray(good)
    flipped[-1] ^= 1
    raw = {
        "two-spellings": (b" " + index() + b"data", "an index that is not canonical"),
        "path-trick": (index(name="../a.pdf") + b"data", "an item's name leads out of its folder"),
        "unknown-kind": (index(kind="program") + b"data", "a kind of item that there is not"),
        "wrong-digest": (index(sha256=digest(b"date")) + b"data", "an item that is not what the index says"),
        "short": (index() + b"dat", "less than the index promises"),
        "long": (index() + b"data!", "more than the index promises"),
        "no-items": (index(items=[]), "nothing in it"),
        "no-sender": (index(**{"from": "nobody"}) + b"data", "no office that sends it"),
    }
    swelling = zlib.compress(bytes(MAX_BYTES + 1), 9)
    unpacked = {
        "not-packed": (index() + b"data", "a parcel that is not packed"),
        "cut-stream": (pack(index() + b"data")[:-1], "the last octet of the packed parcel is missing"),
        "behind-stream": (pack(index() + b"data") + b"!", "one octet behind the packed parcel"),
        "swelling": (swelling, "65 KB that would unpack to more than a parcel may hold"),
    }
    return [
        ("good", "accept", "an act and a proof", good),
        ("flipped-tag", "damaged", "the last bit is another one", bytes(flipped)),
        ("cut", "damaged", "the last octet is missing", good[:-1]),
        ("extended", "damaged", "one octet more", good + b"\0"),
        (
            "readdressed",
            "not-for-us",
            "the header names another office",
            good.replace(US.encode(), b"gh/practice-police", 1),
        ),
        ("other-key", "unknown-key", "the header names a key that nobody has", replace_key(good)),
        ("version-2", "not-an-envelope", "a version that there is not", good.replace(b"/1\n", b"/2\n", 1)),
        ("header-space", "not-an-envelope", "a header that is not canonical", good.replace(b'{"key":', b'{"key": ', 1)),
        ("pdf", "not-an-envelope", "a PDF that lost its envelope", b"%PDF-1.7\n"),
        ("minimal", "accept", "one item", seal_again(folder, "minimal", index() + b"data")),
        *((name, "malformed-parcel", why, seal_again(folder, name, data)) for name, (data, why) in raw.items()),
        *((name, "malformed-parcel", why, seal_unpacked(folder, name, data)) for name, (data, why) in unpacked.items()),
    ]


def replace_key(good: bytes) -> bytes:
    """Return the envelope with another key's name in its header."""
    return good.replace(envelope_key(US).key_id.encode(), b"0" * 32, 1)


def entries() -> list[Row]:
    """Return name, expectation, reason and octets of every office's entry."""
    good = encode_office(office(US))
    value = json.loads(good)
    defects: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
        "other-state": ("the id belongs to another state", lambda v: {**v, "state": "FR"}),
        "path-trick": ("the id leads elsewhere", lambda v: {**v, "id": "gh/../fr"}),
        "no-names": ("an office without a name", lambda v: {**v, "names": {}}),
        "short-key": ("an envelope key that is too short", lambda v: {**v, "envelope_keys": ["AAAA"]}),
        "no-certificate": (
            "a certificate that is none",
            lambda v: {**v, "certificates": [{**v["certificates"][0], "der": "AAAA"}]},
        ),
        "script": ("an address that is a script", lambda v: {**v, "url": "javascript:alert(1)"}),
    }
    return [
        ("good", "accept", "an office with all that the exchange needs", good),
        ("unknown-member", "accept", "a member that this version does not know", canonical({**value, "holidays": []})),
        ("space", "malformed-office", "not canonical", good.replace(b":", b": ", 1)),
        *((name, "malformed-office", why, canonical(change(value))) for name, (why, change) in defects.items()),
    ]


def receipts(envelope: bytes) -> list[Row]:
    """Return name, expectation, reason and octets of every receipt for the good envelope."""
    acts = (ReceivedAct(digest(b"1"), "stored"), ReceivedAct(digest(b"2"), "refused", "bad-signature"))
    receipt = Receipt(digest(envelope), US, NOW + timedelta(minutes=12), acts)
    key = ledger(US)
    good = sign_receipt(receipt, key)
    elsewhere = Receipt(digest(b"another"), US, receipt.received_at, acts)
    return [
        ("good", "accept", "two acts, without proof", good),
        ("proven", "accept", "with a proof", sign_receipt(receipt, key, proof_of(receipt))),
        ("by-another", "unknown-note-signer", "signed by another office", sign_receipt(receipt, ledger(SENDER))),
        (
            "changed",
            "bad-note-signature",
            "a refusal became a storing",
            good.replace(b"refused:bad-signature", b"stored"),
        ),
        ("other-envelope", "wrong-receipt", "for another envelope", sign_receipt(elsewhere, key)),
        (
            "two-signatures",
            "malformed-receipt",
            "signed by a stranger as well",
            sign_note(receipt.encode(), key, ledger(SENDER)),
        ),
        (
            "no-status",
            "malformed-receipt",
            "an act without its status",
            sign_note(receipt.encode().replace(b" refused:bad-signature", b""), key),
        ),
        (
            "other-proof",
            "ledger-proof-fails",
            "proves another envelope",
            sign_receipt(receipt, key, proof_of(elsewhere)),
        ),
    ]


def proof_of(receipt: Receipt) -> Proof:
    """Prove the envelope's entry in a log of two entries."""
    leaf, other = leaf_hash(entry("envelope", receipt.envelope)), leaf_hash(entry("act", digest(b"act")))
    checkpoint = Checkpoint(US, 2, node_hash(other, leaf))
    return Proof(1, (other,), sign_checkpoint(checkpoint, ledger(US)))
