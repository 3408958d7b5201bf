"""A source sealed for somebody without a node: a folder of age files that any carrier can take.

seal.json            what is in it: the digest of the list, how many exhibits, bytes and loads
exhibits.json.age    the exhibit list
loads/000000.age     the bytes, as `transfer.loads` plans them
"""

import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.acts.act import DIGEST, ExhibitListRef
from comity.acts.canonical import canonical, parse_canonical
from comity.errors import LocalError, PeerError
from comity.evidence.age import Identity, decrypt, encrypt, parse_identity, parse_recipients
from comity.evidence.age.header import MAX_HEADER
from comity.evidence.age.payload import sealed_length
from comity.evidence.exhibit import (
    MAX_EXHIBITS,
    MAX_LIST_BYTES,
    MAX_SIZE,
    PART_SIZE,
    ExhibitList,
    decode_list,
    make_list,
)
from comity.evidence.folder_vault import FolderVault
from comity.evidence.packing import Packing, load_name
from comity.evidence.paths import source_title
from comity.evidence.reading import ChangedError, Progress, UnreadableError
from comity.evidence.scan import Found, Skipped, scan
from comity.evidence.storage import typed_errors
from comity.evidence.through import Scratch
from comity.evidence.transfer import loads, missing_loads, open_load

SCHEMA = "comity-seal/1"
LIST_NAME = "exhibits.json.age"
SEAL_NAME = "seal.json"
LOADS_NAME = "loads"

_scratch = Scratch()
_LIMITS = (MAX_EXHIBITS, MAX_SIZE, MAX_SIZE)

Sign = Callable[[bytes], Mapping[str, bytes]]
"""Gets the bytes of `seal.json`; returns files (name -> bytes) to lay beside it, such as a signature and a proof of the ledger."""


class OutNotEmptyError(LocalError):
    """The folder to write to holds something already, or lies inside the source."""

    code = "out-not-empty"


