"""Whole age files: encrypt and decrypt bytes or streams."""

import io
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from comity.evidence.age.armor import dearmor, is_armored
from comity.evidence.age.errors import AgeHeaderError, AgeNoMatchError, AgePayloadError
from comity.evidence.age.header import MAX_HEADER, Header, encode_header, parse_header
from comity.evidence.age.keys import Identity, Recipient, parse_identity, parse_recipients
from comity.evidence.age.payload import (
    CHUNK,
    NONCE,
    TAG,
    open_chunks,
    open_into,
    opened_length,
    payload_cipher,
    seal_into,
    sealed_length,
)

ROW = 16 * CHUNK
"""How much is encrypted at a time when streaming, in bytes."""


class Sealer:
    """Encrypts one file, row by row, without a copy of its own.

    Attributes:
        head: what the file begins with.
    """

    def __init__(self, recipients: Iterable[str | Recipient]) -> None:
        file_key, nonce = os.urandom(16), os.urandom(NONCE)
        self.head = encode_header([each.wrap(file_key) for each in parse_recipients(recipients)], file_key) + nonce
        self._cipher = payload_cipher(file_key, nonce)
        self._number = 0

    def seal_into(self, data: memoryview, out: memoryview, *, is_last: bool) -> int:
        """Encrypt whole chunks of 64 KiB (the last row may end anywhere) into `out`; returns the number of bytes written."""
        length = seal_into(self._cipher, self._number, data, out, is_last=is_last)
        self._number += len(data) // CHUNK
        return length


def encrypt(data: bytes | memoryview, recipients: Iterable[str | Recipient]) -> bytes:
    """Return the age file for the bytes.

    Args:
        data: what to encrypt.
        recipients: `age1pq1...` texts (or `age1...`, not mixed).

    Raises:
        AgeKeyError: a recipient is none, or they are mixed.
    """
    sealer = Sealer(recipients)
    out = bytearray(len(sealer.head) + sealed_length(len(data)))
    out[: len(sealer.head)] = sealer.head
    sealer.seal_into(memoryview(data), memoryview(out)[len(sealer.head) :], is_last=True)
    return bytes(out)


def encrypt_stream(source: BinaryIO, target: BinaryIO, recipients: Iterable[str | Recipient]) -> None:
    """Encrypt a stream of any length in constant memory; raises AgeKeyError."""
    sealer = Sealer(recipients)
    target.write(sealer.head)
    out = memoryview(bytearray(sealed_length(ROW)))
    row = _read_up_to(source, ROW)
    while True:
        after = _read_up_to(source, ROW) if len(row) == ROW else b""
        length = sealer.seal_into(memoryview(row), out, is_last=not after)
        target.write(out[:length])
        if not after:
            return
        row = after


def decrypt(data: bytes, identities: Iterable[str | Identity]) -> bytes:
    """Return what an age file holds, after all of it was verified.

    Args:
        data: unverified bytes, binary or armored.
        identities: those that may open it.

    Raises:
        AgeError: one of its kinds, by the stage that failed.
    """
    return b"".join(decrypt_stream(io.BytesIO(data), identities))


def decrypt_into(data: memoryview, identities: Iterable[str | Identity], out: memoryview) -> int:
    """Decrypt a binary age file into memory that the caller has; returns the length of what it holds.

    Args:
        data: unverified bytes.
        identities: those that may open it.
        out: where to; its content means nothing when an error is raised.

    Raises:
        AgeError: one of its kinds, by the stage that failed; also when `out` is too small.
    """
    header = parse_header(bytes(data[:MAX_HEADER]))
    file_key = _file_key(header, identities)
    nonce, sealed = bytes(data[header.length :][:NONCE]), data[header.length + NONCE :]
    if len(nonce) != NONCE:
        raise AgeHeaderError("The age file ends before its payload.")
    if opened_length(len(sealed)) > len(out):
        raise AgePayloadError("The age file holds more than it may.")
    return open_into(payload_cipher(file_key, nonce), sealed, out)


def decrypt_stream(source: BinaryIO, identities: Iterable[str | Identity]) -> Iterator[bytes]:
    """Yield what an age file holds, chunk by chunk, in constant memory (armored files are read whole).

    Nothing may be relied on before the iterator has ended: a file that was cut off raises only then.

    Raises:
        AgeError: one of its kinds, by the stage that failed.
    """
    beginning = _read_up_to(source, MAX_HEADER)
    if is_armored(beginning):
        source, beginning = io.BytesIO(), dearmor(beginning + source.read())
    header = parse_header(beginning)
    file_key = _file_key(header, identities)
    rest = beginning[header.length :]
    nonce, rest = rest[:NONCE], rest[NONCE:]
    if len(nonce) != NONCE:
        raise AgeHeaderError("The age file ends before its payload.")
    yield from open_chunks(payload_cipher(file_key, nonce), _sealed_chunks(rest, source))


def _file_key(header: Header, identities: Iterable[str | Identity]) -> bytes:
    keys = tuple(parse_identity(each) if isinstance(each, str) else each for each in identities)
    file_key = _unwrap(header, keys)
    header.check(file_key)
    return file_key


def _unwrap(header: Header, identities: Iterable[Identity]) -> bytes:
    if any(stanza.kind == "scrypt" for stanza in header.stanzas) and len(header.stanzas) > 1:
        raise AgeHeaderError("A passphrase stands beside other recipients.")
    for identity in identities:
        for stanza in header.stanzas:
            file_key = identity.unwrap(stanza)
            if file_key is not None:
                return file_key
    raise AgeNoMatchError("The age file is not encrypted to any identity at hand.")


def _sealed_chunks(rest: bytes, source: BinaryIO) -> Iterator[bytes]:
    size = CHUNK + TAG
    at = 0
    while len(rest) - at >= size:
        yield rest[at : at + size]
        at += size
    chunk = rest[at:] + _read_up_to(source, size - (len(rest) - at))
    while chunk:
        yield chunk
        chunk = _read_up_to(source, size)


def _read_up_to(source: BinaryIO, length: int) -> bytes:
    data = source.read(length)
    while len(data) < length:
        more = source.read(length - len(data))
        if not more:
            break
        data += more
    return data
