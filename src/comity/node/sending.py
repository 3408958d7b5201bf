"""Signs a decided draft and puts it on its way: rendered and signed first, then all that belongs together in one transaction."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from comity.acts.act import Act
from comity.acts.office import Office
from comity.acts.opening import open_act
from comity.errors import LocalError
from comity.node import law, resources
from comity.node.composing import act_of
from comity.node.models import ActRecord, Delivery, Dossier, Draft, Person, Transfer
from comity.node.store import custody
from comity.node.store.acts import SignedBy, log_and_store
from comity.node.store.projections import folded, project


class DecidedMeanwhileError(LocalError):
    """Somebody else decided on the draft at the same time."""

    code = "decided-meanwhile"


def heads_of(draft: Draft, now: datetime) -> tuple[str, ...]:
    """Return the acts that the draft's act follows."""
    if draft.dossier_id is None:
        return ()
    state = folded(draft.dossier_id, now)
    return state.heads if state else ()


def unsigned_act(draft: Draft, approver: Person | None, now: datetime) -> Act:
    """Return the act that the draft would be now."""
    return act_of(draft, sender=resources.home().office, after=heads_of(draft, now), approver=approver, now=now)


def sign_and_send(
    draft: Draft, decider: Person, *, approved: bool, expected: tuple[str, ...], now: datetime
) -> ActRecord:
    """Make the draft an act: sign it, store it, log it, queue its delivery and its evidence.

    Args:
        draft: with its answers.
        decider: who decides that it is sent.
        approved: whether that is a second person, whom the act then names.
        expected: the states in which the draft may still be when it is stored.
        now: becomes the time it was made.

    Raises:
        DecidedMeanwhileError: its state has changed.
        ActsError, LocalError: it cannot be signed; nothing was stored.
    """
    from comity.acts.making import make_act  # brings the typesetter and the signer into memory, for those who sign

    act = unsigned_act(draft, decider if approved else None, now)
    made = make_act(act, resources.office_signer(), law.wordbook(), offices_of(draft, now))
    # what a partner would refuse is not sent; this also reads the time that the time stamp proves
    opened = open_act(made.pdf, resources.find_office(now), law.wordbook(), now)
    with transaction.atomic():
        locked = Draft.objects.select_for_update().get(id=draft.id)
        if locked.state not in expected:
            raise DecidedMeanwhileError("This draft was decided meanwhile.", remedy="Look at it again.")
        record = log_and_store([SignedBy(opened.act, opened.id, made.pdf, opened.signed_at)], now)[0]
        _queue(draft, record, now)
        _project(draft, record, now)
        Draft.objects.filter(id=draft.id).update(
            state="sent", decided_by=decider, decided_at=now, act_id=record.id, dossier_id=record.dossier_id
        )
    return record


def offices_of(draft: Draft, now: datetime) -> Mapping[str, Office]:
    """Return the offices whose names the paper shows."""
    found = resources.directory(now)
    names = (resources.home().office, draft.recipient)
    return {name: office for name in names if (office := found.office(name)) is not None}


def _queue(draft: Draft, record: ActRecord, now: datetime) -> None:
    Delivery.objects.create(recipient=draft.recipient, act=record, next_at=now)
    holding = draft.exhibits_list
    if holding is None:
        return
    held = custody.latest_of_ours(holding.list_sha256)
    custody.record("handed-over", holding.list_sha256, now, previous=held, to=draft.recipient)
    Transfer.objects.get_or_create(
        list_sha256=holding.list_sha256,
        recipient=draft.recipient,
        defaults={"act_id": record.id, "next_at": now, "changed_at": now},
    )


def _project(draft: Draft, record: ActRecord, now: datetime) -> None:
    project([record.dossier_id], now)
    if draft.case_id is not None and draft.dossier_id is None:
        Dossier.objects.filter(id=record.dossier_id).update(case_id=draft.case_id)