class MalformedSealError(PeerError):
    """A sealed folder is incomplete or contradicts itself."""

    code = "malformed-seal"


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed, and what was not and why."""

    list: ExhibitList
    skipped: tuple[Skipped, ...]
    loads: int


@dataclass(frozen=True, slots=True)
class Seal:
    """`seal.json`: what a sealed folder must hold."""

    list: ExhibitListRef
    loads: int

    def encode(self) -> bytes:
        """Return the canonical JSON."""
        ref = {"sha256": self.list.sha256, "count": self.list.count, "bytes": self.list.bytes}
        return canonical({"schema": SCHEMA, "list": ref, "loads": self.loads})


def seal(
    source: Path,
    out: Path,
    recipients: Iterable[str],
    *,
    title: str = "",
    progress: Progress | None = None,
    sign: Sign | None = None,
    part_size: int = PART_SIZE,
) -> Sealed:
    """Seal a file, or a folder with everything in it; each byte is read once. `seal.json` is written last.

    Args:
        source: a file or folder; symbolic links in it are listed, not followed.
        out: a folder that is empty or not there yet.
        recipients: age recipients.
        title: one line for the list; the source's name by default.
        progress: called with bytes read, bytes in all, and the path being read.
        sign: makes signature and proof over `seal.json`.
        part_size: of the parts that get digests of their own, in bytes.

    Raises:
        SourceError: the source itself cannot be read.
        OutNotEmptyError: there is something where the seal should go.
        AgeKeyError: a recipient is none, or they are mixed.
        StorageFullError: no room; the folder has no `seal.json` then.
    """
    to = parse_recipients(recipients)
    inventory = scan(source, part_size)
    prepare_out(source, out)
    with typed_errors(str(out)):
        (out / LOADS_NAME).mkdir()
    skipped = list(inventory.skipped)
    with Packing(out / LOADS_NAME, to, part_size) as packing:
        _pack(packing, inventory.files, skipped, progress or (lambda done, total, path: None))
        exhibits = make_list(title or source_title(source), packing.finish(), part_size=part_size)
    marker = Seal(exhibits.ref(), packing.count).encode()
    with typed_errors(str(out)):
        (out / LIST_NAME).write_bytes(encrypt(exhibits.encode(), to))
        for name, data in (sign(marker) if sign else {}).items():
            (out / name).write_bytes(data)
        (out / SEAL_NAME).write_bytes(marker)
    return Sealed(exhibits, tuple(sorted(skipped, key=lambda each: each.path)), packing.count)


def _pack(packing: Packing, files: Sequence[Found], skipped: list[Skipped], progress: Progress) -> None:
    total = sum(found.size for found in files)
    done = 0
    for found in files:
        before = done

        def count(length: int, path: str = found.path) -> None:
            nonlocal done
            done += length
            progress(done, total, path)

        try:
            packing.take(found, count)
        except ChangedError:
            skipped.append(Skipped(found.path, "changed"))
        except UnreadableError as error:
            skipped.append(Skipped(found.path, "unreadable", str(error)))
        done = before + found.size


def prepare_out(source: Path, out: Path) -> None:
    """Make the folder to write to; raises OutNotEmptyError."""
    if out.resolve().is_relative_to(source.resolve()):
        raise OutNotEmptyError("The folder to write to lies inside the source.", where=str(out))
    with typed_errors(str(out)):
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            raise OutNotEmptyError("The folder to write to is not empty.", where=str(out), remedy="Name a new folder.")


def read_seal(folder: Path) -> Seal:
    """Read what a sealed folder must hold.

    Raises:
        MalformedSealError: there is no `seal.json`, or it is not one.
    """
    try:
        with (folder / SEAL_NAME).open("rb") as file:
            value: Any = parse_canonical(file.read(64 * 1024), max_depth=4)
        ref = value["list"]
        seal = Seal(ExhibitListRef(ref["sha256"], ref["count"], ref["bytes"]), value["loads"])
    except (OSError, PeerError, KeyError, TypeError) as error:
        raise MalformedSealError("The folder has no proper seal.json.", where=str(folder)) from error
    counts = (seal.list.count, seal.list.bytes, seal.loads)
    if value["schema"] != SCHEMA or not isinstance(seal.list.sha256, str) or not DIGEST.fullmatch(seal.list.sha256):
        raise MalformedSealError("The folder has no proper seal.json.", where=str(folder))
    if not all(type(count) is int and 0 <= count <= most for count, most in zip(counts, _LIMITS, strict=True)):
        raise MalformedSealError("A number in seal.json is out of range.", where=str(folder))
    return seal


def open_list(folder: Path, identities: Iterable[str | Identity]) -> ExhibitList:
    """Decrypt the list of a sealed folder.

    Raises:
        MalformedSealError: it is not the list that `seal.json` names.
        AgeError: it is not for these identities, or was changed.
        PeerError: the list itself is malformed.
    """
    expected = read_seal(folder)
    exhibits = decode_list(decrypt(bytes(_read(folder / LIST_NAME, MAX_LIST_BYTES)), identities))
    if exhibits.ref() != expected.list or len(loads(exhibits)) != expected.loads:
        raise MalformedSealError("The list is not the one that seal.json names.", where=LIST_NAME)
    return exhibits


def unseal(
    folder: Path, out: Path, identities: Iterable[str | Identity], *, progress: Progress | None = None
) -> ExhibitList:
    """Open a sealed folder, verify every part and every whole, and lay the files under their paths.

    After an interruption the same call goes on where it stopped.

    Args:
        folder: what `seal` wrote, as it arrived.
        out: where the files go; anything but an earlier, interrupted attempt must not be there.
        identities: of the recipient.
        progress: called with bytes done, bytes in all, and the path of the last exhibit.

    Raises:
        MalformedSealError: a load is missing, or the folder contradicts itself.
        AgeError: it is not for these identities, or was changed.
        WrongLoadError: a load does not hold what the list says.
    """
    keys = tuple(parse_identity(each) if isinstance(each, str) else each for each in identities)
    exhibits = open_list(folder, keys)
    staging = out.absolute().parent / f".{out.name}.unsealing"
    if not staging.is_dir():
        prepare_out(folder, out)
    vault = FolderVault(staging)
    plan = loads(exhibits)
    missing = missing_loads(plan, vault)
    done = exhibits.total_bytes - sum(load.length for load in missing)
    for load in missing:
        name = f"{LOADS_NAME}/{load_name(load.number)}"
        open_load(load, _read(folder / name, load.length), keys, vault)
        done += load.length
        if progress:
            progress(done, exhibits.total_bytes, load.pieces[-1].exhibit.path)
    with typed_errors(str(out)):
        _lay_out(exhibits, vault, out)
        shutil.rmtree(staging)
    return exhibits


def _read(path: Path, length: int) -> memoryview:
    """Read an age file that may hold so many bytes; raises MalformedSealError when it is longer or not there."""
    limit = sealed_length(length) + MAX_HEADER
    try:
        with path.open("rb", buffering=0) as file:
            data = _scratch.take(min(limit, os.fstat(file.fileno()).st_size) + 1)
            data = data[: file.readinto(data)]
    except OSError as error:
        raise MalformedSealError("A file of the sealed folder cannot be read.", where=path.name) from error
    if len(data) > limit:
        raise MalformedSealError("A file of the sealed folder is longer than it can be.", where=path.name)
    return data


def _lay_out(exhibits: ExhibitList, vault: FolderVault, out: Path) -> None:
    laid: dict[str, Path] = {}
    for exhibit in exhibits.exhibits:
        target = out / exhibit.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if twin := laid.get(exhibit.sha256):
            shutil.copyfile(twin, target)
        else:
            vault.path(exhibit.sha256).chmod(0o600)
            vault.path(exhibit.sha256).replace(target)
        laid[exhibit.sha256] = target
