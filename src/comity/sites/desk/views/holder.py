"""Who holds the data. A service by name has an address; an identifier is posted and stands in no address, store or log."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from comity.law.holder_report import holder_json
from comity.law.holder_saying import holder_sentence
from comity.law.question import UnusableQuestionError
from comity.node import law, resources
from comity.node.access import require_role
from comity.node.clock import now
from comity.node.usecases.ask_holder import HolderQuestion, ask_holder, asker, write_holder_memo
from comity.sites.desk import handing, reading, sentences
from comity.sites.desk.forms.holder import HolderForm, known_service
from comity.sites.desk.page import page, person
from comity.sites.desk.shown.holder import shown_holder
from comity.sites.desk.views.law import ASKING

KEPT = ("region", "from", "measure", "date")


@never_cache
@sensitive_post_parameters("identifier")
@page
def holder(request: HttpRequest) -> HttpResponse:
    """Ask for an identifier, or show who holds its data."""
    require_role(person(request), *ASKING)
    form = _bound(request)
    if form is None:
        return _form(request, HolderForm(initial=_values(request)))
    if not form.is_valid():
        return _form(request, form)
    if request.method == "POST" and not form.personal():
        return redirect(f"{reverse('desk:holder')}?{_address(form)}")
    try:
        answer = ask_holder(person(request), form.question())
    except UnusableQuestionError as error:
        form.add_error("identifier", str(sentences.fault(error).text))
        return _form(request, form)
    sent = _sent(form) if form.personal() else ()
    shown = shown_holder(answer, form.question(), "" if sent else _address(form))
    return render(request, "desk/holder.html", {"answer": shown, "sent": sent, "form": form})


@never_cache
@sensitive_post_parameters("identifier")
@page
def holder_memo(request: HttpRequest) -> HttpResponse:
    """Give the answer as a PDF to put on file; its name does not bear the identifier."""
    question = _asked(request)
    if question is None:
        return redirect("desk:holder")
    pdf = write_holder_memo(person(request), question, reading.lawbook_language(), now())
    return handing.paper(pdf, f"holder-{question.on}")


@never_cache
@sensitive_post_parameters("identifier")
@page
def holder_json_file(request: HttpRequest) -> HttpResponse:
    """Give the answer as data, as the REST interface does."""
    question = _asked(request)
    if question is None:
        return redirect("desk:holder")
    answer, facts, language = ask_holder(person(request), question), law.lawbook().facts, reading.lawbook_language()
    said = holder_sentence(answer, facts).say(language)
    value = {"sentence": said, **holder_json(answer, facts, language, asker(question))}
    return handing.data(value)


def _asked(request: HttpRequest) -> HolderQuestion | None:
    require_role(person(request), *ASKING)
    form = _bound(request)
    return form.question() if form is not None and form.is_valid() else None


def _bound(request: HttpRequest) -> HolderForm | None:
    """Return the form of what was asked; None where nothing was, or where an address asks for more than a service."""
    if request.method == "POST":
        return None if "change" in request.POST else HolderForm({**_values(request), **request.POST.dict()})
    service = request.GET.get("service", "")
    if "change" in request.GET or not known_service(service):
        return None
    return HolderForm({**_values(request), "identifier": service, "service": ""})


def _values(request: HttpRequest) -> dict[str, object]:
    """Return what the form starts with: our state, today, and what was said."""
    start: dict[str, object] = {
        "from": resources.home().state,
        "date": timezone.localtime(now()).date().isoformat(),
        "measure": "subscriber",
    }
    said = request.POST if request.method == "POST" else request.GET
    start |= {name: said[name] for name in KEPT if said.get(name)}
    service = said.get("service", "")
    if request.method == "POST":
        start |= {"identifier": said.get("identifier", ""), "service": service}
    elif known_service(service):
        start["identifier"] = service
    return start


def _address(form: HolderForm) -> str:
    pairs = [("service", str(form.cleaned_data["identifier"]).strip().casefold())]
    return urlencode([*pairs, *((name, str(form.cleaned_data[name])) for name in KEPT if form.cleaned_data[name])])


def _sent(form: HolderForm) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(form.cleaned_data[name])) for name in ("identifier", "service", *KEPT))


def _form(request: HttpRequest, form: HolderForm) -> HttpResponse:
    faults = list(form.faults()) if form.is_bound else []
    named = request.GET.get("service", "")
    if not form.is_bound and named and not known_service(named):
        text = _("An address may name a service that the lawbook knows, and nothing else. Write it into the field.")
        faults.append(sentences.Fault(text, "", form.target("identifier")))
    return render(request, "desk/holder_form.html", {"form": form, "faults": faults})
