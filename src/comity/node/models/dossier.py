"""Acts as they were signed, and what the fold makes of them."""

from typing import ClassVar

from django.db import models

from comity.node.models.case import Case

TURNS = (("ours", "ours"), ("theirs", "theirs"), ("nobody", "nobody"))
DIRECTIONS = (("in", "in"), ("out", "out"))


class Dossier(models.Model):
    """A projection: what `comity.cooperation.dossier.fold` says of the acts; `rebuild_projections` makes it again.

    Attributes:
        id: id of the opening act.
        our_actor: the part that this office plays.
        partner: id of the other office.
        turn: who has a step to take: ours, theirs, nobody.
        due_at: when the most urgent clock runs out; `due_clock` names it.
        ended: name of the ending, or empty.
        concerns: id of the dossier that this one was made for, or empty.
    """

    id = models.CharField(max_length=64, primary_key=True)
    procedure = models.CharField(max_length=80)
    subject = models.TextField()
    subject_language = models.CharField(max_length=16)
    our_actor = models.CharField(max_length=40)
    partner = models.CharField(max_length=80)
    measure = models.CharField(max_length=80, blank=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="dossiers")
    state = models.CharField(max_length=80)
    turn = models.CharField(max_length=8, choices=TURNS)
    due_at = models.DateTimeField(null=True)
    due_clock = models.CharField(max_length=80, blank=True)
    ended = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    concerns = models.CharField(max_length=64, blank=True)

    class Meta:
        """The inbox counts and sorts open dossiers out of one index that holds all it asks for; lists go by change."""

        ordering: ClassVar[list[str]] = ["-changed_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["ended", "turn", "due_at", "case", "changed_at", "id"], name="dossier_inbox"),
            models.Index(fields=["-changed_at"], name="dossier_changed"),
            models.Index(fields=["concerns"], name="dossier_concerns"),
        ]


class ActRecord(models.Model):
    """One signed act. The dossier is named by its id, not by a key: its opening act may still be on the way.

    Attributes:
        made_at: as the sender says.
        signed_at: as the time-stamping authority says.
        received_at: when this node stored it; None for our own acts.
        sent_at: when our own act was signed and queued; None for received ones.
        ledger_index: where its digest is in our ledger.
    """

    id = models.CharField(max_length=64, primary_key=True)
    dossier_id = models.CharField(max_length=64, db_index=True)
    procedure = models.CharField(max_length=80)
    step = models.CharField(max_length=80)
    actor = models.CharField(max_length=40)
    sender = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    signed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    direction = models.CharField(max_length=3, choices=DIRECTIONS)
    pdf = models.BinaryField()
    payload = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    ledger_index = models.PositiveBigIntegerField()
