"""People of the office and the quarantine: pages of the administrator, who sees no case."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from comity.node.access import NotFoundHere, require_role
from comity.node.clock import now
from comity.node.models import Person, Quarantined
from comity.node.models.person import ADMINISTRATOR
from comity.node.usecases.add_person import UnsuitablePersonError, add_person
from comity.node.usecases.sign_in import make_sign_in_link
from comity.sites.desk import sentences
from comity.sites.desk.forms.people import ROLE_NAMES, PersonForm
from comity.sites.desk.page import page, person


@page
def people(request: HttpRequest) -> HttpResponse:
    """List everybody who works with this node."""
    return _people(request)


@page
def person_new(request: HttpRequest) -> HttpResponse:
    """Add a person, who then signs in with a one-time link."""
    require_role(person(request), ADMINISTRATOR)
    form = PersonForm(request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        try:
            added = add_person(person(request), **form.cleaned_data)
        except UnsuitablePersonError as error:
            form.add_error(None, f"{sentences.fault(error).text} {error.message}")
        else:
            messages.success(request, _("%(name)s was added.") % {"name": added.name})
            return _with_link(request, added)
    context = {
        "form": form,
        "faults": form.faults() if form.is_bound else (),
        "title": _("Add a person"),
        "button": _("Add"),
    }
    return render(request, "desk/form.html", context | {"back": reverse("desk:people")})


@page
@require_POST
def person_link(request: HttpRequest, person_id: int) -> HttpResponse:
    """Make a one-time link for somebody."""
    require_role(person(request), ADMINISTRATOR)
    found = Person.objects.filter(pk=person_id, is_active=True).first()
    if found is None:
        raise NotFoundHere
    return _with_link(request, found)


@page
def quarantine(request: HttpRequest) -> HttpResponse:
    """List what was refused at the door."""
    require_role(person(request), ADMINISTRATOR)
    found = Paginator(Quarantined.objects.defer("data"), 50).get_page(request.GET.get("page"))
    count = found.paginator.count
    headline = ngettext("%(count)d thing was not accepted", "%(count)d things were not accepted", count) % {
        "count": count
    }
    rows = [
        {"row": one, "fault": sentences.fault(sentences.RefusedEarlierError(one.code, one.message))} for one in found
    ]
    return render(request, "desk/quarantine.html", {"rows": rows, "page": found, "headline": headline})


def _with_link(request: HttpRequest, whose: Person) -> HttpResponse:
    """Show the people with a fresh link. It is shown in this answer only and never stored, so there is no redirect."""
    secret = make_sign_in_link(person(request), whose, now())
    address = (settings.HOME.url or f"{request.scheme}://{request.get_host()}") + reverse(
        "desk:sign-in-link", args=[secret]
    )
    return _people(request, {"name": whose.name, "address": address})


def _people(request: HttpRequest, link: dict[str, str] | None = None) -> HttpResponse:
    require_role(person(request), ADMINISTRATOR)
    found = Person.objects.filter(is_active=True).order_by("first_name", "username")
    rows = [{"person": one, "roles": _(", ").join(_roles(one))} for one in found]
    headline = ngettext("%(count)d person works here", "%(count)d people work here", len(rows)) % {"count": len(rows)}
    return render(request, "desk/people.html", {"rows": rows, "headline": headline, "link": link})


def _roles(whose: Person) -> list[str]:
    return [str(ROLE_NAMES[role]) for role in whose.roles if role in ROLE_NAMES]
