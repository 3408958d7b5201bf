"""Recipients and identities: the hybrid of ML-KEM-768 and X25519 (X-Wing), and X25519 alone.

In an HPKE ciphertext of the hybrid the first 1,120 bytes are the encapsulated key, the rest is the wrapped file key.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from comity.evidence.age import bech32
from comity.evidence.age.errors import AgeHeaderError, AgeKeyError
from comity.evidence.age.header import Stanza, from_base64, to_base64

HYBRID = "mlkem768x25519"
_HYBRID_INFO = b"age-encryption.org/mlkem768x25519"
_HYBRID_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
_ENCAPSULATED = 1120
_MLKEM_PUBLIC = 1184
_X25519_INFO = b"age-encryption.org/v1/X25519"
_WRAPPED = 32


class Recipient(Protocol):
    """Whom a file is encrypted to."""

    @property
    def is_hybrid(self) -> bool:
        """Whether it withstands a quantum computer."""

    def wrap(self, file_key: bytes) -> Stanza:
        """Return the stanza that gives the file key to this recipient."""


class Identity(Protocol):
    """Who can open a file."""

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """Return the file key, or None when the stanza is for somebody else; raises AgeHeaderError."""

    def recipient(self) -> str:
        """Return the recipient that belongs to it, as text."""


@dataclass(frozen=True, slots=True)
class HybridRecipient:
    """`age1pq1...`."""

    key: hpke.MLKEM768X25519PublicKey
    is_hybrid = True

    def wrap(self, file_key: bytes) -> Stanza:
        """See `Recipient`."""
        sealed = _HYBRID_SUITE.encrypt(file_key, self.key, info=_HYBRID_INFO)
        return Stanza(HYBRID, (to_base64(sealed[:_ENCAPSULATED]),), sealed[_ENCAPSULATED:])


@dataclass(frozen=True, slots=True)
class HybridIdentity:
    """`AGE-SECRET-KEY-PQ-1...`: a seed that both private keys are made of."""

    mlkem: MLKEM768PrivateKey
    x25519: X25519PrivateKey

    @staticmethod
    def from_seed(seed: bytes) -> "HybridIdentity":
        """Expand 32 bytes to both keys, as X-Wing does."""
        expanded = hashlib.shake_256(seed).digest(96)
        return HybridIdentity(
            MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])
        )

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """See `Identity`."""
        if stanza.kind != HYBRID:
            return None
        share = _share(stanza, _ENCAPSULATED)
        try:
            key = hpke.MLKEM768X25519PrivateKey(self.mlkem, self.x25519)
            return _HYBRID_SUITE.decrypt(share + stanza.body, key, info=_HYBRID_INFO)
        except InvalidTag:
            return None

    def recipient(self) -> str:
        """See `Identity`."""
        public = self.mlkem.public_key().public_bytes_raw() + self.x25519.public_key().public_bytes_raw()
        return bech32.encode("age1pq", public)


@dataclass(frozen=True, slots=True)
class X25519Recipient:
    """`age1...`."""

    key: X25519PublicKey
    is_hybrid = False

    def wrap(self, file_key: bytes) -> Stanza:
        """See `Recipient`."""
        ephemeral = X25519PrivateKey.generate()
        share, public = ephemeral.public_key().public_bytes_raw(), self.key.public_bytes_raw()
        cipher = _x25519_cipher(ephemeral.exchange(self.key), share + public)
        return Stanza("X25519", (to_base64(share),), cipher.encrypt(bytes(12), file_key, None))


@dataclass(frozen=True, slots=True)
class X25519Identity:
    """`AGE-SECRET-KEY-1...`."""

    key: X25519PrivateKey

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """See `Identity`."""
        if stanza.kind != "X25519":
            return None
        share = _share(stanza, 32)
        try:
            secret = self.key.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError as error:  # a point of low order
            raise AgeHeaderError("A share in the age file is not a key.") from error
        cipher = _x25519_cipher(secret, share + self.key.public_key().public_bytes_raw())
        try:
            return cipher.decrypt(bytes(12), stanza.body, None)
        except InvalidTag:
            return None

    def recipient(self) -> str:
        """See `Identity`."""
        return bech32.encode("age", self.key.public_key().public_bytes_raw())


def generate_identity() -> str:
    """Return a new hybrid identity; keep it secret."""
    return bech32.encode("age-secret-key-pq-", os.urandom(32)).upper()


def recipient_of(identity: str) -> str:
    """Return the recipient that belongs to an identity; raises AgeKeyError."""
    return parse_identity(identity).recipient()


def parse_recipient(text: str) -> Recipient:
    """Parse `age1pq1...` or `age1...`.

    Raises:
        AgeKeyError: it is neither.
    """
    try:
        prefix, data = bech32.decode(text)
        if prefix == "age1pq" and len(data) == _MLKEM_PUBLIC + 32:
            keys = MLKEM768PublicKey.from_public_bytes(data[:_MLKEM_PUBLIC]), _x25519(data[_MLKEM_PUBLIC:])
            return HybridRecipient(hpke.MLKEM768X25519PublicKey(*keys))
        if prefix == "age" and len(data) == 32:
            return X25519Recipient(_x25519(data))
    except ValueError as error:
        raise AgeKeyError(f"This is not an age recipient: {error}.", where=ascii(text[:40])) from error
    raise AgeKeyError(
        "This is not an age recipient that Comity can encrypt to.",
        where=ascii(text[:40]),
        remedy="Recipients begin with `age1pq1` or `age1`.",
    )


def parse_identity(text: str) -> Identity:
    """Parse `AGE-SECRET-KEY-PQ-1...` or `AGE-SECRET-KEY-1...`.

    Raises:
        AgeKeyError: it is neither; the error does not repeat the text.
    """
    try:
        prefix, data = bech32.decode(text)
    except ValueError as error:
        raise AgeKeyError(f"This is not an age identity: {error}.") from error
    if text.isupper() and len(data) == 32:
        if prefix == "age-secret-key-pq-":
            return HybridIdentity.from_seed(data)
        if prefix == "age-secret-key-":
            return X25519Identity(X25519PrivateKey.from_private_bytes(data))
    raise AgeKeyError("This is not an age identity that Comity can use.")


def read_identities(text: str) -> tuple[Identity, ...]:
    """Parse the file that `age-keygen` writes: one identity a line, comments after `#`."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(parse_identity(line) for line in lines if line and not line.startswith("#"))


