"""Certificates of offices and of time-stamping: self-signed X.509, P-256; the directory pins them."""

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from comity.acts.office import OfficeCertificate

NAME_LENGTH = 64  # upper bound of a common name, RFC 5280 appendix A


def make_office_certificate(
    key: ec.EllipticCurvePrivateKey, office_id: str, name: str, valid_from: datetime, valid_until: datetime
) -> x509.Certificate:
    """Return a certificate that signs acts for an office.

    Args:
        key: the office's key; P-256, so that stock OpenSSL accepts the signature.
        office_id: for example `gh/practice-prosecutor`; becomes the organisational unit.
        name: how readers of PDF show the signer.
        valid_from: first instant of validity, UTC.
        valid_until: last instant of validity, UTC.
    """
    return _make(key, office_id, name, valid_from, valid_until, for_time=False)


def make_time_certificate(
    key: ec.EllipticCurvePrivateKey, office_id: str, name: str, valid_from: datetime, valid_until: datetime
) -> x509.Certificate:
    """Return a certificate that signs time stamps and nothing else (RFC 3161 section 2.3: critical, the only purpose)."""
    return _make(key, office_id, name, valid_from, valid_until, for_time=True)


def listed(certificate: x509.Certificate, revoked_at: datetime | None = None) -> OfficeCertificate:
    """Return the certificate as the directory lists it, for as long as it is valid itself."""
    return OfficeCertificate(
        der=certificate.public_bytes(serialization.Encoding.DER),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        revoked_at=revoked_at,
    )


def _make(
    key: ec.EllipticCurvePrivateKey,
    office_id: str,
    name: str,
    valid_from: datetime,
    valid_until: datetime,
    *,
    for_time: bool,
) -> x509.Certificate:
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, office_id[:2].upper()),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, office_id[:NAME_LENGTH]),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:NAME_LENGTH]),
        ]
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(for_time=for_time), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if for_time:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(key, hashes.SHA256())


def _usage(*, for_time: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=not for_time,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
