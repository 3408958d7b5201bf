"""What all text formats of the ledger share: one way to write a number, one way to write bytes, and limits on what is read.

A format with two spellings of the same value lets a proof be changed without being broken. So each value has exactly one form here:
decimals without leading zeros, base64 (RFC 4648, section 4) with padding and with unused bits zero, UTF-8 without control
characters.
"""

import base64
import re

from comity.errors import PeerError

HASH_BYTES = 32
MAX_NUMBER = 2**63 - 1
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class MalformedError(PeerError):
    """Bytes from outside do not have the form of what they claim to be; each format has its own subclass and code."""

    code = "malformed-ledger-data"
    remedy_for_all = "Ask the sender for it again; if the second copy is the same, the sender's software is at fault."

    def __init__(self, message: str, *, remedy: str = remedy_for_all, where: str = "") -> None:
        super().__init__(message, remedy=remedy, where=where)


def read_text(data: bytes, limit: int, error: type[MalformedError]) -> str:
    """Return the bytes as text that ends in a newline and holds no other control character.

    Args:
        data: unverified bytes.
        limit: how many bytes are accepted at most; checked before anything else.
        error: what to raise.

    Raises:
        MalformedError: too long, not UTF-8, with control characters, or without final newline.
    """
    if len(data) > limit:
        raise error(f"It has {len(data)} bytes; at most {limit} are accepted.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise error(f"It is not UTF-8 at byte {cause.start}.") from cause
    if found := _CONTROL.search(text):
        raise error(f"It holds the control character U+{ord(found[0]):04X}.")
    if not text.endswith("\n"):
        raise error("It does not end with a newline.")
    return text


def read_decimal(text: str, what: str, error: type[MalformedError]) -> int:
    """Parse a number from 0 to 2^63 - 1 written in ASCII digits without sign or leading zeros.

    Raises:
        MalformedError: any other spelling, or a larger number.
    """
    if not _DECIMAL.fullmatch(text) or (value := int(text)) > MAX_NUMBER:
        raise error(f"The {what} is not a decimal number from 0 to 2^63 - 1 without leading zeros.")
    return value


def read_base64(text: str, what: str, error: type[MalformedError], length: int | None = None) -> bytes:
    """Decode base64 in its one canonical spelling.

    Args:
        text: unverified.
        what: names the value in the message.
        error: what to raise.
        length: how many bytes it must give; None where any number is good.

    Raises:
        MalformedError: another alphabet, missing padding, unused bits that are not zero, or another length.
    """
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError as cause:
        raise error(f"The {what} is not base64.") from cause
    if base64.b64encode(value).decode() != text:
        raise error(f"The {what} is not in the canonical form of base64.")
    if length is not None and len(value) != length:
        raise error(f"The {what} has {len(value)} bytes instead of {length}.")
    return value


def to_base64(value: bytes) -> str:
    """Return the canonical base64 of the bytes."""
    return base64.b64encode(value).decode()
