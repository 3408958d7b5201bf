"""A dossier: what happened, what time is left, what may come next; and each act as a paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.acts.act import decode_act
from comity.cooperation.dossier import Dossier as Folded
from comity.node.access import (
    NotFoundHere,
    access_act,
    access_dossier,
    visible_dossiers,
    visible_drafts,
    visible_holdings,
)
from comity.node.clock import now
from comity.node.models import ActRecord, CaseMember, Custody, Delivery, Dossier, HoldingLink, LedgerState, Person
from comity.node.models.person import APPROVER, CUSTODIAN, OFFICER
from comity.node.usecases.rebuild_projections import folded
from comity.node.usecases.steps import possible_steps
from comity.sites.desk import reading, words
from comity.sites.desk.page import page, person
from comity.sites.desk.shown import dossiers as shown
from comity.sites.desk.shown.acts import act_rows
from comity.sites.desk.shown.clocks import shown_clock
from comity.sites.desk.shown.drafts import draft_line
from comity.sites.desk.shown.evidence import HoldingShown, shown_holding


@page
def dossier(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Show a dossier."""
    who, at = person(request), now()
    found = access_dossier(who, dossier_id)
    state = folded(found.id, at)
    if state is None:
        raise NotFoundHere
    records = list(ActRecord.objects.filter(dossier_id=found.id).defer("pdf", "payload"))
    deliveries = Delivery.objects.filter(act__dossier_id=found.id).defer("envelope", "receipt")
    clocks = [shown_clock(clock, at) for clock in state.clocks]
    offers = possible_steps(who, found)
    steps = shown.shown_steps(
        [offer.step for offer in offers], next((o.step.id for o in offers if o.main), ""), found.procedure
    )
    context = {
        "dossier": found,
        "basis": words.word("procedure", found.procedure),
        "partner": words.office(found.partner),
        "sentence": shown.lede(found, state),
        "turn": "ended" if found.ended else found.turn,
        "events": shown.shown_events(state, records, list(deliveries)),
        "clocks": clocks,
        "any_running": any(clock.running for clock in clocks),
        "any_stopped": any(not clock.running for clock in clocks),
        "steps": steps,
        "binding": shown.binding_sentence(steps),
        "drafts": [
            draft_line(one)
            for one in visible_drafts(who).filter(dossier=found).exclude(state="sent").select_related("drafted_by")
        ],
        "holdings": _holdings(who, found),
        "readers": shown.readers(state, _members(found)),
        "related": _related(who, found),
        "proof": _proof(records),
        "packages": list(found.packages.all()[:3]),
        "may_attach": who.has_role(OFFICER, CUSTODIAN) and not found.ended,
        "may_pack": who.has_role(OFFICER, APPROVER, CUSTODIAN),
        "may_order": who.has_role(OFFICER) and may_order(found, state),
    }
    return render(request, "desk/dossier.html", context)


@page
def act(request: HttpRequest, dossier_id: str, act_id: str) -> HttpResponse:
    """Show one act: its data in words, and what was checked."""
    record = _act(person(request), dossier_id, act_id)
    context = {
        "record": record,
        "name": words.act(record.procedure, record.step, decode_act(bytes(record.payload)).form or ""),
        "rows": act_rows(record),
        "sender": words.office(record.sender),
        "pdf_url": reverse("desk:act-pdf", args=[dossier_id, act_id]),
        "back": reverse("desk:dossier", args=[dossier_id]),
        "may_carry": record.direction == "out" and person(request).has_role(OFFICER, CUSTODIAN),
        "envelope_url": reverse("desk:act-envelope", args=[dossier_id, act_id]),
    }
    return render(request, "desk/act.html", context)


@page
def act_pdf(request: HttpRequest, dossier_id: str, act_id: str) -> HttpResponse:
    """Hand out the signed paper, byte for byte."""
    record = _act(person(request), dossier_id, act_id)
    response = HttpResponse(bytes(record.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{record.step}-{record.id[:8]}.pdf"'
    return response


def may_order(dossier: Dossier, state: Folded) -> bool:
    """Return whether this office may pass the request on to the holder of the data, in a dossier of its own."""
    return dossier.our_actor == "requested" and not dossier.ended and not dossier.procedure.startswith("provider-")


def _act(who: Person, dossier_id: str, act_id: str) -> ActRecord:
    record = access_act(who, act_id)
    if record.dossier_id != dossier_id:
        raise NotFoundHere
    return record


def _holdings(who: Person, dossier: Dossier) -> list[HoldingShown]:
    named = HoldingLink.objects.filter(dossier_id=dossier.id).values("list_sha256")
    visible = visible_holdings(who)
    found = visible.filter(dossier=dossier) | visible.filter(list_sha256__in=named)
    lines = []
    for holding in found.distinct().defer("list_bytes"):
        chain = (
            list(Custody.objects.filter(list_sha256=holding.list_sha256).defer("bytes")) if holding.list_sha256 else []
        )
        lines.append(shown_holding(holding, chain))
    return lines


def _members(dossier: Dossier) -> int:
    """Return how many people of this office can read the dossier."""
    if dossier.case_id is not None:
        return CaseMember.objects.filter(case_id=dossier.case_id).count()
    return sum(one.has_role(OFFICER, APPROVER, CUSTODIAN) for one in Person.objects.filter(is_active=True))


def _related(who: Person, dossier: Dossier) -> list[dict[str, str]]:
    """Return the dossier that this one was made for, those that were made for it, and the case."""
    visible = visible_dossiers(who)
    found = list(visible.filter(concerns=dossier.id)) + list(
        visible.filter(id=dossier.concerns) if dossier.concerns else ()
    )
    links = [
        {
            "url": reverse("desk:dossier", args=[one.id]),
            "text": one.subject,
            "note": words.word("procedure", one.procedure),
        }
        for one in found
    ]
    if dossier.case is not None:
        case = dossier.case
        links.insert(
            0,
            {
                "url": reverse("desk:case", args=[case.id]),
                "text": case.title,
                "note": _("Case %(reference)s") % {"reference": case.reference},
            },
        )
    return links


def _proof(records: list[ActRecord]) -> str:
    count = ngettext("%(count)d act in the ledger", "%(count)d acts in the ledger", len(records)) % {
        "count": len(records)
    }
    state = LedgerState.objects.filter(pk=1).first()
    if state is None or state.published_at is None:
        return _("%(count)s; its first checkpoint is not published yet.") % {"count": count}
    cosigned = max(bytes(state.checkpoint).count("\n— ".encode()) - 1, 0)
    witnesses = ngettext("%(count)d witness", "%(count)d witnesses", cosigned) % {"count": cosigned}
    return _("%(count)s; the last checkpoint was cosigned by %(witnesses)s, %(moment)s.") % {
        "count": count, "witnesses": witnesses, "moment": reading.moment(state.published_at),
    }  # fmt: skip
