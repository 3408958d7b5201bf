"""The beginning of a draft: out of a route, out of a dossier's next steps, or as an order to the holder of the data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.errors import LocalError
from comity.law.answer import Route
from comity.node.access import NotFoundHere, access_case, access_dossier, require_role, visible_cases
from comity.node.clock import now
from comity.node.models import Draft, Person
from comity.node.models.person import OFFICER
from comity.node.usecases.ask_routes import ask_routes
from comity.node.usecases.draft_step import draft_step
from comity.sites.desk import sentences
from comity.sites.desk.forms.begin import OrderForm, RequestForm
from comity.sites.desk.forms.question import QuestionForm
from comity.sites.desk.page import page, person
from comity.sites.desk.shown.law import say


@page
def request_new(request: HttpRequest) -> HttpResponse:
    """Begin a request out of a route: for which case, to which office."""
    who = person(request)
    require_role(who, OFFICER)
    route, to_state = _route(request, who)
    form = RequestForm(
        visible_cases(who), route, to_state, request.POST or None, initial={"case": request.GET.get("case", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            drafted = _request(who, form, route)
        except LocalError as error:
            form.add_error(None, str(sentences.fault(error).text))
        else:
            return redirect("desk:draft", drafted.id)
    context = {
        "form": form,
        "faults": form.faults() if form.is_bound else (),
        "title": _("Begin the request"),
        "lede": f"{say(route.title)}, {route.article}",
        "button": _("Draft it"),
        "back": f"{reverse('desk:routes')}?{request.GET.urlencode()}",
    }
    return render(request, "desk/form.html", context)


@page
@require_POST
def step(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Begin the next step of a dossier."""
    who = person(request)
    require_role(who, OFFICER)
    dossier = access_dossier(who, dossier_id)
    drafted = draft_step(who, dossier=dossier, step=request.POST.get("step", ""), now=now())
    return redirect("desk:draft", drafted.id)


@page
def order(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Pass a request on to the holder of the data, in a dossier of its own."""
    who = person(request)
    require_role(who, OFFICER)
    dossier = access_dossier(who, dossier_id)
    form = OrderForm(dossier, request.POST or None)
    if request.method == "POST" and form.is_valid():
        procedure, opening = form.chosen()
        drafted = draft_step(
            who, procedure=procedure, step=opening, recipient=form.cleaned_data["provider"], case=dossier.case,
            concerns=(dossier,), now=now(),
        )  # fmt: skip
        return redirect("desk:draft", drafted.id)
    context = {
        "form": form,
        "faults": form.faults() if form.is_bound else (),
        "title": _("Pass on to the provider"),
        "lede": _(
            "The order is a dossier of its own: the provider sees only the order, and the requesting state sees only your answer."
        ),
        "button": _("Draft the order"),
        "back": reverse("desk:dossier", args=[dossier.id]),
        "eyebrow": dossier.subject,
    }
    return render(request, "desk/form.html", context)


def _route(request: HttpRequest, who: Person) -> tuple[Route, str]:
    """Ask the law again: what is drafted rests on an answer, never on what stands in an address."""
    form = QuestionForm(request.GET)
    if not form.is_valid():
        raise NotFoundHere
    answer = ask_routes(who, form.question())
    route = next((one for place, one in enumerate(answer.routes, 1) if str(place) == request.GET.get("place")), None)
    if route is None:
        raise NotFoundHere
    return route, answer.question.to_state


def _request(who: Person, form: RequestForm, route: Route) -> Draft:
    case = access_case(who, form.cleaned_data["case"])
    procedure, opening = form.chosen()
    named = {
        "instrument": route.instrument,
        "article": route.article,
        "measure": route.measure,
        "channel": route.channel,
    }
    recipient = form.cleaned_data["recipient"]
    return draft_step(who, now(), case=case, procedure=procedure, step=opening, recipient=recipient, route=named)
