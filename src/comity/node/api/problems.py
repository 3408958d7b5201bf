"""Errors of the REST interface: problem documents with the same codes as on the pages."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from comity.errors import ComityError, LocalError, PeerError, TransportError
from comity.node.machine import problem as machine

_STATUS = {
    "not-found": HTTPStatus.NOT_FOUND,
    "not-allowed": HTTPStatus.FORBIDDEN,
    "own-draft": HTTPStatus.FORBIDDEN,
    "draft-closed": HTTPStatus.CONFLICT,
    "decided-meanwhile": HTTPStatus.CONFLICT,
    "not-failed": HTTPStatus.CONFLICT,
    "package-not-ready": HTTPStatus.CONFLICT,
    "not-yet-proven": HTTPStatus.CONFLICT,
    "too-large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    **dict.fromkeys(
        ("storage-full", "storage-failed", "keys", "home", "no-directory", "ledger-store-broken", "broken-edition"),
        HTTPStatus.SERVICE_UNAVAILABLE,
    ),
}

_PROBLEM = {
    "description": "A problem document (RFC 9457): the stable code, what is wrong, and what to do.",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "code", "detail", "remedy"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                    "remedy": {"type": "string"},
                    "remarks": {"type": "array", "items": {"type": "object"}},
                },
            }
        }
    },
}


def status_of(error: ComityError) -> int:
    """Return the status: what the caller can put right is 4xx, what this node has to is 503."""
    if error.code in _STATUS:
        return _STATUS[error.code]
    if isinstance(error, TransportError):
        return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.UNPROCESSABLE_ENTITY if isinstance(error, LocalError | PeerError) else 500


def answer(error: ComityError) -> JsonResponse:
    """Return the error as a response; an error that carries remarks shows them."""
    status = status_of(error)
    body = machine.body(error, status)
    remarks = getattr(error, "remarks", None)
    if remarks is not None:
        body["remarks"] = [{"code": each.code, "severity": each.severity, "field": each.field} for each in remarks]
    return JsonResponse(body, status=status, content_type="application/problem+json")


class DocumentedApi(NinjaAPI):
    """An interface whose document says of every operation that it may answer with a problem."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        """Return the framework's document, with the problem as the answer where no other is named."""
        schema = super().get_openapi_schema(*args, **kwargs)
        schema["components"].setdefault("responses", {})["Problem"] = _PROBLEM
        for methods in schema["paths"].values():
            for operation in methods.values():
                operation["responses"]["default"] = {"$ref": "#/components/responses/Problem"}
        return schema


def install(api: NinjaAPI) -> None:
    """Make every error of the interface a problem document."""
    api.exception_handler(ComityError)(_comity)
    api.exception_handler(ValidationError)(_unreadable)
    api.exception_handler(AuthenticationError)(_unauthorized)
    api.exception_handler(HttpError)(_no_request)


def _comity(request: HttpRequest, error: ComityError) -> HttpResponse:
    return answer(error)


def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    places = [".".join(map(str, each.get("loc", ()))) for each in error.errors]
    body = {
        "type": "about:blank",
        "title": HTTPStatus.UNPROCESSABLE_ENTITY.phrase,
        "status": 422,
        "code": "unreadable-request",
        "detail": f"The request does not have the form that /api/docs describes: {', '.join(places)}.",
        "remedy": "Compare it with /api/openapi.json.",
    }
    return JsonResponse(body, status=422, content_type="application/problem+json")


def _no_request(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say that the body is no JSON, or whatever else the framework itself refuses."""
    refused = machine.UnreadableRequestError("The request cannot be read.", remedy="Compare it with /api/openapi.json.")
    return machine.problem(refused, error.status_code)


def _unauthorized(request: HttpRequest, error: Exception) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": HTTPStatus.UNAUTHORIZED.phrase,
        "status": 401,
        "code": "unauthorized",
        "detail": "This needs a bearer token.",
        "remedy": "Have one made on your page of the desk, and send it as `Authorization: Bearer …`.",
    }
    headers = {"WWW-Authenticate": "Bearer"}
    return JsonResponse(body, status=401, content_type="application/problem+json", headers=headers)
