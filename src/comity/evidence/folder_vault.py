"""A vault in a local folder: one file an exhibit, named by its digest, so that `sha256sum` alone can check it.

    exhibits/ab/abcdef...   complete exhibits, read-only
    incoming/new-*          being acquired; swept away when the process that wrote them is gone
    incoming/*.parts, *.have   staged parts of an exhibit on its way from a partner, and the numbers of those that are here

A file appears under `exhibits` by a rename, after its bytes and before the folder are flushed to the disk. Who stages or completes
the parts of an exhibit holds a lock on its marks (`*.have`).
"""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from comity.evidence.exhibit import Exhibit, MalformedListError
from comity.evidence.storage import CHUNK, DamagedExhibitError, checked_digest, layout_name, typed_errors
from comity.evidence.through import Scratch, ThroughFile

_FOLLOWED = 64
_scratch = Scratch()


class FolderVault:
    """A vault in a local folder (see `storage.Vault`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running = _RunningDigests()
        with typed_errors(str(folder)):
            for name in ("exhibits", "incoming"):
                (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
            _sweep(folder / "incoming")

    def path(self, sha256: str) -> Path:
        """Return where the exhibit is, or would be."""
        return self.folder / "exhibits" / checked_digest(sha256)[:2] / sha256

    def has(self, sha256: str) -> bool:
        """See `storage.Vault`."""
        return self.path(sha256).is_file()

    def size(self, sha256: str) -> int:
        """See `storage.Vault`."""
        with typed_errors(sha256):
            return self.path(sha256).stat().st_size

    def read(self, sha256: str, start: int = 0, length: int | None = None) -> bytes:
        """See `storage.Vault`."""
        with typed_errors(sha256), self.path(sha256).open("rb") as file:
            file.seek(start)
            return file.read(-1 if length is None else length)

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """See `storage.Vault`."""
        with typed_errors(sha256), self.path(sha256).open("rb", buffering=0) as file:
            while chunk := file.read(CHUNK):
                yield chunk

    def incoming(self) -> "FolderIncoming":
        """See `storage.Vault`."""
        return FolderIncoming(self)

    def stage(self, exhibit: Exhibit, part_size: int, index: int, data: memoryview) -> None:
        """See `storage.Vault`."""
        parts, marks = self._staging(exhibit, part_size)
        with typed_errors(exhibit.path), _alone_with(marks) as marking:
            if self.has(exhibit.sha256):
                self._unstage(exhibit, part_size)
                return
            with _opened(parts, os.O_WRONLY | os.O_CREAT) as file:
                os.lseek(file, index * part_size, os.SEEK_SET)
                ThroughFile(file, index * part_size).write(data)
            _write_all(marking, memoryview(f"{index}\n".encode()))
            self._running.follow(layout_name(exhibit, part_size), index, data)

    def staged(self, exhibit: Exhibit, part_size: int) -> frozenset[int]:
        """See `storage.Vault`."""
        everything = frozenset(range(len(exhibit.part_digests)))
        if self.has(exhibit.sha256):
            return everything
        marks = self._staging(exhibit, part_size)[1]
        with typed_errors(exhibit.path):
            lines = marks.read_text().splitlines(keepends=True) if marks.exists() else []
        return everything & {int(line) for line in lines if line.endswith("\n") and line.strip().isdigit()}

    def finish(self, exhibit: Exhibit, part_size: int) -> bool:
        """See `storage.Vault`."""
        with typed_errors(exhibit.path), _alone_with(self._staging(exhibit, part_size)[1]):
            if self.has(exhibit.sha256):
                self._unstage(exhibit, part_size)
                return True
            if len(self.staged(exhibit, part_size)) < len(exhibit.part_digests):
                return False
            return self._finish(exhibit, part_size)

    def _finish(self, exhibit: Exhibit, part_size: int) -> bool:
        """Publish what is staged whole, if it is what it should be."""
        parts = self._staging(exhibit, part_size)[0]
        with _opened(parts, os.O_RDWR | os.O_CREAT) as file:
            seen = self._running.whole(layout_name(exhibit, part_size), len(exhibit.part_digests))
            if os.fstat(file).st_size != exhibit.size or (seen or _sha256(file)) != exhibit.sha256:
                return self._drop_damaged(file, exhibit, part_size)
            self.publish(file, parts, exhibit.sha256)
        self._unstage(exhibit, part_size)
        return True

    def verify(self, sha256: str) -> None:
        """See `storage.Vault`."""
        found = hashlib.sha256()
        for chunk in self.chunks(sha256):
            found.update(chunk)
        if found.hexdigest() != sha256:
            raise DamagedExhibitError("The exhibit in the vault no longer has its digest.", where=sha256)

    def publish(self, file: int, written: Path, sha256: str) -> None:
        """Move a complete file to its place, durably; the first of two that do so at once wins, and both are right."""
        target = self.path(sha256)
        os.fchmod(file, 0o400)
        os.fsync(file)
        is_new = not target.parent.exists()
        target.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            written.replace(target)
        except FileNotFoundError:
            if not target.is_file():
                raise
        _flush_folder(target.parent)
        if is_new:
            _flush_folder(target.parent.parent)

    def _drop_damaged(self, file: int, exhibit: Exhibit, part_size: int) -> bool:
        """A crash of the whole machine may have lost bytes that were marked; such parts are asked for again."""
        sound = [
            index
            for index, sha256 in enumerate(exhibit.part_digests)
            if hashlib.sha256(os.pread(file, part_size, index * part_size)).hexdigest() == sha256
        ]
        if len(sound) == len(exhibit.part_digests):
            self._unstage(exhibit, part_size)
            raise MalformedListError(
                "All parts of an exhibit are as the list says, the whole is not.", where=exhibit.path
            )
        self._staging(exhibit, part_size)[1].write_text("".join(f"{index}\n" for index in sound))
        return False

    def _staging(self, exhibit: Exhibit, part_size: int) -> tuple[Path, Path]:
        name = layout_name(exhibit, part_size)
        return self.folder / "incoming" / f"{name}.parts", self.folder / "incoming" / f"{name}.have"

    def _unstage(self, exhibit: Exhibit, part_size: int) -> None:
        for path in self._staging(exhibit, part_size):
            path.unlink(missing_ok=True)


class _RunningDigests:
    """The digests of exhibits whose parts come in order, so that a whole need not be read again when its last part is here."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, hashlib._Hash]] = {}

    def follow(self, name: str, index: int, part: memoryview) -> None:
        """Take the next part; a part out of order ends it."""
        count, found = self._known.pop(name, (0, hashlib.sha256()))
        if index == count and len(self._known) < _FOLLOWED:
            found.update(part)
            self._known[name] = (count + 1, found)

    def whole(self, name: str, parts: int) -> str | None:
        """Return the digest of the whole when all its parts came in order."""
        count, found = self._known.pop(name, (0, hashlib.sha256()))
        return found.hexdigest() if count == parts else None


