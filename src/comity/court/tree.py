"""The files of a package, whether it lies in a folder or in a ZIP file: names, sizes, bytes. Hostile archives stop here."""

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from comity.errors import PeerError

MAX_FILES = 400_000
MAX_SMALL = 64 * 1024 * 1024
MAX_RATIO = 200


class UnusablePackageError(PeerError):
    """What was given is not a package that can be looked at."""

    code = "unusable-package"


class Tree(Protocol):
    """Files by their path, which is relative, with `/` between the names."""

    place: Path

    def sizes(self) -> dict[str, int]:
        """Return every file's path and size in bytes."""
        ...

    def open(self, path: str) -> IO[bytes]:
        """Open one of the files for reading."""
        ...


class Folder:
    """The files below a folder. Symbolic links are refused: they could show one thing to us and another to a court."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def sizes(self) -> dict[str, int]:
        """Return every file's path and size.

        Raises:
            UnusablePackageError: a link or a device lies among the files, or there are too many.
        """
        return {path.relative_to(self.place).as_posix(): size for path, size in self._walk(self.place)}

    def open(self, path: str) -> IO[bytes]:
        """Open a file."""
        return (self.place / path).open("rb")

    def _walk(self, folder: Path) -> Iterator[tuple[Path, int]]:
        for path in sorted(folder.iterdir()):
            status = path.lstat()
            if stat.S_ISDIR(status.st_mode):
                yield from self._walk(path)
            elif stat.S_ISREG(status.st_mode):
                yield path, status.st_size
            else:
                where = path.relative_to(self.place).as_posix()
                raise UnusablePackageError("This is a link or a device, not a file.", where=where)


class Zip:
    """The files in a ZIP archive, read without unpacking it to disk; the one top folder, if there is one, is taken off."""

    def __init__(self, place: Path) -> None:
        self.place = place
        try:
            with zipfile.ZipFile(place) as archive:
                self._members = {info.filename: info for info in archive.infolist() if not info.is_dir()}
                entries = sum(not info.is_dir() for info in archive.infolist())
        except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
            raise UnusablePackageError(f"The archive cannot be read: {error}", where=place.name) from error
        if entries != len(self._members):
            raise UnusablePackageError("A file is in the archive twice.", where=place.name)
        for info in self._members.values():
            _refuse_member(info)
        tops = {PurePosixPath(name).parts[0] for name in self._members}
        self._top = f"{tops.pop()}/" if len(tops) == 1 and "bagit.txt" not in self._members else ""

    def sizes(self) -> dict[str, int]:
        """Return every file's path and unpacked size."""
        return {name.removeprefix(self._top): info.file_size for name, info in self._members.items()}

    def open(self, path: str) -> IO[bytes]:
        """Open a file."""
        archive = zipfile.ZipFile(self.place)
        try:
            return archive.open(self._top + path)
        finally:
            archive.close()  # the opened member keeps the file open by itself


def _refuse_member(info: zipfile.ZipInfo) -> None:
    parts = PurePosixPath(info.filename).parts
    if info.filename.startswith("/") or ".." in parts or "\\" in info.filename or "\0" in info.filename:
        raise UnusablePackageError("A path in the archive leads out of it.", where=info.filename)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnusablePackageError("A link lies in the archive.", where=info.filename)
    if info.file_size > MAX_SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise UnusablePackageError("A file in the archive unpacks to far more than it holds.", where=info.filename)


def open_tree(place: Path) -> Tree:
    """Return the files of a folder or of a ZIP archive.

    Raises:
        UnusablePackageError: there is nothing there, or it is neither, or it holds more than can be looked at.
    """
    if place.is_dir():
        tree: Tree = Folder(place)
    elif place.is_file() and zipfile.is_zipfile(place):
        tree = Zip(place)
    else:
        raise UnusablePackageError("This is neither a folder nor a ZIP archive.", where=place.name)
    if len(tree.sizes()) > MAX_FILES:
        raise UnusablePackageError(f"There are more than {MAX_FILES} files.", where=place.name)
    return tree


def read_small(tree: Tree, path: str, limit: int = MAX_SMALL) -> bytes:
    """Return the bytes of a file that must not be large.

    Raises:
        UnusablePackageError: the file is larger than `limit` bytes.
    """
    with tree.open(path) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnusablePackageError(f"The file is larger than {limit} bytes.", where=path)
    return data
