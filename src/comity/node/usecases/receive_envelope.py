"""An envelope comes in: opened, judged, stored, logged and receipted, all or nothing, as often as it may come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from comity.acts.act import Act
from comity.acts.canonical import digest
from comity.errors import PeerError
from comity.exchange.envelope import open_envelope
from comity.exchange.parcel import Item
from comity.exchange.receipt import Receipt, ReceivedAct, sign_receipt
from comity.node import law, resources
from comity.node.intake.parcel import Judge, RefusedItem, Taken, TakenAct, take_items
from comity.node.intake.standing import refuse_stranger
from comity.node.intake.together import Together
from comity.node.ledger_rows import OpenLedger
from comity.node.models import ActRecord, Quarantined, ReceivedEnvelope
from comity.node.store.acts import SignedBy, new_acts, store_acts
from comity.node.store.evidence import take_evidence
from comity.node.store.projections import project

KEPT_BYTES = 1024 * 1024
"""How much of what was refused is kept for the administrator."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An envelope that was opened, with what became of each item."""

    sha256: str
    sender: str
    taken: tuple[Taken, ...]
    at: datetime

    def acts(self) -> Iterator[TakenAct]:
        """Yield the acts that were accepted."""
        return (each for each in self.taken if isinstance(each, TakenAct))


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
        return _store_together(Arrived(sha256, parcel.sender, taken, now))
    except IntegrityError:  # the same envelope was being taken in by another process, which has won
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


@transaction.atomic(durable=True)  # a receipt says that its act is safe, so no transaction around this one may undo it
def _store(arrived: Sequence[Arrived]) -> list[bytes]:
    """Store envelopes that came at the same time; return their receipts in the same order."""
    each_once = tuple({each.sha256: each for each in arrived}.values())
    ledger = OpenLedger()  # its lock makes envelopes with the same act wait for each other
    acts = new_acts(
        SignedBy(of.opened.act, of.opened.id, of.pdf, of.opened.signed_at, each.at)
        for each in each_once
        for of in each.acts()
    )
    logged = [*(("envelope", each.sha256) for each in each_once), *(("act", act.id) for act in acts)]
    indexes = ledger.append(logged)
    store_acts(acts, indexes[0] + len(each_once), arrived[0].at)
    project(dict.fromkeys(act.act.dossier or act.id for act in acts), max(each.at for each in arrived))
    for each in each_once:
        _store_rest(each)
    receipts = _receipts(each_once, ledger, indexes)
    ReceivedEnvelope.objects.bulk_create(
        ReceivedEnvelope(sha256=each.sha256, sender=each.sender, received_at=each.at, receipt=receipts[each.sha256])
        for each in each_once
    )
    return [receipts[each.sha256] for each in arrived]


_store_together = Together(_store)


def _store_rest(arrived: Arrived) -> None:
    take_evidence(arrived.taken, arrived.at)
    for each in arrived.taken:
        if isinstance(each, RefusedItem):
            quarantine(each.sha256, each.item.data, each.error, arrived.at)


def _receipts(arrived: Sequence[Arrived], ledger: OpenLedger, indexes: Sequence[int]) -> dict[str, bytes]:
    signer, office = resources.ledger_signer(), resources.home().office
    proofs = ledger.prove(indexes[: len(arrived)], signer)
    return {
        each.sha256: sign_receipt(Receipt(each.sha256, office, each.at, _lines(each.taken)), signer, proof)
        for each, proof in zip(arrived, proofs, strict=True)
    }


def _lines(taken: Sequence[Taken]) -> tuple[ReceivedAct, ...]:
    return tuple({line.id: line for each in taken if (line := _line(each)) is not None}.values())


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
