"""Gathers what a court package holds: acts in the dossier's order, lists, custody, receipts, directory, proofs."""

from datetime import datetime

from comity.acts.act import decode_act
from comity.court.packing import Contents, PackedAct, PackedEvent
from comity.errors import LocalError
from comity.evidence.custody import decode_event
from comity.evidence.exhibit import ExhibitList, decode_list
from comity.ledger.merkle import inclusion_proof
from comity.ledger.proof import Proof
from comity.node import ledger_rows, resources
from comity.node.models import ActRecord, Custody, Delivery, Dossier, Holding, HoldingLink
from comity.node.store.projections import folded


class IncompleteDossierError(LocalError):
    """Something that belongs into the package is not here yet."""

    code = "incomplete-dossier"


def lists_of(dossier: Dossier) -> tuple[Holding, ...]:
    """Return the lists that acts of the dossier name and that are held here.

    Raises:
        IncompleteDossierError: one of them is still on its way.
    """
    names = HoldingLink.objects.filter(dossier_id=dossier.id).values_list("list_sha256", flat=True)
    wanted = tuple(dict.fromkeys(names.order_by("id")))
    held = {each.list_sha256: each for each in Holding.objects.filter(list_sha256__in=wanted, state="held")}
    missing = [name for name in wanted if name not in held]
    if missing:
        raise IncompleteDossierError(
            f"{len(missing)} exhibit lists have not arrived completely.",
            remedy="Wait until the evidence is here, then have the package made again.",
            where=missing[0],
        )
    return tuple(held[name] for name in wanted)


def contents(dossier: Dossier, now: datetime) -> Contents:
    """Return everything that the package holds, with proofs under the published checkpoint.

    Raises:
        IncompleteDossierError: an act or a list is missing, or the ledger is not published so far.
    """
    found = resources.directory(now)
    lists = tuple(_list(each) for each in lists_of(dossier))
    return Contents(
        made_by=resources.home().office,
        made_at=now.replace(microsecond=0),
        acts=_acts(dossier, now),
        lists=lists,
        custody=_custody([each.sha256 for each in lists]),
        receipts=_receipts(dossier),
        directory=found.files,
        offices={each.id: each for each in found.offices()},
    )


def prove(index: int) -> bytes:
    """Return the proof of one entry under the published checkpoint.

    Raises:
        IncompleteDossierError: the checkpoint does not cover it yet.
    """
    size, checkpoint = ledger_rows.published()
    if index >= size:
        raise IncompleteDossierError("The ledger is not published so far.", remedy="Try again in a moment.")
    return Proof(index, inclusion_proof(index, size, ledger_rows.read_hashes), checkpoint).encode()


def _acts(dossier: Dossier, now: datetime) -> tuple[PackedAct, ...]:
    state = folded(dossier.id, now)
    ids = [event.id for event in state.history if event.id] if state else []
    rows = ActRecord.objects.in_bulk(ids)
    return tuple(
        PackedAct(decode_act(bytes(row.payload)), bytes(row.pdf), prove(row.ledger_index))
        for row in (rows[name] for name in ids)
    )


def _list(holding: Holding) -> ExhibitList:
    assert holding.list_bytes is not None
    return decode_list(bytes(holding.list_bytes))


def _custody(names: list[str]) -> tuple[PackedEvent, ...]:
    rows = Custody.objects.filter(list_sha256__in=names).order_by("position", "at", "sha256")
    return tuple(PackedEvent(decode_event(bytes(row.bytes)), bytes(row.proof) if row.proof else None) for row in rows)


def _receipts(dossier: Dossier) -> dict[str, bytes]:
    rows = Delivery.objects.filter(act__dossier_id=dossier.id).exclude(receipt=None)
    return {f"{row.act_id[:16]}-{row.recipient.replace('/', '-')}.receipt": bytes(row.receipt or b"") for row in rows}
