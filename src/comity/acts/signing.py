"""The office's signature over a whole PDF: PAdES B-T (ETSI EN 319 142-1), P-256 with SHA-256 and an RFC 3161 time stamp.

pyHanko makes the CMS; the update that holds it is `pdf_signature`'s, because pyHanko's own rewrites the metadata with its own
clock and leaves room for variants that a receiver would have to allow.
"""

import asyncio
from dataclasses import dataclass
from functools import cached_property

from asn1crypto import cms, core, keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.sign import SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from comity.acts.encoding import encode_signed, sequence, settle
from comity.acts.pdf_layout import read_layout
from comity.acts.pdf_signature import RESERVED, digest_to_sign, fill, with_place
from comity.acts.timestamp import TimeAuthority, TimeStampUnavailableError
from comity.errors import LocalError


class SignatureTooLongError(LocalError):
    """A signature with its certificates and time stamp does not fit into a PDF."""

    code = "signature-too-long"


@dataclass(frozen=True)
class OfficeSigner:
    """What an office signs with.

    Attributes:
        key: P-256.
        certificate: as the directory pins it.
        time_authority: whom it asks for the time.
    """

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    time_authority: TimeAuthority

    @cached_property
    def cms_signer(self) -> SimpleSigner:
        """Return pyHanko's signer for this office."""
        key = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return _Signer(
            signing_cert=asn1_x509.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER)),
            signing_key=keys.PrivateKeyInfo.load(key),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        )


def sign(pdf: bytes, signer: OfficeSigner) -> bytes:
    """Return the PDF with the office's signature over all of it.

    Args:
        pdf: the typeset file of `render`.
        signer: the office's key, certificate and time authority.

    Raises:
        TimeStampUnavailableError: the time authority gave no stamp.
        SignatureTooLongError: its certificates are too many.
    """
    layout = read_layout(pdf)
    for reserved in RESERVED:
        placed = with_place(pdf, layout, reserved)
        container = _cms(bytes.fromhex(digest_to_sign(placed, reserved)), signer)
        if len(container) <= reserved:
            return fill(placed, container, reserved)
    raise SignatureTooLongError(
        "The signature does not fit into the PDF.", remedy="Use a time authority with fewer certificates."
    )


def _cms(content_digest: bytes, signer: OfficeSigner) -> bytes:
    return asyncio.run(_signed(content_digest, signer))


async def _signed(content_digest: bytes, signer: OfficeSigner) -> bytes:
    """Return octets, not the ASN.1 value, which asyncio would write out when it restores signal handlers."""
    signed = await signer.cms_signer.async_sign(
        content_digest, "sha256", use_pades=True, timestamper=_Stamper(signer.time_authority)
    )
    return encode_signed(signed)


class _SignerInfo(cms.SignerInfo):  # type: ignore[misc]
    """Is encoded once: pyHanko asks for its octets again and again, and asn1crypto then encodes all below anew (see `encoding`)."""

    def __setitem__(self, key: str, value: object) -> None:
        if isinstance(value, core.Sequence | core.SequenceOf):
            settle(value)
        super().__setitem__(key, value)

    def dump(self, force: bool = False) -> bytes:
        """Return the octets, without the library's look at the last octet of the length."""
        return sequence(self.contents)


class _Signer(SimpleSigner):
    def signer_info(self, digest_algorithm: str, signed_attrs: cms.CMSAttributes, signature: bytes) -> cms.SignerInfo:
        """Return the library's value as one that keeps its octets."""
        made = super().signer_info(digest_algorithm, signed_attrs, signature)
        return _SignerInfo({name: made[name] for name in made if made[name].native is not None})


class _Stamper(TimeStamper):
    """Lets pyHanko ask a time authority of ours."""

    def __init__(self, authority: TimeAuthority) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]
        self._authority = authority

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Return the authority's response."""
        answer = self._authority.answer(req.dump())
        try:
            return tsp.TimeStampResp.load(answer, strict=True)
        except ValueError as error:
            raise TimeStampUnavailableError(f"The time-stamping authority answered something else: {error}") from error
