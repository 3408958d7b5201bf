"""Circumstances as a command line gives them: `key=value`, any number of times."""

from collections.abc import Iterable

from comity.law.facts import Facts
from comity.law.question import UnusableCircumstanceError


def given_circumstances(facts: Facts, pairs: Iterable[str]) -> dict[str, object]:
    """Return circumstances with the types that `codes.yaml` gives them; what does not fit stays text, for the question to refuse.

    Raises:
        UnusableCircumstanceError: one lacks the `=`.
    """
    found: dict[str, object] = {}
    for pair in pairs:
        key, separator, value = pair.partition("=")
        if not separator:
            raise UnusableCircumstanceError(f"'{pair}' is no circumstance.", remedy="Write it as key=value.")
        found[key] = _value(facts, key, value)
    return found


def _value(facts: Facts, key: str, value: str) -> object:
    kind = facts.codes.circumstances.get(key, {}).get("type")
    if kind == "boolean" and value in {"true", "false"}:
        return value == "true"
    if kind == "integer" and value.isdigit():
        return int(value)
    return value.upper() if kind == "state" else value
