"""Acquisition: a file or folder becomes exhibits in a vault and the list that names them. Nothing in the source is changed."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from comity.evidence.exhibit import PART_SIZE, Exhibit, ExhibitList, make_list
from comity.evidence.journal import Journal
from comity.evidence.paths import source_title
from comity.evidence.reading import ChangedError, Digester, Progress, UnreadableError, opened
from comity.evidence.scan import Found, Skipped, scan
from comity.evidence.storage import Vault


@dataclass(frozen=True, slots=True)
class Acquisition:
    """What was taken, and what was not and why."""

    list: ExhibitList
    skipped: tuple[Skipped, ...]


def acquire(
    source: Path,
    vault: Vault,
    *,
    title: str = "",
    progress: Progress | None = None,
    journal: Path | None = None,
    part_size: int = PART_SIZE,
) -> Acquisition:
    """Copy a file, or a folder with everything in it, into the vault; each byte is read once.

    Args:
        source: a file or folder; symbolic links in it are listed, not followed.
        vault: where the exhibits go.
        title: one line for the list; the source's name by default.
        progress: called with bytes done, bytes in all, and the path being read.
        journal: a file that remembers what is stored, so that the same call after a kill reads only what is missing.
        part_size: of the parts that get digests of their own, in bytes.

    Raises:
        SourceError: the source itself cannot be read, or holds too many files.
        StorageFullError: no room; what is complete stays, nothing is half stored.
        StorageFailedError: the vault cannot be written.
    """
    inventory = scan(source, part_size)
    with ExitStack() as stack:
        threads = stack.enter_context(ThreadPoolExecutor(2, thread_name_prefix="digest"))
        notes = stack.enter_context(Journal(journal, source, part_size)) if journal else None
        work = _Work(vault, notes, Digester(threads, part_size), part_size, inventory.total_bytes, progress)
        exhibits = work.take_all(inventory.files)
    skipped = tuple(sorted((*inventory.skipped, *work.skipped), key=lambda each: each.path))
    return Acquisition(make_list(title or source_title(source), exhibits, part_size=part_size), skipped)


class _Work:
    """An acquisition under way."""

    def __init__(
        self,
        vault: Vault,
        journal: Journal | None,
        digester: Digester,
        part_size: int,
        total: int,
        progress: Progress | None,
    ) -> None:
        self._vault = vault
        self._journal = journal
        self._digester = digester
        self._part_size = part_size
        self._total = total
        self._done = 0
        self._progress = progress or (lambda done, total, path: None)
        self.skipped: list[Skipped] = []

    def take_all(self, files: Iterable[Found]) -> list[Exhibit]:
        """Take each file that can be taken; the others are in `skipped` afterwards."""
        exhibits = []
        for found in files:
            before = self._done
            try:
                exhibits.append(self._take(found))
            except ChangedError:
                self.skipped.append(Skipped(found.path, "changed"))
            except UnreadableError as error:
                self.skipped.append(Skipped(found.path, "unreadable", str(error)))
            self._report(before + found.size - self._done, found.path)
        return exhibits

    def _take(self, found: Found) -> Exhibit:
        known = self._journal and self._journal.find(found, self._vault)
        if known:
            return known
        with self._vault.incoming() as incoming:
            with opened(found) as file:

                def take(chunk: memoryview) -> None:
                    incoming.write(chunk)
                    self._report(len(chunk), found.path)

                exhibit = self._digester.read(file, found, take, incoming.end_part)
            incoming.keep(exhibit, self._part_size)
        if self._journal:
            self._journal.add(found, exhibit)
        return exhibit

    def _report(self, count: int, path: str) -> None:
        self._done += count
        self._progress(self._done, self._total, path)
