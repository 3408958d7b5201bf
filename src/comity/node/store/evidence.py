"""Evidence that partners announce: only what an act that was taken in names is noted, so that nobody can fill our store."""

from collections.abc import Sequence
from datetime import datetime

from comity.acts.canonical import digest
from comity.errors import PeerError
from comity.node.intake.parcel import Taken, TakenCustody, TakenList
from comity.node.models import Dossier, Holding, HoldingLink, Quarantined
from comity.node.store.custody import store_events


class UnannouncedEvidenceError(PeerError):
    """A list or a custody event belongs to no act that was taken in."""

    code = "unannounced-evidence"


def take_evidence(taken: Sequence[Taken], now: datetime) -> None:
    """Store the lists and custody events of a parcel whose acts are stored already."""
    lists = [each for each in taken if isinstance(each, TakenList)]
    events = [each for each in taken if isinstance(each, TakenCustody)]
    if not lists and not events:
        return
    named = {digest(each.data) for each in lists} | {each.event.list for each in events}
    announced = dict(HoldingLink.objects.filter(list_sha256__in=named).values_list("list_sha256", "act_id"))
    for each in lists:
        name = digest(each.data)
        if name in announced:
            expect_list(each, name, now)
        else:
            _set_aside(name, each.data, now)
    for other in events:
        if other.event.list not in announced:
            _set_aside(other.event.sha256, other.data, now)
    store_events((each.event, each.data, each.proof) for each in events if each.event.list in announced)


def expect_list(taken: TakenList, name: str, now: datetime) -> None:
    """Note that a partner will send the bytes of a list; one that is here already stays as it is."""
    link = HoldingLink.objects.filter(list_sha256=name).order_by("id").first()
    dossier = Dossier.objects.filter(id=link.dossier_id).first() if link else None
    found = taken.exhibits
    Holding.objects.get_or_create(
        list_sha256=name,
        defaults={
            "title": found.title[:200] or name[:12],
            "state": "expected",
            "count": len(found.exhibits),
            "bytes": found.total_bytes,
            "list_bytes": taken.data,
            "dossier": dossier,
            "act_id": link.act_id if link else "",
            "created_at": now,
            "changed_at": now,
        },
    )


def _set_aside(sha256: str, data: bytes, now: datetime) -> None:
    error = UnannouncedEvidenceError("No act names this evidence.")
    Quarantined.objects.get_or_create(
        sha256=sha256,
        defaults={
            "received_at": now,
            "code": error.code,
            "message": error.message,
            "size": len(data),
            "data": data[:65536],
        },
    )
