"""Custody events and holdings as rows."""

from collections.abc import Iterable
from datetime import datetime

from comity import __version__
from comity.evidence.custody import CustodyEvent
from comity.ledger.merkle import inclusion_proof
from comity.ledger.proof import Proof
from comity.node import ledger_rows, resources
from comity.node.models import Custody

TOOL = f"comity {__version__}"


def latest_of_ours(list_sha256: str) -> Custody | None:
    """Return the last event by which this office holds the list; the next one of ours follows it."""
    ours = Custody.objects.filter(list_sha256=list_sha256, office=resources.home().office)
    return ours.order_by("-position", "-at").first()


def handed_to_us(list_sha256: str) -> Custody | None:
    """Return the hand-over by which a partner gave us the list."""
    given = Custody.objects.filter(list_sha256=list_sha256, kind="handed-over", to=resources.home().office)
    return given.order_by("-position", "-at").first()


def record(kind: str, list_sha256: str, now: datetime, *, previous: Custody | None, to: str | None = None) -> Custody:
    """Make, log and store an event of our own; the proof follows with the next published checkpoint.

    Args:
        kind: of the event.
        list_sha256: names the exhibit list.
        now: when it happened.
        previous: the event before it.
        to: the office that a hand-over is for.
    """
    event = CustodyEvent(
        kind=kind,
        list=list_sha256,
        office=resources.home().office,
        at=now.replace(microsecond=0),
        tool=TOOL,
        previous=previous.sha256 if previous else None,
        to=to,
    )
    (index,) = ledger_rows.append([("custody", event.sha256)])
    return Custody.objects.create(**columns(event, event.encode(), previous), ledger_index=index)


def columns(event: CustodyEvent, data: bytes, previous: Custody | None) -> dict[str, object]:
    """Return the columns of an event's row."""
    return {
        "sha256": event.sha256,
        "list_sha256": event.list,
        "position": previous.position + 1 if previous else 0,
        "kind": event.kind,
        "office": event.office,
        "to": event.to or "",
        "at": event.at,
        "previous": event.previous or "",
        "bytes": data,
    }


def store_events(events: Iterable[tuple[CustodyEvent, bytes, bytes]]) -> None:
    """Store a partner's events with their proofs; known ones stay as they are.

    Args:
        events: event, its bytes, its verified proof; an event comes after the one that it follows.
    """
    for event, data, proof in events:
        previous = Custody.objects.filter(sha256=event.previous or "").first()
        row = {**columns(event, data, previous), "proof": proof}
        Custody.objects.get_or_create(sha256=row.pop("sha256"), defaults=row)


def chain_to(event: Custody) -> list[Custody]:
    """Return the events that lead to this one, the first one first."""
    known = {each.sha256: each for each in Custody.objects.filter(list_sha256=event.list_sha256)}
    chain = [event]
    while (before := known.get(chain[0].previous)) is not None and before not in chain:
        chain.insert(0, before)
    return chain


def prove_events(size: int, checkpoint: bytes) -> int:
    """Give proofs to those events of ours that the published checkpoint covers.

    Returns:
        How many were given one.
    """
    rows = list(Custody.objects.filter(proof=None, ledger_index__lt=size))
    for row in rows:
        index = row.ledger_index
        assert index is not None
        hashes = inclusion_proof(index, size, ledger_rows.read_hashes)
        Custody.objects.filter(sha256=row.sha256).update(proof=Proof(index, hashes, checkpoint).encode())
    return len(rows)
