"""The private keys of a node, as files that only their owner can read. No Django here: they are made before the node runs."""

import os
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from comity.acts.certificates import listed, make_office_certificate, make_time_certificate
from comity.acts.office import Office
from comity.errors import LocalError
from comity.evidence.age import generate_identity, recipient_of
from comity.exchange.keys import EnvelopeKey, OfficeKeys
from comity.ledger.cosignature import WitnessSigner
from comity.ledger.note import NoteSigner
from comity.node.home import Home

VALID_FOR = timedelta(days=3 * 365)
BEFORE = timedelta(hours=1)
"""How much earlier than now a new certificate is valid, for partners whose clocks are behind."""


class KeysError(LocalError):
    """A key file is missing, unreadable or not what it should be."""

    code = "keys"


def create_keys(home: Home, now: datetime) -> OfficeKeys:
    """Make the keys that are missing; those that are there stay, so an interrupted beginning can be repeated.

    Args:
        home: whose folder they go to.
        now: certificates are valid from about then on.
    """
    makers: Mapping[str, Callable[[], bytes]] = {
        "signing.pem": lambda: _pem(ec.generate_private_key(ec.SECP256R1())),
        "time.pem": lambda: _pem(ec.generate_private_key(ec.SECP256R1())),
        "envelope.key": lambda: EnvelopeKey.generate().encode().encode(),
        "age.key": lambda: f"{generate_identity().strip()}\n".encode(),
        "ledger.key": lambda: _pem(Ed25519PrivateKey.generate()),
        "witness.key": lambda: _pem(Ed25519PrivateKey.generate()),
        "session.secret": lambda: secrets.token_urlsafe(64).encode(),
    }
    for name, make in makers.items():
        _keep(home.keys / name, make)
    for name, certify in (("signing", make_office_certificate), ("time", make_time_certificate)):
        key = _p256(home.keys / f"{name}.pem")
        _keep(home.keys / f"{name}.crt", lambda c=certify, k=key: _certificate(c, k, home, now))  # type: ignore[misc]
    return load_keys(home)


def load_keys(home: Home) -> OfficeKeys:
    """Read the keys of a node.

    Raises:
        KeysError: one is missing or broken.
    """
    return OfficeKeys(
        signing_key=_read(home.keys / "signing.pem"),
        signing_certificate=_read(home.keys / "signing.crt"),
        time_key=_read(home.keys / "time.pem"),
        time_certificate=_read(home.keys / "time.crt"),
        envelope_keys=tuple(map(EnvelopeKey.decode, _lines(home.keys / "envelope.key"))),
        age_identity=_lines(home.keys / "age.key")[0].strip(),
        ledger_key=_ed25519(home.keys / "ledger.key"),
        witness_key=_ed25519(home.keys / "witness.key"),
    )


def describe_office(home: Home, keys: OfficeKeys) -> Office:
    """Return the office as the directory should list it: names, parts and public keys."""
    return Office(
        id=home.office,
        state=home.state,
        names=dict(home.names),
        languages=home.languages,
        actors=home.actors,
        certificates=(listed(x509.load_pem_x509_certificate(keys.signing_certificate)),),
        time_certificates=(listed(x509.load_pem_x509_certificate(keys.time_certificate)),),
        envelope_keys=tuple(key.public for key in keys.envelope_keys),
        age_recipients=(recipient_of(keys.age_identity),),
        ledger_key=NoteSigner(home.office, keys.ledger_key).vkey,
        witness_key=WitnessSigner(f"{home.office}/witness", keys.witness_key).vkey,
        url=home.url,
    )


def _certificate(
    certify: Callable[..., x509.Certificate], key: ec.EllipticCurvePrivateKey, home: Home, now: datetime
) -> bytes:
    made = certify(key, home.office, home.name("en"), now - BEFORE, now + VALID_FOR)
    return made.public_bytes(Encoding.PEM)


def _keep(path: Path, make: Callable[[], bytes]) -> None:
    """Write a file once, whole, readable by its owner only."""
    if path.exists():
        return
    part = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(make())
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _pem(key: ec.EllipticCurvePrivateKey | Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeysError(
            f"The key file {path.name} cannot be read: {error.strerror}",
            remedy="Restore it from its backup.",
            where=str(path),
        ) from error


def _lines(path: Path) -> list[str]:
    lines = [f"{line}\n" for line in _read(path).decode("ascii", "replace").splitlines() if line.strip()]
    if not lines:
        raise KeysError(f"The key file {path.name} is empty.", remedy="Restore it from its backup.", where=str(path))
    return lines


def _ed25519(path: Path) -> Ed25519PrivateKey:
    key = _private(path)
    if not isinstance(key, Ed25519PrivateKey):
        raise KeysError(f"{path.name} is not an Ed25519 key.", where=str(path))
    return key


def _p256(path: Path) -> ec.EllipticCurvePrivateKey:
    key = _private(path)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise KeysError(f"{path.name} is not an elliptic curve key.", where=str(path))
    return key


def _private(path: Path) -> object:
    try:
        return load_pem_private_key(_read(path), None)
    except ValueError as error:
        raise KeysError(
            f"{path.name} is not a private key.", remedy="Restore it from its backup.", where=str(path)
        ) from error
