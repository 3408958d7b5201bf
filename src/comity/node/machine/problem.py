"""Errors as other programs read them: problem documents (RFC 9457) with our stable `code`."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from comity.errors import ComityError, LocalError, PeerError, TransportError

CONTENT_TYPE = "application/problem+json"
AGAIN_SECONDS = 30
_BY_CODE = {
    "not-found": HTTPStatus.NOT_FOUND,
    "not-allowed": HTTPStatus.FORBIDDEN,
    "incomplete-request": HTTPStatus.REQUEST_TIMEOUT,
    "too-large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "not-for-us": HTTPStatus.MISDIRECTED_REQUEST,
    "not-an-envelope": HTTPStatus.BAD_REQUEST,
    "unreadable-request": HTTPStatus.BAD_REQUEST,
    "wrong-method": HTTPStatus.METHOD_NOT_ALLOWED,
    "too-many-attempts": HTTPStatus.TOO_MANY_REQUESTS,
    "internal-error": HTTPStatus.INTERNAL_SERVER_ERROR,
}


class NotServedError(PeerError):
    """A machine asked for something that this node does not have."""

    code = "not-found"

    def __init__(self, message: str = "There is nothing at this address.") -> None:
        super().__init__(message, remedy="Compare the address with docs/exchange.md.")


class WrongMethodError(PeerError):
    """An address was called by a method that it does not have."""

    code = "wrong-method"


class UnreadableRequestError(PeerError):
    """A request is no request that this node can read."""

    code = "unreadable-request"


class InternalError(LocalError):
    """The node has a defect; its log says which."""

    code = "internal-error"


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
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "code": error.code,
        "detail": error.message,
        "remedy": error.remedy or _remedy(error),
    }
    if error.where:
        value["where"] = error.where
    return value


def _remedy(error: ComityError) -> str:
    if isinstance(error, PeerError):
        return "Send it again; if that is refused too, what was sent is at fault."
    return "Try again later; if it stays, ask those who run this node."


def problem(error: ComityError, status: int | None = None) -> JsonResponse:
    """Return the error as a response; what may succeed later says when to try again."""
    number = int(status or status_of(error))
    later = number in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS)
    headers = {"Retry-After": str(AGAIN_SECONDS)} if later else {}
    return JsonResponse(body(error, number), status=number, content_type=CONTENT_TYPE, headers=headers)


View = Callable[..., HttpResponse]


def endpoint(*methods: str) -> Callable[[View], View]:
    """Make a view an address for machines: no cookie, these methods only, errors as problem documents."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method not in methods:
                return _wrong_method(request.method or "", methods)
            try:
                return view(request, *args, **kwargs)
            except ComityError as error:
                return problem(error)

        return guarded

    return decorate


PLACES = ("/api/", "/exchange/", "/ledger/", "/directory/", "/health")
"""Where programs call, not people."""
PAGES = ("/exchange/import",)


class Problems:
    """Makes what the framework itself answers to programs a problem document: unknown addresses, methods, hosts, and defects."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Replace an error page that a person would get."""
        response = self._get_response(request)
        if (
            not request.path.startswith(PLACES)
            or request.path in PAGES
            or response.status_code < HTTPStatus.BAD_REQUEST
        ):
            return response
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return _wrong_method(request.method or "", tuple(response.headers.get("Allow", "").split(", ")))
        return problem(_error(response.status_code), response.status_code)


def _error(status: int) -> ComityError:
    if status == HTTPStatus.NOT_FOUND:
        return NotServedError()
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return InternalError("The node failed at this request.", remedy="Try again later; the node's log says more.")
    return UnreadableRequestError("The request cannot be read.", remedy="Compare it with the description.")


def _wrong_method(method: str, methods: tuple[str, ...]) -> HttpResponse:
    allowed = ", ".join(methods)
    answer = problem(WrongMethodError(f"{method} is not possible here.", remedy=f"Use {allowed}."))
    answer.headers["Allow"] = allowed
    return answer
