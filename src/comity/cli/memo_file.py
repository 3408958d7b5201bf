"""Writes a memo to the file that a command names."""

from pathlib import Path

from comity.errors import LocalError


class UnwritableMemoError(LocalError):
    """The file for a memo cannot be written."""

    code = "unwritable-memo"


def write_memo(target: Path, memo: bytes) -> None:
    """Write the PDF.

    Raises:
        UnwritableMemoError: the file cannot be written.
    """
    try:
        target.write_bytes(memo)
    except OSError as error:
        raise UnwritableMemoError(
            f"The memo cannot be written: {error.strerror}.",
            where=str(target),
            remedy="Name a file in a folder of yours.",
        ) from error
