"""Opens a signed act: decides on bytes whether they are an act that the sender's office signed, and returns what it says.

The rules, in the order in which they are tried:

1. The file has at most `MAX_BYTES` and begins like a PDF.
2. It ends with the one signature of an act, which covers everything else in the file.
3. The signed digest is that of the file.
4. The file is built as the typesetter builds it: nothing active, nothing hidden, nothing that unpacks beyond the limits.
5. It embeds exactly one file, `act.json`: canonical, and an act by its schema.
6. The directory lists the sender, and pins the certificate whose key signed.
7. A time stamp, by a time certificate that the office lists, says when; then the certificate was valid and not revoked.
8. The words on the pages are those that the payload composes to, with the words of the receiver's own lawbook.

What is left out: whether the act may follow what went before (`cooperation`), whether it was received before (`node`), and whether
the shapes of the letters are what the fonts say: `compare_drawing` finds that out by drawing the pages again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from comity.acts import cms, refusals
from comity.acts.act import Act, decode_act
from comity.acts.canonical import digest
from comity.acts.comparing import refuse_other_drawing, refuse_other_text
from comity.acts.der import MalformedDerError
from comity.acts.document import compose
from comity.acts.office import Office, OfficeCertificate
from comity.acts.pdf_layout import Layout, read_layout, unpack
from comity.acts.pdf_safety import payload_object
from comity.acts.pdf_signature import Placed, fill, find_signature, with_place
from comity.acts.time_token import trusted_time
from comity.acts.wordbook import Wordbook

MAX_BYTES = 8 * 1024 * 1024
CLOCK_SKEW = timedelta(minutes=5)
Directory = Callable[[str], Office | None]


@dataclass(frozen=True, slots=True)
class OpenedAct:
    """An act that was accepted.

    Attributes:
        act: what it says.
        id: SHA-256 of its canonical payload.
        pdf_sha256: SHA-256 of the file.
        signed_at: the time that the time stamp proves.
        office: the sender, as the directory listed it.
    """

    act: Act
    id: str
    pdf_sha256: str
    signed_at: datetime
    office: Office


def open_act(
    pdf: bytes,
    directory: Directory,
    wordbook: Wordbook,
    now: datetime,
    *,
    compare_drawing: bool = False,
    max_bytes: int = MAX_BYTES,
) -> OpenedAct:
    """Return the act that a file holds.

    Args:
        pdf: unverified bytes.
        directory: office id -> office, or None.
        wordbook: the receiver's own labels and forms.
        now: the present time, UTC.
        compare_drawing: also draw the pages here and compare what they look like; some ten times as slow.
        max_bytes: the largest file accepted.

    Raises:
        RefusedActError: with the code of the first rule that the file breaks.
        MalformedActError: the payload is not an act.
        NotCanonicalError: the payload is not canonical JSON.
    """
    placed = _signature(pdf, max_bytes)
    signed = _cms(placed)
    layout, payload, streams = _contents(pdf, placed)
    act = decode_act(payload)
    office = directory(act.sender)
    if office is None:
        raise refusals.UnknownOfficeError(f"The directory does not list the office {act.sender}.", where=act.sender)
    signed_at = _proven(signed, placed, office, now)
    if act.made_at > signed_at + CLOCK_SKEW:
        raise refusals.BadTimeStampError("The act says that it was made after it was signed.")
    offices = {name: found for name in {act.sender, *act.parties.values()} if (found := directory(name))}
    act_id = digest(payload)
    document = compose(act, wordbook, offices, act_id=act_id)
    refuse_other_text(document, payload, pdf[: layout.end], layout, streams)
    if compare_drawing:
        refuse_other_drawing(document, payload, pdf[: layout.end])
    return OpenedAct(act, act_id, digest(pdf), signed_at, office)


def _signature(pdf: bytes, max_bytes: int) -> Placed:
    if len(pdf) > max_bytes:
        raise refusals.TooLargeError(f"The file has {len(pdf)} bytes; an act has at most {max_bytes}.")
    if not pdf.startswith(b"%PDF-"):
        raise refusals.NotAPdfError("The file is not a PDF.")
    placed = find_signature(pdf)
    if placed:
        return placed
    if b"/Encrypt" in pdf:
        raise refusals.ActiveContentError("The PDF is encrypted.", where="Encrypt")
    if b"/EmbeddedFile" not in pdf:
        raise refusals.NoPayloadError("The PDF holds no act.json.")
    raise refusals.BadSignatureError("The PDF does not end with the signature of an office over an act.")


def _cms(placed: Placed) -> cms.SignedData:
    try:
        signed = cms.parse(placed.container)
    except (MalformedDerError, IndexError) as error:
        raise refusals.BadSignatureError(f"The signature is not built like that of an act: {error}") from error
    if signed.attributes.get(cms.MESSAGE_DIGEST) != b"\x04\x20" + bytes.fromhex(placed.signed):
        raise refusals.ChangedAfterSigningError("The file is not what was signed: its digest differs.")
    return signed


def _contents(pdf: bytes, placed: Placed) -> tuple[Layout, bytes, Mapping[int, bytes]]:
    layout = read_layout(pdf)
    expected = with_place(pdf[: layout.end], layout, placed.reserved)
    if len(expected) != len(pdf) or fill(expected, placed.container, placed.reserved) != pdf:
        raise refusals.ActiveContentError("Behind the pages stands something else than the signature of an act.")
    number = payload_object(layout)
    streams = unpack(iter(layout.items.items()))
    if number not in streams:
        raise refusals.NoPayloadError("The PDF names act.json but does not hold it.")
    return layout, streams[number], streams


def _proven(signed: cms.SignedData, placed: Placed, office: Office, now: datetime) -> datetime:
    """Return the trusted time at which a certificate of the office signed."""
    try:
        certificate = cms.signer_certificate(signed, [one.der for one in office.certificates])
        if certificate is None:
            raise refusals.WrongKeyError(f"The signature is not by a key of {office.id}.", where=office.id)
        cms.verify(signed, cms.DATA, bytes.fromhex(placed.signed), certificate)
    except (MalformedDerError, IndexError) as error:
        raise refusals.BadSignatureError(f"The signature does not verify: {error}") from error
    if signed.unsigned.keys() != {cms.TIME_STAMP}:
        raise refusals.BadTimeStampError("The signature carries no time stamp, or more than that.")
    signed_at = trusted_time(signed.unsigned[cms.TIME_STAMP], signed.signature, office.time_certificates)
    if signed_at > now + CLOCK_SKEW:
        raise refusals.BadTimeStampError("The time stamp lies in the future.")
    _refuse_invalid(next(one for one in office.certificates if one.der == certificate), signed_at)
    return signed_at


def _refuse_invalid(certificate: OfficeCertificate, signed_at: datetime) -> None:
    if not certificate.valid_from <= signed_at <= certificate.valid_until:
        raise refusals.CertificateExpiredError("The certificate was not valid when the act was signed.")
    if certificate.revoked_at is not None and signed_at >= certificate.revoked_at:
        raise refusals.CertificateRevokedError("The certificate was revoked before the act was signed.")
