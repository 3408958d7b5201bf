"""The keys of an office, as values; making and keeping them is the node's business.

The envelope key is the hybrid of ML-KEM-768 and X25519 that HPKE uses (draft-ietf-hpke-pq, the KEM also known as X-Wing). Its
private form is the seed of 32 octets, its public form the two public keys one after the other, 1216 octets.
"""

import base64
import binascii
import hashlib
import os
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

from comity.errors import LocalError, PeerError
from comity.exchange.advice import AdvisedError

PREFIX = "comity-envelope-key/1 "
SEED_SIZE = 32
MLKEM_PUBLIC_SIZE = 1184
PUBLIC_SIZE = MLKEM_PUBLIC_SIZE + 32
MLKEM_SEED_SIZE = 64


class UnreadableKeyError(AdvisedError, LocalError):
    """A private key of ours is not in the form it was written in."""

    code = "unreadable-key"
    advice = "Restore the key from its backup; envelopes cannot be opened without it."


class UnusableEnvelopeKeyError(AdvisedError, PeerError):
    """A public key in the directory is not an envelope key."""

    code = "unusable-envelope-key"
    advice = "Ask the office to publish a working envelope key."


@dataclass(frozen=True, slots=True)
class EnvelopeKey:
    """The private key with which an office opens envelopes; never shown by `repr`.

    Attributes:
        seed: 32 random octets from which both private keys are derived.
    """

    seed: bytes = field(repr=False)

    @staticmethod
    def generate() -> "EnvelopeKey":
        """Make a new key from the system's randomness."""
        return EnvelopeKey(os.urandom(SEED_SIZE))

    @staticmethod
    def decode(text: str) -> "EnvelopeKey":
        """Read the key from the line that `encode` wrote.

        Raises:
            UnreadableKeyError: the line is not an envelope key.
        """
        try:
            seed = base64.b64decode(text.strip().removeprefix(PREFIX), validate=True)
        except (binascii.Error, ValueError):
            seed = b""
        if not text.startswith(PREFIX) or len(seed) != SEED_SIZE:
            raise UnreadableKeyError("This is not an envelope key.")
        return EnvelopeKey(seed)

    def encode(self) -> str:
        """Return the secret line to be kept in a file that only the node may read."""
        return f"{PREFIX}{base64.b64encode(self.seed).decode('ascii')}\n"

    @property
    def public(self) -> bytes:
        """The public key as the directory lists it."""
        mlkem, x25519 = _parts(self.seed)
        return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """The name of the key in an envelope's header."""
        return key_id(self.public)

    def hpke(self) -> MLKEM768X25519PrivateKey:
        """Return the key as HPKE takes it."""
        return MLKEM768X25519PrivateKey(*_parts(self.seed))


@lru_cache(maxsize=16)
def _parts(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    """Expand the seed as the draft's `expandDecapsKeyG` does: SHAKE-256 to 64 octets for ML-KEM and 32 for X25519."""
    expanded = hashlib.shake_256(seed).digest(MLKEM_SEED_SIZE + 32)
    return (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:MLKEM_SEED_SIZE]),
        X25519PrivateKey.from_private_bytes(expanded[MLKEM_SEED_SIZE:]),
    )


def key_id(public: bytes) -> str:
    """Return the name of a public envelope key: the first 16 octets of its SHA-256, in hexadecimal."""
    return hashlib.sha256(public).hexdigest()[:32]


def public_key(public: bytes) -> MLKEM768X25519PublicKey:
    """Return the public key as HPKE takes it.

    Args:
        public: 1216 octets from the directory.

    Raises:
        UnusableEnvelopeKeyError: the octets are not such a key.
    """
    if len(public) != PUBLIC_SIZE:
        raise UnusableEnvelopeKeyError(f"An envelope key has {PUBLIC_SIZE} octets, this one {len(public)}.")
    try:
        mlkem = MLKEM768PublicKey.from_public_bytes(public[:MLKEM_PUBLIC_SIZE])
    except ValueError as error:
        raise UnusableEnvelopeKeyError("The ML-KEM part of an envelope key is not a key.") from error
    return MLKEM768X25519PublicKey(mlkem, X25519PublicKey.from_public_bytes(public[MLKEM_PUBLIC_SIZE:]))


@dataclass(frozen=True, slots=True)
class OfficeKeys:
    """All private keys of one office; none is shown by `repr`.

    Attributes:
        signing_key: signs acts (P-256), PEM PKCS#8.
        signing_certificate: its certificate, PEM.
        time_key: of the embedded time-stamping authority, PEM PKCS#8.
        time_certificate: its certificate, PEM.
        envelope_keys: open envelopes; the current one first, then those that partners may still use.
        age_identity: opens loads of exhibits (`AGE-SECRET-KEY-PQ-1...`).
        ledger_key: signs checkpoints and receipts.
        witness_key: cosigns other nodes' checkpoints.
    """

    signing_key: bytes = field(repr=False)
    signing_certificate: bytes
    time_key: bytes = field(repr=False)
    time_certificate: bytes
    envelope_keys: tuple[EnvelopeKey, ...] = field(repr=False)
    age_identity: str = field(repr=False)
    ledger_key: Ed25519PrivateKey = field(repr=False)
    witness_key: Ed25519PrivateKey = field(repr=False)
