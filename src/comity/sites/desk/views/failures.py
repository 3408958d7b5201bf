"""Pages for what goes wrong outside a view: no traceback, nothing of the inside."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import requires_csrf_token

from comity.sites.desk.page import failure


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request cannot be understood."""
    return failure(request, 400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Say that the role is missing, or that the form is too old to be trusted."""
    return failure(request, 403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that nothing is here."""
    return failure(request, 404)


@requires_csrf_token
def broken(request: HttpRequest) -> HttpResponse:
    """Say that the node failed; the log knows more."""
    return failure(request, 500)
