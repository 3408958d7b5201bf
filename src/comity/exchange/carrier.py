"""The same envelope as a file: for a USB stick, an e-mail attachment, or a folder that something else synchronises.

    gh-practice-prosecutor-0123456789abcdef.comity      the envelope
    loads/<sha256 of the exhibit list>/<number>.age      exhibits in transit, where there are any
    fr-liaison-0123456789abcdef.comity-receipt           a receipt on its way back
    SHA256SUMS                                           for `sha256sum -c`
    SHEET.txt                                            the same digests for people, to be printed, signed and compared

Everything on a medium is a stranger's: nothing is followed that is not a plain file, and no name on it decides where anything goes.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Literal

from comity.acts.canonical import digest
from comity.errors import LocalError
from comity.exchange.advice import AdvisedError
from comity.exchange.envelope import MAGIC, MAX_OVERHEAD, NotAnEnvelopeError, addressee
from comity.exchange.parcel import MAX_BYTES
from comity.exchange.sheet import Line, sheet, sums

ENVELOPE_SUFFIX = ".comity"
RECEIPT_SUFFIX = ".comity-receipt"
MAX_LOAD_BYTES = 40 * 1024 * 1024
MAX_RECEIPT_BYTES = 512 * 1024
MAX_FILES = 100_000
LIST_NAME = re.compile(r"[0-9a-f]{64}")
LOAD_NAME = re.compile(r"(0|[1-9][0-9]{0,8})\.age")
SUM = re.compile(r"^([0-9a-f]{64})  ((?:loads/[0-9a-f]{64}/)?[A-Za-z0-9][A-Za-z0-9.-]*)$", re.MULTILINE)
CHUNK = 1024 * 1024

Kind = Literal["envelope", "receipt", "load"]


class CarrierError(AdvisedError, LocalError):
    """A medium cannot be read or written."""

    code = "carrier-unusable"
    advice = "Try another medium, or copy its files to a folder first."


@dataclass(frozen=True, slots=True)
class Load:
    """A load of exhibits, encrypted, in a file of ours.

    Attributes:
        list_sha256: names the exhibit list that the load belongs to.
        number: its place in the list's plan, from 0.
        path: where its octets are.
    """

    list_sha256: str
    number: int
    path: Path


@dataclass(frozen=True, slots=True)
class Found:
    """Something on a medium that may be taken in; nothing about its content is verified yet.

    Attributes:
        kind: `envelope`, `receipt` or `load`.
        path: the file.
        size: octets, within the limit of its kind.
        list_sha256: of a load: the exhibit list it says it belongs to.
        number: of a load: its place in the plan.
    """

    kind: Kind
    path: Path
    size: int
    list_sha256: str = ""
    number: int = -1

    def read(self) -> bytes:
        """Return the octets; never more than the limit, even if the file has grown since.

        Raises:
            CarrierError: the medium cannot be read.
        """
        return _read(self.path, self.size)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something on a medium that was left alone, with the code of the reason."""

    path: Path
    code: str


@dataclass(frozen=True, slots=True)
class Medium:
    """What a medium holds, in the order of names."""

    found: tuple[Found, ...]
    skipped: tuple[Skipped, ...] = field(default=())


def export_envelope(envelope: bytes, folder: Path, loads: Iterable[Load] = ()) -> Path:
    """Write an envelope and its loads to a medium; doing it again changes nothing.

    Returns:
        the envelope's file.

    Raises:
        NotAnEnvelopeError: the octets are no envelope.
        CarrierError: the medium is full or cannot be written.
    """
    path = folder / _file_name(addressee(envelope), digest(envelope), ENVELOPE_SUFFIX)
    with _writing(folder):
        lines = [_write(path, (envelope,), folder)]
        for load in loads:
            target = folder / "loads" / load.list_sha256 / f"{load.number}.age"
            lines.append(_write(target, _chunks(load.path), folder))
        _write_sheets(folder, lines)
    return path


def export_receipt(receipt: bytes, recipient: str, envelope_sha256: str, folder: Path) -> Path:
    """Write a receipt that goes back to the office that sent the envelope; doing it again changes nothing.

    Raises:
        CarrierError: the medium is full or cannot be written.
    """
    path = folder / _file_name(recipient, envelope_sha256, RECEIPT_SUFFIX)
    with _writing(folder):
        _write_sheets(folder, [_write(path, (receipt,), folder)])
    return path


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CarrierError(
            f"The medium cannot be written: {error.strerror}",
            remedy="Make room on it or take another one.",
            where=str(folder),
        ) from error


