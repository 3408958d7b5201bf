"""A file read once: its bytes handed on, its digest and the digests of its parts computed on the way."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, wait
from contextlib import contextmanager

from comity.evidence.exhibit import Exhibit
from comity.evidence.scan import Found
from comity.evidence.storage import CHUNK
from comity.evidence.through import aligned_buffer

Progress = Callable[[int, int, str], None]
"""Called with the bytes done, the bytes to do in all, and the path being read."""

WORTH_A_THREAD = 256 * 1024


class ChangedError(Exception):
    """The file is not, or no longer, what it was when the source was listed."""


class UnreadableError(Exception):
    """The file cannot be read; the message says why."""


@contextmanager
def opened(found: Found) -> Iterator[int]:
    """Open a file of the source, and see before and after that it is the one that was listed, unchanged."""
    try:
        file = os.open(found.raw, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from error
    try:
        _refuse_change(file, found)
        yield file
        _refuse_change(file, found)
    finally:
        os.close(file)


def read_into(file: int, buffer: memoryview) -> None:
    """Fill the buffer from the file.

    Raises:
        ChangedError: the file ends before.
        UnreadableError: the system cannot read it.
    """
    done = 0
    while done < len(buffer):
        try:
            count = os.readv(file, [buffer[done:]])
        except OSError as error:
            raise UnreadableError(error.strerror or str(error)) from error
        if not count:
            raise ChangedError
        done += count


class Digester:
    """Computes the digest of a file and of its parts while somebody else does something with the same bytes.

    Two buffers take turns: while one is being filled, the other is being hashed, by two threads (`hashlib` lets go of the
    interpreter's lock). Memory is the two buffers, whatever the size of the file.
    """

    def __init__(self, threads: Executor, part_size: int) -> None:
        self._threads = threads
        self._part_size = part_size
        self._buffers = (aligned_buffer(CHUNK), aligned_buffer(CHUNK))

    def read(
        self,
        file: int,
        found: Found,
        take: Callable[[memoryview], None],
        end_part: Callable[[str], None],
    ) -> Exhibit:
        """Read all of the file; `take` gets each chunk and must be done with it when it returns."""
        whole = hashlib.sha256()
        parts: list[str] = []
        hashing: list[Future[None]] = []
        turn = 0
        for start in range(0, max(1, found.size), self._part_size):
            length = min(self._part_size, found.size - start)
            part = whole if found.size <= self._part_size else hashlib.sha256()
            for offset in range(0, length, CHUNK):
                buffer = self._buffers[turn][: min(CHUNK, length - offset)]
                turn = 1 - turn
                read_into(file, buffer)
                _finish(hashing)
                hashing = self._hash(buffer, {whole, part})
                take(buffer)
            _finish(hashing)
            hashing = []
            parts.append(part.hexdigest())
            end_part(parts[-1])
        return Exhibit(found.path, found.size, whole.hexdigest(), tuple(parts) if len(parts) > 1 else ())

    def _hash(self, buffer: memoryview, digests: "set[hashlib._Hash]") -> list[Future[None]]:
        if len(buffer) < WORTH_A_THREAD:
            for each in digests:
                each.update(buffer)
            return []
        return [self._threads.submit(each.update, buffer) for each in digests]


def _finish(hashing: list[Future[None]]) -> None:
    wait(hashing)
    for future in hashing:
        future.result()


def _refuse_change(file: int, found: Found) -> None:
    status = os.fstat(file)
    same = (status.st_dev, status.st_ino) == found.identity and stat.S_ISREG(status.st_mode)
    if not same or (status.st_size, status.st_mtime_ns) != (found.size, found.mtime_ns):
        raise ChangedError
