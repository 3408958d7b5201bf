"""Invented offices with keys, for the vectors, the tests and the benchmarks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from vectors.acts.samples import NOW, OFFICES

from comity.acts.certificates import listed, make_office_certificate, make_time_certificate
from comity.acts.office import Office
from comity.acts.signing import OfficeSigner
from comity.acts.timestamp import LocalTimeAuthority

BEGIN, END = NOW - timedelta(days=1), NOW + timedelta(days=730)
LONG_AFTER = NOW + timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Keyed:
    """An office with what it signs with."""

    office: Office
    signer: OfficeSigner


def keyed(office: Office, *, until: datetime = END, revoked_at: datetime | None = None, at: datetime = NOW) -> Keyed:
    """Return an office with new keys, listed in its own entry.

    Args:
        office: without certificates.
        until: when its signing certificate expires.
        revoked_at: when it is revoked.
        at: what the clock of its time authority says.
    """
    key, time_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    certificate = make_office_certificate(key, office.id, office.name("en"), BEGIN, until)
    time_certificate = make_time_certificate(time_key, office.id, f"Time of {office.name('en')}", BEGIN, END)
    entry = replace(
        office, certificates=(listed(certificate, revoked_at),), time_certificates=(listed(time_certificate),)
    )
    return Keyed(entry, OfficeSigner(key, certificate, LocalTimeAuthority(time_key, time_certificate, lambda: at)))


def offices_with_keys() -> Mapping[str, Keyed]:
    """Return the sample offices with keys."""
    return {office_id: keyed(office) for office_id, office in OFFICES.items()}


def entries(offices: Mapping[str, Keyed]) -> dict[str, Office]:
    """Return what the directory says of them."""
    return {office_id: one.office for office_id, one in offices.items()}
