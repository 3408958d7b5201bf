"""What a source holds: its files in the order of their paths, and what is not a file and therefore not taken.

Nothing is followed: no symbolic link, no folder twice. What is left out is listed with the reason.
"""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from comity.errors import LocalError
from comity.evidence.exhibit import PART_SIZE, list_fits
from comity.evidence.paths import PathBook, encode_path, is_too_long


class SourceError(LocalError):
    """The source of an acquisition cannot be used."""

    code = "unusable-source"


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the source as it was when the source was listed.

    Attributes:
        raw: the file's full name, as the disk holds it.
        path: its path in the list.
        size: in bytes.
        mtime_ns: time of its last change, nanoseconds since 1970.
        identity: device and inode, so that what is opened later is known to be the same file.
    """

    raw: bytes
    path: str
    size: int
    mtime_ns: int
    identity: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Skipped:
    """What was not taken.

    Attributes:
        path: its path, written as in a list.
        reason: symlink, device, fifo, socket, unreadable, changed, loop, name-too-long, unknown.
        detail: where a symbolic link points, or what the system said.
    """

    path: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a source holds; `files` are sorted by path."""

    files: tuple[Found, ...]
    skipped: tuple[Skipped, ...]

    @property
    def total_bytes(self) -> int:
        """The sum of the files' sizes."""
        return sum(found.size for found in self.files)


def scan(source: Path, part_size: int = PART_SIZE) -> Inventory:
    """List a file, or a folder with everything in it.

    Raises:
        SourceError: there is no such file or folder, it is neither, or it holds more files than a list can name.
    """
    root = os.fsencode(source)
    try:
        status = os.lstat(root)
        entries: list[tuple[bytes, os.stat_result]] = []
        skipped: list[Skipped] = []
        if stat.S_ISDIR(status.st_mode):
            _walk(root, b"", frozenset({(status.st_dev, status.st_ino)}), entries, skipped)
        elif stat.S_ISREG(status.st_mode):
            root, name = os.fsencode(source.absolute().parent), os.fsencode(source.absolute().name)
            entries.append((name, status))
        else:
            raise SourceError("The source is neither a file nor a folder.", where=str(source))
    except OSError as error:
        raise SourceError(f"The source cannot be read: {error.strerror}.", where=str(source)) from error
    inventory = _inventory(root, entries, skipped)
    if not list_fits([(found.path, found.size) for found in inventory.files], part_size):
        raise SourceError(
            f"The source holds more ({len(inventory.files)} files) than one list can name.",
            where=str(source),
            remedy="Acquire its folders one by one, or put them into an image or archive.",
        )
    return inventory


def _inventory(folder: bytes, entries: list[tuple[bytes, os.stat_result]], skipped: list[Skipped]) -> Inventory:
    book = PathBook()
    files = []
    for raw, status in sorted(entries, key=lambda entry: entry[0]):
        path = book.assign(raw)
        if is_too_long(path):
            skipped.append(Skipped(path, "name-too-long"))
            continue
        identity = (status.st_dev, status.st_ino)
        files.append(Found(folder + b"/" + raw, path, status.st_size, status.st_mtime_ns, identity))
    files.sort(key=lambda found: found.path)
    return Inventory(tuple(files), tuple(sorted(skipped, key=lambda each: each.path)))


def _walk(
    folder: bytes,
    inside: bytes,
    above: frozenset[tuple[int, int]],
    entries: list[tuple[bytes, os.stat_result]],
    skipped: list[Skipped],
) -> None:
    """Add what is in a folder. `above` are the folders on the way here: a mount may lead back into one of them."""
    with os.scandir(folder) as children:
        for child in children:
            raw = inside + child.name
            try:
                status = child.stat(follow_symlinks=False)
                identity = (status.st_dev, status.st_ino)
                if stat.S_ISREG(status.st_mode):
                    entries.append((raw, status))
                elif not stat.S_ISDIR(status.st_mode):
                    skipped.append(_not_a_file(raw, child.path, status))
                elif identity in above:
                    skipped.append(Skipped(encode_path(raw), "loop"))
                else:
                    _walk(child.path, raw + b"/", above | {identity}, entries, skipped)
            except (OSError, RecursionError) as error:
                skipped.append(Skipped(encode_path(raw), "unreadable", getattr(error, "strerror", None) or "too deep"))


def _not_a_file(raw: bytes, name: bytes, status: os.stat_result) -> Skipped:
    if stat.S_ISLNK(status.st_mode):
        target = os.readlink(name)  # noqa: PTH115 - a name may be any bytes
        return Skipped(encode_path(raw), "symlink", encode_path(target))
    for is_kind, reason in (
        (stat.S_ISFIFO, "fifo"),
        (stat.S_ISSOCK, "socket"),
        (stat.S_ISBLK, "device"),
        (stat.S_ISCHR, "device"),
    ):
        if is_kind(status.st_mode):
            return Skipped(encode_path(raw), reason)
    return Skipped(encode_path(raw), "unknown")
