"""Whether a value is what a field of its type may hold."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import cast

from comity.acts.form import Field
from comity.cooperation.periods import parse_duration

MAX_SHORT = 500


def fits(field: Field, value: object) -> bool:
    """Return whether the value has the type of the field; which codes there are is another question."""
    return TYPES[field.type](value)


def day_of(value: object) -> date | None:
    """Return the day that a value names (`2026-11-24`), or None."""
    if not isinstance(value, str) or len(value) != len("2026-11-24"):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def instant_of(value: object) -> datetime | None:
    """Return the instant that a value names, which must say its time zone; or None."""
    if not isinstance(value, str) or len(value) <= len("2026-11-24"):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else None


def words_of(value: object) -> tuple[str, str]:
    """Return the words and the language of a free text; the language is empty where nothing says it."""
    if isinstance(value, Mapping):
        return str(value.get("text", "")), str(value.get("language", ""))
    return (value, "") if isinstance(value, str) else ("", "")


def _is_text(value: object) -> bool:
    if isinstance(value, Mapping):
        return set(value) == {"text", "language"} and all(isinstance(part, str) for part in value.values())
    return isinstance(value, str)


def _is_line(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_SHORT


def _is_list(inner: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list | tuple) and all(inner(item) for item in value)


def _is_code(value: object) -> bool:
    return isinstance(value, str)


TYPES: Mapping[str, Callable[[object], bool]] = MappingProxyType(
    {
        "code": _is_code,
        "codes": _is_list(_is_code),
        "text": _is_text,
        "date": lambda value: day_of(value) is not None,
        "datetime": lambda value: instant_of(value) is not None,
        "state": lambda value: isinstance(value, str) and len(value) == 2 and value.isascii() and value.isupper(),
        "authority": _is_line,
        "person": _is_line,
        "identifier": _is_line,
        "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
        "duration": lambda value: isinstance(value, str) and parse_duration(value) is not None,
        "boolean": lambda value: isinstance(value, bool),
        "file": lambda value: _is_line(value) or _is_list(_is_line)(value),
        "table": _is_list(lambda row: isinstance(row, Mapping)),
    }
)


def rows_of(value: object) -> tuple[Mapping[str, object], ...]:
    """Return the rows of a table."""
    return tuple(cast("list[Mapping[str, object]]", value)) if TYPES["table"](value) else ()
