"""An envelope: a parcel encrypted to one office, the same octets on every carrier.

    comity-envelope/1 LF
    {"key":"<key id>","to":"<office>"} LF
    HPKE: encapsulated key, ciphertext of the packed parcel, tag

HPKE (RFC 9180) in base mode with ML-KEM-768 + X25519, HKDF-SHA256 and AES-256-GCM; the two lines are its `info`, so that nobody
readdresses an envelope. Who sent it is proven by the signed acts inside, not by the envelope.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from comity.acts.act import OFFICE_ID
from comity.acts.canonical import NotCanonicalError, canonical, parse_canonical
from comity.acts.office import Office
from comity.errors import LocalError, PeerError
from comity.exchange.advice import AdvisedError
from comity.exchange.keys import EnvelopeKey, UnusableEnvelopeKeyError, key_id, public_key
from comity.exchange.parcel import MAX_BYTES, PACKING_BYTES, Parcel, decode_parcel, encode_parcel, pack, unpack

MAGIC = b"comity-envelope/1\n"
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
KEY_ID = re.compile(r"[0-9a-f]{32}")
MAX_HEADER_BYTES = 256
SEAL_BYTES = KEM.MLKEM768_X25519.enc_length() + 16
"""What encryption adds: the encapsulated key and the tag."""
MAX_OVERHEAD = len(MAGIC) + MAX_HEADER_BYTES + 1 + SEAL_BYTES + PACKING_BYTES


class NotAnEnvelopeError(AdvisedError, PeerError):
    """The octets do not begin as an envelope does."""

    code = "not-an-envelope"
    advice = "Look for the file that ends in .comity."


class EnvelopeTooLargeError(AdvisedError, PeerError):
    """An envelope is larger than we accept."""

    code = "too-large"
    advice = "Ask the sender to send it in several envelopes, exhibits as loads."


class NotForUsError(AdvisedError, PeerError):
    """An envelope is addressed to another office."""

    code = "not-for-us"
    advice = "Hand it to the office that it names."


class UnknownKeyError(AdvisedError, PeerError):
    """An envelope was encrypted to a key that we do not have (any more)."""

    code = "unknown-key"
    advice = "Ask the sender to refresh the directory and to send it again."


class DamagedEnvelopeError(AdvisedError, PeerError):
    """An envelope was changed on its way, or not made with our key."""

    code = "damaged"
    advice = "Ask the sender to send it again."


class NoEnvelopeKeyError(AdvisedError, LocalError):
    """The directory lists no key to which an envelope for the office could be encrypted."""

    code = "no-envelope-key"
    advice = "Send the act by another way."


def seal(parcel: Parcel, sender: str, recipient: Office, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Encrypt a parcel to an office's current envelope key.

    Args:
        parcel: what to send.
        sender: id of the sending office, written into the parcel.
        recipient: the office as the directory lists it.
        max_bytes: the largest parcel that may be sent.

    Raises:
        UnsendableParcelError: the receiver would refuse the parcel.
        NoEnvelopeKeyError: the office has no envelope key.
        UnusableEnvelopeKeyError: its envelope key is not a key.
    """
    if not recipient.envelope_keys:
        raise NoEnvelopeKeyError(f"The directory lists no envelope key for {recipient.id}.")
    data = pack(encode_parcel(replace(parcel, sender=sender), max_bytes=max_bytes))
    raw = recipient.envelope_keys[0]
    head = MAGIC + canonical({"key": key_id(raw), "to": recipient.id}) + b"\n"
    try:
        return head + SUITE.encrypt(data, public_key(raw), info=head)
    except ValueError as error:  # an X25519 point of low order (RFC 7748, section 6.1)
        raise UnusableEnvelopeKeyError(f"The envelope key of {recipient.id} gives no secret.") from error


def open_envelope(data: bytes, office: str, keys: Sequence[EnvelopeKey], *, max_bytes: int = MAX_BYTES) -> Parcel:
    """Decrypt an envelope that is addressed to us.

    Args:
        data: unverified octets.
        office: our own id.
        keys: our private keys, also those that were replaced but may still be in use on the way.
        max_bytes: the largest parcel accepted.

    Raises:
        NotAnEnvelopeError, EnvelopeTooLargeError, NotForUsError, UnknownKeyError, DamagedEnvelopeError, MalformedParcelError: in
            this order of checks.
    """
    recipient, name, end = _read_head(data)
    if len(data) - end > max_bytes + SEAL_BYTES + PACKING_BYTES:
        raise EnvelopeTooLargeError(f"The envelope has {len(data)} octets; parcels of {max_bytes} are accepted.")
    if recipient != office:
        raise NotForUsError(f"The envelope is for {recipient}.", remedy=f"Hand it to {recipient}.")
    key = next((each for each in keys if each.key_id == name), None)
    if key is None:
        raise UnknownKeyError("The envelope was encrypted to a key that this office does not have.")
    return decode_parcel(unpack(_decrypt(data, end, key), max_bytes=max_bytes), max_bytes=max_bytes)


def addressee(data: bytes) -> str:
    """Return the id of the office that an envelope is for; nothing about it is proven yet.

    Raises:
        NotAnEnvelopeError: the octets do not begin as an envelope does.
    """
    return _read_head(data)[0]


def _read_head(data: bytes) -> tuple[str, str, int]:
    """Return the recipient, the key's name and where the ciphertext begins."""
    if not data.startswith(MAGIC):
        raise NotAnEnvelopeError("This is not an envelope.")
    end = data.find(b"\n", len(MAGIC), len(MAGIC) + MAX_HEADER_BYTES + 1)
    if end < 0:
        raise NotAnEnvelopeError("The envelope has no header.")
    try:
        header = parse_canonical(data[len(MAGIC) : end], max_bytes=MAX_HEADER_BYTES, max_depth=1)
    except NotCanonicalError as error:
        raise NotAnEnvelopeError(f"The envelope's header cannot be read. {error.message}") from error
    if not isinstance(header, dict) or set(header) != {"key", "to"}:
        raise NotAnEnvelopeError("The envelope's header does not name a recipient and a key.")
    recipient, name = str(header["to"]), str(header["key"])
    if not OFFICE_ID.fullmatch(recipient) or not KEY_ID.fullmatch(name):
        raise NotAnEnvelopeError("The envelope's header does not name a recipient and a key.")
    return recipient, name, end + 1


def _decrypt(data: bytes, end: int, key: EnvelopeKey) -> bytes:
    try:
        return SUITE.decrypt(memoryview(data)[end:], key.hpke(), info=data[:end])
    except (InvalidTag, ValueError) as error:
        raise DamagedEnvelopeError("The envelope was changed on its way or is cut off.") from error
