"""Tests on the fields of a form, three-valued: true, false, or None when the answer cannot be compared.

A test is `{field: ID, op: eq|ne|has|gte|gt|lte|lt|known, value: V}` or `{all: [tests]}`, `{any: [tests]}`, `{not: test}`. In an
empty field `ne` is true and every other operator but `known` is false. What cannot be compared is unknown, and stays unknown.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import cast

from comity.errors import LocalError

ORDER: Mapping[str, Callable[[object, object], bool]] = MappingProxyType(
    {"gte": operator.ge, "gt": operator.gt, "lte": operator.le, "lt": operator.lt}  # type: ignore[dict-item]
)
DAY_LENGTH = len("2026-11-24")
OPERATORS = frozenset({"eq", "ne", "has", "known", *ORDER})


class MalformedConditionError(LocalError):
    """A test in the lawbook does not have the shape of a test."""

    code = "malformed-condition"


def is_empty(value: object) -> bool:
    """Return whether a field holds no answer: absent, blank, an empty list, or free text without words."""
    if isinstance(value, Mapping):
        return is_empty(value["text"]) if "text" in value else not value
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple) and not value)


def evaluate(test: Mapping[str, object], fields: Mapping[str, object]) -> bool | None:
    """Return whether the test holds for the answers, or None when that is unknown.

    Raises:
        MalformedConditionError: the test has another shape.
    """
    match test:
        case {"all": list() as tests}:
            return _all(evaluate(inner, fields) for inner in tests)
        case {"any": list() as tests}:
            return _not(_all(_not(evaluate(inner, fields)) for inner in tests))
        case {"not": Mapping() as inner}:
            return _not(evaluate(cast("Mapping[str, object]", inner), fields))
        case {"field": str() as name, "op": str() as op, "value": wanted} if op in OPERATORS:
            return _compare(fields.get(name), op, wanted)
    raise MalformedConditionError(f"This is no test on fields: {dict(test)}.")


def fields_named(test: Mapping[str, object]) -> Iterator[str]:
    """Yield the ids of all fields that a test looks at."""
    for key, value in test.items():
        if key == "field":
            yield str(value)
        elif key in ("all", "any", "not"):
            for inner in cast("list[Mapping[str, object]]", value if isinstance(value, list) else [value]):
                yield from fields_named(inner)


def _all(values: Iterator[bool | None]) -> bool | None:
    seen = list(values)
    if False in seen:
        return False
    return None if None in seen else True


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _compare(value: object, op: str, wanted: object) -> bool | None:
    empty = is_empty(value)
    if op == "known":
        return empty is not wanted
    if empty:
        return op == "ne"
    if op == "has":
        return wanted in value if isinstance(value, list | tuple) else None
    if op in ("eq", "ne"):
        return None if type(value) is not type(wanted) else (value == wanted) == (op == "eq")
    left, right = _comparable(value), _comparable(wanted)
    if left is None or right is None or type(left) is not type(right):
        return None
    return ORDER[op](left, right)


def _comparable(value: object) -> float | datetime | None:
    """Return a number or an instant; a date counts as its first moment, so that dates and instants compare."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(f"{value}T00:00:00+00:00" if len(value) == DAY_LENGTH else value)
    except ValueError:
        return None
    return found if found.tzinfo else None
