"""Packs court packages that were asked for."""

from datetime import datetime

from comity.node.claim import claim
from comity.node.models import CourtPackage
from comity.node.worker import Stopping


def run(now: datetime, stopping: Stopping) -> int:
    """Take one package and pack it."""
    due = CourtPackage.objects.filter(state__in=("waiting", "packing")).exclude(claimed_until__gt=now)
    rows = claim(due.order_by("made_at"), "claimed_until", now, limit=1)
    return len(rows)
