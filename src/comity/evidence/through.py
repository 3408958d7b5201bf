"""Large files written past the system's cache: evidence is written once and would only push out what is needed again.

Where the system or the file system cannot (or a row does not begin and end at a block), the same call writes the usual way.
"""

import errno
import fcntl
import mmap
import os

BLOCK = 4096
WORTH_IT = 1024 * 1024
_DIRECT = getattr(os, "O_DIRECT", 0)


def aligned_buffer(length: int) -> memoryview:
    """Return zeroed memory that begins at a page, as direct writing needs it."""
    return memoryview(mmap.mmap(-1, length))


class ThroughFile:
    """Writes rows to the end of an open, empty file. The file stays the caller's."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._at = 0
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
