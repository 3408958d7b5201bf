"""Law side by side: comparison, gap, accession. Asked by GET: an answer has an address that can be filed and sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.law.offences.accession import Accession
from comity.law.offences.gap import Gap
from comity.law.question import UnusableQuestionError
from comity.node.access import require_role
from comity.node.api.offences import accession_answer_json, compared_json, gap_answer_json
from comity.node.clock import now
from comity.node.usecases.compare_law import Compared, compare_law
from comity.node.usecases.find_accession import find_accession
from comity.node.usecases.find_gap import find_gap
from comity.node.usecases.write_offence_memo import write_offence_memo
from comity.sites.desk import handing, reading, sentences
from comity.sites.desk.forms.base import DeskForm
from comity.sites.desk.forms.offences import AccessionForm, CompareForm, ConductForm, GapForm, day_of
from comity.sites.desk.page import page, person
from comity.sites.desk.shown.law import Query
from comity.sites.desk.shown.offences import shown_accession, shown_comparison, shown_gap
from comity.sites.desk.views.law import ASKING

Data = dict[str, object]
T = TypeVar("T")
CONDUCT = ("acts", "objects", "facts", "not")


@dataclass(frozen=True, slots=True)
class Asking:
    """What the form of a question says."""

    title: str | Promise
    lede: str | Promise
    action: str | Promise


COMPARE = Asking(
    _("Is the same conduct punishable in both states?"),
    _(
        "Name an offence and two to six states. "
        "The answer shows what each law asks for, and where conduct punishable in one is free in another."
    ),
    _("Compare"),
)  # fmt: skip
GAP = Asking(
    _("What does the law of a state lack?"),
    _("Name a state and an instrument. Its law is held against every offence and power that the instrument asks for."),
    _("Find the gaps"),
)  # fmt: skip
ACCESSION = Asking(
    _("What would joining a treaty open?"),
    _("Name a state and an instrument. The same questions are asked of the law as it is and as it would be."),
    _("See what would change"),
)  # fmt: skip


@page
def compare(request: HttpRequest) -> HttpResponse:
    """Ask what to compare, or show the comparison."""
    require_role(person(request), *ASKING)
    form = CompareForm(request.GET) if "offence" in request.GET else CompareForm()
    if not form.is_bound or "change" in request.GET or not form.is_valid():
        return _form(request, form, COMPARE)
    query = [("offence", str(form.cleaned_data["offence"])), ("states", ",".join(form.states()))]
    said = [(name, value) for name in CONDUCT for value in request.GET.getlist(name) if value]
    if "ask" in request.GET:
        return redirect(f"{reverse('desk:compare')}?{urlencode(query + said)}")
    found, conduct = _compared(request, form)
    faults = conduct.faults() if said else ()
    answer = shown_comparison(found, query, said if found.conduct else [])
    return render(request, "desk/compare.html", {"answer": answer, "form": conduct, "faults": faults, "query": query})


def _compared(request: HttpRequest, form: CompareForm) -> tuple[Compared, ConductForm]:
    """Return the comparison, with the conduct where it is described well, and the form that describes it."""
    who, offence, states = person(request), str(form.cleaned_data["offence"]), form.states()
    plain = compare_law(who, offence, states, None)
    said = any(request.GET.getlist(name) for name in CONDUCT)
    conduct = ConductForm(plain.comparison, request.GET if said else None)
    if not said or not conduct.is_valid():
        return plain, conduct
    try:
        return compare_law(who, offence, states, conduct.conduct()), conduct
    except UnusableQuestionError as error:
        conduct.add_error("acts", str(sentences.fault(error).text))
        return plain, conduct


@page
def compare_memo(request: HttpRequest) -> HttpResponse:
    """Give the comparison as a PDF to put on file."""
    return _paper(request, _compared_asked(request), "compare")


@page
def compare_json(request: HttpRequest) -> HttpResponse:
    """Give the comparison as data, as the REST interface does."""
    return _data(request, _compared_asked(request), compared_json, "compare")


def _compared_asked(request: HttpRequest) -> Compared | None:
    require_role(person(request), *ASKING)
    form = CompareForm(request.GET)
    return _compared(request, form)[0] if form.is_valid() else None


@page
def gap(request: HttpRequest) -> HttpResponse:
    """Ask whose law is held against what, or show what it lacks."""
    require_role(person(request), *ASKING)
    form = GapForm(request.GET) if "state" in request.GET else GapForm()
    if not form.is_bound or "change" in request.GET or not form.is_valid():
        return _form(request, form, GAP)
    query = _kept(form)
    if "ask" in request.GET:
        return redirect(f"{reverse('desk:gap')}?{urlencode(query)}")
    try:
        found = _gap(request, form)
    except UnusableQuestionError as error:
        return _refused(request, form, GAP, error)
    return render(request, "desk/gap.html", {"answer": shown_gap(found, query)})


@page
def gap_memo(request: HttpRequest) -> HttpResponse:
    """Give the gap as a PDF to put on file."""
    return _paper(request, _gap_asked(request), "gap")


@page
def gap_json(request: HttpRequest) -> HttpResponse:
    """Give the gap as data, as the REST interface does."""
    return _data(request, _gap_asked(request), gap_answer_json, "gap")


def _gap_asked(request: HttpRequest) -> Gap | None:
    require_role(person(request), *ASKING)
    form = GapForm(request.GET)
    return _gap(request, form) if form.is_valid() else None


def _gap(request: HttpRequest, form: GapForm) -> Gap:
    cleaned = form.cleaned_data
    return find_gap(person(request), str(cleaned["state"]), str(cleaned["instrument"]), day_of(form, _today()))


@page
def accession(request: HttpRequest) -> HttpResponse:
    """Ask who would join what, or show what would change."""
    require_role(person(request), *ASKING)
    form = AccessionForm(request.GET) if "state" in request.GET else AccessionForm(initial={"side": "requesting"})
    if not form.is_bound or "change" in request.GET or not form.is_valid():
        return _form(request, form, ACCESSION)
    query = _kept(form)
    if "ask" in request.GET:
        return redirect(f"{reverse('desk:accession')}?{urlencode(query)}")
    try:
        found = _accession(request, form)
    except UnusableQuestionError as error:
        return _refused(request, form, ACCESSION, error)
    return render(request, "desk/accession.html", {"answer": shown_accession(found, query)})


@page
def accession_memo(request: HttpRequest) -> HttpResponse:
    """Give the accession as a PDF to put on file."""
    return _paper(request, _accession_asked(request), "accession")


@page
def accession_json(request: HttpRequest) -> HttpResponse:
    """Give the accession as data, as the REST interface does."""
    return _data(request, _accession_asked(request), accession_answer_json, "accession")


def _accession_asked(request: HttpRequest) -> Accession | None:
    require_role(person(request), *ASKING)
    form = AccessionForm(request.GET)
    return _accession(request, form) if form.is_valid() else None


def _accession(request: HttpRequest, form: AccessionForm) -> Accession:
    cleaned = form.cleaned_data
    return find_accession(
        person(request),
        str(cleaned["state"]),
        str(cleaned["instrument"]),
        day_of(form, _today()),
        measures=tuple(cleaned["measures"]),
        offence=str(cleaned["offence"]),
        asks=cleaned["side"] != "requested",
    )


def _today() -> date:
    return timezone.localtime(now()).date()


def _kept(form: DeskForm) -> Query:
    """Return the question of a valid form as it stands in an address, its day said."""
    found = []
    for name, value in form.cleaned_data.items():
        if name == "date":
            found.append((name, day_of(form, _today()).isoformat()))
        elif value:
            found += [(name, str(each)) for each in (value if isinstance(value, list) else [value])]
    return found


def _refused(request: HttpRequest, form: DeskForm, asking: Asking, error: UnusableQuestionError) -> HttpResponse:
    form.add_error("date" if error.code == "unusable-date" else None, str(sentences.fault(error).text))
    return _form(request, form, asking)


def _form(request: HttpRequest, form: DeskForm, asking: Asking) -> HttpResponse:
    faults = form.faults() if form.is_bound else ()
    return render(request, "desk/law_form.html", {"form": form, "faults": faults, "asking": asking})


def _paper(request: HttpRequest, found: Compared | Gap | Accession | None, name: str) -> HttpResponse:
    """Return the memo; where the question cannot be asked, its page, which says why."""
    if found is None:
        return handing.explained(request, name)
    pdf = write_offence_memo(found, reading.lawbook_language(), now())
    return handing.paper(pdf, name)


def _data(request: HttpRequest, found: T | None, as_data: Callable[[T, str], Data], name: str) -> HttpResponse:
    if found is None:
        return handing.explained(request, name)
    value = as_data(found, reading.lawbook_language())
    return handing.data(value)
