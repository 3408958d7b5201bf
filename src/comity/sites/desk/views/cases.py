"""Cases: the office's own files."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from comity.node.access import access_case, require_role, visible_cases, visible_dossiers, visible_drafts
from comity.node.clock import now
from comity.node.models import Case, Custody, Person
from comity.node.models.person import APPROVER, CUSTODIAN, OFFICER
from comity.node.usecases.open_case import UnsuitableCaseError, add_member, edit_case, open_case, remove_member
from comity.sites.desk import reading, sentences
from comity.sites.desk.forms.answers import AnswersForm
from comity.sites.desk.forms.cases import CaseForm, case_values, facts_form
from comity.sites.desk.page import page, person
from comity.sites.desk.shown.cases import case_rows, dossier_line
from comity.sites.desk.shown.drafts import draft_line
from comity.sites.desk.shown.evidence import shown_holding


@page
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases that the person is a member of."""
    who = person(request)
    found = Paginator(visible_cases(who), 50).get_page(request.GET.get("page"))
    count = found.paginator.count
    headline = ngettext("%(count)d case", "%(count)d cases", count) % {"count": count} if count else _("No cases yet")
    return render(
        request,
        "desk/cases.html",
        {"rows": found, "page": found, "headline": headline, "may_open": who.has_role(OFFICER)},
    )


@page
def case_new(request: HttpRequest) -> HttpResponse:
    """Open a case."""
    who = person(request)
    require_role(who, OFFICER)
    form, facts = _forms(request, {}, {})
    if _is_final(request) and form.is_valid() & facts.is_valid():
        try:
            case = open_case(who, now(), facts=facts.answers(), **form.cleaned_data)
        except UnsuitableCaseError as error:
            _refuse(form, error)
        else:
            return redirect("desk:case", case.id)
    return _case_form(request, form, facts, _("Open a case"), _("Open the case"), reverse("desk:cases"))


@page
def case_edit(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Change what a case says."""
    who = person(request)
    case = access_case(who, case_id)
    require_role(who, OFFICER)
    form, facts = _forms(request, case_values(case), case.facts)
    if _is_final(request) and form.is_valid() & facts.is_valid():
        try:
            edit_case(who, case, facts={**_kept(case, facts), **facts.answers()}, **form.cleaned_data)
        except UnsuitableCaseError as error:
            _refuse(form, error)
        else:
            return redirect("desk:case", case.id)
    return _case_form(request, form, facts, _("Change the case"), _("Save"), reverse("desk:case", args=[case.id]))


@page
def case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show a case with its requests, drafts and evidence."""
    who = person(request)
    found = access_case(who, case_id)
    holdings = list(found.holdings.all())
    chains = {one.list_sha256: list(Custody.objects.filter(list_sha256=one.list_sha256)) for one in holdings}
    members = list(found.members.order_by("first_name"))
    context = {
        "case": found,
        "rows": case_rows(found),
        "dossiers": [dossier_line(one) for one in visible_dossiers(who).filter(case=found)],
        "drafts": [
            draft_line(one)
            for one in visible_drafts(who).filter(case=found).exclude(state="sent").select_related("drafted_by")
        ],
        "holdings": [shown_holding(one, chains[one.list_sha256]) for one in holdings],
        "members": members,
        "others": [one for one in _colleagues() if one not in members],
        "may_change": who.has_role(OFFICER),
        "may_attach": who.has_role(OFFICER, CUSTODIAN),
        "ask_url": f"{reverse('desk:routes')}?case={found.id}",
    }
    return render(request, "desk/case.html", context)


@page
@require_POST
def case_member(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Let a colleague see the case, or take them off it."""
    who = person(request)
    found = access_case(who, case_id)
    chosen = next((one for one in _colleagues() if str(one.pk) == request.POST.get("person")), None)
    if chosen is not None:
        change = remove_member if request.POST.get("do") == "remove" else add_member
        change(who, found, chosen)
    return redirect("desk:case", found.id)


def _forms(request: HttpRequest, values: dict[str, object], facts: dict[str, object]) -> tuple[CaseForm, AnswersForm]:
    data = request.POST if request.method == "POST" else None
    return CaseForm(data, initial=values), facts_form(facts, reading.lawbook_language(), data)


def _is_final(request: HttpRequest) -> bool:
    """Return whether the form was sent to be kept; asking for one more row of a table only shows it again."""
    return request.method == "POST" and request.POST.get("do") != "row"


def _kept(case: Case, facts: AnswersForm) -> dict[str, object]:
    """Return the facts that this form does not ask for."""
    asked = {field.id for field in facts.source.fields()}
    return {name: value for name, value in case.facts.items() if name not in asked}


def _refuse(form: CaseForm, error: UnsuitableCaseError) -> None:
    form.add_error(error.where if error.where in form.fields else None, str(sentences.fault(error).text))


def _case_form(
    request: HttpRequest, form: CaseForm, facts: AnswersForm, title: str, button: str, back: str
) -> HttpResponse:
    faults = [*form.faults(), *facts.faults()] if _is_final(request) else []
    context = {
        "form": form,
        "facts": facts.sections(fold=False),
        "faults": faults,
        "title": title,
        "button": button,
        "back": back,
    }
    return render(request, "desk/case_form.html", context, status=400 if faults else 200)


def _colleagues() -> list[Person]:
    everybody = Person.objects.filter(is_active=True).order_by("first_name")
    return [one for one in everybody if one.has_role(OFFICER, APPROVER, CUSTODIAN)]
