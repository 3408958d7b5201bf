"""From a draft to an act: only values, nothing is stored or signed here."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from comity.acts.act import Act, Concerns, ExhibitListRef, RefusalRef, RouteRef, Text
from comity.acts.act import Person as ActPerson
from comity.node.models import Draft, Person


def act_of(draft: Draft, *, sender: str, after: tuple[str, ...], approver: Person | None, now: datetime) -> Act:
    """Return the act that a draft would be if it were signed now.

    Args:
        draft: as saved.
        sender: id of our office.
        after: heads of the dossier; empty for an opening act.
        approver: who decides; None while nobody has.
        now: becomes `made_at`, in whole seconds.
    """
    opens = draft.dossier_id is None
    return Act(
        procedure=draft.procedure,
        act=draft.step,
        actor=draft.actor,
        sender=sender,
        made_at=now.replace(microsecond=0),
        subject=Text(draft.subject, draft.subject_language),
        reference=draft.reference,
        parties={draft.actor: sender, draft.recipient_actor: draft.recipient} if opens else {},
        dossier=None if opens else draft.dossier_id,
        after=tuple(sorted(after)),
        route=RouteRef(**draft.route) if draft.route else None,
        form=draft.form or None,
        fields={name: value for name, value in draft.fields.items() if value not in (None, "", [], {})},
        refusal=refusal_of(draft.refusal),
        note=Text(draft.note, draft.note_language) if draft.note else None,
        exhibits=exhibits_of(draft),
        concerns=tuple(Concerns(each["dossier"], each.get("act")) for each in draft.concerns),
        drafted_by=shown(draft.drafted_by),
        approved_by=shown(approver) if approver else None,
        languages=tuple(draft.languages),
    )


def shown(person: Person) -> ActPerson:
    """Return a person as acts show them."""
    return ActPerson(person.name, person.function)


def refusal_of(value: Mapping[str, object] | None) -> RefusalRef | None:
    """Return the refusal that a draft holds."""
    if not value:
        return None
    words = cast("Mapping[str, str] | None", value.get("explanation"))
    return RefusalRef(
        ground=str(value["ground"]),
        article=str(value.get("article", "")),
        explanation=Text(words["text"], words["language"]) if words and words.get("text") else None,
    )


def exhibits_of(draft: Draft) -> ExhibitListRef | None:
    """Return what the act says of the evidence that goes with it."""
    holding = draft.exhibits_list
    return ExhibitListRef(holding.list_sha256, holding.count, holding.bytes) if holding else None
