"""Exhibit lists that this node holds or expects, their custody, and their way to partners."""

import uuid
from typing import ClassVar

from django.db import models

from comity.node.models.case import Case
from comity.node.models.dossier import Dossier
from comity.node.models.person import Person

HOLDING_STATES = tuple((name, name) for name in ("acquiring", "held", "expected", "receiving", "failed"))
TRANSFER_STATES = tuple((name, name) for name in ("waiting", "sending", "done", "refused"))


class Holding(models.Model):
    """One exhibit list and where its bytes are.

    Attributes:
        list_sha256: digest of the list; empty while it is being acquired.
        count: number of exhibits.
        bytes: sum of their sizes; while acquiring, what was found so far.
        source: file or folder it is acquired from; empty when it came from a partner.
        progress_bytes: how many of `bytes` are in the vault.
        list_bytes: the list in canonical form; None while it is not there.
        skipped: [[path, reason]]: what could not be acquired.
        claimed_until: a worker is at it until then; it prolongs this while it makes progress.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    list_sha256 = models.CharField(max_length=64, db_index=True, blank=True)
    title = models.CharField(max_length=200)
    count = models.PositiveBigIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=12, choices=HOLDING_STATES)
    source = models.TextField(blank=True)
    progress_bytes = models.PositiveBigIntegerField(default=0)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="holdings")
    dossier = models.ForeignKey(Dossier, null=True, on_delete=models.PROTECT, related_name="holdings")
    act_id = models.CharField(max_length=64, blank=True)
    list_bytes = models.BinaryField(null=True)
    skipped: "models.JSONField[list[list[str]]]" = models.JSONField(default=list)
    error = models.TextField(blank=True)
    attached_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-created_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state"], name="holding_state"),
            models.Index(fields=["-created_at"], name="holding_created"),
        ]


class HoldingLink(models.Model):
    """An act of a dossier names the list; whoever may see the dossier may see the holding."""

    list_sha256 = models.CharField(max_length=64, db_index=True)
    dossier_id = models.CharField(max_length=64, db_index=True)
    act_id = models.CharField(max_length=64)

    class Meta:
        """Once for an act."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["list_sha256", "act_id"], name="link_once")
        ]


class Custody(models.Model):
    """One custody event; the bytes are the truth, the columns are read from them.

    Attributes:
        position: place in our copy of the chain, from 0.
        previous: digest of the event before, or empty.
        proof: tlog-proof of the custodian's ledger; None while its checkpoint is not published.
        ledger_index: where it is in our ledger; None for a partner's event.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    list_sha256 = models.CharField(max_length=64, db_index=True)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    office = models.CharField(max_length=80)
    to = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    bytes = models.BinaryField()
    proof = models.BinaryField(null=True)
    ledger_index = models.PositiveBigIntegerField(null=True)

    class Meta:
        """In the order of the chain."""

        ordering: ClassVar[list[str]] = ["list_sha256", "position", "at"]


class Transfer(models.Model):
    """A list's bytes on their way to a partner, load by load.

    Attributes:
        loads_done: numbers of the loads that the partner has stored.
    """

    list_sha256 = models.CharField(max_length=64)
    act_id = models.CharField(max_length=64)
    recipient = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=TRANSFER_STATES, default="waiting")
    loads_total = models.PositiveIntegerField(default=0)
    loads_done: "models.JSONField[list[int]]" = models.JSONField(default=list)
    next_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        """A list goes to an office once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["list_sha256", "recipient"], name="transfer_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "next_at"], name="transfer_due")]
