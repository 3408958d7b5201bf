"""Makes the rows of all dossiers again from the acts; what does not follow from acts (the case) stays."""

from datetime import datetime

from django.db import transaction

from comity.node.models import ActRecord
from comity.node.store.projections import folded, most_urgent, project

__all__ = ["folded", "most_urgent", "project", "rebuild_projections"]


def rebuild_projections(now: datetime) -> int:
    """Project every dossier again.

    Returns:
        How many dossiers there are.
    """
    names = ActRecord.objects.values_list("dossier_id", flat=True).distinct()
    count = 0
    for dossier_id in names.order_by("dossier_id").iterator():
        with transaction.atomic():
            count += project([dossier_id], now)
    return count
