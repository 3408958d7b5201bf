"""Names and keys of who signs notes: the verifier key (*vkey*) of C2SP signed-note, `name+key id+base64(type, public key)`.

The key id is short and no secret: it says which key a signature line is meant for, the signature says whether that is true.
"""

import hashlib
import re

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.ledger.wire import MalformedError, read_base64, to_base64

ED25519 = 0x01
"""Signature type of a plain Ed25519 note signature."""
COSIGNATURE = 0x04
"""Signature type of a timestamped Ed25519 cosignature (tlog-cosignature)."""
PUBLIC_BYTES = 32
KEY_ID_BYTES = 4
MAX_NAME_BYTES = 255
MAX_VKEY_CHARS = MAX_NAME_BYTES + 64
_KEY_ID = re.compile(r"[0-9a-f]{8}")


class MalformedKeyError(MalformedError):
    """A text is not a verifier key, or not one of the type that is needed here."""

    code = "malformed-ledger-key"


def is_name(text: str) -> bool:
    """Tell whether the text can name a key: not empty, not long, without spaces, plus signs and control characters."""
    return (
        0 < len(text.encode("utf-8", "surrogatepass")) <= MAX_NAME_BYTES
        and "+" not in text
        and not any(char.isspace() or char < " " or "\ud800" <= char <= "\udfff" for char in text)
    )


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """Return the 32 bytes of the public key (RFC 8032)."""
    return key.public_key().public_bytes_raw()


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """Return the four bytes that name a key in signature lines (signed-note, "Signatures")."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:KEY_ID_BYTES]


def encode_vkey(name: str, kind: int, public: bytes) -> str:
    """Return the verifier key as text.

    Args:
        name: of the signer, for example `gh.example/practice-prosecutor`.
        kind: ED25519 or COSIGNATURE.
        public: 32 bytes.
    """
    return f"{name}+{key_id(name, kind, public).hex()}+{to_base64(bytes([kind]) + public)}"


def parse_vkey(vkey: str, kind: int) -> tuple[str, bytes]:
    """Parse a verifier key.

    Args:
        vkey: unverified text.
        kind: the type that it must have.

    Returns:
        The name and the 32 bytes of the public key.

    Raises:
        MalformedKeyError: it has another form or type, or its key id does not follow from name and key.
    """
    parts = vkey.split("+", 2) if len(vkey) <= MAX_VKEY_CHARS else []
    if len(parts) != 3 or not is_name(parts[0]) or not _KEY_ID.fullmatch(parts[1]):
        raise MalformedKeyError(
            "A verifier key consists of a name, eight hexadecimal digits and base64, joined by '+'."
        )
    name, shown_id, encoded = parts
    material = read_base64(encoded, "public key", MalformedKeyError, 1 + PUBLIC_BYTES)
    if material[0] != kind:
        raise MalformedKeyError(f"The verifier key is of type {material[0]}; type {kind} is needed here.")
    if key_id(name, kind, material[1:]).hex() != shown_id:
        raise MalformedKeyError("The key id does not belong to this name and key.")
    return name, material[1:]
