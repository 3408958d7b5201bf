"""The watch sees every fact: whatever value of the facts is another one in the next edition is told as a change."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

import pytest

from comity.law.facts import Facts
from comity.law.watch import changes
from comity.law.words import Words
from comity.lawbook import open_lawbook

NO_CHANGE_OF_THE_LAW = {"as_of", "reservations_as_of", "terms"}
"""Words for codes are told beside the changes of the law, with the other words, procedures and forms."""
MEMBERS = [each.name for each in fields(Facts) if each.init and each.name not in NO_CHANGE_OF_THE_LAW]
UNTOUCHED = {"id"}
"""A name is part of the key, and whoever renames a thing removes one and adds another."""


def fullest(values: list[Any]) -> Any:
    return max(values, key=lambda value: len(repr(value)))


def one_of_each(value: Any) -> Any:
    """Leave of each list the member that says most: the entries of few facts are quickly made."""
    if isinstance(value, Words) or not value:
        return value
    if is_dataclass(value):
        kept = {each.name: one_of_each(getattr(value, each.name)) for each in fields(value) if each.init}
        return replace(value, **kept)  # type: ignore[type-var]
    if isinstance(value, Mapping):
        name = max(value, key=lambda key: len(repr(value[key])))
        return {name: one_of_each(value[name])}
    if isinstance(value, tuple) and is_dataclass(value[0]):
        return (one_of_each(fullest(list(value))),)
    return value


@lru_cache
def few() -> Facts:
    facts: Facts = one_of_each(open_lawbook().facts)
    return facts


def others(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield the value with one thing in it changed, and where."""
    if isinstance(value, Words):
        yield f"{path}.zh", Words(value.en, value.zh + "改")
    elif is_dataclass(value):
        yield from others_of_record(value, path)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield f"{path} without {name}", {key: other for key, other in value.items() if key != name}
            yield from ((where, {**value, name: other}) for where, other in others(item, f"{path}[{name}]"))
    elif isinstance(value, tuple) and value:
        if all(type(item) is type(value[0]) for item in value):
            yield f"{path} without the last", value[:-1]
        yield from ((where, (*value[:-1], other)) for where, other in others(value[-1], f"{path}[-1]"))
    elif isinstance(value, frozenset) and value:
        yield f"{path} without one", value - {min(value, key=repr)}
    else:
        yield from ((path, other) for other in plain(value))


def others_of_record(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    for each in fields(value):
        if each.init and each.name not in UNTOUCHED:
            for where, other in others(getattr(value, each.name), f"{path}.{each.name}"):
                yield where, replace(value, **{each.name: other})


def plain(value: object) -> Iterator[object]:
    match value:
        case bool():
            yield not value
        case int():
            yield value + 1
        case str():
            yield f"{value}-other"
        case date():
            yield value + timedelta(days=1)
        case IPv4Network() | IPv6Network():
            yield ip_network("192.0.2.0/24")


def test_the_few_facts_have_something_of_everything() -> None:
    assert [name for name in MEMBERS if not getattr(few(), name)] == []


@pytest.mark.parametrize("member", MEMBERS)
def test_every_value_that_differs_is_told_in_words(member: str) -> None:
    value = getattr(few(), member)
    silent = []
    for where, other in others(value, member):
        found = changes(few(), replace(few(), **{member: other}))
        if not found or not all(change.words.en and change.words.zh for change in found):
            silent.append(where)
    assert silent == []


def test_an_edition_of_which_only_the_days_differ_is_the_same_law() -> None:
    later = replace(few(), as_of=few().as_of + timedelta(days=1), reservations_as_of="2030-01-01")
    assert changes(few(), later) == ()


def test_a_record_within_a_record_is_told_by_its_parts() -> None:
    treaty = open_lawbook().facts.instruments["budapest"]
    measure = next(each for each in treaty.measures if each.id == "preserve")
    other = replace(measure, dual_criminality=replace(measure.dual_criminality, rule="required"))
    facts = replace(few(), instruments={"budapest": replace(treaty, measures=(measure,))})
    new = replace(few(), instruments={"budapest": replace(treaty, measures=(other,))})
    (change,) = changes(facts, new)
    assert "rule: required" in change.differences[0].new.en
    assert "DualCriminality(" not in change.words.en
