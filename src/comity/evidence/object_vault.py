"""A vault in an object store (S3 and what speaks like it; also Google's and Azure's), by obstore.

    parts/ab/abcdef...      one part, at most 32 MiB; an exhibit of one part is just that
    exhibits/ab/abcdef...   for an exhibit of several parts: canonical JSON that names them

Parts are what is put, not whole exhibits, because the digest of an exhibit is known only when its last byte was read, and no store
can rename, or copy more than 5 GiB at once. A part is put with `If-None-Match: *`, so it is never overwritten.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import ObjectStore

from comity.acts.canonical import canonical, parse_canonical
from comity.evidence.exhibit import MAX_LIST_BYTES, Exhibit, MalformedListError, part_count
from comity.evidence.storage import (
    DamagedExhibitError,
    MissingExhibitError,
    StorageFailedError,
    checked_digest,
    missing,
)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Of which parts an exhibit in the store is made."""

    size: int
    part_size: int
    parts: tuple[str, ...]


class ObjectVault:
    """A vault in an object store (see `storage.Vault`)."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def has(self, sha256: str) -> bool:
        """See `storage.Vault`."""
        return self._length(_part(sha256)) is not None or self._length(_exhibit(sha256)) is not None

    def size(self, sha256: str) -> int:
        """See `storage.Vault`."""
        return self._layout(sha256).size

    def read(self, sha256: str, start: int = 0, length: int | None = None) -> bytes:
        """See `storage.Vault`."""
        layout = self._layout(sha256)
        end = layout.size if length is None else min(layout.size, start + length)
        return b"".join(self._range(layout, start, end))

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """See `storage.Vault`."""
        layout = self._layout(sha256)
        yield from self._range(layout, 0, layout.size)

    def incoming(self) -> "ObjectIncoming":
        """See `storage.Vault`."""
        return ObjectIncoming(self)

    def put_part(self, sha256: str, data: bytes | bytearray | memoryview) -> None:
        """Store a part under its digest, unless it is there."""
        self._put(_part(sha256), data)

    def put_layout(self, exhibit: Exhibit, part_size: int) -> None:
        """Say which parts make an exhibit; nothing has to be said of one that is a single part."""
        if exhibit.parts:
            layout = {"size": exhibit.size, "part_size": part_size, "parts": list(exhibit.parts)}
            self._put(_exhibit(exhibit.sha256), canonical(layout))

    def stage(self, exhibit: Exhibit, part_size: int, index: int, data: memoryview) -> None:
        """See `storage.Vault`."""
        self.put_part(exhibit.part_digests[index], bytes(data))  # the caller uses its memory again

    def staged(self, exhibit: Exhibit, part_size: int) -> frozenset[int]:
        """See `storage.Vault`."""
        here = {sha256 for sha256 in set(exhibit.part_digests) if self._length(_part(sha256)) is not None}
        return frozenset(index for index, sha256 in enumerate(exhibit.part_digests) if sha256 in here)

    def finish(self, exhibit: Exhibit, part_size: int) -> bool:
        """See `storage.Vault`."""
        if self.has(exhibit.sha256):
            return True
        if len(self.staged(exhibit, part_size)) < len(exhibit.part_digests):
            return False
        layout = _Layout(exhibit.size, part_size, exhibit.parts)
        if _sha256(self._range(layout, 0, exhibit.size)) != exhibit.sha256:
            raise MalformedListError(
                "All parts of an exhibit are as the list says, the whole is not.", where=exhibit.path
            )
        self.put_layout(exhibit, part_size)
        return True

    def verify(self, sha256: str) -> None:
        """See `storage.Vault`."""
        if _sha256(self.chunks(sha256)) != sha256:
            raise DamagedExhibitError("The exhibit in the vault no longer has its digest.", where=sha256)

    def _layout(self, sha256: str) -> _Layout:
        size = self._length(_part(sha256))
        if size is not None:
            return _Layout(size, max(1, size), (sha256,))
        with _typed_errors(sha256):
            data = bytes(obstore.get(self._store, _exhibit(sha256)).bytes())
        value: Any = parse_canonical(data, max_bytes=MAX_LIST_BYTES)
        layout = _Layout(value["size"], value["part_size"], tuple(map(checked_digest, value["parts"])))
        if len(layout.parts) != part_count(layout.size, layout.part_size):
            raise DamagedExhibitError("The store's note of an exhibit's parts is damaged.", where=sha256)
        return layout

    def _range(self, layout: _Layout, start: int, end: int) -> Iterator[bytes]:
        while start < end:
            index, offset = divmod(start, layout.part_size)
            length = min(layout.part_size - offset, end - start)
            sha256 = layout.parts[index]
            with _typed_errors(sha256):
                data = bytes(obstore.get_range(self._store, _part(sha256), start=offset, length=length))
            if len(data) != length:
                raise DamagedExhibitError("A part of an exhibit has the wrong length.", where=sha256)
            yield data
            start += length

    def _length(self, key: str) -> int | None:
        try:
            with _typed_errors(key.rpartition("/")[2]):
                return int(obstore.head(self._store, key)["size"])
        except MissingExhibitError:
            return None

    def _put(self, key: str, data: bytes | bytearray | memoryview) -> None:
        with _typed_errors(key):
            try:
                obstore.put(self._store, key, data, mode="create", use_multipart=False)
            except AlreadyExistsError:
                return


class ObjectIncoming:
    """An exhibit that goes to the store part by part (see `storage.Incoming`)."""

    def __init__(self, vault: ObjectVault) -> None:
        self._vault = vault
        self._part = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Parts of an exhibit that was not kept stay in the store: they are named by digest and used when it comes again."""

    def write(self, data: memoryview) -> None:
        """See `storage.Incoming`."""
        self._part += data

    def end_part(self, sha256: str) -> None:
        """See `storage.Incoming`."""
        self._vault.put_part(sha256, self._part)
        self._part = bytearray()

    def keep(self, exhibit: Exhibit, part_size: int) -> None:
        """See `storage.Incoming`."""
        self._vault.put_layout(exhibit, part_size)


def _part(sha256: str) -> str:
    return f"parts/{checked_digest(sha256)[:2]}/{sha256}"


def _exhibit(sha256: str) -> str:
    return f"exhibits/{checked_digest(sha256)[:2]}/{sha256}"


def _sha256(chunks: Iterator[bytes]) -> str:
    found = hashlib.sha256()
    for chunk in chunks:
        found.update(chunk)
    return found.hexdigest()


@contextmanager
def _typed_errors(where: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise missing(where) from error
    except AlreadyExistsError:
        raise
    except (BaseError, OSError) as error:
        raise StorageFailedError(
            "The object store cannot be read or written.",
            where=where,
            remedy="Check its address, its credentials, and whether it can be reached.",
        ) from error
