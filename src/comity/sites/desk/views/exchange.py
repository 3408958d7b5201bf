"""Envelopes as files: for partners without a line, on a stick or by post."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.errors import ComityError
from comity.node.access import NotFoundHere, access_act, access_dossier, require_role
from comity.node.clock import now
from comity.node.models.person import CUSTODIAN, OFFICER
from comity.node.usecases.carry_envelope import export_envelope, import_envelope
from comity.sites.desk import sentences
from comity.sites.desk.forms.base import DeskForm
from comity.sites.desk.page import page, person

LIMIT = 64 * 1024 * 1024


class ImportForm(DeskForm):
    """One file."""

    envelope = forms.FileField(
        label=gettext_lazy("Envelope (a .comity file)"),
        help_text=gettext_lazy("It is opened with this office’s key and checked like one that came over the line."),
    )


@page
def import_(request: HttpRequest) -> HttpResponse:
    """Take in an envelope that came as a file, and hand back the receipt."""
    who = person(request)
    require_role(who, OFFICER, CUSTODIAN)
    form = ImportForm(request.POST or None, files=request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["envelope"]
        if upload.size > LIMIT:
            form.add_error("envelope", str(sentences.TOO_LARGE))
        else:
            try:
                import_envelope(who, upload.read(), now())
            except ComityError as error:
                form.add_error("envelope", str(sentences.fault(error).text))
            else:
                messages.success(request, _("The envelope was opened and its acts are in their dossiers."))
                return redirect("desk:inbox")
    context = {
        "form": form,
        "faults": form.faults() if form.is_bound else (),
        "title": _("Take in an envelope"),
        "button": _("Open it"),
        "back": reverse("desk:inbox"),
    }
    return render(request, "desk/import.html", context)


@page
def export(request: HttpRequest, dossier_id: str, act_id: str) -> HttpResponse:
    """Hand out the envelope of one of our acts as a file."""
    who = person(request)
    record = access_act(who, act_id)
    if record.dossier_id != dossier_id or record.direction != "out":
        raise NotFoundHere
    response = HttpResponse(
        export_envelope(who, record, access_dossier(who, dossier_id).partner, now()),
        content_type="application/octet-stream",
    )
    response["Content-Disposition"] = f'attachment; filename="{record.step}-{record.id[:8]}.comity"'
    return response
