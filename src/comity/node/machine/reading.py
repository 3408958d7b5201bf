"""Reads the body of a request up to a limit, before anything is done with it."""

from django.http import HttpRequest, UnreadablePostError

from comity.errors import PeerError

CHUNK = 256 * 1024


class BodyTooLargeError(PeerError):
    """A request carries more than is accepted."""

    code = "too-large"


class BodyBrokenError(PeerError):
    """A request ended, or fell silent, before all of it was here."""

    code = "incomplete-request"


def read_body(request: HttpRequest, limit: int) -> bytes:
    """Return the body.

    Raises:
        BodyTooLargeError: it has more than `limit` bytes; no more than that was kept in memory.
        BodyBrokenError: the rest of it does not come.
    """
    if _declared(request) > limit:  # nothing of it needs to be read
        raise _too_large(limit)
    try:
        return _read(request, limit)
    except UnreadablePostError as error:
        raise BodyBrokenError("The rest of the request did not come.", remedy="Send it again.") from error


def _read(request: HttpRequest, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := request.read(min(CHUNK, limit + 1 - size)):
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
    return b"".join(parts)


def _declared(request: HttpRequest) -> int:
    length = request.headers.get("Content-Length", "")
    return int(length[:18]) if length.isascii() and length.isdigit() else 0


def _too_large(limit: int) -> BodyTooLargeError:
    return BodyTooLargeError(f"The request carries more than {limit} bytes.", remedy="Send less at once.")
