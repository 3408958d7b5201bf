"""Drafts as pages show them."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from comity.node.models import Draft
from comity.sites.desk import words


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list."""

    url: str
    title: str
    step: str
    recipient: str
    drafted_by: str
    submitted_at: datetime | None
    drafted_at: datetime
    state: str
    remark: str


def draft_line(draft: Draft) -> DraftLine:
    """Return the line for a draft."""
    step = words.step(draft.procedure, draft.step)
    return DraftLine(
        url=reverse("desk:draft", args=[draft.id]),
        title=draft.subject or step,
        step=step,
        recipient=words.office(draft.recipient),
        drafted_by=draft.drafted_by.name,
        submitted_at=draft.submitted_at,
        drafted_at=draft.drafted_at,
        state=draft.state,
        remark=draft.remark if draft.state == "returned" else "",
    )
