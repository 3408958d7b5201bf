"""Dossiers: what was done, what may be done next, the acts themselves, and envelopes as files."""

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Status, UploadedFile

from comity.cooperation.dossier import Dossier as Folded
from comity.node import clock
from comity.node.access import NotFoundHere, access_act, access_dossier, visible_dossiers
from comity.node.api.auth import who
from comity.node.api.schemas import (
    ClockOut,
    DeliveryOut,
    DossierDetail,
    DossierOut,
    EventOut,
    HoldingOut,
    PackageOut,
    StepOut,
)
from comity.node.models import CourtPackage, Delivery, Dossier, Holding, HoldingLink
from comity.node.store.projections import folded
from comity.node.usecases.carry_envelope import export_envelope, import_envelope
from comity.node.usecases.make_package import make_package
from comity.node.usecases.steps import StepOffer, possible_steps

router = Router(tags=["dossiers"])


@router.get("", response=list[DossierOut])
def list_dossiers(request: HttpRequest, turn: str = "", ended: bool = False, limit: int = 200) -> list[Dossier]:
    """List the dossiers that the person may see, the latest change first."""
    found = visible_dossiers(who(request))
    found = found.exclude(ended="") if ended else found.filter(ended="")
    return list((found.filter(turn=turn) if turn else found)[: max(1, min(limit, 1000))])


@router.post("/envelopes", response={200: None})
def import_file(request: HttpRequest, envelope: File[UploadedFile]) -> HttpResponse:
    """Take in an envelope that was carried here as a file; the answer is the receipt to carry back."""
    receipt = import_envelope(who(request), envelope.read())
    return HttpResponse(receipt, content_type="text/plain; charset=utf-8")


@router.get("/{dossier_id}", response=DossierDetail)
def show_dossier(request: HttpRequest, dossier_id: str) -> DossierDetail:
    """Show a dossier with everything that follows from its acts."""
    person, now = who(request), clock.now()
    row = access_dossier(person, dossier_id)
    state = folded(row.id, now)
    if state is None:
        raise NotFoundHere
    return DossierDetail(
        **DossierOut.from_orm(row).dict(),
        parties=dict(state.parties),
        history=_history(state),
        waiting=list(state.waiting),
        clocks=_clocks(state),
        steps=[_step(offer) for offer in possible_steps(person, row, now)],
        deliveries=_deliveries(row),
    )


@router.get("/{dossier_id}/evidence", response=list[HoldingOut])
def evidence_of(request: HttpRequest, dossier_id: str) -> list[Holding]:
    """List the exhibit lists that acts of the dossier name."""
    row = access_dossier(who(request), dossier_id)
    names = HoldingLink.objects.filter(dossier_id=row.id).values("list_sha256")
    return list(Holding.objects.filter(list_sha256__in=names) | Holding.objects.filter(dossier=row))


@router.post("/{dossier_id}/packages", response={201: PackageOut})
def create_package(request: HttpRequest, dossier_id: str) -> Status[CourtPackage]:
    """Ask for the court package."""
    return Status(201, make_package(who(request), access_dossier(who(request), dossier_id)))


@router.get("/{dossier_id}/acts/{act_id}.pdf", response={200: None})
def act_pdf(request: HttpRequest, dossier_id: str, act_id: str) -> HttpResponse:
    """Give the signed PDF of an act."""
    record = access_act(who(request), act_id)
    if record.dossier_id != dossier_id:
        raise NotFoundHere
    return HttpResponse(bytes(record.pdf), content_type="application/pdf")


@router.get("/{dossier_id}/acts/{act_id}", response={200: None})
def act_payload(request: HttpRequest, dossier_id: str, act_id: str) -> HttpResponse:
    """Give the canonical payload of an act."""
    record = access_act(who(request), act_id)
    if record.dossier_id != dossier_id:
        raise NotFoundHere
    return HttpResponse(bytes(record.payload), content_type="application/json")


@router.get("/{dossier_id}/acts/{act_id}/envelope", response={200: None})
def export_file(request: HttpRequest, dossier_id: str, act_id: str, recipient: str = "") -> HttpResponse:
    """Give an act as an envelope to be carried; to the dossier's partner unless another office is named."""
    person = who(request)
    row = access_dossier(person, dossier_id)
    data = export_envelope(person, access_act(person, act_id), recipient or row.partner)
    return HttpResponse(data, content_type="application/octet-stream")


def _history(state: Folded) -> list[EventOut]:
    return [
        EventOut(
            act=each.id,
            step=each.step,
            actor=each.actor,
            at=each.at,
            from_state=each.from_state,
            to_state=each.to_state,
            effective=each.effective,
            reason=str(each.reason) if each.reason else None,
        )
        for each in state.history
    ]


def _clocks(state: Folded) -> list[ClockOut]:
    return [
        ClockOut(
            id=each.rule.id,
            article=each.rule.article,
            responsible=each.rule.responsible,
            started_at=each.started_at,
            due_at=each.due_at,
            stopped_at=each.stopped_at,
            running=each.running,
        )
        for each in state.clocks
    ]


def _step(offer: StepOffer) -> StepOut:
    step = offer.step
    return StepOut(
        step=step.id,
        main=offer.main,
        binding=offer.binding,
        article=step.article,
        forms=list(step.forms),
        exhibits=step.exhibits,
    )


def _deliveries(row: Dossier) -> list[DeliveryOut]:
    return [
        DeliveryOut(
            act=each.act_id,
            recipient=each.recipient,
            state=each.state,
            attempts=each.attempts,
            next_at=each.next_at,
            delivered_at=each.delivered_at,
            last_error=each.last_error,
        )
        for each in Delivery.objects.filter(act__dossier_id=row.id).order_by("id")
    ]
