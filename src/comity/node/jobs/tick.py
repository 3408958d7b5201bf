"""Lets time pass: dossiers whose clock has run out are projected again, at most once a minute each."""

from datetime import datetime, timedelta

from django.db import transaction

from comity.node.claim import Stopping
from comity.node.models import Dossier
from comity.node.store.projections import project

AGAIN_AFTER = timedelta(minutes=1)
AT_ONCE = 50
_looked_at: dict[str, datetime] = {}


def run(now: datetime, stopping: Stopping) -> int:
    """Project what is due; when a dossier was looked at last is a matter of this process, since doing it twice does no harm."""
    due = Dossier.objects.filter(ended="", due_at__lt=now).order_by("due_at").values_list("id", flat=True)
    names = [name for name in due[:5000] if now - _looked_at.get(name, now - AGAIN_AFTER) >= AGAIN_AFTER][:AT_ONCE]
    for name in names:
        if stopping():
            break
        with transaction.atomic():
            project([name], now)
        _looked_at[name] = now
    return 0