class FolderIncoming:
    """A file being written (see `storage.Incoming`)."""

    def __init__(self, vault: FolderVault) -> None:
        self._vault = vault
        self._file = -1
        self._path = Path()
        self._through = ThroughFile(-1)

    def __enter__(self) -> Self:
        with typed_errors(str(self._vault.folder)):
            self._path, self._file = _new_locked_file(self._vault.folder / "incoming")
        self._through = ThroughFile(self._file)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._path.unlink(missing_ok=True)
        os.close(self._file)

    def write(self, data: memoryview) -> None:
        """See `storage.Incoming`."""
        with typed_errors(str(self._vault.folder)):
            self._through.write(data)

    def end_part(self, sha256: str) -> None:
        """See `storage.Incoming`; a file has no parts."""

    def keep(self, exhibit: Exhibit, part_size: int) -> None:
        """See `storage.Incoming`."""
        with typed_errors(exhibit.path):
            if not self._vault.has(exhibit.sha256):
                self._vault.publish(self._file, self._path, exhibit.sha256)


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    file = os.open(path, flags | os.O_CLOEXEC, 0o600)
    try:
        yield file
    finally:
        os.close(file)


@contextmanager
def _alone_with(marks: Path) -> Iterator[int]:
    """Hold back all others, threads and processes, who stage the same parts.

    The marks go when the exhibit is complete; who waited for them then opens new ones.
    """
    while True:
        with _opened(marks, os.O_WRONLY | os.O_CREAT | os.O_APPEND) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if os.fstat(file).st_nlink:
                yield file
                return


def _write_all(file: int, data: memoryview) -> None:
    while data:
        data = data[os.write(file, data) :]


def _sha256(file: int) -> str:
    found = hashlib.sha256()
    buffer = _scratch.take(CHUNK)
    os.lseek(file, 0, os.SEEK_SET)
    while count := os.readv(file, [buffer]):
        found.update(buffer[:count])
    return found.hexdigest()


def _flush_folder(folder: Path) -> None:
    with _opened(folder, os.O_RDONLY | os.O_DIRECTORY) as file:
        os.fsync(file)


def _new_locked_file(folder: Path) -> tuple[Path, int]:
    """Create a file that `_sweep` leaves alone as long as this process lives: the lock goes when the process goes."""
    while True:
        path = folder / f"new-{secrets.token_hex(8)}"
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file).st_nlink:  # else a sweep came between the two calls
            return path, file
        os.close(file)


def _sweep(folder: Path) -> None:
    for path in folder.glob("new-*"):
        try:
            file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)
        except BlockingIOError:
            continue
        finally:
            os.close(file)