def read_medium(place: Path, *, max_bytes: int = MAX_BYTES) -> Medium:
    """Look through a folder, or at one file, for what may be taken in.

    Args:
        place: a folder as `export_envelope` lays it out (names of envelopes do not matter), or a single file.
        max_bytes: the largest parcel accepted.

    Raises:
        CarrierError: it cannot be read at all.
    """
    try:
        paths = list(islice(_candidates(place), MAX_FILES + 1))
    except OSError as error:
        raise CarrierError(f"The medium cannot be read: {error.strerror}", where=str(place)) from error
    if len(paths) > MAX_FILES:
        raise CarrierError(f"The medium holds more than {MAX_FILES} files.", remedy="Bring it in several parts.")
    seen = [_look(path, max_bytes + MAX_OVERHEAD) for path in sorted(paths)]
    return Medium(
        tuple(each for each in seen if isinstance(each, Found)),
        tuple(each for each in seen if isinstance(each, Skipped)),
    )


def _file_name(office: str, sha256_hex: str, suffix: str) -> str:
    return f"{office.replace('/', '-')}-{sha256_hex[:16]}{suffix}"


def _candidates(place: Path) -> Iterator[Path]:
    """Yield the files at the places where something may be; folders that are links are not entered."""
    if not place.is_dir():
        yield place
        return
    yield from (path for path in place.iterdir() if path.suffix in (ENVELOPE_SUFFIX, RECEIPT_SUFFIX))
    lists = place / "loads"
    if lists.is_dir() and not lists.is_symlink():
        for folder in lists.iterdir():
            if LIST_NAME.fullmatch(folder.name) and folder.is_dir() and not folder.is_symlink():
                yield from folder.iterdir()


def _look(path: Path, max_envelope: int) -> Found | Skipped:
    try:
        info = path.lstat()
        if not stat.S_ISREG(info.st_mode):
            return Skipped(path, "not-a-file")
        if path.suffix == RECEIPT_SUFFIX:
            return _within(Found("receipt", path, info.st_size), MAX_RECEIPT_BYTES)
        load = LOAD_NAME.fullmatch(path.name)
        if load and LIST_NAME.fullmatch(path.parent.name):
            found = Found("load", path, info.st_size, path.parent.name, int(load[1]))
            return _within(found, MAX_LOAD_BYTES)
        if _read(path, len(MAGIC)) != MAGIC:
            return Skipped(path, NotAnEnvelopeError.code)
        return _within(Found("envelope", path, info.st_size), max_envelope)
    except (OSError, CarrierError):
        return Skipped(path, CarrierError.code)


def _within(found: Found, limit: int) -> Found | Skipped:
    return found if found.size <= limit else Skipped(found.path, "too-large")


def _read(path: Path, size: int) -> bytes:
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            return file.read(size)
    except OSError as error:
        raise CarrierError(f"A file on the medium cannot be read: {error.strerror}", where=str(path)) from error


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _write(path: Path, chunks: Iterable[bytes], folder: Path) -> Line:
    """Write a file whole or not at all, and return its line for the sheets."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    state, size = sha256(), 0
    with part.open("wb") as file:
        for chunk in chunks:
            state.update(chunk)
            size += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return Line(path.relative_to(folder).as_posix(), size, state.hexdigest())


def _write_sheets(folder: Path, written: list[Line]) -> None:
    """Write both sheets: what was written now, and what they already listed and is still there."""
    lines = {line.path: line for line in (*_listed(folder), *written)}
    ordered = [lines[path] for path in sorted(lines)]
    _write(folder / "SHA256SUMS", (sums(ordered).encode(),), folder)
    _write(folder / "SHEET.txt", (sheet(ordered).encode(),), folder)


def _listed(folder: Path) -> Iterator[Line]:
    try:
        text = (folder / "SHA256SUMS").read_text("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return
    for found in SUM.finditer(text):
        path = folder / found[2]
        if path.is_file() and not path.is_symlink():
            yield Line(found[2], path.stat().st_size, found[1])
