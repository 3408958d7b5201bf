"""Court packages: made from a dossier, checked by anybody."""

import uuid
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.node.access import NotFoundHere, access_dossier, access_package
from comity.node.clock import now
from comity.node.models import CourtPackage
from comity.node.usecases.make_package import make_package
from comity.sites.desk.page import page, person

WORKING = ("waiting", "packing")


@page
@require_POST
def package_new(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Ask for a court package; the worker makes it."""
    who = person(request)
    made = make_package(who, access_dossier(who, dossier_id), now())
    return redirect("desk:package", made.id)


@page
def package(request: HttpRequest, package_id: uuid.UUID) -> HttpResponse:
    """Show how far a package is, or what it proves."""
    found = access_package(person(request), package_id)
    context = {
        "package": found,
        "working": _working(found),
        "back": reverse("desk:dossier", args=[found.dossier_id]),
        "download_url": reverse("desk:package-download", args=[found.id]),
    }
    return render(request, "desk/package.html", context)


@page
def package_download(request: HttpRequest, package_id: uuid.UUID) -> HttpResponseBase:
    """Hand out the package as one file."""
    found = access_package(person(request), package_id)
    path = Path(found.path)
    if found.state != "ready" or not path.is_file():
        raise NotFoundHere
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"court-package-{found.dossier_id[:8]}{''.join(path.suffixes[-2:])}",
    )


def _working(package: CourtPackage) -> dict[str, object] | None:
    if package.state not in WORKING:
        return None
    return {
        "said": f"{package.progress} %",
        "fraction": package.progress / 100,
        "what": _("Collecting acts, exhibits and proofs"),
    }
