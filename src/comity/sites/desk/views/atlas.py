"""How far a state reaches: the map and the tables. Asked by GET: an answer has an address that can be filed."""

import csv
import io
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from comity.law.atlas.reach import Reach
from comity.law.atlas.report import measures_json, reach_json, reach_rows
from comity.law.atlas.saying import sentence
from comity.law.question import UnusableQuestionError
from comity.node import law, resources
from comity.node.access import require_role
from comity.node.clock import now
from comity.node.usecases.ask_atlas import (
    USUAL_MEASURE,
    USUAL_OFFENCE,
    AtlasQuestion,
    ask_reach,
    ask_reach_by_measure,
)
from comity.node.usecases.write_atlas_memo import write_atlas_memo
from comity.sites.desk import handing, reading, sentences
from comity.sites.desk.forms.atlas import AtlasForm
from comity.sites.desk.page import page, person
from comity.sites.desk.shown.atlas import shown_atlas
from comity.sites.desk.shown.law import Query
from comity.sites.desk.views.law import ASKING


@page
def atlas(request: HttpRequest) -> HttpResponse:
    """Show how far a state reaches, by default our own."""
    who = person(request)
    require_role(who, *ASKING)
    form = _form(request)
    if not form.is_valid():
        return render(request, "desk/atlas.html", {"form": form, "faults": form.faults(), "answer": None})
    question = form.question()
    query = _query(question)
    if "ask" in request.GET:
        return redirect(f"{reverse('desk:atlas')}?{urlencode(query)}")
    try:
        found = ask_reach(who, question)
        measures = ask_reach_by_measure(who, question) if "all" in request.GET else ()
    except UnusableQuestionError as error:
        form.add_error(error.where if error.where in form.fields else None, str(sentences.fault(error).text))
        return render(request, "desk/atlas.html", {"form": form, "faults": form.faults(), "answer": None})
    answer = shown_atlas(found, measures, query)
    return render(request, "desk/atlas.html", {"form": form, "faults": (), "answer": answer})


@page
def atlas_memo(request: HttpRequest) -> HttpResponse:
    """Give the answer with its map as a PDF to put on file."""
    question = _asked(request)
    if question is None or _found(request) is None:
        return _explained(request)
    pdf = write_atlas_memo(person(request), question, reading.lawbook_language(), now())
    return handing.paper(pdf, _name(question))


@page
def atlas_json(request: HttpRequest) -> HttpResponse:
    """Give the answer as data, as the REST interface does."""
    found = _found(request)
    if found is None:
        return _explained(request)
    language = reading.lawbook_language()
    data = {"sentence": sentence(found, law.wordbook()).say(language), **reach_json(found, language)}
    if "all" in request.GET:
        question = _asked(request)
        assert question is not None
        data["measures"] = measures_json(ask_reach_by_measure(person(request), question))
    return handing.data(data)


@page
def atlas_csv(request: HttpRequest) -> HttpResponse:
    """Give the states as CSV, one a row, with the columns of the file of the whole atlas."""
    question, found = _asked(request), _found(request)
    if question is None or found is None:
        return _explained(request)
    text = io.StringIO()
    csv.writer(text).writerows(reach_rows(found))
    return _file(text.getvalue().encode(), "text/csv; charset=utf-8", f"{_name(question)}.csv", "attachment")


def _form(request: HttpRequest) -> AtlasForm:
    """Fill in what the address leaves open: our state, a usual measure and offence, today."""
    given = {name: str(value) for name, value in request.GET.items() if value}
    side = next((name for name in ("from", "to") if given.get(name)), "")
    usual = {
        "state": given.get(side) or resources.home().state,
        "direction": side or "from",
        "measure": USUAL_MEASURE,
        "offence": USUAL_OFFENCE,
        "date": timezone.localtime(now()).date().isoformat(),
    }
    return AtlasForm({**usual, **given})


def _query(question: AtlasQuestion) -> Query:
    known = {question.direction: question.state, "measure": question.measure, "offence": question.offence}
    known["date"] = question.on.isoformat()
    return [*known.items(), *((key, _plain(value)) for key, value in question.circumstances.items())]


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _asked(request: HttpRequest) -> AtlasQuestion | None:
    """Return the question of the address; None where it cannot be asked, which the page explains."""
    require_role(person(request), *ASKING)
    form = _form(request)
    return form.question() if form.is_valid() else None


def _found(request: HttpRequest) -> Reach | None:
    question = _asked(request)
    try:
        return ask_reach(person(request), question) if question else None
    except UnusableQuestionError:
        return None


def _explained(request: HttpRequest) -> HttpResponse:
    return handing.explained(request, "atlas")


def _name(question: AtlasQuestion) -> str:
    return f"atlas-{question.direction}-{question.state}-{question.measure}-{question.on}"


def _file(content: bytes, kind: str, name: str, how: str = "inline") -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'{how}; filename="{name}"'})
