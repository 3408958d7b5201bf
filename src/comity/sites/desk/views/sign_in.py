"""Signing in and out, and the reader's language."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from comity.node.clock import now
from comity.node.models import Person
from comity.node.usecases.sign_in import UnusableLinkError, redeem_sign_in_link
from comity.sites.desk import sentences
from comity.sites.desk.forms.people import SignInForm
from comity.sites.desk.page import open_page


@open_page
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with name and password."""
    if request.user.is_authenticated:
        return redirect("desk:inbox")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        check = AuthenticationForm(request, data=request.POST)
        if check.is_valid():
            return _enter(request, check.get_user(), request.POST.get("next", ""))
        form.add_error(None, sentences.WRONG_PASSWORD)
    return render(request, "desk/sign_in.html", {"form": form, "next": request.GET.get("next", "")})


@open_page
def sign_in_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Sign in with a one-time link: the link is used up by the button, not by a mail scanner that opens it."""
    if request.method != "POST":
        return render(request, "desk/sign_in_link.html")
    try:
        person = redeem_sign_in_link(secret, now())
    except UnusableLinkError as error:
        return render(request, "desk/sign_in_link.html", {"errors": [sentences.fault(error)]}, status=400)
    return _enter(request, person, "")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("desk:sign-in")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language and come back to the same page."""
    code = request.POST.get("language", "")
    response = redirect(_inside(request, request.POST.get("next", "")))
    if check_for_language(code) and code in dict(settings.LANGUAGES):
        _remember(response, code)
        if isinstance(request.user, Person):
            Person.objects.filter(pk=request.user.pk).update(language=code)
    return response


def _enter(request: HttpRequest, person: Person, target: str) -> HttpResponse:
    person.backend = settings.AUTHENTICATION_BACKENDS[0]  # Django's own way to say how
    login(request, person)
    response = redirect(_inside(request, target))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and person.language in dict(settings.LANGUAGES):
        _remember(response, person.language)
    return response


def _inside(request: HttpRequest, target: str) -> str:
    """Return the target if it is an address of this node, else the inbox: nobody is sent elsewhere."""
    secure = request.is_secure()
    allowed = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=secure)
    return target if target and allowed else "/"


def _remember(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
