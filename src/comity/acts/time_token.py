"""Verifies an RFC 3161 time stamp token against the certificates that an office lists for time."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from comity.acts import cms
from comity.acts.der import INTEGER, OCTETS, OID, SEQUENCE, TIME, MalformedDerError, parts
from comity.acts.office import OfficeCertificate
from comity.acts.refusals import BadTimeStampError

_SHA256 = bytes.fromhex("0609608648016503040201")


def trusted_time(token: bytes, signature: bytes, listed: Sequence[OfficeCertificate]) -> datetime:
    """Return the time that a token proves for a signature.

    Args:
        token: unverified DER of the TimeStampToken.
        signature: the signature value that the token must be about (ETSI EN 319 122-1 section 5.3).
        listed: the time certificates of the office.

    Raises:
        BadTimeStampError: the token is not about the signature, not by a listed certificate, or not valid at its own time.
    """
    try:
        signed = cms.parse(token)
        certificate = cms.signer_certificate(signed, [one.der for one in listed])
        if certificate is None or signed.inside is None:
            raise BadTimeStampError("The time stamp is by an authority that the office does not list.")
        content_digest = hashlib.new(signed.digest, signed.inside).digest()
        cms.verify(signed, cms.TST_INFO, content_digest, certificate)
        imprint, at = _info(signed.inside)
    except (MalformedDerError, IndexError, ValueError) as error:
        raise BadTimeStampError(f"The time stamp does not verify: {error}") from error
    if signed.unsigned:
        raise BadTimeStampError("The time stamp carries something that is not signed.")
    if imprint != hashlib.sha256(signature).digest():
        raise BadTimeStampError("The time stamp is about another signature.")
    _refuse_invalid(next(one for one in listed if one.der == certificate), at)
    return at


def _info(der: bytes) -> tuple[bytes, datetime]:
    """Return the digest and the time of a TSTInfo (RFC 3161 section 2.4.2)."""
    members = parts(der, SEQUENCE)
    if [tag for tag, _, _ in members[:5]] != [INTEGER, OID, SEQUENCE, INTEGER, TIME] or members[0][
        1
    ] != b"\x02\x01\x01":
        raise MalformedDerError("This is no time stamp of version 1.")
    imprint = parts(members[2][1], SEQUENCE)
    if parts(imprint[0][1], SEQUENCE)[0][1] != _SHA256 or imprint[1][0] != OCTETS:
        raise MalformedDerError("The time stamp is not over SHA-256.")
    written = members[4][2].decode("ascii").rstrip("Z").split(".")[0]
    return imprint[1][2], datetime.strptime(written, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _refuse_invalid(certificate: OfficeCertificate, at: datetime) -> None:
    if not certificate.valid_from <= at <= certificate.valid_until:
        raise BadTimeStampError("The time-stamping certificate was not valid at that time.")
    if certificate.revoked_at is not None and at >= certificate.revoked_at:
        raise BadTimeStampError("The time-stamping certificate was revoked at that time.")
