"""An envelope comes in: opened, judged, stored, logged and receipted, all or nothing, as often as it may come."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from comity.acts.act import Act
from comity.acts.canonical import digest
from comity.errors import PeerError
from comity.exchange.envelope import open_envelope
from comity.exchange.parcel import Item, Parcel
from comity.exchange.receipt import Receipt, ReceivedAct, sign_receipt
from comity.node import law, resources
from comity.node.intake.parcel import Judge, RefusedItem, Taken, TakenAct, take_items
from comity.node.intake.standing import refuse_stranger
from comity.node.ledger_rows import OpenLedger
from comity.node.models import ActRecord, Quarantined, ReceivedEnvelope
from comity.node.store.acts import SignedBy, new_acts, store_acts
from comity.node.store.evidence import take_evidence
from comity.node.store.projections import project

KEPT_BYTES = 1024 * 1024
"""How much of what was refused is kept for the administrator."""


def receive_envelope(data: bytes, now: datetime) -> bytes:
    """Take an envelope in and return the signed receipt; the same envelope gets the same receipt again.

    Args:
        data: unverified bytes.
        now: when they arrived.

    Raises:
        PeerError: it is no envelope for us; it was put into quarantine.
        LocalError: this node cannot judge or store it now; the sender should try again.
    """
    sha256 = digest(data)
    known = ReceivedEnvelope.objects.filter(sha256=sha256).values_list("receipt", flat=True).first()
    if known is not None:
        return bytes(known)
    try:
        parcel = open_envelope(data, resources.home().office, resources.keys().envelope_keys)
    except PeerError as error:
        quarantine(sha256, data, error, now)
        raise
    taken = tuple(_in_standing(each) for each in take_items(parcel, judge(now)))
    try:
        return _store(sha256, parcel, taken, now)
    except IntegrityError:  # the same envelope was being taken in by another thread, which has won
        return bytes(ReceivedEnvelope.objects.get(sha256=sha256).receipt)


def judge(now: datetime) -> Judge:
    """Return what items are judged by at this moment."""
    directory = resources.directory(now)
    witnesses = tuple(each.witness_key for each in directory.offices() if each.witness_key)
    return Judge(directory.office, law.wordbook(), witnesses, now)


def quarantine(sha256: str, data: bytes, error: PeerError, now: datetime) -> None:
    """Keep what was refused, with the reason, for the administrator; the same thing once."""
    Quarantined.objects.get_or_create(
        sha256=sha256,
        defaults={
            "received_at": now,
            "code": error.code,
            "message": error.diagnostics(),
            "size": len(data),
            "data": data if len(data) <= KEPT_BYTES else b"",
        },
    )


def _in_standing(each: Taken) -> Taken:
    """Refuse the act of an office that has no part in the dossier, as far as that is known here."""
    if isinstance(each, TakenAct):
        try:
            refuse_stranger(each.opened.act, each.opened.id, resources.home().office)
        except PeerError as error:
            return RefusedItem(Item("act", "act.pdf", each.pdf), error)
    return each


@transaction.atomic
def _store(sha256: str, parcel: Parcel, taken: Sequence[Taken], now: datetime) -> bytes:
    ledger = OpenLedger()  # its lock makes envelopes with the same act wait for each other
    opened = [each for each in taken if isinstance(each, TakenAct)]
    acts = new_acts([SignedBy(e.opened.act, e.opened.id, e.pdf, e.opened.signed_at, now) for e in opened])
    indexes = ledger.append([("envelope", sha256), *(("act", each.id) for each in acts)])
    store_acts(acts, indexes[0] + 1, now)
    for dossier_id in dict.fromkeys(each.act.dossier or each.id for each in acts):
        project(dossier_id, now)
    take_evidence(taken, now)
    for each in taken:
        if isinstance(each, RefusedItem):
            quarantine(each.sha256, each.item.data, each.error, now)
    receipt = _receipt(sha256, taken, ledger, indexes[0], now)
    ReceivedEnvelope.objects.create(sha256=sha256, sender=parcel.sender, received_at=now, receipt=receipt)
    return receipt


def _receipt(sha256: str, taken: Sequence[Taken], ledger: OpenLedger, index: int, now: datetime) -> bytes:
    signer = resources.ledger_signer()
    acts = tuple({line.id: line for each in taken if (line := _line(each)) is not None}.values())
    return sign_receipt(Receipt(sha256, resources.home().office, now, acts), signer, ledger.prove(index, signer))


def _line(each: Taken) -> ReceivedAct | None:
    if isinstance(each, TakenAct):
        return ReceivedAct(each.opened.id, "waiting" if waits(each.opened.act) else "stored")
    if isinstance(each, RefusedItem) and each.item.kind == "act":
        return ReceivedAct(each.sha256, "refused", each.error.code)
    return None


def waits(act: Act) -> bool:
    """Return whether an act that it follows, or the one that opens its dossier, is not here."""
    needed = {*act.after, *([act.dossier] if act.dossier else [])}
    return bool(needed) and ActRecord.objects.filter(id__in=needed).count() < len(needed)
