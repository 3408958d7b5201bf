"""The canonical form of JSON (RFC 8785) and the digests that name acts, offices and lists."""

import hashlib
import json
import re
from collections.abc import Sequence

import rfc8785

from comity.errors import LocalError, PeerError

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 32
_STRING = re.compile(rb'"(?:[^"\\]|\\[\s\S])*+(?:"|\Z)')  # one that does not end goes to the end: no second look
_BRACKET = re.compile(rb"[\[\]{}]")


class NotCanonicalError(PeerError):
    """Bytes that should be canonical JSON are not."""

    code = "not-canonical"


def canonical(value: object) -> bytes:
    """Return the RFC 8785 form of a JSON value.

    Raises:
        LocalError: the value has no JSON form (a float that is not a number, an integer beyond 2^53, another type).
    """
    try:
        return rfc8785.dumps(value)  # type: ignore[arg-type]
    except rfc8785.CanonicalizationError as error:
        raise LocalError(f"This value has no canonical JSON form: {error}") from error


def digest(data: bytes) -> str:
    """Return the SHA-256 of the bytes, in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def parse_canonical(data: bytes, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> object:
    """Parse bytes that must already be in canonical form.

    Args:
        data: unverified bytes.
        max_bytes: the largest document accepted.
        max_depth: how deep arrays and objects may nest.

    Raises:
        NotCanonicalError: too large, too deep, not JSON, with a key twice, or not in the form RFC 8785 gives it.
    """
    if len(data) > max_bytes:
        raise NotCanonicalError(f"The document has {len(data)} bytes; at most {max_bytes} are accepted.")
    _refuse_depth(data, max_depth)
    try:
        value: object = json.loads(data, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise NotCanonicalError(f"The document is not JSON: {error}") from error
    try:
        again = canonical(value)
    except LocalError as error:
        raise NotCanonicalError(error.message) from error
    if again != data:
        raise NotCanonicalError("The document is JSON but not in canonical form (RFC 8785).")
    return value


def _unique(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key appears twice")
    return value


def _refuse_depth(data: bytes, max_depth: int) -> None:
    """Count brackets before parsing, so that a bomb never reaches the parser; brackets in strings do not count."""
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", data)):
        depth += 1 if bracket in b"[{" else -1
        if depth > max_depth:
            raise NotCanonicalError(f"The document nests deeper than {max_depth} levels.")
