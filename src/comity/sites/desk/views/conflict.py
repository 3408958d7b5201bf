"""Who has jurisdiction over a crime chain. Asked by GET; an answer has a short address, with one `link` for each part."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from comity.law.chain import Chain
from comity.law.jurisdiction_report import jurisdiction_json
from comity.law.jurisdiction_saying import conflict_sentence
from comity.law.question import UnusableQuestionError
from comity.node import law
from comity.node.access import require_role
from comity.node.clock import now
from comity.node.models.person import OFFICER
from comity.node.usecases.ask_jurisdiction import ask_jurisdiction, write_jurisdiction_memo
from comity.sites.desk import handing, reading, sentences
from comity.sites.desk.forms.chain import FIRST_ROWS, ChainForm, rows_of
from comity.sites.desk.page import page, person
from comity.sites.desk.shown.conflict import shown_conflict
from comity.sites.desk.views.law import ASKING

KEPT = ("offence", "date", "organised_group")


@page
def conflict(request: HttpRequest) -> HttpResponse:
    """Ask for a chain, or show who has jurisdiction over it."""
    who, query = person(request), request.GET
    require_role(who, *ASKING)
    asked = "ask" in query or (bool(query.getlist("link")) and not {"change", "more"} & set(query))
    if not asked:
        return _form(request, ChainForm(initial=_values(query), rows=_rows(query)))
    form = ChainForm(_values(query), rows=_rows(query))
    if not form.is_valid():
        return _form(request, form)
    address = _address(form)
    if "ask" in query:
        return redirect(f"{reverse('desk:conflict')}?{address}")
    try:
        answer = ask_jurisdiction(who, form.chain())
    except UnusableQuestionError as error:
        form.add_error(error.where if error.where in form.fields else None, str(sentences.fault(error).text))
        return _form(request, form)
    shown = shown_conflict(answer, address)
    return render(request, "desk/conflict.html", {"answer": shown, "may_open": who.has_role(OFFICER)})


@page
def conflict_memo(request: HttpRequest) -> HttpResponse:
    """Give the answer as a PDF to put on file."""
    chain = _asked(request)
    if chain is None:
        return handing.explained(request, "conflict")
    pdf = write_jurisdiction_memo(person(request), chain, reading.lawbook_language(), now())
    return handing.paper(pdf, f"jurisdiction-{chain.on}")


@page
def conflict_json(request: HttpRequest) -> HttpResponse:
    """Give the answer as data, as the REST interface does."""
    chain = _asked(request)
    if chain is None:
        return handing.explained(request, "conflict")
    answer, facts, language = ask_jurisdiction(person(request), chain), law.lawbook().facts, reading.lawbook_language()
    value = {
        "sentence": conflict_sentence(answer, facts).say(language),
        **jurisdiction_json(answer, facts, language),
    }
    return handing.data(value)


def _asked(request: HttpRequest) -> Chain | None:
    require_role(person(request), *ASKING)
    form = ChainForm(_values(request.GET), rows=_rows(request.GET))
    return form.chain() if form.is_valid() else None


def _values(query: QueryDict) -> dict[str, object]:
    """Return the values of the form for an address: rows as they were sent, or one for each link."""
    values: dict[str, object] = dict(query.items())
    values.setdefault("date", timezone.localtime(now()).date().isoformat())
    return {**values, **rows_of(query.getlist("link"))}


def _rows(query: QueryDict) -> int:
    wanted = query.get("more") or query.get("rows") or ""
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else FIRST_ROWS
    return max(number, len(query.getlist("link")))


def _address(form: ChainForm) -> str:
    pairs = [(name, str(form.cleaned_data[name])) for name in KEPT if form.cleaned_data[name]]
    for link in form.links():
        number = "" if link.weight is None else f":{link.weight}"
        pairs.append(("link", f"{link.what}:{link.state}{number}"))
    return urlencode(pairs, safe=":")


def _form(request: HttpRequest, form: ChainForm) -> HttpResponse:
    faults = form.faults() if form.is_bound else ()
    return render(request, "desk/conflict_form.html", {"form": form, "faults": faults})
