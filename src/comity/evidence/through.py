"""Large files written past the system's cache: evidence is written once and would only push out what is needed again.

Where the system or the file system cannot (or a row does not begin and end at a block), the same call writes the usual way.
"""

import errno
import fcntl
import mmap
import os
import threading

BLOCK = 4096
WORTH_IT = 1024 * 1024
_DIRECT = getattr(os, "O_DIRECT", 0)


def aligned_buffer(length: int) -> memoryview:
    """Return zeroed memory that begins at a page, as direct writing needs it."""
    return memoryview(mmap.mmap(-1, max(1, length)))[:length]


class Scratch(threading.local):
    """Memory that each thread uses again and again: new memory of this size costs more time than decrypting into it."""

    _buffer = memoryview(b"")

    def take(self, length: int) -> memoryview:
        """Return so many bytes, begun at a page; what they held before is lost."""
        if len(self._buffer) < length:
            self._buffer = aligned_buffer(length)
        return self._buffer[:length]


class ThroughFile:
    """Writes rows to an open file, from where it stands. The file stays the caller's."""

    def __init__(self, file: int, at: int = 0) -> None:
        self._file = file
        self._at = at
        self._is_direct = False
        self._can = bool(_DIRECT)

    def write(self, data: memoryview) -> None:
        """Write all of the row; raises OSError."""
        self._switch(len(data) >= WORTH_IT and len(data) % BLOCK == 0 and self._at % BLOCK == 0)
        while data:
            try:
                count = os.write(self._file, data)
            except OSError as error:
                if not self._is_direct or error.errno != errno.EINVAL:
                    raise
                self._can = False
                self._switch(False)
                continue
            self._at += count
            data = data[count:]

    def _switch(self, direct: bool) -> None:
        direct = direct and self._can
        if direct == self._is_direct:
            return
        flags = fcntl.fcntl(self._file, fcntl.F_GETFL)
        try:
            fcntl.fcntl(self._file, fcntl.F_SETFL, flags | _DIRECT if direct else flags & ~_DIRECT)
            self._is_direct = direct
        except OSError:
            self._can = False
