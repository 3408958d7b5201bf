"""The question and its answer. Asked by GET: an answer has an address that can be filed and sent to a colleague."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from comity.law.answer import CLOSED, Answer
from comity.law.question import Question, UnusableQuestionError
from comity.law.report import as_json
from comity.law.saying import sentence
from comity.node import law, resources
from comity.node.access import access_case, require_role
from comity.node.clock import now
from comity.node.models import Case
from comity.node.models.person import OFFICER
from comity.node.usecases.ask_routes import ask_routes
from comity.node.usecases.steps import possible_openings
from comity.node.usecases.write_routes_memo import write_routes_memo
from comity.sites.desk import handing, reading, sentences
from comity.sites.desk.forms.question import QuestionForm
from comity.sites.desk.page import page, person
from comity.sites.desk.shown.answers import shown_answer
from comity.sites.desk.shown.law import Query
from comity.sites.desk.views.law import ASKING

NO_PART = ("change", "ask", "csrfmiddlewaretoken")


@page
def routes(request: HttpRequest) -> HttpResponse:
    """Ask for routes, or show the answer."""
    who = person(request)
    require_role(who, *ASKING)
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


@page
def routes_memo(request: HttpRequest) -> HttpResponse:
    """Give the answer as a PDF to put on file."""
    question = _asked(request)
    if question is None:
        return handing.explained(request, "routes")
    pdf = write_routes_memo(person(request), question, reading.lawbook_language(), now())
    return handing.paper(pdf, f"routes-{question.from_state}-{question.to_state}-{question.measure}-{question.on}")


@page
def routes_json(request: HttpRequest) -> HttpResponse:
    """Give the answer as data, as the REST interface does."""
    question = _asked(request)
    if question is None:
        return handing.explained(request, "routes")
    answer = ask_routes(person(request), question)
    language = reading.lawbook_language()
    return handing.data({"sentence": sentence(answer, law.wordbook()).say(language), **as_json(answer, language)})


def _asked(request: HttpRequest) -> Question | None:
    """Return the question of the address; None where it cannot be asked, which the page of the question explains."""
    require_role(person(request), *ASKING)
    form = QuestionForm(request.GET)
    return form.question() if form.is_valid() else None


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