def parse_recipients(texts: "Iterable[str | Recipient]") -> tuple[Recipient, ...]:
    """Return recipients for one file, those that are text parsed.

    Raises:
        AgeKeyError: there is none, one is not a recipient, or a hybrid one stands beside one that is not.
    """
    recipients = tuple(parse_recipient(each) if isinstance(each, str) else each for each in texts)
    if len({recipient.is_hybrid for recipient in recipients}) != 1:
        raise AgeKeyError(
            "A file needs recipients, all of one strength: beside an X25519 recipient a hybrid one protects nothing.",
            remedy="Use `age1pq1` recipients only, or `age1` recipients only.",
        )
    return recipients


def _share(stanza: Stanza, length: int) -> bytes:
    if len(stanza.arguments) != 1 or len(stanza.body) != _WRAPPED:
        raise AgeHeaderError(f"A {stanza.kind} stanza has the wrong shape.")
    share = from_base64(stanza.arguments[0])
    if len(share) != length:
        raise AgeHeaderError(f"The share in a {stanza.kind} stanza has the wrong length.")
    return share


def _x25519(data: bytes) -> X25519PublicKey:
    return X25519PublicKey.from_public_bytes(data)


def _x25519_cipher(secret: bytes, salt: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(algorithm=SHA256(), length=32, salt=salt, info=_X25519_INFO).derive(secret))
