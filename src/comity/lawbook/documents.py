"""Reads YAML strictly and fast: what a jurist writes means one thing, and a hostile file costs no more than its size.

Refused are keys that stand twice in a mapping, aliases and merged keys (so nothing can multiply), tags, nesting without end,
several documents in one file, whole numbers written in another way than with decimal digits. An unquoted day stays text as written.
"""

import re
from collections.abc import Callable, Mapping
from typing import cast

import yaml

from comity.law.facts import MalformedLawError

LARGEST = 8_000_000
DEEPEST = 60
CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\u202a-\\u202e\\u2066-\\u2069]")
"""What steers a terminal, or turns the direction in which a text is read."""
_TAG = "tag:yaml.org,2002:"
_TEXT = f"{_TAG}str"
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class RefusedDocumentError(MalformedLawError):
    """A YAML file holds something that could be read in two ways, or grows when it is read."""

    code = "refused-document"


class _Nodes(_Loader):  # type: ignore[misc]
    """Composes nodes; remembers what plain words resolve to, for the same codes come again and again.

    The composer descends in C, where a file that is nested without end would bring down the process: the depth is counted before.
    """

    _resolved: dict[str, str] = {}  # noqa: RUF012  shared on purpose: it depends on nothing but the word
    _depth = 0

    def descend_resolver(self, current_node: yaml.Node | None, current_index: object) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise yaml.YAMLError("it is nested too deep")

    def ascend_resolver(self) -> None:
        self._depth -= 1

    def resolve(self, kind: type, value: str, implicit: tuple[bool, bool]) -> str:
        """Return the tag of a node; what a plain text means is worked out once."""
        if kind is not yaml.ScalarNode:
            return str(super().resolve(kind, value, implicit))
        if not implicit[0]:
            return _TEXT
        found = self._resolved.get(value)
        if found is None:
            found = str(super().resolve(kind, value, implicit))
            if len(value) <= 40 and len(self._resolved) < 20_000:
                self._resolved[value] = found
        return found


def parse_document(data: bytes, where: str) -> dict[str, object]:
    """Return the mapping that a YAML file holds.

    Args:
        data: unverified bytes of the file.
        where: its name, for errors.

    Raises:
        MalformedLawError: it is no YAML or no mapping.
        RefusedDocumentError: it is larger or deeper than any law, or says something in a way that is refused here.
    """
    if len(data) > LARGEST:
        raise RefusedDocumentError(
            f"The file has {len(data)} bytes; more than {LARGEST} are not read.", where=where, remedy="Split the file."
        )
    refuse_controls(data, where)
    try:
        value = _Reader(where).value(_composed(data))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise MalformedLawError(f"The file cannot be read: {error}", where=where) from error
    if not isinstance(value, dict):
        raise MalformedLawError("The file holds no mapping.", where=where)
    return cast("dict[str, object]", value)


def refuse_controls(data: bytes, where: str) -> str:
    """Return the text of a file.

    Raises:
        RefusedDocumentError: it is not UTF-8, or holds characters that steer a terminal or let a text look like another one.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedDocumentError(
            f"Byte {error.start} is not UTF-8.", where=where, remedy="Save it as UTF-8."
        ) from error
    found = CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise RefusedDocumentError(
            f"At line {line} stands U+{ord(found[0]):04X}, which no text needs.", where=where, remedy="Leave it out."
        )
    return text


def _composed(data: bytes) -> yaml.Node | None:
    loader = _Nodes(data)
    try:
        return cast("yaml.Node | None", loader.get_single_node())
    finally:
        loader.dispose()


class _Reader:
    """Makes plain values of nodes and refuses what is ambiguous."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._seen: set[int] = set()

    def value(self, node: yaml.Node | None) -> object:
        """Return the plain value of a node.

        Raises:
            RefusedDocumentError: it has an alias, a key twice, or a value that can be read in two ways.
        """
        if node is None:
            return None
        if type(node) is yaml.ScalarNode:
            if node.style == '"' and CONTROL.search(node.value):
                raise self._refusal(node, "stands a control character, which no text needs", "Leave it out.")
            return node.value if node.tag == _TEXT else self._scalar(node)
        if id(node) in self._seen:
            raise self._refusal(node, "an alias repeats what stands elsewhere", "Write it out again.")
        self._seen.add(id(node))
        if type(node) is yaml.MappingNode and node.tag == f"{_TAG}map":
            return self._mapping(node)
        if type(node) is yaml.SequenceNode and node.tag == f"{_TAG}seq":
            return [self.value(part) for part in node.value]
        raise self._refusal(node, f"the tag '{node.tag}' has no place here", "Leave it out.")

    def _mapping(self, node: yaml.MappingNode) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = self.value(key_node)
            if not isinstance(key, str):
                raise self._refusal(key_node, f"the key is read as {key!r}, not as a word", "Write it in quotes.")
            if key in found:
                raise self._refusal(key_node, f"the key '{key}' stands twice", "Keep one of the two.")
            found[key] = self.value(value_node)
        return found

    def _scalar(self, node: yaml.ScalarNode) -> object:
        make = _SCALARS.get(node.tag)
        if make is None:
            raise self._refusal(node, f"the tag '{node.tag}' has no place here", "Leave it out.")
        try:
            return make(node.value)
        except ValueError as error:
            raise self._refusal(node, f"{node.value} can be read in two ways", "Write it in quotes.") from error

    def _refusal(self, node: yaml.Node, what: str, remedy: str) -> RefusedDocumentError:
        mark = node.start_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "somewhere"
        return RefusedDocumentError(f"At {place} {what}.", where=self._where, remedy=remedy)


def _whole(value: str) -> int:
    digits = value.removeprefix("-").removeprefix("+")
    if not digits.isdecimal() or len(digits) > 18 or (digits[0] == "0" and digits != "0"):
        raise ValueError(value)
    return int(value)


def _decimal(value: str) -> float:
    if "_" in value or ":" in value or not any(sign.isdecimal() for sign in value):
        raise ValueError(value)
    return float(value)


_SCALARS: Mapping[str, Callable[[str], object]] = {
    f"{_TAG}bool": lambda value: value.lower() in ("true", "yes", "on"),
    f"{_TAG}int": _whole,
    f"{_TAG}float": _decimal,
    f"{_TAG}null": lambda _: None,
    f"{_TAG}timestamp": str,
}
