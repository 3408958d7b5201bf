"""Evidence: lists of exhibits, their custody, and taking them in."""

import uuid
from collections.abc import Iterable, Mapping

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from comity.errors import ComityError
from comity.evidence.exhibit import decode_list
from comity.node.access import (
    access_case,
    access_dossier,
    access_holding,
    require_role,
    visible_dossiers,
    visible_holdings,
)
from comity.node.clock import now
from comity.node.models import Case, Custody, Dossier, Holding, HoldingLink, Person, Transfer
from comity.node.models.person import CUSTODIAN, OFFICER
from comity.node.usecases.attach_evidence import attach_evidence
from comity.sites.desk import reading, sentences, uploads, words
from comity.sites.desk.forms.evidence import AttachForm
from comity.sites.desk.page import page, person
from comity.sites.desk.shown.evidence import exhibits_word, progress_word, shown_chain, shown_holding

WORKING = ("acquiring", "receiving")


@page
def evidence(request: HttpRequest) -> HttpResponse:
    """List what this office holds or expects."""
    who = person(request)
    found = Paginator(visible_holdings(who).defer("list_bytes"), 50).get_page(request.GET.get("page"))
    chains = _chains(found)
    lines = [shown_holding(one, chains[one.list_sha256]) for one in found]
    count = found.paginator.count
    headline = (
        ngettext("%(count)d list of exhibits", "%(count)d lists of exhibits", count) % {"count": count}
        if count
        else _("Evidence")
    )
    return render(request, "desk/evidence.html", {"holdings": lines, "page": found, "headline": headline})


@page
def holding(request: HttpRequest, holding_id: str) -> HttpResponse:
    """Show one list: custody, exhibits, where it goes."""
    who = person(request)
    found = access_holding(who, holding_id)
    exhibits = decode_list(bytes(found.list_bytes)).exhibits if found.list_bytes else ()
    context = {
        "holding": found,
        "sentence": _sentence(found),
        "working": _working(found),
        "chain": shown_chain(_chain(found)),
        "exhibits": Paginator(exhibits, 100).get_page(request.GET.get("page")) if exhibits else None,
        "links": _links(who, found),
        "transfers": [_transfer(one) for one in Transfer.objects.filter(list_sha256=found.list_sha256)]
        if found.list_sha256
        else [],
    }
    return render(request, "desk/holding.html", context)


@csrf_exempt  # checked by _attach: the way of streaming must be chosen before the body is read
@page
def case_attach(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Attach evidence to a case."""
    case = access_case(person(request), case_id)
    return _attach(uploads.prepare(request), case, None, reverse("desk:case", args=[case.id]))


@csrf_exempt  # checked by _attach, as above
@page
def dossier_attach(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Attach evidence to a dossier."""
    dossier = access_dossier(person(request), dossier_id)
    return _attach(uploads.prepare(request), None, dossier, reverse("desk:dossier", args=[dossier.id]))


@csrf_protect
def _attach(request: HttpRequest, case: Case | None, dossier: Dossier | None, back: str) -> HttpResponse:
    who = person(request)
    require_role(who, OFFICER, CUSTODIAN)
    form = AttachForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        files, source = list(uploads.received(request)), form.source()
        if not files and source is None:
            form.add_error("path", str(sentences.NO_SOURCE))
        else:
            try:
                title = form.cleaned_data["title"]
                attached = attach_evidence(
                    who, title=title, case=case, dossier=dossier, source=source, uploads=files, now=now()
                )
            except ComityError as error:
                fault = sentences.fault(error)
                form.add_error("path", f"{fault.text} {fault.remedy}")
            else:
                return redirect("desk:holding", attached.id)
    context = {"form": form, "faults": form.faults() if form.is_bound else (), "back": back}
    return render(
        request, "desk/attach.html", context | {"belongs": case.title if case else dossier.subject if dossier else ""}
    )


def _chain(holding: Holding) -> list[Custody]:
    return list(Custody.objects.filter(list_sha256=holding.list_sha256).defer("bytes")) if holding.list_sha256 else []


def _chains(holdings: Iterable[Holding]) -> Mapping[str, list[Custody]]:
    """Return list -> its chain, for a page of holdings in one question to the database."""
    chains: dict[str, list[Custody]] = {one.list_sha256: [] for one in holdings}
    for event in Custody.objects.filter(list_sha256__in=[each for each in chains if each]).defer("bytes"):
        chains[event.list_sha256].append(event)
    return chains


def _sentence(holding: Holding) -> str:
    said = {"count": exhibits_word(holding.count), "size": reading.size(holding.bytes)}
    if holding.state == "held":
        return _("%(count)s, %(size)s. Every part is in the vault and fits its digest.") % said
    if holding.state == "expected":
        return _("%(count)s, %(size)s. The list has arrived and was signed; the bytes follow.") % said
    if holding.state == "failed":
        return _("It could not be taken in. Nothing was changed at the source.")
    return _("%(count)s so far, %(size)s.") % said


def _working(holding: Holding) -> dict[str, object] | None:
    if holding.state not in WORKING:
        return None
    what = _("Reading, hashing and storing") if holding.state == "acquiring" else _("Arriving from the partner")
    fraction = holding.progress_bytes / holding.bytes if holding.bytes else 0.0
    return {"what": what, "said": progress_word(holding), "fraction": fraction}


def _links(who: Person, holding: Holding) -> list[dict[str, str]]:
    links = []
    if holding.case is not None:
        links.append(
            {"url": reverse("desk:case", args=[holding.case.id]), "text": holding.case.title, "note": _("Case")}
        )
    named = (
        HoldingLink.objects.filter(list_sha256=holding.list_sha256).values("dossier_id") if holding.list_sha256 else []
    )
    found = visible_dossiers(who).filter(id__in=named)
    if holding.dossier_id:
        found = found | visible_dossiers(who).filter(id=holding.dossier_id)
    for one in found.distinct():
        links.append(
            {
                "url": reverse("desk:dossier", args=[one.id]),
                "text": one.subject,
                "note": words.word("procedure", one.procedure),
            }
        )
    return links


def _transfer(transfer: Transfer) -> dict[str, object]:
    done, total = len(transfer.loads_done), transfer.loads_total
    said = (
        _("arrived") if transfer.state == "done" else _("%(done)d of %(total)d loads") % {"done": done, "total": total}
    )
    return {
        "name": words.office(transfer.recipient),
        "said": said,
        "fraction": 1.0 if transfer.state == "done" else done / total if total else 0.0,
        "tone": "over" if transfer.state == "refused" else "",
        "error": transfer.last_error if transfer.state != "done" else "",
    }
