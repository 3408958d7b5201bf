"""Where a directory's files come from and go to: a folder, or files that are already in memory.

A node that reads over HTTP passes a function of its own with the same shape.
"""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from comity.errors import LocalError
from comity.exchange.advice import AdvisedError

Source = Callable[[str, int], bytes | None]
"""Takes a file's name and the most octets that are of interest; returns the file, cut after one octet more, or None."""

FILE_NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]{0,199}/){0,3}[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
TIMESTAMP = "timestamp.json"


class UnreadableDirectoryError(AdvisedError, LocalError):
    """A file of the directory is there but cannot be read or written."""

    code = "directory-unreadable"
    advice = "Check the disk and the permissions of the directory's folder."


def mapping_source(files: Mapping[str, bytes]) -> Source:
    """Return a source over files in memory, for example those of a court package."""
    return lambda name, limit: None if (data := files.get(name)) is None else data[: limit + 1]


def folder_source(folder: Path) -> Source:
    """Return a source over a folder; names that lead out of it are not found."""

    def read(name: str, limit: int) -> bytes | None:
        if not FILE_NAME.fullmatch(name):
            return None
        try:
            with (folder / name).open("rb") as file:
                return file.read(limit + 1)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise UnreadableDirectoryError(f"The directory's file {name} cannot be read: {error.strerror}") from error

    return read


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a directory's files so that a reader sees the old directory or the new one, never half of one.

    The file that names all others comes last. Files of earlier versions stay for readers that are on their way.

    Raises:
        UnreadableDirectoryError: the folder cannot be written, or a name leads out of it.
    """
    for name in sorted(files, key=lambda name: (name == TIMESTAMP, name)):
        if not FILE_NAME.fullmatch(name):
            raise UnreadableDirectoryError(f"'{name}' is no name for a file of the directory.")
        try:
            _write(folder / name, files[name])
        except OSError as error:
            raise UnreadableDirectoryError(
                f"The directory's file {name} cannot be written: {error.strerror}",
                remedy="Make room or fix permissions.",
            ) from error


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
