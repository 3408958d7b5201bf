"""Fetches the directory again from where it is published, and keeps it when it is newer and rightly signed."""

import time
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from comity.errors import ComityError
from comity.exchange.directory import Directory, open_directory
from comity.exchange.sources import TIMESTAMP, Source, folder_source, write_folder
from comity.node import resources
from comity.node.claim import Stopping
from comity.node.partners import call

EVERY_SECONDS = 60.0
_refreshed_at = -EVERY_SECONDS


def run(now: datetime, stopping: Stopping) -> int:
    """Refresh at most once a minute; how often is a matter of this process, not of a row."""
    global _refreshed_at
    if time.monotonic() - _refreshed_at < EVERY_SECONDS:
        return 0
    _refreshed_at = time.monotonic()
    refresh_directory(now)
    return 0


def refresh_directory(now: datetime) -> Directory | None:
    """Read the directory from `directory` in node.toml (a folder or a URL) and store it when it verifies.

    Raises:
        PeerError: what is offered is not a directory that continues ours; ours stays as it was.
    """
    place = resources.home().directory
    if not place:
        return None
    folder = resources.home().directory_folder
    found = open_directory(_source(place), (folder / resources.ROOT).read_bytes(), now, seen=_seen(folder, now))
    _store(found.files, found.root, folder)
    return found


def _seen(folder: Path, now: datetime) -> Directory | None:
    """What was opened before; an expired one still limits how far back a new one may go, but opens no more."""
    try:
        return resources.directory(now)
    except ComityError:
        return None


def _store(files: Mapping[str, bytes], root: bytes, folder: Path) -> None:
    old = folder / resources.FILES / TIMESTAMP
    if old.is_file() and old.read_bytes() == files[TIMESTAMP]:
        return
    write_folder(files, folder / resources.FILES)
    part = folder / f".{resources.ROOT}.part"
    part.write_bytes(root)
    part.replace(folder / resources.ROOT)


def _source(place: str) -> Source:
    return (
        partial(_fetch, place.rstrip("/")) if place.startswith(("http://", "https://")) else folder_source(Path(place))
    )


def _fetch(base: str, name: str, limit: int) -> bytes | None:
    answer = call("GET", f"{base}/{name}", max_answer=limit + 1)
    return answer.content if answer.is_success else None
