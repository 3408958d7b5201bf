"""The question and its answer. Asked by GET: an answer has an address that can be filed and sent to a colleague."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from comity.law.answer import CLOSED, Answer
from comity.law.question import UnusableQuestionError
from comity.node import resources
from comity.node.access import access_case, require_role
from comity.node.clock import now
from comity.node.models import Case
from comity.node.models.person import APPROVER, CUSTODIAN, OFFICER
from comity.node.usecases.ask_routes import ask_routes
from comity.node.usecases.steps import possible_openings
from comity.sites.desk import sentences
from comity.sites.desk.forms.question import QuestionForm
from comity.sites.desk.page import page, person
from comity.sites.desk.shown.answers import shown_answer
from comity.sites.desk.shown.routes import Query

NO_PART = ("change", "ask", "csrfmiddlewaretoken")


@page
def routes(request: HttpRequest) -> HttpResponse:
    """Ask for routes, or show the answer."""
    who = person(request)
    require_role(who, OFFICER, APPROVER, CUSTODIAN)
    case = access_case(who, request.GET["case"]) if request.GET.get("case") else None
    if not request.GET.get("to") or "change" in request.GET:
        return _form(request, QuestionForm(initial={**beginning(case), **request.GET.dict()}), case)
    form = QuestionForm(request.GET)
    if not form.is_valid():
        return _form(request, form, case)
    query = kept(request.GET)
    if (
        "ask" in request.GET
    ):  # the form sends every empty field; the address of an answer should be short enough to be read
        return redirect(f"{reverse('desk:routes')}?{urlencode(query)}")
    try:
        answer = ask_routes(who, form.question())
    except UnusableQuestionError as error:
        form.add_error(error.where if error.where in form.fields else None, str(sentences.fault(error).text))
        return _form(request, form, case)
    draftable = draft_addresses(answer, query) if who.has_role(OFFICER) else {}
    return render(request, "desk/routes.html", {"answer": shown_answer(answer, query, draftable), "case": case})


def beginning(case: Case | None) -> dict[str, object]:
    """Return what the form starts with: our state, today, and what the case says."""
    today: date = timezone.localtime(now()).date()
    start: dict[str, object] = {"from": resources.home().state, "date": today}
    if case is not None:
        start |= {"offence": case.offence, "max_penalty_months_from": case.max_penalty_months}
    return start


def kept(query: QueryDict) -> Query:
    """Return what of the address belongs to the question."""
    return [(name, str(value)) for name, value in query.items() if value and name not in NO_PART]


def draft_addresses(answer: Answer, query: Query) -> Mapping[int, str]:
    """Return place in the answer -> address of the page where that route's request is begun, for routes that a procedure serves."""
    if answer.question.from_state != resources.home().state:
        return {}
    found = {}
    for place, route in enumerate(answer.routes, 1):
        if route.verdict != CLOSED and any(
            one.actor == "requesting" for one in possible_openings(route.measure, route.instrument)
        ):
            address = QueryDict(mutable=True)
            address.update(dict(query))
            address["place"] = str(place)
            found[place] = f"{reverse('desk:draft-new')}?{address.urlencode()}"
    return found


def _form(request: HttpRequest, form: QuestionForm, case: Case | None) -> HttpResponse:
    faults = form.faults() if form.is_bound else ()
    return render(request, "desk/question.html", {"form": form, "faults": faults, "case": case})
