"""What a new edition of the law changed: two editions that this node has kept, the routes of its state, the open dossiers."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from comity.law.watch.report import Watch, watch_json
from comity.lawbook.editions import BrokenEditionError
from comity.node.access import require_role
from comity.node.clock import now
from comity.node.usecases.watch_law import known_editions, watch_law
from comity.node.usecases.write_changes_memo import write_changes_memo
from comity.sites.desk import handing, reading
from comity.sites.desk.forms.changes import FIELDS, ChangesForm
from comity.sites.desk.page import page, person
from comity.sites.desk.shown.changes import shown_changes
from comity.sites.desk.shown.law import source_line
from comity.sites.desk.views.law import ASKING

USUAL_MEASURE = "preserve"
BROKEN = _(
    "This edition is damaged, or of a form that this version does not know. Choose another one and tell an administrator."
)


@dataclass(frozen=True, slots=True)
class _Asked:
    form: ChangesForm
    query: str


@page
def changes(request: HttpRequest) -> HttpResponse:
    """Compare the two newest editions unless others are named; where there is but one, say what will appear here."""
    require_role(person(request), *ASKING)
    asked = _asked(request)
    if asked is None:
        return render(request, "desk/changes.html", {"only": known_editions()[:1], "source_line": source_line()})
    found = _watch(request, asked.form)
    if found is None:
        return render(request, "desk/changes.html", {"form": asked.form, "faults": asked.form.faults()})
    return render(request, "desk/changes.html", {"form": asked.form, "answer": shown_changes(found, asked.query)})


@page
def changes_memo(request: HttpRequest) -> HttpResponse:
    """Give the comparison as a PDF to put on file."""
    require_role(person(request), *ASKING)
    asked = _asked(request)
    found = _watch(request, asked.form) if asked else None
    if found is None:
        return handing.explained(request, "changes")
    return handing.paper(write_changes_memo(found, reading.lawbook_language(), now()), "changes")


@page
def changes_json(request: HttpRequest) -> HttpResponse:
    """Give the comparison as data, as the REST interface does."""
    require_role(person(request), *ASKING)
    asked = _asked(request)
    found = _watch(request, asked.form) if asked else None
    if found is None:
        return handing.explained(request, "changes")
    return handing.data(watch_json(found, reading.lawbook_language()))


def _asked(request: HttpRequest) -> _Asked | None:
    """Return what is asked, the usual where nothing is said; None where there are no two editions to compare."""
    editions = known_editions()
    if len(editions) < 2:  # two editions make a comparison
        return None
    usual = {"since": editions[-2], "until": editions[-1], "measure": USUAL_MEASURE}
    data = {name: request.GET.get(name) or usual[name] for name in FIELDS}
    return _Asked(ChangesForm(editions, data), urlencode(data))


def _watch(request: HttpRequest, form: ChangesForm) -> Watch | None:
    """Return what changed; None where the form does not hold a question or an edition cannot be read, which it then says."""
    if not form.is_valid():
        return None
    said = form.cleaned_data
    try:
        return watch_law(person(request), now(), said["since"], [said["measure"]], said["until"])
    except BrokenEditionError as error:
        form.add_error("until" if error.where == said["until"] else "since", BROKEN)
        return None
