"""Why a directory is refused, and how python-tuf's words for it become ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from tuf.api.exceptions import (
    BadVersionNumberError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)

from comity.errors import PeerError
from comity.exchange.advice import AdvisedError


class DirectoryError(AdvisedError, PeerError):
    """The directory that was offered is not accepted; the one opened before stays in force."""

    code = "directory-refused"
    advice = "Keep the directory that was opened last, and ask its operator."


class IncompleteDirectoryError(DirectoryError):
    """A file that a signed file names is missing."""

    code = "directory-incomplete"


class UnsignedDirectoryError(DirectoryError):
    """A file lacks signatures: too few of them, or by keys that have no say in it."""

    code = "directory-unsigned"


class ExpiredDirectoryError(DirectoryError):
    """The files were valid until a time that has passed."""

    code = "directory-expired"


class RolledBackDirectoryError(DirectoryError):
    """The files have other versions than the signed files or an earlier opening demand."""

    code = "directory-rolled-back"


class DamagedDirectoryError(DirectoryError):
    """A file is not the one that was signed, or cannot be parsed."""

    code = "directory-damaged"


class DirectoryTooLargeError(DirectoryError):
    """A file is longer than it may be; a source could send without end."""

    code = "directory-too-large"


class MalformedDirectoryError(DirectoryError):
    """Signed rightly, but it is not a directory of states and their offices."""

    code = "directory-malformed"


@contextmanager
def translated() -> Iterator[None]:
    """Turn python-tuf's refusals into ours."""
    try:
        yield
    except UnsignedMetadataError as error:
        raise UnsignedDirectoryError(f"The directory is not signed as it must be: {error}") from error
    except ExpiredMetadataError as error:
        raise ExpiredDirectoryError(
            f"The directory has expired: {error}",
            remedy="Fetch it again; if it stays so, somebody withholds newer files.",
        ) from error
    except BadVersionNumberError as error:
        raise RolledBackDirectoryError(f"The directory is not the newest: {error}") from error
    except LengthOrHashMismatchError as error:
        raise DamagedDirectoryError(
            f"A file of the directory was changed: {error}", remedy="Fetch it again."
        ) from error
    except RepositoryError as error:
        raise DamagedDirectoryError(
            f"A file of the directory cannot be read: {error}", remedy="Fetch it again."
        ) from error
