"""Errors as other programs read them: problem documents (RFC 9457) with our stable `code`."""

from http import HTTPStatus

from django.http import JsonResponse

from comity.errors import ComityError, LocalError, PeerError, TransportError

_BY_CODE = {
    "not-found": HTTPStatus.NOT_FOUND,
    "not-allowed": HTTPStatus.FORBIDDEN,
    "too-large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "not-for-us": HTTPStatus.MISDIRECTED_REQUEST,
    "not-an-envelope": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}


def status_of(error: ComityError) -> int:
    """Return the HTTP status of an error: the partner's fault is 4xx, ours is 5xx, so that the partner tries again."""
    if error.code in _BY_CODE:
        return _BY_CODE[error.code]
    if isinstance(error, PeerError):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.SERVICE_UNAVAILABLE if isinstance(error, LocalError | TransportError) else 500


def body(error: ComityError, status: int) -> dict[str, object]:
    """Return the problem document."""
    value: dict[str, object] = {
        "type": "about:blank",
        "title": error.code,
        "status": status,
        "code": error.code,
        "detail": error.message,
    }
    if error.remedy:
        value["remedy"] = error.remedy
    if error.where:
        value["where"] = error.where
    return value


def problem(error: ComityError, status: int | None = None) -> JsonResponse:
    """Return the error as a response."""
    number = status or status_of(error)
    return JsonResponse(body(error, number), status=number, content_type="application/problem+json")
