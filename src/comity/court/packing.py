"""Writes a court package: a BagIt folder with everything that is needed to check a dossier alone and offline."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from comity.acts.act import Act
from comity.acts.checks import INSTANT
from comity.acts.canonical import digest
from comity.acts.office import Office
from comity.court import bag, layout
from comity.court.case_uco import case_graph
from comity.errors import LocalError
from comity.evidence.custody import CustodyEvent
from comity.evidence.exhibit import ExhibitList
from comity.evidence.vault import Vault


class UnfitPackageError(LocalError):
    """The package cannot be written from what was given."""

    code = "unfit-package"


@dataclass(frozen=True, slots=True)
class PackedAct:
    """A signed act with the proof that it stands in the packing office's ledger."""

    act: Act
    pdf: bytes = field(repr=False)
    proof: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PackedEvent:
    """A custody event with its custodian's proof, where there is one."""

    event: CustodyEvent
    proof: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a package.

    Attributes:
        acts: all acts of the dossier, in its order.
        lists: the exhibit lists that the acts name.
        custody: the custody events of these lists, oldest first.
        receipts: file name -> receipt.
        directory: the directory's files, by name; must be valid at `made_at`.
        offices: the offices that occur, by id.
    """

    made_by: str
    made_at: datetime
    acts: tuple[PackedAct, ...]
    lists: tuple[ExhibitList, ...]
    custody: tuple[PackedEvent, ...]
    receipts: Mapping[str, bytes]
    directory: Mapping[str, bytes]
    offices: Mapping[str, Office]


def write_package(
    contents: Contents,
    vault: Vault,
    out: Path,
    log: Callable[[str], bytes],
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Write the package into a new folder; it appears under its name only when it is complete.

    Args:
        contents: what goes in.
        vault: holds the exhibits.
        out: the folder to make; must not exist yet.
        log: enters the digest of the manifest in the ledger as a `package` and returns the proof.
        progress: called with bytes written and bytes in all.

    Raises:
        UnfitPackageError: the folder exists, or an exhibit is not the one that its list names.
    """
    if out.exists():
        raise UnfitPackageError(f"{out.name} exists already.", remedy="Choose another folder or remove it.")
    partial = out.with_name(out.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    digests = {path: _write(partial / path, data) for path, data in _small_files(contents).items()}
    digests |= _write_exhibits(contents.lists, vault, partial, progress)
    _finish(contents, partial, digests, log)
    _settle(partial)
    partial.rename(out)
    return out


def _small_files(contents: Contents) -> dict[str, bytes]:
    names = {
        packed.act.id: f"{number:02}-{packed.act.act}-{packed.act.id[:8]}"
        for number, packed in enumerate(contents.acts, 1)
    }
    opening = contents.acts[0].act
    description = layout.Description(
        dossier=opening.dossier_id,
        procedure=opening.procedure,
        made_by=contents.made_by,
        made_at=contents.made_at.strftime(INSTANT),
        acts={act: f"{name}.pdf" for act, name in names.items()},
    )
    events = [packed.event for packed in contents.custody]
    files = {
        layout.DESCRIPTION: description.encode(),
        layout.READ_ME: layout.READ_ME_TEXT.encode(),
        layout.CASE: case_graph(contents.lists, events, contents.offices),
    }
    for packed in contents.acts:
        files[f"{layout.ACTS}{names[packed.act.id]}.pdf"] = packed.pdf
        files[f"{layout.PROOFS}{packed.act.id}.tlog-proof"] = packed.proof
    files |= {f"{layout.LISTS}{each.sha256}.json": each.encode() for each in contents.lists}
    for step in contents.custody:
        files[f"{layout.CUSTODY}{step.event.sha256}.json"] = step.event.encode()
        if step.proof is not None:
            files[f"{layout.PROOFS}{step.event.sha256}.tlog-proof"] = step.proof
    files |= {f"{layout.RECEIPTS}{name}": data for name, data in contents.receipts.items()}
    files |= {f"{layout.DIRECTORY}{name}": data for name, data in contents.directory.items()}
    return files | {layout.certificate_name(each.id): layout.certificates(each) for each in contents.offices.values()}


def _write(path: Path, data: bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return digest(data)


def _write_exhibits(
    lists: Iterable[ExhibitList], vault: Vault, folder: Path, progress: Callable[[int, int], None] | None
) -> dict[str, str]:
    lists = tuple(lists)
    total, done = sum(each.total_bytes for each in lists), 0
    digests: dict[str, str] = {}
    for exhibits in lists:
        name = exhibits.sha256
        for exhibit in exhibits.exhibits:
            path = layout.exhibit_path(name, exhibit.path)
            digests[path] = _copy(vault, exhibit.sha256, folder / path)
            done += exhibit.size
            if progress:
                progress(done, total)
    return digests


def _copy(vault: Vault, sha256: str, path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    found = hashlib.sha256()
    with path.open("xb") as stream:
        for block in vault.chunks(sha256):
            found.update(block)
            stream.write(block)
    if found.hexdigest() != sha256:
        raise UnfitPackageError(
            "The vault gives other bytes than were put in.", where=path.name, remedy="Check the disk."
        )
    return sha256


def _finish(contents: Contents, folder: Path, digests: Mapping[str, str], log: Callable[[str], bytes]) -> None:
    """Write what lies outside `data/`: the manifests and the proof that the manifest was logged."""
    manifest = bag.manifest(digests)
    total = sum((folder / path).stat().st_size for path in digests)
    dossier = contents.acts[0].act.dossier_id
    members = (
        ("Source-Organization", contents.offices[contents.made_by].name("en")),
        ("Bagging-Date", contents.made_at.date().isoformat()),
        ("External-Identifier", dossier),
        ("Payload-Oxum", f"{total}.{len(digests)}"),
        ("Bag-Software-Agent", "Comity"),
    )
    tags = {
        "bagit.txt": bag.BAGIT,
        "bag-info.txt": bag.bag_info(members),
        bag.MANIFEST: manifest,
        layout.PACKAGE_PROOF: log(digest(manifest)),
    }
    tag_digests = {name: _write(folder / name, data) for name, data in tags.items()}
    _write(folder / bag.TAG_MANIFEST, bag.manifest(tag_digests))


def _settle(folder: Path) -> None:
    """Have everything on disk before the folder gets its name, so that a package is never half there after a crash."""
    if hasattr(os, "sync"):
        os.sync()
    descriptor = os.open(folder.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
