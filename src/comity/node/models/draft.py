"""A step on the way to being an act: filled by an officer, decided by an approver."""

import uuid
from typing import ClassVar

from django.db import models

from comity.node.models.case import Case
from comity.node.models.dossier import Dossier
from comity.node.models.evidence import Holding
from comity.node.models.person import Person

STATES = tuple((name, name) for name in ("drafting", "submitted", "returned", "sent"))


class Draft(models.Model):
    """A draft of an act.

    Attributes:
        dossier: None when the act opens one.
        actor: the part that this office plays; `recipient_actor` is the other one's, where the act opens a dossier.
        route: {instrument, article, measure, channel} or None.
        fields: answers of the form, datum id -> value.
        refusal: {ground, article, explanation} or None.
        note: words to the partner, or empty; in `note_language`.
        concerns: [{dossier, act?}].
        languages: languages the document will be written in.
        remark: why an approver returned it.
        act_id: id of the act it became.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="drafts")
    dossier = models.ForeignKey(Dossier, null=True, on_delete=models.PROTECT, related_name="drafts")
    procedure = models.CharField(max_length=80)
    step = models.CharField(max_length=80)
    actor = models.CharField(max_length=40)
    form = models.CharField(max_length=80, blank=True)
    recipient = models.CharField(max_length=80)
    recipient_actor = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    subject = models.TextField(blank=True)
    subject_language = models.CharField(max_length=16, default="en")
    route: "models.JSONField[dict[str, str] | None]" = models.JSONField(null=True)
    fields: "models.JSONField[dict[str, object]]" = models.JSONField(default=dict)
    refusal: "models.JSONField[dict[str, object] | None]" = models.JSONField(null=True)
    note = models.TextField(blank=True)
    note_language = models.CharField(max_length=16, default="en")
    exhibits_list = models.ForeignKey(Holding, null=True, on_delete=models.PROTECT, related_name="drafts")
    concerns: "models.JSONField[list[dict[str, str]]]" = models.JSONField(default=list)
    languages: "models.JSONField[list[str]]" = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=STATES, default="drafting")
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="drafts")
    drafted_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="decided_drafts")
    decided_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)
    act_id = models.CharField(max_length=64, blank=True)

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-drafted_at"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state"], name="draft_state")]
