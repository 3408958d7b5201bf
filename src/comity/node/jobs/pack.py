"""Packs court packages that were asked for."""

import time
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction

from comity.acts.canonical import digest
from comity.court.packing import write_package
from comity.errors import ComityError
from comity.node import clock, ledger_rows, resources
from comity.node.claim import Stopping, claim, prolong
from comity.node.jobs import publish
from comity.node.models import CourtPackage
from comity.node.packing import contents, lists_of, prove
from comity.node.store import custody

REPORT_SECONDS = 0.5
TAG_MANIFEST = "tagmanifest-sha256.txt"


class StoppedError(Exception):
    """The worker was told to stop in the middle; the next one packs anew."""


def run(now: datetime, stopping: Stopping) -> int:
    """Take one package and pack it."""
    due = CourtPackage.objects.filter(state__in=("waiting", "packing")).exclude(claimed_until__gt=now)
    rows = claim(due.order_by("made_at"), "claimed_until", now, limit=1)
    for row in rows:
        try:
            _pack(row, stopping)
        except StoppedError:
            CourtPackage.objects.filter(pk=row.pk).update(claimed_until=None)
        except ComityError as error:
            CourtPackage.objects.filter(pk=row.pk).update(state="failed", error=error.diagnostics(), claimed_until=None)
    return len(rows)


def _pack(row: CourtPackage, stopping: Stopping) -> None:
    _begin(row)
    publish.run(clock.now(), stopping)
    out = resources.home().packages.absolute() / f"{row.dossier_id[:16]}-{row.pk}"
    if not out.exists():  # a worker that was killed after the last rename has left it whole
        found = contents(row.dossier, clock.now())
        write_package(found, resources.vault(), out, partial(_log, stopping=stopping), _Reporter(row, stopping))
    manifest = (out / TAG_MANIFEST).read_bytes()
    CourtPackage.objects.filter(pk=row.pk).update(
        state="ready",
        progress=100,
        path=str(out),
        sha256=digest(manifest),
        bytes=_size(out),
        ready_at=clock.now(),
        claimed_until=None,
        error="",
    )


@transaction.atomic
def _begin(row: CourtPackage) -> None:
    """Enter the packaging into the custody of every list, once for each package."""
    fresh = CourtPackage.objects.select_for_update().get(pk=row.pk)
    if fresh.state != "waiting":
        return
    for holding in lists_of(row.dossier):
        name = holding.list_sha256
        custody.record("packaged", name, clock.now(), previous=custody.latest_of_ours(name))
    CourtPackage.objects.filter(pk=row.pk).update(state="packing", progress=0)


def _log(manifest_sha256: str, stopping: Stopping) -> bytes:
    """Log the package's manifest and publish the ledger, so that the package carries a witnessed proof of itself."""
    with transaction.atomic():
        (index,) = ledger_rows.append([("package", manifest_sha256)])
    publish.run(clock.now(), stopping)
    return prove(index)


class _Reporter:
    """Writes the progress into the row, at most twice a second, and stops when the worker stops."""

    def __init__(self, row: CourtPackage, stopping: Stopping) -> None:
        self.row = row
        self.stopping = stopping
        self.at = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Report bytes done out of all bytes."""
        if self.stopping():
            raise StoppedError
        if time.monotonic() - self.at < REPORT_SECONDS:
            return
        self.at = time.monotonic()
        CourtPackage.objects.filter(pk=self.row.pk).update(progress=int(99 * done / max(1, total)))
        prolong(self.row, "claimed_until", clock.now())


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
