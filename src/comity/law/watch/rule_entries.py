"""Entries of what pages ask beside the routes: warnings, jurisdiction, holders and identifiers, obligations, elements."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, cast

from comity.law.facts import Facts
from comity.law.obligation import Obligations
from comity.law.watch.entry import Entry, Key
from comity.law.words import Words


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    rules: Any
    source: str


def rule_entries(facts: Facts) -> Iterator[tuple[Key, Entry]]:
    """Yield each rule as an entry of its own; its key is the name of its list and its own name in it."""
    for part in (
        _Part("warning", facts.cautions, "warnings.yaml"),
        _Part("jurisdiction", facts.jurisdiction, "jurisdiction.yaml"),
        _Part("holder", facts.holders, "holders.yaml, identifiers.yaml"),
        _Part("element", facts.codes.elements, "offences/elements.yaml"),
    ):
        for each in fields(part.rules):
            for name, value in _items(getattr(part.rules, each.name), each.name):
                yield (part.kind, each.name, name), _entry(part, name, value)
    for obligations in facts.obligations.values():
        yield from _obligations(obligations)


def _items(value: object, whole: str) -> Iterator[tuple[str, object]]:
    """Take a list apart into its members by name; what is no list is one member with the name of the whole."""
    if isinstance(value, Mapping):
        yield from ((str(name), item) for name, item in cast(Mapping[object, object], value).items())
    elif isinstance(value, tuple | frozenset):
        yield from (_member(item) for item in cast(Iterable[object], value))
    else:
        yield whole, value


def _member(item: object) -> tuple[str, object]:
    if isinstance(item, Words):
        return item.en, item
    if isinstance(item, tuple):  # a block of addresses and its registry
        name, value = cast(tuple[object, object], item)
        return str(name), value
    name = getattr(item, "id", None) or " ".join(getattr(item, "keys", ())) or str(item)
    return str(name), item


def _entry(part: _Part, name: str, value: object) -> Entry:
    values = {each.name: getattr(value, each.name) for each in fields(value)} if _is_record(value) else {"value": value}  # type: ignore[arg-type]
    state = values.get("state")
    measures = values.get("measures")
    return Entry(
        kind=part.kind,
        name=_name(values, name),
        instrument="",
        states=frozenset({state}) if isinstance(state, str) and state else None,
        measures=measures if isinstance(measures, frozenset) and measures else None,
        values=values,
        source=str(values.get("source") or part.source),
        article=str(values.get("article") or ""),
    )


def _is_record(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, Words)


def _name(values: Mapping[str, object], name: str) -> Words:
    for field in ("name", "words", "title", "text"):
        said = values.get(field)
        if said and isinstance(said, Words):
            return said
        if said and isinstance(said, str):
            return Words(said, said)
    return Words(name, name)


def _obligations(obligations: Obligations) -> Iterator[tuple[Key, Entry]]:
    for item in obligations.items:
        values = {each.name: getattr(item, each.name) for each in fields(item)}
        key = ("obligation", obligations.instrument, item.article, item.kind, item.code)
        yield key, Entry("obligation", item.text, obligations.instrument, None, None, values, item.source, item.article)
