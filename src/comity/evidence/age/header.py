"""The header of an age file: stanzas that wrap the file key, and the MAC over them. There is exactly one way to write each."""

import base64
import binascii
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from comity.evidence.age.errors import AgeHeaderError, AgeMacError

VERSION = b"age-encryption.org/v1\n"
MAX_HEADER = 256 * 1024
COLUMNS = 64
_ARGUMENTS = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)")
_MAC_LINE = re.compile(rb"--- ([A-Za-z0-9+/]{43})")


@dataclass(frozen=True, slots=True)
class Stanza:
    """One way to the file key: a kind, its arguments, and a body."""

    kind: str
    arguments: tuple[str, ...]
    body: bytes

    def encode(self) -> bytes:
        """Return the lines of the stanza."""
        text = to_base64(self.body)
        lines = [text[start : start + COLUMNS] for start in range(0, len(text) + 1, COLUMNS)]
        return "\n".join((" ".join(("->", self.kind, *self.arguments)), *lines, "")).encode()


@dataclass(frozen=True, slots=True)
class Header:
    """A header as it was read; `covered` are the bytes under the MAC, `length` where the payload begins."""

    stanzas: tuple[Stanza, ...]
    covered: bytes
    mac: bytes
    length: int

    def check(self, file_key: bytes) -> None:
        """Refuse a header that was changed; raises AgeMacError."""
        if not hmac.compare_digest(_mac(file_key, self.covered), self.mac):
            raise AgeMacError("The header of the age file was changed after it was made.")


def encode_header(stanzas: Iterable[Stanza], file_key: bytes) -> bytes:
    """Return the header for the file key that the stanzas wrap."""
    covered = VERSION + b"".join(stanza.encode() for stanza in stanzas) + b"---"
    return covered + b" " + to_base64(_mac(file_key, covered)).encode() + b"\n"


def parse_header(data: bytes) -> Header:
    """Parse the header at the beginning of an age file.

    Args:
        data: unverified bytes: the file, or enough of its beginning.

    Raises:
        AgeHeaderError: not an age file of version 1, or written in another way than the one allowed.
    """
    if not data.startswith(VERSION):
        raise AgeHeaderError("This is not an age file of version 1.")
    stanzas: list[Stanza] = []
    at = len(VERSION)
    while True:
        line, after = _line(data, at)
        if line.startswith(b"---"):
            break
        stanza, at = _stanza(data, line, after)
        stanzas.append(stanza)
    match = _MAC_LINE.fullmatch(line)
    if not stanzas or not match:
        raise AgeHeaderError("The header of the age file does not end as it must.")
    return Header(tuple(stanzas), data[: at + 3], from_base64(match[1].decode()), after)


def to_base64(data: bytes) -> str:
    """Return standard base64 without padding."""
    return base64.b64encode(data).decode().rstrip("=")


def from_base64(text: str) -> bytes:
    """Parse canonical base64 without padding; raises AgeHeaderError."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise AgeHeaderError("The age file holds text that is not base64.") from error
    if to_base64(data) != text:
        raise AgeHeaderError("The age file holds base64 that is not canonical.")
    return data


def _line(data: bytes, at: int) -> tuple[bytes, int]:
    end = data.find(b"\n", at, MAX_HEADER)
    if end < 0:
        raise AgeHeaderError("The header of the age file is cut off, or too long.")
    return data[at:end], end + 1


def _stanza(data: bytes, line: bytes, at: int) -> tuple[Stanza, int]:
    match = _ARGUMENTS.fullmatch(line)
    if not match:
        raise AgeHeaderError("A stanza of the age file does not begin as it must.")
    text = b""
    while True:
        line, at = _line(data, at)
        if len(line) > COLUMNS:
            raise AgeHeaderError("A line of the age file's header is too long.")
        text += line
        if len(line) < COLUMNS:
            break
    kind, *arguments = match[1].decode("ascii").split(" ")
    return Stanza(kind, tuple(arguments), from_base64(text.decode("ascii", "replace"))), at


def _mac(file_key: bytes, covered: bytes) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"header").derive(file_key)
    return hmac.digest(key, covered, "sha256")
