"""Loads made while a source is being read: each byte is read once, then digested and encrypted from the same buffer.

One thread reads, one computes the digests of whole files (which cannot be divided), the others compute part digests, encrypt and
write. Memory is a handful of buffers of one part size, whatever the source.
"""

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from comity.evidence.age import Recipient
from comity.evidence.age.files import ROW, Sealer
from comity.evidence.age.payload import sealed_length
from comity.evidence.exhibit import Exhibit
from comity.evidence.reading import ChangedError, UnreadableError, opened, read_into
from comity.evidence.scan import Found
from comity.evidence.storage import typed_errors
from comity.evidence.through import BLOCK, ThroughFile, aligned_buffer
from comity.evidence.transfer import Packer

BUFFERS = 5
WRITERS = 3
_OUT = 4 * ROW


def load_name(number: int) -> str:
    """Return the file name of a load."""
    return f"{number:06d}.age"


@dataclass(slots=True, eq=False)
class _Load:
    """A load being filled. `parts` are the parts of large files in it; a small file is digested as a whole."""

    number: int
    buffer: memoryview
    length: int = 0
    parts: list[tuple[memoryview, "Future[str]"]] = field(default_factory=list)
    digesting: list["Future[None]"] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Taken:
    """A file that is being read, or was; its digests may still be on their way."""

    found: Found
    whole: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    parts: list["Future[str]"] = field(default_factory=list)
    digesting: list["Future[None]"] = field(default_factory=list)

    def exhibit(self) -> Exhibit:
        """Wait for the digests."""
        for future in self.digesting:
            future.result()
        parts = tuple(future.result() for future in self.parts)
        return Exhibit(self.found.path, self.found.size, self.whole.hexdigest(), parts)


@dataclass(slots=True, eq=False)
class _WayBack:
    """How things stood before a file was begun, to return there when it cannot be taken.

    The load that was open then is not written before the file is known to be good: without the file, the plan goes on in that load.
    """

    load: _Load | None
    length: int
    packer: Packer
    count: int
    written: list[tuple[Path, "Future[None]"]] = field(default_factory=list)


class Packing:
    """Packs files into loads, in the order in which they are given.

    The loads are those of `transfer.loads` for the resulting list: a file that changes while it is read leaves no trace in them.
    """

    def __init__(self, folder: Path, recipients: Sequence[Recipient], part_size: int) -> None:
        self._folder = folder
        self._recipients = recipients
        self._packer = Packer(part_size)
        self._free: SimpleQueue[memoryview] = SimpleQueue()
        for _ in range(BUFFERS):
            self._free.put(aligned_buffer(part_size))
        self._digester = ThreadPoolExecutor(1, thread_name_prefix="digest")
        self._writers = ThreadPoolExecutor(WRITERS, thread_name_prefix="seal")
        self._own = threading.local()
        self._open: _Load | None = None
        self._writing: list[Future[None]] = []
        self._taken: list[_Taken] = []
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for threads in (self._writers, self._digester):
            threads.shutdown(wait=True, cancel_futures=kind is not None)

    def finish(self) -> tuple[Exhibit, ...]:
        """Write the last load, wait for all, and return the exhibits in the order in which their files came."""
        if self._open:
            self._write_later(self._open)
        self._open = None
        for future in self._writing:
            future.result()
        return tuple(taken.exhibit() for taken in self._taken)

    def take(self, found: Found, progress: Callable[[int], None]) -> None:
        """Read a file into the loads.

        Raises:
            ChangedError: it is not what was listed; nothing of it is in any load.
            UnreadableError: the system cannot read it; nothing of it is in any load.
            StorageFullError: an earlier load could not be written.
        """
        self._raise_early()
        way_back = _WayBack(self._open, self._open.length if self._open else 0, replace(self._packer), self.count)
        taken = _Taken(found)
        try:
            with opened(found) as file:
                for start in range(0, max(1, found.size), self._packer.part_size):
                    length = min(self._packer.part_size, found.size - start)
                    self._read_part(file, taken, length, way_back)
                    progress(length)
        except (ChangedError, UnreadableError):
            self._go_back(way_back, taken)
            raise
        if way_back.load and way_back.load is not self._open:
            self._write_later(way_back.load)
        self._taken.append(taken)

    def _read_part(self, file: int, taken: _Taken, length: int, way_back: _WayBack) -> None:
        load = self._load_for(length, way_back)
        piece = load.buffer[load.length : load.length + length]
        read_into(file, piece)
        load.length += length
        if taken.found.size > self._packer.part_size:
            part: Future[str] = Future()
            load.parts.append((piece, part))
            taken.parts.append(part)
        digesting = self._digester.submit(taken.whole.update, piece)
        load.digesting.append(digesting)
        taken.digesting.append(digesting)

    def _load_for(self, length: int, way_back: _WayBack) -> _Load:
        if self._packer.fits(length) and self._open:
            return self._open
        if self._open and self._open is not way_back.load:
            way_back.written.append((self._path(self._open), self._write_later(self._open)))
        self._open = _Load(self.count, self._free.get())
        self.count += 1
        return self._open

    def _go_back(self, way_back: _WayBack, taken: _Taken) -> None:
        wait(taken.digesting)
        for path, future in way_back.written:
            wait([future])
            path.unlink(missing_ok=True)
        if self._open and self._open is not way_back.load:
            self._free.put(self._open.buffer)
        self._open, self._packer, self.count = way_back.load, way_back.packer, way_back.count
        if self._open:
            self._open.length = way_back.length
            self._open.parts = [part for part in self._open.parts if part[1] not in taken.parts]

    def _raise_early(self) -> None:
        for future in [future for future in self._writing[-2 * BUFFERS :] if future.done()]:
            future.result()

    def _path(self, load: _Load) -> Path:
        return self._folder / load_name(load.number)

    def _write_later(self, load: _Load) -> "Future[None]":
        future = self._writers.submit(self._write, load)
        self._writing.append(future)
        return future

    def _write(self, load: _Load) -> None:
        try:
            for piece, part in load.parts:
                part.set_result(hashlib.sha256(piece).hexdigest())
            with typed_errors(str(self._path(load))):
                self._write_file(self._path(load), load.buffer[: load.length])
        finally:
            wait(load.digesting)
            self._free.put(load.buffer)

    def _write_file(self, path: Path, data: memoryview) -> None:
        sealer = Sealer(self._recipients)
        out = self._own_out(len(sealer.head))
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            file = ThroughFile(descriptor)
            filled = len(sealer.head)
            out[:filled] = sealer.head
            for start in range(0, max(1, len(data)), ROW):
                row = data[start : start + ROW]
                filled += sealer.seal_into(row, out[filled:], is_last=start + ROW >= len(data))
                if filled >= _OUT:  # whole blocks go to the disk, the rest waits for the next row
                    whole = filled // BLOCK * BLOCK
                    file.write(out[:whole])
                    out[: filled - whole] = out[whole:filled]
                    filled -= whole
            file.write(out[:filled])
        finally:
            os.close(descriptor)

    def _own_out(self, head: int) -> memoryview:
        """Return the buffer of this thread for what goes to the disk."""
        needed = _OUT + sealed_length(ROW) + BLOCK + head
        out: memoryview | None = getattr(self._own, "out", None)
        if out is None or len(out) < needed:
            out = self._own.out = aligned_buffer(needed)
        return out
