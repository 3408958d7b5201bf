"""A draft goes to the second person, or straight to the partner when its step does not bind."""

from datetime import datetime

from django.db import transaction

from comity.cooperation.linter import Remark, stops
from comity.errors import LocalError
from comity.node import clock, law
from comity.node.access import access_draft, require_role
from comity.node.models import ActRecord, Draft, Person
from comity.node.models.person import APPROVER, OFFICER
from comity.node.sending import DecidedMeanwhileError, sign_and_send
from comity.node.usecases.save_draft import OPEN_STATES, open_draft, remarks_on


class DraftStopsError(LocalError):
    """The linter says that the draft must not be sent as it is.

    Attributes:
        remarks: all remarks, what stops first.
    """

    code = "draft-stops"

    def __init__(self, remarks: tuple[Remark, ...]) -> None:
        names = ", ".join(f"{each.code} ({each.field})" if each.field else each.code for each in remarks)
        super().__init__(f"The draft cannot be sent: {names}.", remedy="Settle what stops it, then submit it again.")
        self.remarks = remarks


class OwnDraftError(LocalError):
    """The person who drafted an act may not be the second one who approves it."""

    code = "own-draft"


def is_binding(draft: Draft) -> bool:
    """Return whether the draft's step needs a second person."""
    step = law.procedure(draft.procedure).steps.get(draft.step)
    return step is None or step.binding


def submit_draft(who: Person, draft: Draft, now: datetime | None = None) -> Draft:
    """Submit a draft for approval; a step that does not bind is signed and sent at once.

    Raises:
        NotAllowedError, NotFoundHere: the person may not.
        DraftClosedError: it was submitted before.
        DraftStopsError: the linter stops it.
    """
    require_role(who, OFFICER)
    now = now or clock.now()
    with transaction.atomic():
        fresh = open_draft(who, draft)
        _refuse_stops(fresh, now)
        if is_binding(fresh):
            fresh.state, fresh.submitted_at = "submitted", now
            fresh.save(update_fields=["state", "submitted_at"])
            return fresh
    sign_and_send(fresh, who, approved=False, expected=OPEN_STATES, now=now)
    return Draft.objects.get(id=fresh.id)


def approve_draft(who: Person, draft: Draft, now: datetime | None = None) -> ActRecord:
    """Approve a submitted draft as the second person; the act that it became is stored, logged and on its way.

    Raises:
        NotAllowedError, NotFoundHere: the person may not.
        OwnDraftError: it is the person's own draft.
        DecidedMeanwhileError: it is not waiting for approval.
        DraftStopsError: it was right when it was submitted but is not any more.
    """
    now = now or clock.now()
    fresh = _waiting(who, draft)
    _refuse_stops(fresh, now)
    return sign_and_send(fresh, who, approved=True, expected=("submitted",), now=now)


def return_draft(who: Person, draft: Draft, remark: str, now: datetime | None = None) -> Draft:
    """Give a submitted draft back to the officer, with the reason.

    Raises:
        NotAllowedError, NotFoundHere, OwnDraftError, DecidedMeanwhileError: as for approving.
    """
    with transaction.atomic():
        _waiting(who, draft)
        fresh = Draft.objects.select_for_update().get(id=draft.id)
        if fresh.state != "submitted":
            raise DecidedMeanwhileError("This draft was decided meanwhile.", remedy="Look at it again.")
        fresh.state, fresh.remark = "returned", remark.strip()
        fresh.decided_by, fresh.decided_at = who, now or clock.now()
        fresh.save(update_fields=["state", "remark", "decided_by", "decided_at"])
    return fresh


def _waiting(who: Person, draft: Draft) -> Draft:
    require_role(who, APPROVER)
    fresh = access_draft(who, draft.id)
    if fresh.drafted_by_id == who.pk:
        raise OwnDraftError("You drafted this yourself.", remedy="Ask a colleague to approve it.")
    if fresh.state != "submitted":
        raise DecidedMeanwhileError("This draft is not waiting for approval.", remedy="Look at it again.")
    return fresh


def _refuse_stops(draft: Draft, now: datetime) -> None:
    remarks = remarks_on(draft, now)
    if stops(remarks):
        raise DraftStopsError(tuple(each for each in remarks if each.severity == "stop"))
