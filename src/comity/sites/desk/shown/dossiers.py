"""A dossier as its page shows it: what happened, what time is left, who reads it, what may come next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.acts.act import Act
from comity.cooperation.dossier import Dossier as Folded
from comity.cooperation.dossier import Event
from comity.cooperation.procedure import Step
from comity.node.models import ActRecord, Delivery, Dossier
from comity.sites.desk import reading, words
from comity.sites.desk.shown.notices import reason_word


@dataclass(frozen=True, slots=True)
class EventShown:
    """One point of the timeline."""

    name: str
    at: datetime
    by: str
    people: str
    ours: bool
    act_id: str
    pdf_url: str
    check_url: str
    direction: str
    delivery: str
    note: str
    note_language: str
    exhibits: str
    ground: str
    void: str


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step that may come next."""

    id: str
    name: str
    main: bool
    binding: bool
    quiet: bool


def shown_events(
    folded: Folded, records: Sequence[ActRecord], deliveries: Sequence[Delivery]
) -> tuple[EventShown, ...]:
    """Return the timeline."""
    by_id = {record.id: record for record in records}
    receipts = {delivery.act_id: delivery for delivery in deliveries}
    procedure = folded.procedure.id
    return tuple(_event(event, procedure, by_id.get(event.id), receipts.get(event.id)) for event in folded.history)


def shown_steps(steps: Sequence[Step], main: str, procedure: str) -> tuple[StepShown, ...]:
    """Return the steps with the main one first; what rarely happens is quieter."""
    return tuple(
        StepShown(step.id, words.step(procedure, step.id), step.id == main, step.binding, index > 2)
        for index, step in enumerate(steps)
    )


def binding_sentence(steps: Sequence[StepShown]) -> str:
    """Say which of the steps bind the state."""
    names = [_("“%(step)s”") % {"step": step.name} for step in steps if step.binding]
    if not names:
        return ""
    listed = _(", ").join(names)
    return ngettext(
        "%(steps)s binds the state: a second person approves it before it is signed.",
        "%(steps)s bind the state: a second person approves them before they are signed.",
        len(names),
    ) % {"steps": listed}


def lede(dossier: Dossier, folded: Folded) -> str:
    """Say in a sentence where the dossier stands and whose turn it is."""
    state = words.state(dossier.procedure, dossier.state)
    if dossier.ended:
        return _("This dossier has ended: %(state)s.") % {"state": state}
    turn = {
        "ours": _("The next step is ours."),
        "theirs": _("The next step is theirs."),
    }.get(dossier.turn, _("Nobody has to act now."))
    return _("State: %(state)s. %(turn)s") % {"state": state, "turn": turn}


def readers(folded: Folded, members: int) -> tuple[str, ...]:
    """Return who can read the dossier: the parties, and here how many people."""
    home = settings.HOME.office
    found = []
    for office in folded.parties.values():
        if office == home:
            people = ngettext("%(count)d person", "%(count)d people", members) % {"count": members}
            found.append(_("%(office)s: %(people)s") % {"office": words.office(office), "people": people})
        else:
            found.append(words.office(office))
    return tuple(found)


def _event(event: Event, procedure: str, record: ActRecord | None, delivery: Delivery | None) -> EventShown:
    act = event.act
    name = words.act(procedure, event.step, act.form or "") if act else words.clock(procedure, event.clock)
    return EventShown(
        name=name if act else _("Time ran out: %(clock)s") % {"clock": name},
        at=event.at,
        by=_by(act),
        people=_people(act),
        ours=bool(act and act.sender == settings.HOME.office),
        act_id=event.id,
        pdf_url=reverse("desk:act-pdf", args=[record.dossier_id, record.id]) if record else "",
        check_url=reverse("desk:act", args=[record.dossier_id, record.id]) if record else "",
        direction=record.direction if record else "",
        delivery=_delivery(record, delivery),
        note=act.note.text if act and act.note else "",
        note_language=act.note.language if act and act.note else "",
        exhibits=_exhibits(act),
        ground=_ground(act),
        void=reason_word(event.reason) if event.reason else "",
    )


def _by(act: Act | None) -> str:
    if act is None:
        return _("the clock")
    return _("We") if act.sender == settings.HOME.office else words.office(act.sender)


def _people(act: Act | None) -> str:
    if act is None or act.drafted_by is None:
        return ""
    if act.approved_by is None:
        return _("signed by %(name)s") % {"name": act.drafted_by.name}
    return _("drafted by %(drafter)s, approved by %(approver)s") % {
        "drafter": act.drafted_by.name,
        "approver": act.approved_by.name,
    }


def _delivery(record: ActRecord | None, delivery: Delivery | None) -> str:
    if record is None or record.direction != "out" or delivery is None:
        return ""
    if delivery.delivered_at is not None:
        return _("receipt of %(moment)s") % {"moment": reading.moment_after(delivery.delivered_at, record.signed_at)}
    if delivery.state == "refused":
        return _("refused by the partner’s node: %(error)s") % {"error": delivery.last_error}
    return _("on the way")


def _exhibits(act: Act | None) -> str:
    if act is None or act.exhibits is None:
        return ""
    count = ngettext("%(count)s exhibit", "%(count)s exhibits", act.exhibits.count) % {
        "count": reading.number(act.exhibits.count)
    }
    return _("%(count)s, %(size)s") % {"count": count, "size": reading.size(act.exhibits.bytes)}


def _ground(act: Act | None) -> str:
    if act is None or act.refusal is None:
        return ""
    text = words.word("ground", act.refusal.ground)
    return (
        _("%(ground)s (%(article)s)") % {"ground": text, "article": act.refusal.article}
        if act.refusal.article
        else text
    )
