"""Editions of the lawbook as single files: all that questions, procedures, forms and words need, compressed, with its digest.

An edition file outlives the folder it was made of, so that an old edition can be compared later. It is read with suspicion: its
size, its digest and its shape are checked.
"""

import contextlib
import hashlib
import json
import os
import re
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import cast

from comity.errors import LocalError
from comity.law.facts import Facts
from comity.lawbook.facts import PATTERNS, facts_of, read_compiled
from comity.lawbook.opening import PAGES, Lawbook
from comity.lawbook.reading import Document, digest_of, sources, without_collection

SCHEMA = "comity-edition/1"
SUFFIX = ".json.gz"
LARGEST = 64_000_000
GZIP = 31
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}\+[0-9a-f]{8}")


class BrokenEditionError(LocalError):
    """An edition file is damaged, or is no edition of a lawbook."""

    code = "broken-edition"


@dataclass(frozen=True)
class Edition:
    """One edition, from a folder or a file.

    Attributes:
        name: the day of its facts and the beginning of their digest.
        raw: the facts as plain data.
        pages: procedures, forms, words and calendars: file -> document.
    """

    name: str
    raw: Document
    pages: Mapping[str, Document]

    @cached_property
    def facts(self) -> Facts:
        """The facts; raises MalformedLawError where they have another shape than this version of Comity knows."""
        with without_collection():
            return facts_of(self.raw, self.name)


def read_edition(path: Path, cache: Path | None = None) -> Edition:
    """Read an edition from a lawbook's folder or from an edition file.

    Raises:
        MalformedLawError: a file of the folder cannot be read.
        BrokenEditionError: the edition file is missing, damaged or something else.
    """
    return edition_of(Lawbook(path, cache)) if path.is_dir() else _read_file(path)


def edition_of(book: Lawbook) -> Edition:
    """Return the edition that a lawbook is."""
    raw, digest = read_compiled(book.path, book.cache)
    codes = raw.get("codes")
    as_of = codes.get("as_of") if isinstance(codes, dict) else None
    return Edition(f"{as_of}+{digest[:8]}", raw, cast("Mapping[str, Document]", book.pages))


def keep_edition(book: Lawbook, folder: Path) -> Path:
    """Write the edition of a lawbook into a folder, unless it is there; the file appears whole or not at all.

    Raises:
        MalformedLawError: the lawbook cannot be read.
        OSError: the file cannot be written.
    """
    digest = digest_of(sources(book.path, PATTERNS))[:8] + "-" + digest_of(sources(book.path, PAGES))[:8]
    known = next(iter(folder.glob(f"*+{digest}{SUFFIX}")), None)
    if known is not None and _sound(known):
        if kept_editions(folder)[-1] != known:
            os.utime(known)  # it is met again, after another one
        return known
    edition = edition_of(book)
    path = folder / f"{edition.name}-{digest[9:]}{SUFFIX}"
    write_edition(path, edition)
    return path


def kept_editions(folder: Path) -> tuple[Path, ...]:
    """Return the edition files of a folder, the one kept last at the end."""
    found = [path for path in folder.glob(f"*{SUFFIX}") if _NAME.match(path.name)]
    return tuple(sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name)))


def write_edition(path: Path, edition: Edition) -> None:
    """Write an edition file, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    value = {"schema": SCHEMA, "edition": edition.name, "facts": edition.raw, "pages": edition.pages}
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    packer = zlib.compressobj(6, zlib.DEFLATED, GZIP)
    packed = packer.compress(hashlib.sha256(body).hexdigest().encode() + b"\n" + body) + packer.flush()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(packed)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def _read_file(path: Path) -> Edition:
    value = _checked(path)
    if value.get("schema") != SCHEMA:
        raise _broken(path, f"It is '{value.get('schema')}', not {SCHEMA}.")
    name, facts, pages = value.get("edition"), value.get("facts"), value.get("pages")
    if not (isinstance(name, str) and isinstance(facts, dict) and isinstance(pages, dict)):
        raise _broken(path, "It lacks its name, the facts or the pages.")
    known = all(
        isinstance(page, dict) and any(fnmatchcase(file, form) for form in PAGES) for file, page in pages.items()
    )
    if not _NAME.fullmatch(name) or not known:
        raise _broken(path, "It is called as no edition is, or holds pages that no edition has.")
    return Edition(name, facts, pages)


def _checked(path: Path) -> Document:
    body = _body(path)
    try:
        with without_collection():
            value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _broken(path, f"It is no JSON: {error}.") from error
    if not isinstance(value, dict):
        raise _broken(path, "It holds no edition.")
    return cast(Document, value)


def _body(path: Path) -> bytes:
    """Return what the file holds, held to its digest."""
    try:
        unpacker = zlib.decompressobj(GZIP)
        data = unpacker.decompress(path.read_bytes(), LARGEST)
    except FileNotFoundError as error:
        raise BrokenEditionError(
            "There is no such lawbook or edition.",
            where=str(path),
            remedy="Name a lawbook's folder or an edition file.",
        ) from error
    except (OSError, zlib.error) as error:
        raise _broken(path, f"It cannot be read: {error}.") from error
    if not unpacker.eof:
        raise _broken(path, "It is cut off, or larger than any edition.")
    head, _, body = data.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != head:
        raise _broken(path, "Its content is not what its digest says.")
    return body


def _sound(path: Path) -> bool:
    try:
        _body(path)
    except BrokenEditionError:
        return False
    return True


def _broken(path: Path, what: str) -> BrokenEditionError:
    return BrokenEditionError(
        what, where=str(path), remedy="Delete it: the node keeps its present edition again when it starts next."
    )
