"""Keys, offices and a directory for the vectors; every key follows from its name and protects nothing."""

import hashlib
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.acts.office import Office, OfficeCertificate
from comity.exchange.charter import State, signer
from comity.exchange.keys import EnvelopeKey
from comity.ledger.note import NoteSigner

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
US, SENDER = "gh/practice-prosecutor", "fr/liaison"


def seed(name: str) -> bytes:
    """Return the 32 octets that a key of this name is made of."""
    return hashlib.sha256(f"comity vectors {name}".encode()).digest()


def ed25519(name: str) -> Ed25519PrivateKey:
    """Return a signing key."""
    return Ed25519PrivateKey.from_private_bytes(seed(name))


def envelope_key(name: str) -> EnvelopeKey:
    """Return a key that opens envelopes."""
    return EnvelopeKey(seed(f"{name} envelope"))


def ledger(office_id: str) -> NoteSigner:
    """Return the ledger key of an office."""
    return NoteSigner(office_id, ed25519(f"{office_id} ledger"))


def certificate() -> OfficeCertificate:
    """Return a certificate that is signed the same every time."""
    key = ec.derive_private_key(int.from_bytes(seed("certificate"), "big") >> 8, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Comity vectors")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, NOW, NOW + timedelta(days=365))
    signed = builder.sign(key, hashes.SHA256(), ecdsa_deterministic=True)
    return OfficeCertificate(signed.public_bytes(serialization.Encoding.DER), NOW, NOW + timedelta(days=365))


def office(office_id: str, **changes: object) -> Office:
    """Return an office with everything that the exchange looks at."""
    members: dict[str, object] = {
        "names": {"en": f"Practice office {office_id}", "zh": "练习机关"},
        "languages": ("en", "zh"),
        "actors": ("requesting", "requested"),
        "certificates": (certificate(),),
        "envelope_keys": (envelope_key(office_id).public,),
        "ledger_key": ledger(office_id).vkey,
        "url": "https://node.example/",
    }
    return Office(office_id, office_id[:2].upper(), **{**members, **changes})  # type: ignore[arg-type]


STATES = tuple(
    State(code, signer(ed25519(f"{code} offices")), signer(ed25519(f"{code} root"))) for code in ("fr", "gh", "vn")
)
OPERATOR = signer(ed25519("operator"))
KEYS = {state.code: state.offices for state in STATES}
ROOTS = [state.root for state in STATES if state.root]
