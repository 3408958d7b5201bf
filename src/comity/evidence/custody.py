"""Custody: who held the exhibits of a list, when, and what they did to them (decision 4).

An event is a small canonical JSON document that names the list and the event before it. Whoever holds the evidence enters the
event's digest into its own ledger; that signs it and fixes its time. The events of a dossier are a tree: it branches only at a
hand-over, because whoever hands over digital evidence may keep a copy of its own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from comity.acts.act import DIGEST, OFFICE_ID, Text, parse_instant
from comity.acts.canonical import canonical, digest, parse_canonical
from comity.acts.checks import INSTANT
from comity.errors import PeerError

SCHEMA = "comity-custody/1"
KINDS = ("acquired", "received", "handed-over", "packaged", "checked")
MAX_EVENT_BYTES = 64 * 1024
_REQUIRED = {"schema", "kind", "list", "office", "at", "tool"}
_OPTIONAL = {"previous", "dossier", "to", "note"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


class MalformedCustodyError(PeerError):
    """A document is JSON but not a custody event."""

    code = "malformed-custody-event"


@dataclass(frozen=True, slots=True)
class CustodyEvent:
    """One thing that happened to the exhibits of a list.

    Attributes:
        kind: acquired, received, handed-over, packaged or checked.
        list: SHA-256 of the exhibit list.
        office: id of the office that did it.
        at: when, UTC, whole seconds.
        tool: what it was done with, for example `comity 0.1.0`.
        previous: SHA-256 of the event before it; None at the beginning.
        dossier: id of the dossier it was done for, when it may be told.
        to: id of the office that a hand-over is for.
        note: words of the custodian.
        extra: members that this version does not know.
    """

    kind: str
    list: str
    office: str
    at: datetime
    tool: str
    previous: str | None = None
    dossier: str | None = None
    to: str | None = None
    note: Text | None = None
    extra: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def encode(self) -> bytes:
        """Return the canonical JSON."""
        optional: dict[str, object] = {
            "previous": self.previous,
            "dossier": self.dossier,
            "to": self.to,
            "note": self.note and {"text": self.note.text, "language": self.note.language},
        }
        return canonical(
            {
                **self.extra,
                "schema": SCHEMA,
                "kind": self.kind,
                "list": self.list,
                "office": self.office,
                "at": self.at.astimezone(UTC).strftime(INSTANT),
                "tool": self.tool,
                **{name: value for name, value in optional.items() if value},
            }
        )

    @property
    def sha256(self) -> str:
        """What the next event and the ledger name it by."""
        return digest(self.encode())


def decode_event(data: bytes) -> CustodyEvent:
    """Parse a custody event that a partner sent.

    Args:
        data: unverified bytes.

    Raises:
        NotCanonicalError: not canonical JSON, or too large.
        MalformedCustodyError: not a custody event.
    """
    value: Any = parse_canonical(data, max_bytes=MAX_EVENT_BYTES, max_depth=8)
    if not isinstance(value, dict) or value.get("schema") != SCHEMA or not value.keys() >= _REQUIRED:
        raise MalformedCustodyError(f"The document is not a custody event ({SCHEMA}).")
    for name, is_right in _MEMBERS.items():
        if name in value and not is_right(value[name]):
            raise MalformedCustodyError("A member of the custody event has a wrong value.", where=name)
    if (value["kind"] == "handed-over") != ("to" in value):
        raise MalformedCustodyError("A hand-over, and nothing else, says to whom.", where="to")
    return _from_value(value)


def _from_value(value: dict[str, Any]) -> CustodyEvent:
    try:
        at = parse_instant(value["at"])
    except ValueError as error:
        raise MalformedCustodyError("The time of the custody event is not an instant in UTC.", where="at") from error
    note = value.get("note")
    return CustodyEvent(
        kind=value["kind"],
        list=value["list"],
        office=value["office"],
        at=at,
        tool=value["tool"],
        previous=value.get("previous"),
        dossier=value.get("dossier"),
        to=value.get("to"),
        note=Text(note["text"], note["language"]) if note else None,
        extra=MappingProxyType({name: kept for name, kept in value.items() if name not in _REQUIRED | _OPTIONAL}),
    )


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and DIGEST.fullmatch(value) is not None


def _is_office(value: object) -> bool:
    return isinstance(value, str) and OFFICE_ID.fullmatch(value) is not None


def _is_note(value: object) -> bool:
    if not isinstance(value, dict) or value.keys() != {"text", "language"}:
        return False
    text, language = value["text"], value["language"]
    return isinstance(text, str) and bool(text) and isinstance(language, str) and bool(_LANGUAGE.fullmatch(language))


_MEMBERS = {
    "kind": lambda value: value in KINDS,
    "list": _is_digest,
    "office": _is_office,
    "at": lambda value: isinstance(value, str),
    "tool": lambda value: isinstance(value, str) and len(value) <= 200,
    "previous": _is_digest,
    "dossier": _is_digest,
    "to": _is_office,
    "note": _is_note,
}
