"""BagIt (RFC 8493): the layer of a package that anybody can check with `sha256sum -c manifest-sha256.txt`."""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from comity.court.tree import Folder, Tree, open_tree, read_small

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
CHUNK = 4 * 1024 * 1024
WORTH_A_PROCESS = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Defect:
    """Something about one file that keeps a package from being verified.

    Attributes:
        path: the file.
        reason: a code; `comity.court.verdict.words` has the sentence.
        detail: the words of the check that failed, in English, where there is no sentence for the code.
    """

    path: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Bag:
    """What was found of a bag.

    Attributes:
        digests: path -> SHA-256 as computed now, for every file.
        sizes: path -> size in bytes, for every file.
        defects: what is wrong; empty when the bag is complete and valid.
    """

    digests: Mapping[str, str]
    sizes: Mapping[str, int]
    defects: tuple[Defect, ...]


def encode_path(path: str) -> str:
    """Return the path as a manifest writes it: line ends and the percent sign encoded (RFC 8493, section 2.1.3)."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def decode_path(path: str) -> str:
    """Return the path that a manifest's line means."""
    return path.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def manifest(digests: Mapping[str, str]) -> bytes:
    """Return a manifest over the given files, sorted by path."""
    return "".join(f"{digests[path]}  {encode_path(path)}\n" for path in sorted(digests)).encode()


def parse_manifest(data: bytes) -> dict[str, str] | None:
    """Return path -> digest, or None when the bytes are not exactly a manifest as `manifest` writes it."""
    try:
        rows = [LINE.fullmatch(row) for row in data.decode().splitlines()]
    except UnicodeDecodeError:
        return None
    found = {decode_path(row[2]): row[1] for row in rows if row}
    return found if manifest(found) == data else None


def bag_info(members: Iterable[tuple[str, str]]) -> bytes:
    """Return bag-info.txt with the given labels and values."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in members).encode()


def check_bag(tree: Tree, progress: Callable[[int, int], None] | None = None) -> Bag:
    """Hash every file and hold the bag against its manifests.

    Args:
        tree: unverified files.
        progress: called with bytes done and bytes in all.
    """
    sizes = tree.sizes()
    digests = hash_files(tree, sizes, progress)
    listed = _listed(tree, sizes, MANIFEST)
    tags = _listed(tree, sizes, TAG_MANIFEST)
    defects = [
        Defect(name, "manifest-unreadable") for name, rows in ((MANIFEST, listed), (TAG_MANIFEST, tags)) if rows is None
    ]
    if sizes.get("bagit.txt", 0) != len(BAGIT) or read_small(tree, "bagit.txt") != BAGIT:
        defects.append(Defect("bagit.txt", "not-a-bag"))
    payload = {path for path in sizes if path.startswith("data/")}
    defects += _compare(listed or {}, digests, payload)
    wrong = _compare(tags or {}, digests, set(sizes) - payload - {TAG_MANIFEST})
    if wrong and tags is not None:  # nothing vouches for the list itself, so either side may be the changed one
        wrong.append(Defect(TAG_MANIFEST, "list-disagrees"))
    defects += wrong
    return Bag(digests, sizes, tuple(defects))


def hash_files(
    tree: Tree, sizes: Mapping[str, int], progress: Callable[[int, int], None] | None = None
) -> dict[str, str]:
    """Return the SHA-256 of every file; large trees are shared between all cores, the largest files first."""
    total = sum(sizes.values())
    done, found = 0, {}
    for path, digest in _hashed(tree, sizes, total):
        found[path] = digest
        done += sizes[path]
        if progress:
            progress(done, total)
    return found


def _hashed(tree: Tree, sizes: Mapping[str, int], total: int) -> Iterable[tuple[str, str]]:
    if total < WORTH_A_PROCESS or (os.cpu_count() or 1) == 1:
        yield from ((path, hash_file(tree, path)) for path in sizes)
        return
    batches = _batches(sizes)
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(batches))) as pool:
        for result in pool.map(_hash_batch, [tree.place] * len(batches), batches):
            yield from result


def _batches(sizes: Mapping[str, int]) -> list[list[str]]:
    """Cut the files into pieces of work of some 64 MiB, large ones first, so that no core waits long at the end."""
    batches: list[list[str]] = [[]]
    weight = 0
    for path in sorted(sizes, key=lambda path: (-sizes[path], path)):
        if batches[-1] and weight + sizes[path] > WORTH_A_PROCESS:
            batches.append([])
            weight = 0
        batches[-1].append(path)
        weight += sizes[path] + 16 * 1024
    return batches


def _hash_batch(place: Path, paths: list[str]) -> list[tuple[str, str]]:
    tree = open_tree(place)
    return [(path, hash_file(tree, path)) for path in paths]


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file on disk."""
    return hash_file(Folder(path.parent), path.name)


def hash_file(tree: Tree, path: str) -> str:
    """Return the SHA-256 of one file."""
    total = hashlib.sha256()
    with tree.open(path) as stream:
        while block := stream.read(CHUNK):
            total.update(block)
    return total.hexdigest()


def _listed(tree: Tree, sizes: Mapping[str, int], name: str) -> dict[str, str] | None:
    return parse_manifest(read_small(tree, name)) if name in sizes else None


def _compare(listed: Mapping[str, str], digests: Mapping[str, str], present: set[str]) -> list[Defect]:
    changed = [Defect(path, "changed") for path in sorted(present & set(listed)) if digests[path] != listed[path]]
    missing = [Defect(path, "missing") for path in sorted(set(listed) - present)]
    return changed + missing + [Defect(path, "not-listed") for path in sorted(present - set(listed))]
