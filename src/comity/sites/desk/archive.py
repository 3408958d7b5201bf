"""A folder as one ZIP file that is written while it is read: no second copy on disk, flat memory, any size.

Files are stored, not compressed (exhibits rarely shrink), in the order of their paths and with one fixed date, so that the same
package is the same archive every time.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

CHUNK = 1024 * 1024
FIXED = (1980, 1, 1, 0, 0, 0)


def stream_zip(folder: Path) -> Iterator[bytes]:
    """Yield the archive of a folder, with the folder itself on top."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            yield from _member(archive, pipe, path, f"{folder.name}/{path.relative_to(folder).as_posix()}")
    yield pipe.drain()


def _member(archive: zipfile.ZipFile, pipe: "_Pipe", path: Path, name: str) -> Iterator[bytes]:
    entry = zipfile.ZipInfo(name, FIXED)
    entry.external_attr = 0o644 << 16
    with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            target.write(chunk)
            yield pipe.drain()
    yield pipe.drain()


class _Pipe:
    """What the archive writes to; it cannot be wound back, and knows that."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def write(self, data: bytes) -> int:
        """Keep a piece until it is drained."""
        self._kept += data
        return len(data)

    def close(self) -> None:
        """Nothing to do: there is nothing behind it."""

    def flush(self) -> None:
        """Nothing to do: what is kept is drained."""

    def drain(self) -> bytes:
        """Return what was written since the last time."""
        found = bytes(self._kept)
        self._kept.clear()
        return found
