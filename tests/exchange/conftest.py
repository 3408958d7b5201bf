"""Practice keys, offices and a founded directory. Keys follow from names, so that every run signs the same."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.acts.office import Office, OfficeCertificate
from comity.exchange.charter import State, found_directory, signer
from comity.exchange.directory import Directory, open_directory
from comity.exchange.keys import EnvelopeKey
from comity.exchange.publishing import publish
from comity.exchange.sources import mapping_source
from comity.exchange.tuf_names import Signer
from comity.ledger.note import NoteSigner

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OFFICES = ("fr/liaison", "gh/practice-police", "gh/practice-prosecutor", "vn/central")


def seed(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def ed25519(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed(name))


def state(code: str, *, root: bool = True) -> State:
    return State(code, signer(ed25519(f"{code} offices")), signer(ed25519(f"{code} root")) if root else None)


def make_certificate() -> OfficeCertificate:
    key = ec.derive_private_key(int.from_bytes(seed("certificate"), "big") >> 8, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "practice")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, NOW, NOW + timedelta(days=365))
    der = builder.sign(key, hashes.SHA256(), ecdsa_deterministic=True).public_bytes(serialization.Encoding.DER)
    return OfficeCertificate(der, NOW, NOW + timedelta(days=365))


CERTIFICATE = make_certificate()


def make_office(office_id: str, **changes: object) -> Office:
    members: dict[str, object] = {
        "names": {"en": f"Office {office_id}", "zh": "练习机关"},
        "languages": ("en", "zh"),
        "actors": ("requesting", "requested"),
        "measures": ("preserve",),
        "certificates": (CERTIFICATE,),
        "time_certificates": (CERTIFICATE,),
        "envelope_keys": (EnvelopeKey(seed(f"{office_id} envelope")).public,),
        "age_recipients": ("age1pq1" + "q" * 100,),
        "ledger_key": NoteSigner(office_id, ed25519(f"{office_id} ledger")).vkey,
        "url": "https://node.example/",
        "contact": {"telephone": "+000 0000"},
    }
    return Office(office_id, office_id[:2].upper(), **{**members, **changes})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Practice:
    """A directory of three states, two of which are needed for its root."""

    states: tuple[State, ...]
    operator: Signer
    files: Mapping[str, bytes]
    now: datetime = NOW

    @property
    def root(self) -> bytes:
        return self.files["1.root.json"]

    @property
    def keys(self) -> dict[str, Signer]:
        return {each.code: each.offices for each in self.states}

    def publish(
        self, *offices: Office, files: Mapping[str, bytes] | None = None, at: datetime = NOW
    ) -> dict[str, bytes]:
        return publish(files or self.files, offices, self.keys, self.operator, at)

    def open(
        self, files: Mapping[str, bytes] | None = None, *, at: datetime = NOW, seen: Directory | None = None
    ) -> Directory:
        return open_directory(mapping_source(self.files if files is None else files), self.root, at, seen=seen)


@pytest.fixture(scope="session")
def practice() -> Practice:
    states = (state("fr"), state("gh"), state("vn"))
    operator = signer(ed25519("operator"))
    founded = found_directory(states, operator, NOW, threshold=2)
    offices = [make_office(office_id) for office_id in OFFICES]
    return Practice(states, operator, publish(founded, offices, {s.code: s.offices for s in states}, operator, NOW))


@pytest.fixture
def office() -> Callable[..., Office]:
    return make_office


@pytest.fixture
def envelope_key() -> Callable[[str], EnvelopeKey]:
    return lambda office_id: EnvelopeKey(seed(f"{office_id} envelope"))


@pytest.fixture
def ed25519_key() -> Callable[[str], Ed25519PrivateKey]:
    return ed25519


@pytest.fixture
def make_state() -> Callable[..., State]:
    return state
