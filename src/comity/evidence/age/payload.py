"""The payload of an age file: chunks of 64 KiB under ChaCha20-Poly1305, each at its place, the last one marked (STREAM)."""

from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from comity.evidence.age.errors import AgePayloadError

CHUNK = 64 * 1024
TAG = 16
NONCE = 16


def payload_cipher(file_key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    """Return the cipher for one file's payload."""
    return ChaCha20Poly1305(HKDF(algorithm=SHA256(), length=32, salt=nonce, info=b"payload").derive(file_key))


def sealed_length(length: int) -> int:
    """Return how long a payload of so many bytes is when encrypted, without its nonce."""
    return length + TAG * max(1, -(-length // CHUNK))


def seal_into(cipher: ChaCha20Poly1305, first: int, data: memoryview, out: memoryview, *, is_last: bool) -> int:
    """Encrypt a row of chunks.

    Args:
        cipher: of this payload.
        first: number of the first chunk.
        data: whole chunks; only the last of the payload may be shorter.
        out: where to write, large enough.
        is_last: whether the payload ends here.

    Returns:
        How many bytes were written.
    """
    count = max(1, -(-len(data) // CHUNK))
    for index in range(count):
        chunk = data[index * CHUNK : (index + 1) * CHUNK]
        place = out[index * (CHUNK + TAG) : index * (CHUNK + TAG) + len(chunk) + TAG]
        cipher.encrypt_into(_nonce(first + index, is_last=is_last and index == count - 1), chunk, None, place)
    return sealed_length(len(data))


def opened_length(sealed: int) -> int:
    """Return how long the payload is that was encrypted to so many bytes (without its nonce); -1 when there is none."""
    chunks = max(1, -(-sealed // (CHUNK + TAG)))
    return max(-1, sealed - TAG * chunks)


def open_into(cipher: ChaCha20Poly1305, sealed: memoryview, out: memoryview) -> int:
    """Decrypt a whole payload into `out`, which is large enough; returns its length. Only after that may `out` be used.

    Raises:
        AgePayloadError: changed, cut off or extended.
    """
    length = opened_length(len(sealed))
    last = max(0, -(-len(sealed) // (CHUNK + TAG)) - 1)
    if length < 0 or (last and length == last * CHUNK):
        raise _changed()
    try:
        for number in range(last + 1):
            chunk = sealed[number * (CHUNK + TAG) : (number + 1) * (CHUNK + TAG)]
            place = out[number * CHUNK : number * CHUNK + len(chunk) - TAG]
            cipher.decrypt_into(_nonce(number, is_last=number == last), chunk, None, place)
    except InvalidTag as error:
        raise _changed() from error
    return length


def open_chunks(cipher: ChaCha20Poly1305, sealed: Iterable[bytes]) -> Iterator[bytes]:
    """Decrypt a payload chunk by chunk; each is authentic when it is yielded, the whole only when the iterator has ended.

    Args:
        cipher: of this payload.
        sealed: encrypted chunks of full length, the last perhaps shorter.

    Raises:
        AgePayloadError: changed, cut off or extended.
    """
    rows = iter(sealed)
    chunk = next(rows, b"")
    number = 0
    while (after := next(rows, None)) is not None:
        opened = _open(cipher, number, chunk, is_last=False)
        if opened is None and (ended := _open(cipher, number, chunk, is_last=True)) is not None:
            yield ended  # the payload ends here, but the file goes on
        if opened is None:
            raise _changed()
        yield opened
        chunk, number = after, number + 1
    last = _open(cipher, number, chunk, is_last=True)
    if last is None or (number and not last):
        raise _changed()
    yield last


def _open(cipher: ChaCha20Poly1305, number: int, chunk: bytes, *, is_last: bool) -> bytes | None:
    try:
        return cipher.decrypt(_nonce(number, is_last=is_last), chunk, None)
    except InvalidTag:
        return None


def _changed() -> AgePayloadError:
    return AgePayloadError("The payload of the age file was changed, cut off or extended.")


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")
