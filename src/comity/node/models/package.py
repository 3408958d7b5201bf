"""Court packages that were asked for."""

import uuid
from typing import ClassVar

from django.db import models

from comity.node.models.dossier import Dossier
from comity.node.models.person import Person

STATES = tuple((name, name) for name in ("waiting", "packing", "ready", "failed"))


class CourtPackage(models.Model):
    """A court package of one dossier; the worker packs what waits.

    Attributes:
        progress: per cent.
        path: where it lies, inside the home.
        sha256: digest of its tag manifest.
        claimed_until: a worker is at it until then; it prolongs this while it makes progress.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="packages")
    state = models.CharField(max_length=12, choices=STATES, default="waiting")
    progress = models.PositiveSmallIntegerField(default=0)
    path = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    error = models.TextField(blank=True)
    made_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-made_at"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state"], name="package_state")]
