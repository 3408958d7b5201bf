"""What a vault can do, and the ways in which it fails. `folder_vault` and `object_vault` are the two that there are."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Protocol, Self

from comity.acts.act import DIGEST
from comity.acts.canonical import digest
from comity.errors import LocalError
from comity.evidence.exhibit import Exhibit

CHUNK = 4 * 1024 * 1024


class StorageFullError(LocalError):
    """The disk, the quota or the largest size of a file is reached."""

    code = "storage-full"


class StorageFailedError(LocalError):
    """The store cannot be read or written."""

    code = "storage-failed"


class MissingExhibitError(LocalError):
    """The vault does not hold what was asked for."""

    code = "missing-exhibit"


class DamagedExhibitError(LocalError):
    """What the vault holds no longer has the digest it is stored under."""

    code = "damaged-exhibit"


class Incoming(Protocol):
    """An exhibit on its way into a vault. Leaving the `with` block without `keep` leaves nothing behind."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def write(self, data: memoryview) -> None:
        """Take the next bytes."""

    def end_part(self, sha256: str) -> None:
        """Say that a part ends here, with this digest."""

    def keep(self, exhibit: Exhibit, part_size: int) -> None:
        """Store what was written, durably and atomically, under the exhibit's digest. Doing so twice does no harm."""


class Vault(Protocol):
    """Exhibits by digest. What is in a vault never changes; every write is atomic and can be repeated."""

    def has(self, sha256: str) -> bool:
        """Whether the exhibit is here, complete."""

    def size(self, sha256: str) -> int:
        """Return the exhibit's size in bytes; raises MissingExhibitError."""

    def read(self, sha256: str, start: int = 0, length: int | None = None) -> bytes:
        """Return a range of the exhibit (all of it by default); raises MissingExhibitError."""

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """Yield the exhibit from its beginning in chunks of a few megabytes; raises MissingExhibitError."""

    def incoming(self) -> Incoming:
        """Return a place to write the next exhibit to."""

    def stage(self, exhibit: Exhibit, part_size: int, index: int, data: memoryview) -> None:
        """Keep one part, whose digest the caller has verified, until `finish`."""

    def staged(self, exhibit: Exhibit, part_size: int) -> frozenset[int]:
        """Return which parts are here."""

    def finish(self, exhibit: Exhibit, part_size: int) -> bool:
        """Store the exhibit out of its staged parts, with its whole digest verified.

        Returns:
            True when the vault holds it now; False when parts are missing (also those found damaged and dropped).

        Raises:
            MalformedListError: all parts have their digests, but the whole has another than the list says.
        """

    def verify(self, sha256: str) -> None:
        """Read the exhibit and compare; raises MissingExhibitError or DamagedExhibitError."""


def checked_digest(sha256: str) -> str:
    """Return the digest when it is one, so that no other text becomes part of a file name."""
    if not DIGEST.fullmatch(sha256):
        raise MissingExhibitError("This is not a SHA-256 digest.", where=ascii(sha256[:80]))
    return sha256


def missing(sha256: str) -> MissingExhibitError:
    """Return the error for an exhibit that is not there."""
    return MissingExhibitError(
        "The vault does not hold this exhibit.",
        where=sha256,
        remedy="Acquire it again, or ask the sender to send it again.",
    )


def layout_name(exhibit: Exhibit, part_size: int) -> str:
    """Return a name for the staged parts of an exhibit, so that another list's idea of its parts cannot spoil them."""
    layout = " ".join((str(part_size), str(exhibit.size), *exhibit.part_digests))
    return f"{checked_digest(exhibit.sha256)}-{digest(layout.encode())[:16]}"


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def typed_errors(where: str) -> Iterator[None]:
    """Turn the system's errors into those of a vault."""
    try:
        yield
    except FileNotFoundError as error:
        if not DIGEST.fullmatch(where):
            raise StorageFailedError(f"The store has gone: {error.strerror}.", where=where) from error
        raise missing(where) from error
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFullError(
                "There is no room left for the evidence.",
                where=where,
                remedy="Free some space, then run the same again.",
            ) from error
        raise StorageFailedError(
            f"The evidence cannot be stored or read: {error.strerror or error}.",
            where=where,
            remedy="Check the disk and its permissions.",
        ) from error
