"""Reads data files of the lawbook. YAML is slow to parse, so all are compiled to one JSON file, named by what they hold."""

import contextlib
import csv
import gc
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

from comity.law.facts import MalformedLawError
from comity.lawbook.documents import parse_document, refuse_controls

Document = dict[str, object]
KEPT_EDITIONS = 4


def read_yaml(path: Path) -> Document:
    """Read one document.

    Raises:
        MalformedLawError: the file is missing, is no YAML, holds no mapping, or says something that can be read in two ways.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MalformedLawError(f"The file cannot be read: {error}", where=path.name) from error
    return parse_document(data, path.name)


def read_folder(folder: Path) -> list[Document]:
    """Read all documents of a folder, in the order of their names.

    Raises:
        MalformedLawError: the folder is missing or empty, or a document cannot be read.
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise MalformedLawError("The folder holds no documents.", where=str(folder))
    return [read_yaml(path) for path in paths]


def read_table(path: Path) -> list[Document]:
    """Read a table with one heading row.

    Raises:
        MalformedLawError: the file is missing or has no rows, or a row has more or fewer cells than the heading.
    """
    try:
        text = refuse_controls(path.read_bytes(), path.name)
        table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        heads, rows = table.fieldnames or [], list(table)
    except (OSError, csv.Error) as error:
        raise MalformedLawError(f"The table cannot be read: {error}", where=path.name) from error
    if len(set(heads)) != len(heads):
        raise MalformedLawError("A heading stands twice.", where=path.name)
    if not rows:
        raise MalformedLawError("The table holds no rows.", where=path.name)
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise MalformedLawError(f"Row {number} has another number of cells than the heading.", where=path.name)
    return cast(list[Document], rows)


def digest_of(paths: Iterable[Path]) -> str:
    """Return a digest of the names and bytes of files: SHA-256 in hexadecimal."""
    total = hashlib.sha256()
    for path in sorted(paths):
        try:
            data = path.read_bytes()
        except OSError as error:
            raise MalformedLawError(f"The file cannot be read: {error}", where=path.name) from error
        total.update(f"{path.name}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def cache_folder() -> Path | None:
    """Return the folder for compiled data: $COMITY_CACHE, else the user's cache folder; None where that cannot be known."""
    set_by_user = os.environ.get("COMITY_CACHE") or os.environ.get("XDG_CACHE_HOME")
    if set_by_user:
        return Path(set_by_user) / "comity"
    with contextlib.suppress(RuntimeError):
        return Path.home() / ".cache" / "comity"
    return None


def compiled(name: str, digest: str, build: Callable[[], Document], folder: Path | None) -> Document:
    """Return the compiled data of a digest, from the cache or built anew.

    The cache is only a convenience: if it cannot be read, is damaged, or cannot be written, the data come from the sources.

    Args:
        name: what is compiled, such as `facts`.
        digest: of the sources; another digest is another file.
        build: makes the data from the sources.
        folder: where the cache lies; None means none.
    """
    path = None if folder is None else folder / f"{name}-{digest[:32]}.json"
    if path is not None:
        found = _read_cache(path)
        if found is not None:
            return found
    data = build()
    if path is not None:
        _write_cache(path, data)
    return data


def _read_cache(path: Path) -> Document | None:
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != head:
            return None
        return cast(Document, json.loads(body))
    except (OSError, ValueError):
        return None


def _write_cache(path: Path, data: Document) -> None:
    """Write beside and rename, so that another process never reads half a file."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            Path(temporary).replace(path)
            _forget_old(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)


def _forget_old(path: Path) -> None:
    """Keep the newest few editions of what is compiled, so that the folder does not grow with every change."""
    kind = path.name.rpartition("-")[0]
    editions = sorted(path.parent.glob(f"{kind}-*.json"), key=lambda other: other.stat().st_mtime, reverse=True)
    for old in editions[KEPT_EDITIONS:]:
        old.unlink(missing_ok=True)


def sources(folder: Path, patterns: Sequence[str]) -> list[Path]:
    """Return the files of the patterns, in order.

    Raises:
        MalformedLawError: a pattern finds nothing.
    """
    found: list[Path] = []
    for pattern in patterns:
        matches = sorted(folder.glob(pattern))
        if not matches:
            raise MalformedLawError(
                "Nothing is there.", where=f"{folder}/{pattern}", remedy="Restore the lawbook's files."
            )
        found.extend(matches)
    refuse_strange(folder, found)
    return found


def refuse_strange(folder: Path, paths: Iterable[Path]) -> None:
    """Refuse what is no plain file of the folder: what lies elsewhere is not the lawbook's, and a pipe would never end.

    Raises:
        MalformedLawError: a path leads out of the folder, or to something else than a file.
    """
    listed, root = list(paths), folder.resolve()
    links = {path for path in listed if path.is_symlink()}
    for place in sorted({*(path.parent for path in listed), *links}):
        if not place.resolve().is_relative_to(root):
            raise MalformedLawError(
                "It leads out of the lawbook.", where=place.name, remedy="Copy it into the lawbook."
            )
    for path in listed:
        if not path.is_file():
            raise MalformedLawError("It is no file.", where=path.name, remedy="Remove it.")


@contextlib.contextmanager
def without_collection() -> Iterator[None]:
    """Keep Python from looking for garbage while many values are made that will all be kept; that search is half of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
