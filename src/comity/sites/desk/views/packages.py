"""Court packages: made from a dossier, checked here, handed out as one file."""

import uuid
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.court.verdict import Verdict
from comity.node.access import NotFoundHere, access_dossier, access_package
from comity.node.clock import now
from comity.node.models import CourtPackage
from comity.node.usecases.make_package import make_package, retry_package
from comity.node.usecases.verify_package import verify_package
from comity.sites.desk import reading
from comity.sites.desk.archive import stream_zip
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
    """Show how far a package is; check it or make it again when asked to."""
    who = person(request)
    found = access_package(who, package_id)
    if request.method == "POST" and request.POST.get("do") == "retry":
        retry_package(who, found)
        return redirect("desk:package", found.id)
    verdict = verify_package(who, found, now()) if request.method == "POST" else None
    return render(request, "desk/package.html", _shown(found, verdict))


@page
def package_download(request: HttpRequest, package_id: uuid.UUID) -> HttpResponseBase:
    """Hand out the package as one file, written while it is sent."""
    found = access_package(person(request), package_id)
    folder = Path(found.path)
    if found.state != "ready" or not folder.is_dir():
        raise NotFoundHere
    response = StreamingHttpResponse(stream_zip(folder), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="court-package-{found.dossier_id[:8]}.zip"'
    return response


def _shown(package: CourtPackage, verdict: Verdict | None) -> dict[str, object]:
    said = verdict.as_json(reading.lawbook_language()) if verdict else None
    return {
        "package": package,
        "working": _working(package),
        "verdict": said,
        "back": reverse("desk:dossier", args=[package.dossier_id]),
        "download_url": reverse("desk:package-download", args=[package.id]),
    }


def _working(package: CourtPackage) -> dict[str, object] | None:
    if package.state not in WORKING:
        return None
    return {
        "said": f"{package.progress} %",
        "fraction": package.progress / 100,
        "what": _("Collecting acts, exhibits and proofs"),
    }
