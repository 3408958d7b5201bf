"""Time-stamping by RFC 3161: an authority inside the process, or any other by its address.

A time stamp says that a digest existed at a time. The local authority is as trustworthy as the office that runs it, and the
directory says which one an office uses; a qualified one takes its place by one setting.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import httpx
from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from comity.acts.canonical import digest
from comity.acts.encoding import encode_signed, sequence
from comity.errors import TransportError

POLICY = (
    "1.3.6.1.4.1.66666.3161.1"  # no policy is registered: the office's own directory entry says what the stamp is worth
)


class TimeStampUnavailableError(TransportError):
    """A time-stamping authority did not answer, or refused."""

    code = "time-stamp-unavailable"


class TimeAuthority(Protocol):
    """Answers time-stamp requests."""

    def answer(self, request: bytes) -> bytes:
        """Return the TimeStampResp (DER) to a TimeStampReq (DER).

        Raises:
            TimeStampUnavailableError: there is no answer; it may be asked again.
        """
        ...


@dataclass(frozen=True, slots=True)
class LocalTimeAuthority:
    """A time-stamping authority in this process.

    Attributes:
        key: P-256.
        certificate: of `make_time_certificate`.
        clock: returns the time, UTC.
    """

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    clock: Callable[[], datetime]

    def answer(self, request: bytes) -> bytes:
        """Return a granted response to the request."""
        asked = tsp.TimeStampReq.load(request)
        info = self._info(asked)
        token = self._token(info)
        return sequence(tsp.PKIStatusInfo({"status": "granted"}).dump(), encode_signed(token))

    def _info(self, asked: tsp.TimeStampReq) -> bytes:
        value: dict[str, object] = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": asked["message_imprint"],
            "serial_number": secrets.randbits(63),
            "gen_time": self.clock().replace(microsecond=0),
            "ordering": False,
        }
        if asked["nonce"].native is not None:
            value["nonce"] = asked["nonce"]
        return bytes(tsp.TSTInfo(value).dump())

    def _token(self, info: bytes) -> cms.ContentInfo:
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        own = asn1_x509.Certificate.load(der)
        attributes = cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
                cms.CMSAttribute({"type": "message_digest", "values": [bytes.fromhex(digest(info))]}),
                cms.CMSAttribute({"type": "signing_certificate_v2", "values": [_signing_certificate(der)]}),
            ]
        )
        signature = self.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256()))
        signer = {
            "version": "v1",
            "sid": {"issuer_and_serial_number": {"issuer": own.issuer, "serial_number": own.serial_number}},
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": signature,
        }
        signed = {
            "version": "v3",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
            "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(info)},
            "certificates": [own],
            "signer_infos": [signer],
        }
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})


def _signing_certificate(der: bytes) -> tsp.SigningCertificateV2:
    return tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": bytes.fromhex(digest(der))})]})


@dataclass(frozen=True, slots=True)
class RemoteTimeAuthority:
    """A time-stamping authority by its address (RFC 3161 section 3.4).

    Attributes:
        url: where requests are posted.
        timeout: seconds.
    """

    url: str
    timeout: float = 10.0

    def answer(self, request: bytes) -> bytes:
        """Post the request and return what comes back."""
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        try:
            response = httpx.post(self.url, content=request, headers=headers, timeout=self.timeout)
            response.raise_for_status()
        except httpx.HTTPError as error:
            raise TimeStampUnavailableError(
                f"The time-stamping authority at {self.url} did not answer: {error}",
                remedy="Try again later, or name another one.",
            ) from error
        return response.content
