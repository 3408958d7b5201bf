"""Exhibits and the list that names them: canonical JSON, one entry an exhibit (decision 2).

The list's own SHA-256 is what an act names, so that a signature over the act covers every exhibit and every part of one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeGuard

from comity.acts.act import DIGEST, ExhibitListRef
from comity.acts.canonical import canonical, digest, parse_canonical
from comity.errors import LocalError, PeerError
from comity.evidence.paths import PathBook, check_path

SCHEMA = "comity-exhibits/1"
PART_SIZE = 32 * 1024 * 1024
MAX_PART_SIZE = 64 * 1024 * 1024
MAX_LIST_BYTES = 64 * 1024 * 1024
MAX_EXHIBITS = 200_000
MAX_TITLE = 500
MAX_SIZE = 2**53 - 1
_NOT_ONE_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ENTRY_BYTES = 128  # of an entry without its path and parts


class MalformedListError(PeerError):
    """Bytes are JSON but not a list of exhibits, or the list contradicts itself."""

    code = "malformed-exhibit-list"


class UnknownPathError(LocalError):
    """A path was asked for that the list does not hold."""

    code = "unknown-exhibit-path"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One item of digital evidence.

    Attributes:
        path: where it stood in its source, as `comity.evidence.paths` writes paths.
        size: in bytes.
        sha256: of all its bytes; this is its identity.
        parts: SHA-256 of each part, in order; empty when the exhibit is a single part, whose digest is `sha256`.
    """

    path: str
    size: int
    sha256: str
    parts: tuple[str, ...] = ()

    @property
    def part_digests(self) -> tuple[str, ...]:
        """The SHA-256 of each part, also when there is only one."""
        return self.parts or (self.sha256,)


@dataclass(frozen=True, slots=True)
class ExhibitList:
    """Exhibits, sorted by path.

    Attributes:
        title: one line for people: the case's reference, or what the source was.
        exhibits: sorted by path.
        part_size: size of every part but the last, in bytes.
        extra: members that this version does not know.
    """

    title: str
    exhibits: tuple[Exhibit, ...]
    part_size: int = PART_SIZE
    extra: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @property
    def total_bytes(self) -> int:
        """The sum of the exhibits' sizes."""
        return sum(exhibit.size for exhibit in self.exhibits)

    def encode(self) -> bytes:
        """Return the canonical JSON."""
        return canonical(
            {
                **self.extra,
                "schema": SCHEMA,
                "title": self.title,
                "part_size": self.part_size,
                "exhibits": [_to_value(exhibit) for exhibit in self.exhibits],
            }
        )

    @property
    def sha256(self) -> str:
        """What an act names the list by."""
        return digest(self.encode())

    def ref(self) -> ExhibitListRef:
        """Return what an act holds of the list."""
        return ExhibitListRef(sha256=self.sha256, count=len(self.exhibits), bytes=self.total_bytes)

    def select(self, paths: Iterable[str], *, title: str = "") -> "ExhibitList":
        """Return the list of some of the exhibits, for example of exactly what an order covers.

        Raises:
            UnknownPathError: a path is not in the list.
        """
        wanted = set(paths)
        chosen = tuple(exhibit for exhibit in self.exhibits if exhibit.path in wanted)
        if len(chosen) != len(wanted):
            missing = sorted(wanted - {exhibit.path for exhibit in chosen})
            raise UnknownPathError("The list holds no exhibit at this path.", where=ascii(missing[0]))
        return replace(self, title=title or self.title, exhibits=chosen)


def make_list(title: str, exhibits: Iterable[Exhibit], *, part_size: int = PART_SIZE) -> ExhibitList:
    """Return the list of these exhibits, sorted; their paths must differ. The title is made one line of at most 500 characters."""
    line = _NOT_ONE_LINE.sub(" ", title)[:MAX_TITLE]
    return ExhibitList(line, tuple(sorted(exhibits, key=lambda exhibit: exhibit.path)), part_size)


def list_fits(files: Sequence[tuple[str, int]], part_size: int) -> bool:
    """Whether a list of files with these paths and sizes keeps the limits that `decode_list` sets."""
    size = sum(_ENTRY_BYTES + len(path.encode()) + 67 * part_count(length, part_size) for path, length in files)
    return len(files) <= MAX_EXHIBITS and size + MAX_TITLE * 4 <= MAX_LIST_BYTES


