"""Uploads go straight to a folder on disk, each file once and with its path, so that a folder of many gigabytes needs no memory.

Django keeps only the last part of a file's name and writes uploads to anonymous temporary files. Evidence keeps its paths: the
parser here cleans them instead of cutting them, and the handler writes each file where its path says, below a fresh folder in the
node's uploads. The worker acquires that folder like any other.
"""

import re
import secrets
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser

FOLDER = "comity_upload_folder"
DEPTH = 64
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]")


def prepare(request: HttpRequest) -> HttpRequest:
    """Choose the way in which the request's files are read; must come before anything reads the body."""
    if request.method == "POST" and not hasattr(request, "_files"):
        folder: Path = settings.HOME.uploads / secrets.token_hex(8)
        setattr(request, FOLDER, folder)
        request.upload_handlers = [FolderHandler(request, folder)]
        request.parse_file_upload = _Parsing(request)  # type: ignore[method-assign]
    return request


def received(request: HttpRequest) -> Path | None:
    """Return the folder of the uploaded files, or the file itself where there is only one at the top; None without any."""
    folder = cast("Path | None", getattr(request, FOLDER, None))
    if folder is None or not folder.is_dir():
        return None
    entries = list(folder.iterdir())
    return entries[0] if len(entries) == 1 else folder if entries else None


def clean_path(name: str) -> str:
    """Return a relative path without tricks for a name that a browser sent; empty when nothing usable is left.

    Raises:
        SuspiciousFileOperation: the path climbs out of its folder or is deeper than any folder should be.
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    if ".." in parts or len(parts) > DEPTH or any(_UNSAFE.search(part) for part in parts):
        raise SuspiciousFileOperation("An uploaded file has a path that leaves its folder.")
    return "/".join(part for part in parts if not re.fullmatch(r"[A-Za-z]:", part))


class PathParser(MultiPartParser):
    """Keeps the folders in the names of uploaded files."""

    def sanitize_file_name(self, file_name: str) -> str | None:
        """Return the cleaned relative path instead of the last part only."""
        return clean_path(file_name) or None


class FolderHandler(FileUploadHandler):
    """Writes each file to its path below one folder."""

    def __init__(self, request: HttpRequest, folder: Path) -> None:
        super().__init__(request)
        self.folder = folder
        self.path: Path | None = None
        self.stream: BinaryIO | None = None

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Open the file; one that is there already is refused, not overwritten."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.path = self.folder / clean_path(str(self.file_name))
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.stream = self.path.open("xb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece; nothing of it is handed on or kept."""
        if self.stream is not None:
            self.stream.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """Close the file."""
        if self.stream is not None:
            self.stream.close()
        return UploadedFile(name=Path(str(self.file_name)).name, size=file_size)

    def upload_interrupted(self) -> None:
        """Close the file that was being written; half a file is not evidence."""
        if self.stream is not None:
            self.stream.close()
            if self.path is not None:
                self.path.unlink(missing_ok=True)


class _Parsing:
    """Replaces the request's own way of parsing by one that keeps paths."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __call__(self, meta: dict[str, object], data: object) -> object:
        return PathParser(meta, data, self._request.upload_handlers, self._request.encoding).parse()  # type: ignore[arg-type]
