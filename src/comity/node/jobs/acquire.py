"""Acquires the evidence that people attached: into the vault, with its list and the first custody event."""

import shutil
import time
from datetime import datetime
from pathlib import Path

from django.db import transaction

from comity.acts.canonical import digest
from comity.errors import ComityError
from comity.evidence.acquire import Acquisition, acquire
from comity.node import clock, resources
from comity.node.claim import Stopping, claim, prolong
from comity.node.models import Holding
from comity.node.store import custody

REPORT_SECONDS = 0.5


class StoppedError(Exception):
    """The worker was told to stop in the middle; the journal lets the next one go on."""


def run(now: datetime, stopping: Stopping) -> int:
    """Take one acquisition and finish it."""
    due = Holding.objects.filter(state="acquiring").exclude(claimed_until__gt=now).order_by("created_at")
    rows = claim(due, "claimed_until", now, limit=1)
    for row in rows:
        _acquire(row, stopping)
    return len(rows)


def _acquire(row: Holding, stopping: Stopping) -> None:
    source, journal = Path(row.source), _journal(row)
    try:
        found = acquire(source, resources.vault(), title=row.title, progress=_Reporter(row, stopping), journal=journal)
        _keep(row, found)
    except StoppedError:
        Holding.objects.filter(pk=row.pk).update(claimed_until=None)
        return
    except ComityError as error:
        Holding.objects.filter(pk=row.pk).update(
            state="failed", error=error.diagnostics(), changed_at=clock.now(), claimed_until=None
        )
        return
    journal.unlink(missing_ok=True)
    if source.is_relative_to(resources.home().uploads):
        shutil.rmtree(source, ignore_errors=True)


@transaction.atomic
def _keep(row: Holding, found: Acquisition) -> None:
    data = found.list.encode()
    name, now = digest(data), clock.now()
    locked = Holding.objects.select_for_update().get(pk=row.pk)
    if locked.state != "acquiring":  # another worker was quicker
        return
    if custody.latest_of_ours(name) is None:
        custody.record("acquired", name, now, previous=None)
    locked.list_sha256, locked.list_bytes, locked.state = name, data, "held"
    locked.count, locked.bytes, locked.progress_bytes = (
        len(found.list.exhibits),
        found.list.total_bytes,
        found.list.total_bytes,
    )
    locked.skipped = [[each.path, each.reason] for each in found.skipped]
    locked.changed_at, locked.claimed_until, locked.error = now, None, ""
    locked.save()


class _Reporter:
    """Writes the progress into the row, at most twice a second, and stops the acquisition when the worker stops."""

    def __init__(self, row: Holding, stopping: Stopping) -> None:
        self.row = row
        self.stopping = stopping
        self.at = 0.0

    def __call__(self, done: int, total: int, path: str) -> None:
        """Report bytes done out of all bytes."""
        if self.stopping():
            raise StoppedError
        if time.monotonic() - self.at < REPORT_SECONDS:
            return
        self.at = time.monotonic()
        now = clock.now()
        Holding.objects.filter(pk=self.row.pk).update(progress_bytes=done, bytes=total, changed_at=now)
        prolong(self.row, "claimed_until", now)


def _journal(row: Holding) -> Path:
    return resources.home().uploads / f"{row.pk}.journal"
