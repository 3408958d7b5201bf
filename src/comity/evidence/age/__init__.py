"""age v1 (C2SP): files encrypted to ML-KEM-768 + X25519, so that what is recorded today stays closed to a later quantum computer.

Own code, because no library has the hybrid recipient at this speed; small, over `cryptography`, judged by the vectors of C2SP/CCTV
and by other implementations. It writes what `age` 1.3 and later read; X25519 is there for partners with an older one.
"""

from comity.evidence.age.errors import (
    AgeArmorError,
    AgeError,
    AgeHeaderError,
    AgeKeyError,
    AgeMacError,
    AgeNoMatchError,
    AgePayloadError,
)
from comity.evidence.age.files import Sealer, decrypt, decrypt_into, decrypt_stream, encrypt, encrypt_stream
from comity.evidence.age.keys import (
    Identity,
    Recipient,
    generate_identity,
    parse_identity,
    parse_recipient,
    parse_recipients,
    read_identities,
    recipient_of,
)

__all__ = [
    "AgeArmorError",
    "AgeError",
    "AgeHeaderError",
    "AgeKeyError",
    "AgeMacError",
    "AgeNoMatchError",
    "AgePayloadError",
    "Identity",
    "Recipient",
    "Sealer",
    "decrypt",
    "decrypt_into",
    "decrypt_stream",
    "encrypt",
    "encrypt_stream",
    "generate_identity",
    "parse_identity",
    "parse_recipient",
    "parse_recipients",
    "read_identities",
    "recipient_of",
]
