"""What the log's entries say: the kind of a thing and its SHA-256, in one line that a person can type.

An entry is `comity <kind> <digest>` and a newline. It reveals nothing about a case to whoever reads the log, and anybody who holds
the thing can make its entry again with `sha256sum`.
"""

import re
from dataclasses import dataclass

from comity.errors import LocalError
from comity.ledger.wire import MalformedError

KINDS = ("act", "custody", "envelope", "list", "package")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ENTRY = re.compile(rb"comity ([a-z]{1,16}) ([0-9a-f]{64})\n")


class UnloggableError(LocalError):
    """An entry was to be made of something that is no kind of thing or no digest."""

    code = "ledger-unloggable"


class MalformedEntryError(MalformedError):
    """An entry of a partner's log is not one that Comity writes."""

    code = "malformed-ledger-entry"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry says.

    Attributes:
        kind: `act` (canonical act.json), `custody` (custody event), `envelope` (as received), `list` (exhibit list),
            `package` (manifest of a court package).
        digest: SHA-256 of the thing, in lower-case hexadecimal.
    """

    kind: str
    digest: str


def entry(kind: str, digest: str) -> bytes:
    """Return the log's entry for a thing.

    Args:
        kind: one of KINDS.
        digest: SHA-256 of the thing, 64 lower-case hexadecimal digits.

    Raises:
        UnloggableError: the kind is unknown or the digest is none.
    """
    if kind not in KINDS:
        raise UnloggableError(
            f"'{kind}' is not a kind of thing that is logged.", remedy=f"Use one of {', '.join(KINDS)}."
        )
    if not _DIGEST.fullmatch(digest):
        raise UnloggableError("The digest is not a SHA-256 in lower-case hexadecimal.", remedy="Pass its 64 digits.")
    return f"comity {kind} {digest}\n".encode()


def parse_entry(data: bytes) -> Entry:
    """Parse an entry of a log.

    Args:
        data: unverified bytes.

    Raises:
        MalformedEntryError: it is not an entry of a kind that is known here.
    """
    found = _ENTRY.fullmatch(data)
    if not found or found[1].decode() not in KINDS:
        raise MalformedEntryError("The entry does not name a kind that is known here and a SHA-256.")
    return Entry(found[1].decode(), found[2].decode())
