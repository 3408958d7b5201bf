"""Acts as rows: stored once, with their entry in the ledger and the lists that they name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from comity.acts.act import Act, encode_act
from comity.acts.canonical import digest
from comity.node import ledger_rows
from comity.node.models import ActRecord, HoldingLink


@dataclass(frozen=True, slots=True)
class SignedBy:
    """An act as it is to be stored.

    Attributes:
        pdf: the signed file.
        signed_at: as the time stamp proves.
        received_at: None for our own acts.
    """

    act: Act
    id: str
    pdf: bytes = field(repr=False)
    signed_at: datetime
    received_at: datetime | None = None


def new_acts(acts: Iterable[SignedBy]) -> tuple[SignedBy, ...]:
    """Return the acts that are not stored yet, each once."""
    given = {each.id: each for each in acts}
    known = set(ActRecord.objects.filter(id__in=given).values_list("id", flat=True))
    return tuple(each for each in given.values() if each.id not in known)


def store_acts(acts: Sequence[SignedBy], first_index: int, now: datetime) -> list[ActRecord]:
    """Store acts whose ledger entries begin at `first_index`, in order.

    Args:
        acts: out of `new_acts`.
        first_index: where in the ledger the first one is.
        now: when our own ones are queued.
    """
    rows = [_row(each, first_index + i, now) for i, each in enumerate(acts)]
    ActRecord.objects.bulk_create(rows)
    links = [
        HoldingLink(list_sha256=each.act.exhibits.sha256, dossier_id=each.act.dossier or each.id, act_id=each.id)
        for each in acts
        if each.act.exhibits
    ]
    if links:
        HoldingLink.objects.bulk_create(links, ignore_conflicts=True)
    return rows


def log_and_store(acts: Sequence[SignedBy], now: datetime) -> list[ActRecord]:
    """Log and store acts of our own."""
    indexes = ledger_rows.append([("act", each.id) for each in acts])
    return store_acts(acts, indexes[0], now)


def _row(each: SignedBy, index: int, now: datetime) -> ActRecord:
    act = each.act
    return ActRecord(
        id=each.id,
        dossier_id=act.dossier or each.id,
        procedure=act.procedure,
        step=act.act,
        actor=act.actor,
        sender=act.sender,
        made_at=act.made_at,
        signed_at=each.signed_at,
        received_at=each.received_at,
        sent_at=now if each.received_at is None else None,
        direction="out" if each.received_at is None else "in",
        pdf=each.pdf,
        payload=encode_act(act),
        pdf_sha256=digest(each.pdf),
        ledger_index=index,
    )
