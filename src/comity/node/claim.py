"""How several workers share the rows: each claims what is due for a while, in a short transaction of its own.

A claim is a time in the row. A worker that is killed claims nothing any more, and its rows become due again by themselves.
PostgreSQL passes over rows that another worker is just claiming; SQLite lets one writer at a time begin.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
LEASE = timedelta(seconds=20)
Stopping = Callable[[], bool]
"""Tells a job whether the worker was told to stop."""


def claim(due: QuerySet[M], field: str, now: datetime, *, limit: int = 20, lease: timedelta = LEASE) -> Sequence[M]:
    """Return up to `limit` rows and mark them as being worked on.

    Args:
        due: the rows that are due, in the order in which they should be taken.
        field: name of the time that says when a row is due (again).
        now: the present.
        limit: how many at most.
        lease: until when nobody else takes them.
    """
    with transaction.atomic():
        locked = (
            due.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else due
        )
        rows = list(locked[:limit])
        due.model._default_manager.filter(pk__in=[row.pk for row in rows]).update(**{field: now + lease})
    return rows


def prolong(row: Model, field: str, now: datetime, *, lease: timedelta = LEASE) -> None:
    """Say that the work on a row goes on."""
    type(row)._default_manager.filter(pk=row.pk).update(**{field: now + lease})
