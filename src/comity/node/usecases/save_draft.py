"""An officer fills a draft and sees what the linter says."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from comity.acts.act import encode_act
from comity.acts.document import compose
from comity.cooperation.linter import LintContext, Remark, draft_of, lint
from comity.errors import LocalError
from comity.node import clock, law, resources
from comity.node.access import access_draft, access_holding, require_role
from comity.node.models import Draft, Holding, Person
from comity.node.models.person import OFFICER
from comity.node.sending import offices_of, unsigned_act
from comity.node.store.projections import folded

OPEN_STATES = ("drafting", "returned")
EDITABLE = frozenset(
    {"subject", "subject_language", "reference", "note", "note_language", "refusal", "languages", "route", "form"}
)


class DraftClosedError(LocalError):
    """The draft was submitted or sent and cannot be changed."""

    code = "draft-closed"


def save_draft(
    who: Person,
    draft: Draft,
    fields: Mapping[str, object],
    note: str | None = None,
    *,
    exhibits: Holding | None = None,
    **more: object,
) -> Draft:
    """Replace the draft's answers.

    Args:
        who: an officer.
        draft: as it was accessed.
        fields: all answers of the form, datum id -> value.
        note: words to the partner; None leaves them.
        exhibits: evidence that goes with it; None leaves it.
        more: out of EDITABLE.

    Raises:
        NotAllowedError, NotFoundHere: the person may not.
        DraftClosedError: it is not open any more.
    """
    require_role(who, OFFICER)
    with transaction.atomic():
        fresh = open_draft(who, draft)
        fresh.fields = dict(fields)
        if note is not None:
            fresh.note = note
        if exhibits is not None:
            fresh.exhibits_list = access_holding(who, exhibits.id)
        for name in more.keys() & EDITABLE:
            setattr(fresh, name, more[name])
        fresh.save()
    return fresh


def open_draft(who: Person, draft: Draft) -> Draft:
    """Return the draft as it is now, locked, if it can still be changed.

    Raises:
        NotFoundHere: the person may not see it.
        DraftClosedError: it was submitted or sent.
    """
    access_draft(who, draft.id)
    fresh = Draft.objects.select_for_update().get(id=draft.id)
    if fresh.state not in OPEN_STATES:
        raise DraftClosedError("This draft cannot be changed any more.", remedy="Ask the approver to return it.")
    return fresh


def discard_draft(who: Person, draft: Draft) -> None:
    """Throw a draft away that was not sent.

    Raises:
        NotAllowedError, NotFoundHere, DraftClosedError: the person may not, or it is too late.
    """
    require_role(who, OFFICER)
    with transaction.atomic():
        open_draft(who, draft).delete()


def check_draft(who: Person, draft: Draft, now: datetime | None = None) -> tuple[Remark, ...]:
    """Return what the linter says of a draft: what stops it first.

    Raises:
        NotFoundHere: the person may not see it.
    """
    return remarks_on(access_draft(who, draft.id), now or clock.now())


def remarks_on(draft: Draft, now: datetime) -> tuple[Remark, ...]:
    """Return the remarks on a draft, whoever asks."""
    act = unsigned_act(draft, None, now)
    context = LintContext(
        sender=resources.directory(now).office(resources.home().office),
        recipient=resources.directory(now).office(draft.recipient),
        now=now,
        dossier=folded(draft.dossier_id, now) if draft.dossier_id else None,
        wordbook=law.wordbook(),
    )
    form = law.wordbook().forms.get(draft.form)
    found = lint(draft_of(act), form, law.procedure(draft.procedure), context)
    return (*_own(draft), *found)


def _own(draft: Draft) -> tuple[Remark, ...]:
    """What only the node can see: that the evidence is still being acquired."""
    holding = draft.exhibits_list
    if holding is not None and holding.state != "held":
        return (Remark("evidence-not-held", "stop"),)
    return ()


def preview_draft(who: Person, draft: Draft, now: datetime | None = None) -> bytes:
    """Return the paper as it would look, unsigned.

    Raises:
        NotFoundHere: the person may not see it.
    """
    from comity.acts.render import render  # brings the typesetter into memory, for those who look

    found = access_draft(who, draft.id)
    now = now or clock.now()
    act = unsigned_act(found, None, now)
    return render(compose(act, law.wordbook(), offices_of(found, now)), encode_act(act))
