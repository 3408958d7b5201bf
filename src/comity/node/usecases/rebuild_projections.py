"""Makes all dossiers' rows of their acts again."""

from datetime import datetime

from django.db import transaction

from comity.node.models import ActRecord
from comity.node.projection import project


def rebuild_projections(now: datetime) -> int:
    """Make all rows of dossiers again from the acts; what does not follow from acts (the case) stays.

    Returns:
        How many dossiers there are.
    """
    names = ActRecord.objects.values_list("dossier_id", flat=True).distinct()
    count = 0
    for dossier_id in names.order_by("dossier_id").iterator():
        with transaction.atomic():
            count += project(dossier_id, now) is not None
    return count
