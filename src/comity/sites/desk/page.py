"""What every page has in common: who asks, and what becomes of an error.

A view translates the request, calls one use case, and translates the outcome back. Whatever a use case refuses arrives as a
`ComityError` with a code; `page` turns the two that concern access into 404 and 403 and everything else into a page that says what
is wrong and what to do.
"""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from comity.errors import ComityError
from comity.node.access import NotAllowedError, NotFoundHere
from comity.node.models import Person
from comity.sites.desk import sentences

View = Callable[..., HttpResponseBase]


def page(view: View) -> View:
    """Make a view a page of the desk: for people who are signed in, with errors as pages."""
    return login_required(open_page(view))


def open_page(view: View) -> View:
    """Make a view a page that needs no sign-in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotFoundHere:
            return failure(request, 404)
        except NotAllowedError as error:
            return failure(request, 403, error)
        except ComityError as error:
            return failure(request, 400, error)

    return guarded


def failure(request: HttpRequest, status: int, error: ComityError | None = None) -> HttpResponse:
    """Return a page that says what is wrong and what to do, never a traceback."""
    title, text = sentences.FAILURES[status]
    context = {"title": title, "text": text, "error": sentences.fault(error) if error else None}
    return render(request, "desk/failure.html", context, status=status)


def person(request: HttpRequest) -> Person:
    """Return who asks; only behind `page`."""
    return cast(Person, request.user)
