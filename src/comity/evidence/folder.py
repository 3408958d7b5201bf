"""An acquisition as a folder that stands alone and can be checked without Comity.

exhibits/ab/abcdef...     the vault
exhibits.json             the list
custody/0001.json         the first custody event
manifest-sha256.txt       for `sha256sum -c manifest-sha256.txt`
skipped.json              what was not taken and why; absent when everything was
acquisition.journal       only while it is not finished
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from comity.acts.act import Text
from comity.acts.canonical import canonical
from comity.evidence.acquire import Acquisition, acquire
from comity.evidence.custody import CustodyEvent
from comity.evidence.exhibit import ExhibitList
from comity.evidence.folder_vault import FolderVault
from comity.evidence.reading import Progress
from comity.evidence.scan import Skipped, scan
from comity.evidence.sealing import prepare_out
from comity.evidence.storage import typed_errors

LIST_NAME = "exhibits.json"
EVENT_NAME = "custody/0001.json"
MANIFEST_NAME = "manifest-sha256.txt"
SKIPPED_NAME = "skipped.json"
JOURNAL_NAME = "acquisition.journal"


@dataclass(frozen=True, slots=True)
class AcquiredFolder:
    """What lies in the folder now."""

    acquisition: Acquisition
    event: CustodyEvent


def acquire_to_folder(
    source: Path,
    out: Path,
    *,
    office: str,
    tool: str,
    now: datetime,
    title: str = "",
    note: Text | None = None,
    progress: Progress | None = None,
) -> AcquiredFolder:
    """Take a file, or a folder with everything in it, into a folder of its own.

    Interrupted, the same call goes on where it stopped.

    Args:
        source: a file or folder.
        out: a folder that is empty, not there yet, or left by an interrupted attempt.
        office: id of the office that takes it in.
        tool: what it is done with, for the custody event.
        now: time of the custody event.
        title: one line for the list; the source's name by default.
        note: words of the custodian.
        progress: called with bytes done, bytes in all, and the path being read.

    Raises:
        SourceError: the source itself cannot be read.
        OutNotEmptyError: there is something else in `out`, or it lies inside the source.
        StorageFullError: no room; what is complete stays.
    """
    journal = out / JOURNAL_NAME
    if not journal.exists():
        scan(source)  # a source that cannot be used leaves no folder behind
        prepare_out(source, out)
    acquisition = acquire(source, FolderVault(out), title=title, progress=progress, journal=journal)
    event = CustodyEvent("acquired", acquisition.list.sha256, office, now, tool, note=note)
    with typed_errors(str(out)):
        _write(out / MANIFEST_NAME, _manifest(acquisition.list))
        _write(out / EVENT_NAME, event.encode())
        if acquisition.skipped:
            _write(out / SKIPPED_NAME, canonical(skipped_value(acquisition.skipped)))
        _write(out / LIST_NAME, acquisition.list.encode())
        journal.unlink()
    return AcquiredFolder(acquisition, event)


def skipped_value(skipped: Iterable[Skipped]) -> list[dict[str, str]]:
    """Return what was not taken as JSON."""
    return [{"path": each.path, "reason": each.reason, "detail": each.detail} for each in skipped]


def _manifest(exhibits: ExhibitList) -> bytes:
    digests = sorted({exhibit.sha256 for exhibit in exhibits.exhibits})
    return "".join(f"{sha256}  exhibits/{sha256[:2]}/{sha256}\n" for sha256 in digests).encode()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