def decode_list(data: bytes) -> ExhibitList:
    """Parse a list that a partner sent.

    Args:
        data: unverified bytes.

    Raises:
        NotCanonicalError: not canonical JSON, or too large.
        MalformedListError: not a list, or it contradicts itself.
        HostilePathError: a path would be misread somewhere or leave its folder.
    """
    value: Any = parse_canonical(data, max_bytes=MAX_LIST_BYTES, max_depth=8)
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise MalformedListError(f"The document is not a list of exhibits ({SCHEMA}).")
    title, part_size, entries = value.get("title"), value.get("part_size"), value.get("exhibits")
    if not isinstance(title, str) or len(title) > MAX_TITLE or _NOT_ONE_LINE.search(title):
        raise MalformedListError("The title of the list is not one line of text.", where="title")
    if not _is_count(part_size, 1, MAX_PART_SIZE):
        raise MalformedListError("The size of parts is out of range.", where="part_size")
    if not isinstance(entries, list) or len(entries) > MAX_EXHIBITS:
        raise MalformedListError(f"The list holds no exhibits, or more than {MAX_EXHIBITS}.", where="exhibits")
    exhibits = tuple(_from_value(entry, part_size) for entry in entries)
    _refuse_contradictions(exhibits)
    extra = {name: kept for name, kept in value.items() if name not in ("schema", "title", "part_size", "exhibits")}
    return ExhibitList(title, exhibits, part_size, MappingProxyType(extra))


def part_count(size: int, part_size: int) -> int:
    """Return into how many parts so many bytes fall; an empty exhibit is one empty part."""
    return max(1, -(-size // part_size))


def _to_value(exhibit: Exhibit) -> dict[str, object]:
    value: dict[str, object] = {"path": exhibit.path, "size": exhibit.size, "sha256": exhibit.sha256}
    if exhibit.parts:
        value["parts"] = list(exhibit.parts)
    return value


def _from_value(value: Any, part_size: int) -> Exhibit:
    if not isinstance(value, dict) or not {"path", "size", "sha256"} <= value.keys() <= {
        "path",
        "size",
        "sha256",
        "parts",
    }:
        raise MalformedListError("An entry of the list is not an exhibit.", where="exhibits")
    path, size, sha256, parts = value["path"], value["size"], value["sha256"], value.get("parts", [])
    if not isinstance(path, str):
        raise MalformedListError("The path of an exhibit is not text.", where="exhibits")
    check_path(path)
    if not _is_count(size, 0, MAX_SIZE):
        raise MalformedListError("The size of an exhibit is out of range.", where=path)
    if not isinstance(parts, list) or not all(_is_digest(each) for each in [sha256, *parts]):
        raise MalformedListError("A digest of an exhibit is not SHA-256 in lower-case hexadecimal.", where=path)
    if len(parts) != (0 if size <= part_size else part_count(size, part_size)) or ("parts" in value and not parts):
        raise MalformedListError("The number of parts does not fit the size.", where=path)
    return Exhibit(path, size, sha256, tuple(parts))


def _refuse_contradictions(exhibits: Sequence[Exhibit]) -> None:
    book = PathBook()
    by_digest: dict[str, Exhibit] = {}
    for before, exhibit in zip((None, *exhibits), exhibits, strict=False):
        if before is not None and before.path >= exhibit.path:
            raise MalformedListError("The list is not sorted by path, or holds a path twice.", where=exhibit.path)
        if not book.take(exhibit.path):
            raise MalformedListError("Some systems take two paths of the list for the same.", where=exhibit.path)
        twin = by_digest.setdefault(exhibit.sha256, exhibit)
        if (twin.size, twin.parts) != (exhibit.size, exhibit.parts):
            raise MalformedListError("Two exhibits with one digest differ in size or parts.", where=exhibit.path)
    if sum(exhibit.size for exhibit in exhibits) > MAX_SIZE:
        raise MalformedListError("The exhibits together are larger than any store.", where="exhibits")


def _is_count(value: object, least: int, most: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_digest(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and DIGEST.fullmatch(value) is not None
