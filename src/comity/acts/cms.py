"""Verifies the two CMS signatures of an act (RFC 5652): the office's and the time stamp's, in the one profile that acts use.

A general validator builds paths, follows many algorithms and forgives encodings. Here certificates are pinned by the
directory, algorithms are few, and every byte must be either signed, or a constant of the profile, or equal to what the
directory lists. So no byte can be changed unnoticed, and it takes a millisecond. A differential test compares the verdicts
with pyHanko's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import new as new_hash

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from comity.acts.der import (
    CONTEXT_0,
    CONTEXT_1,
    INTEGER,
    OCTETS,
    OID,
    SEQUENCE,
    SET,
    MalformedDerError,
    content,
    elements,
    parts,
)

SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
TST_INFO = bytes.fromhex("060b2a864886f70d0109100104")
CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
SIGNING_CERTIFICATE = bytes.fromhex("060b2a864886f70d010910020c")
SIGNING_CERTIFICATE_V2 = bytes.fromhex("060b2a864886f70d010910022f")
TIME_STAMP = bytes.fromhex("060b2a864886f70d010910020e")
_NULL = bytes.fromhex("0500")
_DIGESTS = {
    bytes.fromhex("0609608648016503040201"): "sha256",
    bytes.fromhex("0609608648016503040202"): "sha384",
    bytes.fromhex("0609608648016503040203"): "sha512",
}
_HASHES: Mapping[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_ECDSA = {
    bytes.fromhex("06082a8648ce3d040302"): "sha256",
    bytes.fromhex("06082a8648ce3d040303"): "sha384",
    bytes.fromhex("06082a8648ce3d040304"): "sha512",
}
_RSA = {
    bytes.fromhex("06092a864886f70d010101"): "",
    bytes.fromhex("06092a864886f70d01010b"): "sha256",
    bytes.fromhex("06092a864886f70d01010c"): "sha384",
    bytes.fromhex("06092a864886f70d01010d"): "sha512",
}
LISTED = 1024
"""How many certificates of the directory are kept read. What is read follows from the bytes; whether they are valid does not."""


class SignatureDoesNotVerifyError(MalformedDerError):
    """A CMS structure is well formed, but its signature, digest or certificate does not fit."""

    code = "signature-does-not-verify"


@dataclass(frozen=True, slots=True)
class SignedData:
    """A CMS structure, parsed but not verified.

    Attributes:
        kind: content type, as a whole OID element.
        inside: the content that it carries itself, or None when it is detached.
        certificates: the certificates it carries, DER.
        digest: name of the hash of the content and of the signed attributes.
        attributes: signed attributes, type -> the one value.
        signed: the bytes that the signature is over.
        signer: issuer and serial number of the signer, as encoded.
        algorithm: the signature algorithm, as encoded.
        signature: the signature.
        unsigned: unsigned attributes, type -> the one value.
    """

    kind: bytes
    inside: bytes | None
    certificates: tuple[bytes, ...]
    digest: str
    attributes: Mapping[bytes, bytes]
    signed: bytes
    signer: bytes
    algorithm: bytes
    signature: bytes
    unsigned: Mapping[bytes, bytes]


def parse(der: bytes) -> SignedData:
    """Return a CMS SignedData with one signer.

    Args:
        der: unverified bytes.

    Raises:
        MalformedDerError: the structure is not one of this profile.
    """
    wrapper = parts(der, SEQUENCE)
    if len(wrapper) != 2 or wrapper[0][1] != SIGNED_DATA:
        raise MalformedDerError("This is no signed data.")
    members = parts(content(wrapper[1][1], CONTEXT_0), SEQUENCE)
    if len(members) < 4 or members[0][1] not in (b"\x02\x01\x01", b"\x02\x01\x03"):
        raise MalformedDerError("This version of signed data is not used here.")
    kind, inside = _content(members[2][1])
    if (members[0][1] == b"\x02\x01\x01") != (kind == DATA):
        raise MalformedDerError("This version of signed data does not fit its content.")
    certificates = tuple(one[1] for one in elements(members[3][2])) if members[3][0] == CONTEXT_0 else ()
    signers = members[4 if certificates else 3 :]
    if len(signers) != 1 or signers[0][0] != SET:
        raise MalformedDerError("Something else than the signer follows.")
    infos = list(elements(signers[0][2]))
    algorithms = parts(members[1][1], SET)
    if len(infos) != 1 or len(algorithms) != 1:
        raise MalformedDerError("There must be exactly one signer with one digest.")
    return _signer(infos[0][1], kind, inside, certificates, _digest_name(algorithms[0][1]))


def _content(der: bytes) -> tuple[bytes, bytes | None]:
    members = parts(der, SEQUENCE)
    if not 1 <= len(members) <= 2 or members[0][0] != OID:
        raise MalformedDerError("The content is not named.")
    inside = content(content(members[1][1], CONTEXT_0), OCTETS) if len(members) == 2 else None
    return members[0][1], inside


def _signer(der: bytes, kind: bytes, inside: bytes | None, certificates: tuple[bytes, ...], digest: str) -> SignedData:
    members = parts(der, SEQUENCE)
    tags = [tag for tag, _, _ in members]
    if tags not in (
        [INTEGER, SEQUENCE, SEQUENCE, CONTEXT_0, SEQUENCE, OCTETS],
        [INTEGER, SEQUENCE, SEQUENCE, CONTEXT_0, SEQUENCE, OCTETS, CONTEXT_1],
    ):
        raise MalformedDerError("The signer is not described as in this profile.")
    if members[0][1] != b"\x02\x01\x01" or _digest_name(members[2][1]) != digest:
        raise MalformedDerError("The signer's version or digest is not used here.")
    return SignedData(
        kind=kind,
        inside=inside,
        certificates=certificates,
        digest=digest,
        attributes=_attributes(members[3][2]),
        signed=b"\x31" + members[3][1][1:],
        signer=members[1][2],
        algorithm=members[4][1],
        signature=members[5][2],
        unsigned=_attributes(members[6][2]) if len(members) == 7 else {},
    )


def _attributes(data: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for _, element, _ in elements(data):
        members = parts(element, SEQUENCE)
        values = parts(members[1][1], SET) if len(members) == 2 else []
        if len(values) != 1 or members[0][1] in found:
            raise MalformedDerError("An attribute has not exactly one value.")
        found[members[0][1]] = values[0][1]
    return found


def _digest_name(der: bytes) -> str:
    members = parts(der, SEQUENCE)
    name = _DIGESTS.get(members[0][1]) if members else None
    if name is None or [one[1] for one in members[1:]] not in ([], [_NULL]):
        raise MalformedDerError("This digest is not used here.")
    return name


def signer_certificate(signed: SignedData, listed: Sequence[bytes]) -> bytes | None:
    """Return the certificate, among those listed, that the structure says signed it; None when it is not listed.

    Raises:
        MalformedDerError: the structure carries a certificate that is not listed, or not as listed.
    """
    signer = next((der for der in listed if issuer_and_serial(der) == signed.signer), None)
    if signer is not None and any(der not in listed for der in signed.certificates):
        raise MalformedDerError("It carries a certificate that the directory does not list.")
    return signer


@lru_cache(maxsize=LISTED)
def issuer_and_serial(certificate: bytes) -> bytes:
    """Return issuer and serial number of a certificate as CMS names a signer (RFC 5280 section 4.1)."""
    body = parts(parts(certificate, SEQUENCE)[0][1], SEQUENCE)
    at = 1 if body[0][0] == CONTEXT_0 else 0
    return body[at + 2][1] + body[at][1]


def verify(signed: SignedData, kind: bytes, content_digest: bytes, certificate: bytes) -> None:
    """Check that a certificate's key signed a content.

    Args:
        signed: the parsed structure.
        kind: the content type it must have.
        content_digest: digest of the content by `signed.digest`.
        certificate: DER, already trusted.

    Raises:
        SignatureDoesNotVerifyError: it did not.
    """
    attributes = signed.attributes
    if signed.kind != kind or attributes.get(CONTENT_TYPE) != kind:
        raise SignatureDoesNotVerifyError("The signature is over another kind of content.")
    if attributes.get(MESSAGE_DIGEST) != b"\x04" + bytes([len(content_digest)]) + content_digest:
        raise SignatureDoesNotVerifyError("The signed digest is not that of the content.")
    if not _names_certificate(attributes, certificate):
        raise SignatureDoesNotVerifyError("The signature does not name its certificate.")
    key = _public_key(certificate)
    algorithm = parts(signed.algorithm, SEQUENCE)
    try:
        _verify_with(key, algorithm, signed)
    except (InvalidSignature, UnsupportedAlgorithm) as error:
        raise SignatureDoesNotVerifyError("The signature does not verify with the certificate's key.") from error


@lru_cache(maxsize=LISTED)
def _public_key(certificate: bytes) -> object:
    return x509.load_der_x509_certificate(certificate).public_key()


def _verify_with(key: object, algorithm: list[tuple[int, bytes, bytes]], signed: SignedData) -> None:
    oid, rest = algorithm[0][1], [one[1] for one in algorithm[1:]]
    chosen = _HASHES[signed.digest]
    if isinstance(key, ec.EllipticCurvePublicKey) and _ECDSA.get(oid) == signed.digest and not rest:
        key.verify(signed.signature, signed.signed, ec.ECDSA(chosen))
    elif isinstance(key, rsa.RSAPublicKey) and _RSA.get(oid) in ("", signed.digest) and rest == [_NULL]:
        key.verify(signed.signature, signed.signed, padding.PKCS1v15(), chosen)
    else:
        raise SignatureDoesNotVerifyError("The algorithm of the signature is not used here.")


def _names_certificate(attributes: Mapping[bytes, bytes], certificate: bytes) -> bool:
    """Whether the signed attributes name the certificate by its hash (RFC 5035): the first one named is the signer's."""
    for kind, default in ((SIGNING_CERTIFICATE_V2, "sha256"), (SIGNING_CERTIFICATE, "sha1")):
        if kind in attributes:
            first = parts(parts(parts(attributes[kind], SEQUENCE)[0][1], SEQUENCE)[0][1], SEQUENCE)
            name = _digest_name(first[0][1]) if first[0][0] == SEQUENCE else default
            named = first[1] if first[0][0] == SEQUENCE else first[0]
            return named[2] == new_hash(name, certificate, usedforsecurity=name != "sha1").digest()
    return False
