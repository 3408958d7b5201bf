"""Envelope keys: what is stored, what is published, and that neither shows where it should not."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.exchange.keys import (
    PUBLIC_SIZE,
    EnvelopeKey,
    OfficeKeys,
    UnreadableKeyError,
    UnusableEnvelopeKeyError,
    key_id,
    public_key,
)


def test_a_key_survives_being_stored() -> None:
    key = EnvelopeKey.generate()
    assert EnvelopeKey.decode(key.encode()) == key
    assert EnvelopeKey.decode(key.encode()).public == key.public
    assert EnvelopeKey.generate() != key


def test_a_public_key_has_the_size_of_the_hybrid_and_a_short_name() -> None:
    key = EnvelopeKey(bytes(32))
    assert len(key.public) == PUBLIC_SIZE == 1216
    assert key.key_id == key_id(key.public)
    assert len(key.key_id) == 32


def test_the_seed_expands_as_x_wing_has_it() -> None:
    """The first vector of draft-connolly-cfrg-xwing-kem: this seed, a public key that begins so."""
    key = EnvelopeKey(bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26"))
    assert key.public.hex().startswith("e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5")


@pytest.mark.parametrize(
    "text", ["", "comity-envelope-key/1 ", "comity-envelope-key/1 AAAA", "A" * 44, "comity-envelope-key/1 *"]
)
def test_what_is_no_key_is_not_read_as_one(text: str) -> None:
    with pytest.raises(UnreadableKeyError):
        EnvelopeKey.decode(text)


@pytest.mark.parametrize("public", [b"", b"x" * 1215, b"\xff" * 1216], ids=["empty", "short", "out of range"])
def test_what_is_no_public_key_is_not_used_as_one(public: bytes) -> None:
    with pytest.raises(UnusableEnvelopeKeyError):
        public_key(public)


def test_no_secret_shows_when_keys_are_printed() -> None:
    key, ledger = EnvelopeKey(b"secret-" + bytes(25)), Ed25519PrivateKey.generate()
    keys = OfficeKeys(b"secret-pem", b"cert", b"secret-time", b"cert", (key,), "AGE-SECRET-KEY-PQ-1", ledger, ledger)
    assert "secret" not in repr(keys).lower()
    assert "secret" not in repr(key)
