"""Headers that tell the browser what a page of the node may never do."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "object-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "base-uri 'none'",
    )
)

COMPRESSED = ("text/html", "text/css", "text/javascript", "image/svg+xml")


class Compression(GZipMiddleware):
    """Compresses pages, style and script; never exhibits, packages, acts or what nodes send each other.

    A page holds one secret that an attacker could guess by lengths, the form token: Django masks it anew in every page and
    adds bytes of random length to what it compresses.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a whole response of one of the types above."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        whole = response.status_code == 200 and request.method == "GET"
        return super().process_response(request, response) if whole and kind in COMPRESSED else response


class SecurityHeaders:
    """Sets the content security policy; no inline script, no foreign source, no foreign frame."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the headers to the response, unless the view set stricter ones."""
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        if request.user.is_authenticated if hasattr(request, "user") else False:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
