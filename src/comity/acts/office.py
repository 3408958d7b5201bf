"""An office as the directory lists it: who it is, what it may do, and the public keys it signs, decrypts and logs with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class OfficeCertificate:
    """A certificate of the office, trusted from `valid_from` until `valid_until` unless revoked before.

    Attributes:
        der: the certificate (X.509, DER).
        revoked_at: signatures with a trusted time from then on are refused; earlier ones stay good.
    """

    der: bytes
    valid_from: datetime
    valid_until: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """One office in the directory; immutable.

    Attributes:
        id: `state/name`, for example `gh/practice-prosecutor`; the part before the slash is the state's code in lower case.
        state: ISO 3166-1 alpha-2.
        names: language -> name.
        languages: languages it accepts, best first.
        actors: the parts it may play in procedures (`requesting`, `requested`, `provider`).
        measures: codes of the measures it is competent for; empty means all that its actors allow.
        certificates: for signing acts (P-256 or P-384).
        time_certificates: of the time-stamping authorities it uses (RFC 3161).
        envelope_keys: HPKE public keys (ML-KEM-768 + X25519), raw, current one first.
        age_recipients: hybrid age recipients, current one first.
        ledger_key: verifier key of its log (C2SP signed note vkey).
        witness_key: verifier key for its cosignatures.
        url: where its node is reached; empty when it has none.
        contact: for people: telephone, e-mail, address.
    """

    id: str
    state: str
    names: Mapping[str, str]
    languages: tuple[str, ...] = ("en",)
    actors: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    certificates: tuple[OfficeCertificate, ...] = ()
    time_certificates: tuple[OfficeCertificate, ...] = ()
    envelope_keys: tuple[bytes, ...] = ()
    age_recipients: tuple[str, ...] = ()
    ledger_key: str = ""
    witness_key: str = ""
    url: str = ""
    contact: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    extra: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def name(self, language: str) -> str:
        """Return the name in the language, or in English, or in whatever there is."""
        return self.names.get(language) or self.names.get("en") or next(iter(self.names.values()), self.id)
