"""Uploads go to the node's disk while they arrive, each with its path, so that a folder of many gigabytes needs no memory.

Django keeps only the last part of a file's name. Evidence keeps its paths: the parser here cleans a path instead of cutting it, and
the handler remembers it beside the temporary file, which lies in the node's own folder of uploads.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser

DEPTH = 64
FIELDS = ("files", "folder")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]")
_DRIVE = re.compile(r"[A-Za-z]:")


def prepare(request: HttpRequest) -> HttpRequest:
    """Choose the way in which the request's files are read; must come before anything reads the body."""
    if request.method == "POST":
        request.upload_handlers = [PathHandler(request)]
        request.parse_file_upload = _Parsing(request)  # type: ignore[method-assign,assignment]  # a seam that Django has but does not type
    return request


def received(request: HttpRequest) -> Iterator[tuple[str, "UploadedFile[bytes]"]]:
    """Yield path and file of everything that was uploaded."""
    for field in FIELDS:
        for file in request.FILES.getlist(field):
            yield getattr(file, "relative_path", str(file.name)), file


def clean_path(name: str) -> str:
    """Return a relative path without tricks for a name that a browser sent; empty when nothing usable is left.

    Raises:
        SuspiciousFileOperation: the path climbs out of its folder or is deeper than any folder should be.
    """
    parts = [
        part for part in name.replace("\\", "/").split("/") if part not in ("", ".") and not _DRIVE.fullmatch(part)
    ]
    if ".." in parts or len(parts) > DEPTH or any(_UNSAFE.search(part) for part in parts):
        raise SuspiciousFileOperation("An uploaded file has a path that leaves its folder.")
    return "/".join(parts)


class PathParser(MultiPartParser):
    """Keeps the folders in the names of uploaded files."""

    def sanitize_file_name(self, file_name: str) -> str | None:
        """Return the cleaned relative path instead of the last part only."""
        return clean_path(file_name) or None


class PathHandler(TemporaryFileUploadHandler):
    """Streams each file to disk and remembers its path."""

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """Return the file, with the path that it had."""
        done = super().file_complete(file_size)
        if done is not None:
            done.relative_path = str(self.file_name)  # type: ignore[attr-defined]  # rides along to `received`
        return done


class _Parsing:
    """Replaces the request's own way of parsing by one that keeps paths."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __call__(self, meta: Any, data: Any) -> Any:
        return PathParser(meta, data, self._request.upload_handlers, self._request.encoding).parse()
