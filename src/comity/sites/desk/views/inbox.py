"""The inbox: what waits for this person, the most urgent clock first."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.node.access import visible_dossiers, visible_drafts
from comity.node.clock import now
from comity.node.models import Dossier, Draft, Person
from comity.node.models.person import ADMINISTRATOR, APPROVER, CUSTODIAN, OFFICER
from comity.sites.desk import words
from comity.sites.desk.page import page, person
from comity.sites.desk.shown.clocks import ClockShown, plain_clock
from comity.sites.desk.shown.drafts import DraftLine, draft_line
from comity.sites.desk.shown.notices import shown_notices

PAGE = 50
OURS_FIRST = Case(When(turn="ours", then=0), default=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One dossier in the inbox."""

    url: str
    subject: str
    subject_language: str
    state: str
    partner: str
    basis: str
    turn: str
    turn_word: str
    clock: ClockShown | None


@page
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the open dossiers by turn and clock, drafts to approve, and own drafts."""
    who, at = person(request), now()
    if not who.has_role(OFFICER, APPROVER, CUSTODIAN):
        return redirect("desk:people" if who.has_role(ADMINISTRATOR) else "desk:about")
    found = visible_dossiers(who).filter(ended="").order_by(OURS_FIRST, F("due_at").asc(nulls_last=True), "-changed_at")
    pages = Paginator(found.values_list("id", flat=True), PAGE).get_page(request.GET.get("page"))
    rows = Dossier.objects.in_bulk(list(pages))  # sorted by their index alone; only those of the page are read
    context = {
        "rows": [_line(rows[each], at) for each in pages if each in rows],
        "page": pages,
        "approvals": _approvals(who),
        "drafts": [draft_line(draft) for draft in _own_drafts(who)],
        "notices": shown_notices(who, at),
        "may_ask": who.has_role(OFFICER),
        "may_carry": who.has_role(OFFICER, CUSTODIAN),
        **_said(who, at),
    }
    return render(request, "desk/inbox.html", context)


def _line(dossier: Dossier, at: datetime) -> Line:
    clock = None
    if dossier.due_at is not None:
        name = words.clock(dossier.procedure, dossier.due_clock)
        clock = plain_clock(name, dossier.opened_at, dossier.due_at, at)
    return Line(
        url=reverse("desk:dossier", args=[dossier.id]),
        subject=dossier.subject,
        subject_language=dossier.subject_language,
        state=words.state(dossier.procedure, dossier.state),
        partner=words.office(dossier.partner),
        basis=words.word("procedure", dossier.procedure),
        turn=dossier.turn,
        turn_word={"ours": _("Ours"), "theirs": _("Theirs")}.get(dossier.turn, _("Nobody’s")),
        clock=clock,
    )


def _approvals(who: Person) -> list[DraftLine]:
    """Return the drafts of others that wait for this approver: nobody approves their own."""
    if not who.has_role(APPROVER):
        return []
    found = visible_drafts(who).filter(state="submitted").exclude(drafted_by=who).select_related("drafted_by")
    return [draft_line(draft) for draft in found[:PAGE]]


def _own_drafts(who: Person) -> QuerySet[Draft]:
    return (
        visible_drafts(who)
        .filter(drafted_by=who, state__in=("drafting", "returned"))
        .select_related("drafted_by")[:PAGE]
    )


def _said(who: Person, at: datetime) -> dict[str, str]:
    """Say in one headline what waits and how urgent it is."""
    today = timezone.localtime(at).replace(hour=23, minute=59, second=59)
    ours = visible_dossiers(who).filter(ended="", turn="ours")
    counted = ours.aggregate(waiting=Count("id"), due=Count("id", filter=Q(due_at__lte=today)))
    waiting, due = counted["waiting"], counted["due"]
    if not waiting:
        return {
            "headline": _("Nothing waits for you"),
            "sentence": _("Open dossiers are listed by their nearest clock."),
        }
    headline = ngettext("%(count)d dossier waits for us", "%(count)d dossiers wait for us", waiting) % {
        "count": waiting
    }
    if due:
        headline = _("%(headline)s, %(due)d due today") % {"headline": headline, "due": due}
    return {"headline": headline, "sentence": _("Sorted by the nearest clock. Grey ones need nothing from you.")}
