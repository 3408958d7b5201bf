"""What a member of a payload may look like: the shapes of `act.schema.json`, as functions that return the value or refuse it."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import cast

from comity.acts.characters import forbidden
from comity.errors import PeerError

MAX_TEXT = 20_000
MAX_LINE = 400
MAX_SIZE = 2**53 - 1
DIGEST = re.compile(r"[0-9a-f]{64}")
OFFICE_ID = re.compile(r"[a-z]{2}/[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
CODE = re.compile(r"[a-z0-9]+(?:[-_.:][a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
FIELD_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
INSTANT = "%Y-%m-%dT%H:%M:%SZ"


class MalformedActError(PeerError):
    """A payload is JSON but not an act."""

    code = "malformed-act"

    def __init__(self, message: str, *, where: str = "") -> None:
        super().__init__(
            message,
            remedy="The sender must make the act again; what its payload may hold is in act.schema.json.",
            where=where,
        )


@cache
def schema() -> Mapping[str, object]:
    """Return the published JSON Schema of an act's payload."""
    path = files("comity.acts").joinpath("act.schema.json")
    return cast(Mapping[str, object], json.loads(path.read_text(encoding="utf-8")))


def parse_instant(value: str) -> datetime:
    """Parse `2026-11-24T09:12:00Z`; no other form is accepted.

    Raises:
        ValueError: the text is not an instant in that form.
    """
    instant = datetime.strptime(value, INSTANT).replace(tzinfo=UTC)
    if instant.strftime(INSTANT) != value:
        raise ValueError(value)
    return instant


def instant(value: object, where: str) -> datetime:
    """Check an instant in UTC with whole seconds."""
    try:
        return parse_instant(cast(str, value))
    except (TypeError, ValueError) as error:
        raise MalformedActError("This is not an instant like 2026-11-24T09:12:00Z.", where=where) from error


def string(value: object, where: str, longest: int, shortest: int = 0) -> str:
    """Check text of one or more lines, in characters that paper can show."""
    if not isinstance(value, str) or not shortest <= len(value) <= longest:
        raise MalformedActError(f"This must be text of {shortest} to {longest} characters.", where=where)
    bad = forbidden(value)
    if bad:
        raise MalformedActError(f"The text holds U+{ord(bad):04X}, which paper cannot show.", where=where)
    return value


def line(value: object, where: str, shortest: int = 0) -> str:
    """Check text of one line."""
    text = string(value, where, MAX_LINE, shortest)
    if "\n" in text or "\t" in text:
        raise MalformedActError("This must be one line.", where=where)
    return text


def filled(value: object, where: str) -> str:
    """Check text of one line that is not empty."""
    return line(value, where, 1)


def match(pattern: re.Pattern[str], value: object, where: str) -> str:
    """Check a string against a pattern."""
    if not isinstance(value, str) or len(value) > 100 or not pattern.fullmatch(value):
        raise MalformedActError(f"This does not have the form {pattern.pattern}.", where=where)
    return value


def code(value: object, where: str) -> str:
    """Check a code of the lawbook."""
    return match(CODE, value, where)


def digest(value: object, where: str) -> str:
    """Check a SHA-256 in lower-case hexadecimal."""
    return match(DIGEST, value, where)


def array(value: object, where: str, longest: int) -> list[object]:
    """Check an array that is not empty."""
    if not isinstance(value, list) or not 1 <= len(value) <= longest:
        raise MalformedActError(f"This must be an array of 1 to {longest} members.", where=where)
    return value


def unique(value: tuple[str, ...], where: str) -> tuple[str, ...]:
    """Check that no member appears twice."""
    if len(set(value)) != len(value):
        raise MalformedActError("The same member appears twice.", where=where)
    return value


def members(value: object, where: str, required: str, optional: str = "") -> Mapping[str, object]:
    """Check an object's members by their names, separated by blanks."""
    needed, allowed = set(required.split()), set(required.split()) | set(optional.split())
    if not isinstance(value, dict) or not needed <= value.keys() <= allowed:
        raise MalformedActError(f"This must be an object with {required}.", where=where)
    return value


def size(value: object, where: str) -> int:
    """Check a whole number that every JSON reader keeps exact."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_SIZE:
        raise MalformedActError("This must be a whole number from 0 to 2^53 - 1.", where=where)
    return value


def json_value(value: object, where: str) -> None:
    """Check the strings and sizes inside a value whose shape the form decides."""
    if isinstance(value, str):
        string(value, where, MAX_TEXT)
    elif isinstance(value, list):
        if len(value) > 1000:
            raise MalformedActError("This array has more than 1000 members.", where=where)
        for member in value:
            json_value(member, where)
    elif isinstance(value, dict):
        for name, member in value.items():
            line(name, where, 1)
            json_value(member, where)
