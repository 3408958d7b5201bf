"""Drafts: begin one, fill it, check it, submit it; and the second person's look at it."""

import uuid

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.acts.form import Form
from comity.errors import LocalError
from comity.node import law
from comity.node.access import access_draft, access_holding, visible_dossiers, visible_holdings
from comity.node.clock import now
from comity.node.models import Draft, Holding, HoldingLink, Person
from comity.node.models.person import APPROVER, OFFICER
from comity.node.usecases.approve_draft import approve_draft, return_draft
from comity.node.usecases.save_draft import check_draft, discard_draft, preview_draft, save_draft
from comity.node.usecases.submit_draft import submit_draft
from comity.sites.desk import sentences
from comity.sites.desk.forms.answers import AnswersForm
from comity.sites.desk.forms.draft import AroundForm
from comity.sites.desk.page import page, person
from comity.sites.desk.shown.drafts import draft_page, remark_shown, review_page

NO_FORM = Form("", {}, "", ())


@page
def draft(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Show a draft to the person who may work on it: as a form, or as a paper to decide on."""
    who = person(request)
    found = access_draft(who, draft_id)
    if found.state == "sent":
        return redirect("desk:act", found.dossier_id or found.act_id, found.act_id)
    if found.state == "submitted":
        return _review(request, who, found)
    return _edit(request, who, found) if who.has_role(OFFICER) else _review(request, who, found)


@page
def draft_pdf(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Show the paper as it would be signed, without a signature."""
    who = person(request)
    found = access_draft(who, draft_id)
    response = HttpResponse(preview_draft(who, found, now()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="draft-{found.step}.pdf"'
    return response


@page
@require_POST
def draft_discard(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    who = person(request)
    found = access_draft(who, draft_id)
    target = reverse("desk:dossier", args=[found.dossier_id]) if found.dossier_id else reverse("desk:inbox")
    discard_draft(who, found)
    messages.success(request, _("The draft was discarded."))
    return redirect(target)


def _edit(request: HttpRequest, who: Person, found: Draft) -> HttpResponse:
    """Fill the form. Whatever is posted is saved first; only then is anything else done with it."""
    around, answers = _forms(request, who, found)
    if request.method != "POST":
        return _form_page(request, who, found, around, answers)
    valid = around.is_valid() & answers.is_valid()
    saved = _save(who, found, around, answers)
    if request.headers.get("X-Requested-With") == "autosave":
        return HttpResponse(status=204 if valid else 422)
    if not valid:
        return _form_page(request, who, saved, around, answers)
    if request.POST.get("do") == "preview":
        return redirect("desk:draft-pdf", saved.id)
    if request.POST.get("do") == "submit":
        return _submit(request, who, saved)
    messages.success(request, _("Saved."))
    return redirect("desk:draft", saved.id)


def _submit(request: HttpRequest, who: Person, found: Draft) -> HttpResponse:
    try:
        done = submit_draft(who, found, now())
    except LocalError as error:
        around, answers = _forms(request, who, found, posted=False)
        return _form_page(request, who, found, around, answers, (sentences.fault(error),))
    if done.act_id:
        messages.success(request, _("Signed. It is on its way to the partner."))
        return redirect("desk:dossier", done.dossier_id or done.act_id)
    messages.success(request, _("Submitted. Another person approves it before it is signed."))
    return redirect("desk:draft", done.id)


def _review(request: HttpRequest, who: Person, found: Draft) -> HttpResponse:
    """Show the answers to check, and let an approver decide."""
    errors: tuple[sentences.Fault, ...] = ()
    if request.method == "POST":
        try:
            return _decide(request, who, found)
        except LocalError as error:
            errors = (sentences.fault(error),)
    decides = who.has_role(APPROVER) and found.drafted_by_id != who.pk and found.state == "submitted"
    context = {"draft": review_page(found, check_draft(who, found, now())), "decides": decides, "errors": errors}
    return render(request, "desk/review.html", context, status=400 if errors else 200)


def _decide(request: HttpRequest, who: Person, found: Draft) -> HttpResponse:
    if request.POST.get("do") == "return":
        return_draft(who, found, request.POST.get("remark", ""), now())
        messages.success(request, _("Returned with your remark."))
        return redirect("desk:inbox")
    record = approve_draft(who, found, now())
    messages.success(request, _("Signed. It is on its way to the partner."))
    return redirect("desk:dossier", record.dossier_id)


def _forms(request: HttpRequest, who: Person, found: Draft, *, posted: bool = True) -> tuple[AroundForm, AnswersForm]:
    data = request.POST if posted and request.method == "POST" else None
    around = AroundForm(found, law.procedure(found.procedure), holdings_for(who, found), data)
    language = data.get("d-written_in", found.note_language) if data else found.note_language
    form = law.wordbook().forms.get(found.form, NO_FORM)
    return around, AnswersForm(form, found.fields, str(language), data)


def _save(who: Person, found: Draft, around: AroundForm, answers: AnswersForm) -> Draft:
    """Keep everything that can be read, even where something else on the page cannot."""
    said = around.cleaned_data
    values = {"refusal": around.refusal(), "note_language": around.writing()}
    values |= {name: said[name] for name in ("subject", "reference") if name in said}
    if "subject" in said:
        values["subject_language"] = around.writing()
    chosen = _chosen(who, said.get("exhibits"))
    return save_draft(who, found, answers.answers(), said.get("note"), exhibits=chosen, **values)


def _form_page(
    request: HttpRequest, who: Person, found: Draft, around: AroundForm, answers: AnswersForm,
    errors: tuple[sentences.Fault, ...] = (),
) -> HttpResponse:  # fmt: skip
    remarks = tuple(remark_shown(remark, found, answers) for remark in check_draft(who, found, now()))
    faults = [*errors, *around.faults(), *answers.faults()] if request.method == "POST" else []
    context = {
        "draft": draft_page(found, remarks),
        "around": list(around.fields_shown()),
        "sections": answers.sections(remarks),
        "errors": faults,
    }
    return render(request, "desk/draft.html", context, status=400 if faults else 200)


def holdings_for(who: Person, found: Draft) -> list[Holding]:
    """Return the evidence that can go with the draft: what is held for the dossier, its case, or the dossiers around it."""
    near = {found.dossier_id, *(each["dossier"] for each in found.concerns)} - {None}
    around = visible_dossiers(who).filter(concerns__in=near) | visible_dossiers(who).filter(id__in=near)
    named = HoldingLink.objects.filter(dossier_id__in=around.values("id")).values("list_sha256")
    belongs = Q(dossier__in=around.values("id")) | Q(list_sha256__in=named)
    if found.case_id is not None:
        belongs |= Q(case=found.case_id)
    return list(
        visible_holdings(who).filter(belongs).exclude(state="failed").exclude(list_sha256="").defer("list_bytes")
    )


def _chosen(who: Person, holding_id: object) -> Holding | None:
    return access_holding(who, str(holding_id)) if holding_id else None
