"""Envelopes on their way out, and those that came in."""

from typing import ClassVar

from django.db import models

from comity.node.models.dossier import ActRecord

STATES = tuple((name, name) for name in ("waiting", "sealed", "delivered", "refused"))


class Delivery(models.Model):
    """One act on its way to one office; the row is the work to do until there is a receipt.

    Attributes:
        envelope: the sealed bytes, kept until the receipt is there, so that a repetition sends the same envelope.
        next_at: when the next attempt is due.
        receipt: the receiver's signed note with its proof.
    """

    recipient = models.CharField(max_length=80)
    act = models.ForeignKey(ActRecord, on_delete=models.PROTECT, related_name="deliveries")
    state = models.CharField(max_length=12, choices=STATES, default="waiting")
    envelope_sha256 = models.CharField(max_length=64, blank=True)
    envelope = models.BinaryField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    last_error = models.TextField(blank=True)
    delivered_at = models.DateTimeField(null=True)
    receipt = models.BinaryField(null=True)

    class Meta:
        """An act goes to an office once; the worker asks for what is due."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["recipient", "act"], name="deliver_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "next_at"], name="delivery_due")]


class ReceivedEnvelope(models.Model):
    """An envelope that was opened, with the receipt that every repetition gets again."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    sender = models.CharField(max_length=80)
    received_at = models.DateTimeField()
    receipt = models.BinaryField()


class Quarantined(models.Model):
    """Something that came in and was not accepted, with the reason; an administrator looks at it.

    Attributes:
        data: the bytes as they came, up to a limit; empty when they were larger.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    received_at = models.DateTimeField()
    code = models.CharField(max_length=80)
    message = models.TextField()
    size = models.PositiveBigIntegerField()
    data = models.BinaryField()

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-received_at"]
