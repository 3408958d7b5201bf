"""The tests of conditions: names and values that exist, and tests that no situation can meet."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import cast

from comity.errors import ComityError
from comity.law.book import book_of
from comity.law.facts import Facts
from comity.law.instrument import Instrument
from comity.law.question import Question, UnusableQuestionError, check_question
from comity.law.situation import BILATERAL_KINDS

Test = Mapping[str, object]
LOWER, UPPER = frozenset({"gte", "gt"}), frozenset({"lte", "lt"})
STATE_FACTS = frozenset({"from", "to"})


def test_problems(facts: Facts) -> Iterator[str]:
    """Yield what is wrong with tests."""
    for measure in facts.codes.measures:
        try:
            book_of(facts).candidates(measure)
        except ComityError as error:
            yield f"{measure}: {error.message}"
    for item in facts.instruments.values():
        told: set[str] = set()
        for place, test in tests_of(item):
            told.update(f"instruments {item.id} {place}: {problem}" for problem in _of_test(facts, item, test))
        yield from sorted(told)


def tests_of(item: Instrument) -> Iterator[tuple[str, Test]]:
    """Yield every test of an instrument, with the id of the rule it belongs to."""
    for measure in item.measures:
        found: list[tuple[str, object]] = [(measure.scope.rule.id, measure.scope.test)]
        found += [(part.rule.id, part.required) for part in measure.particulars]
        found += [(part.rule.id, part.test) for part in measure.grounds]
        for part in measure.conditions:
            found += [(part.rule.id, test) for test in (part.test, part.applies_if, part.stated_if)]
        yield from ((place, cast(Test, test)) for place, test in found if isinstance(test, Mapping))


def leaves(test: object) -> Iterator[Test]:
    """Yield the comparisons of a test."""
    if isinstance(test, Mapping):
        inside = cast(Test, test)
        if "fact" in inside and "op" in inside:
            yield inside
        for part in inside.values():
            yield from leaves(part)
    elif isinstance(test, list | tuple):
        for part in cast(Iterable[object], test):
            yield from leaves(part)


def _of_test(facts: Facts, item: Instrument, test: Test) -> Iterator[str]:
    for leaf in leaves(test):
        yield from _of_leaf(facts, item, leaf)
    for group in _alls(test):
        yield from _never(group)


def _of_leaf(facts: Facts, item: Instrument, leaf: Test) -> Iterator[str]:
    name, op, value = str(leaf["fact"]), leaf["op"], leaf.get("value")
    head, _, tail = name.partition(":")
    if head == "other.applies" and tail not in facts.instruments and tail not in BILATERAL_KINDS:
        yield f"{tail} does not exist"
    if head == "offence.on_list" and tail not in item.lists:
        yield f"it has no list {tail}"
    if op == "known" or isinstance(value, Mapping):
        return
    values = value if isinstance(value, list | tuple) else (value,)
    for each in values:
        if not _fits(facts, name, each):
            yield f"'{name}' can never be {each!r}"


def _fits(facts: Facts, name: str, value: object) -> bool:
    if name in STATE_FACTS:
        return value in facts.states
    if name == "measure":
        return value in facts.codes.measures
    if name == "offence":
        return value in facts.codes.offences
    if name == "date":
        return _is_day(value)
    return name not in facts.codes.circumstances or _can_be_stated(facts, name, value)


def _can_be_stated(facts: Facts, name: str, value: object) -> bool:
    """Ask as a question would be asked: whether the circumstance may have the value."""
    one, other, *_ = facts.states
    try:
        question = Question(one, other, facts.codes.measures[0], None, facts.as_of, {name: value})
        check_question(question, facts.codes, facts.states)
    except UnusableQuestionError:
        return False
    return True


def _is_day(value: object) -> bool:
    try:
        return date.fromisoformat(str(value)).isoformat() == value
    except ValueError:
        return False


def _alls(test: object) -> Iterator[list[Test]]:
    if isinstance(test, Mapping):
        inside = cast(Test, test)
        parts = inside.get("all")
        if isinstance(parts, list):
            yield [part for part in cast("list[Test]", parts) if "fact" in part]
        for part in inside.values():
            yield from _alls(part)
    elif isinstance(test, list):
        for part in cast("list[object]", test):
            yield from _alls(part)


def _never(group: list[Test]) -> Iterator[str]:
    """Comparisons that must all hold and exclude each other."""
    for first in group:
        for second in group:
            if first["fact"] == second["fact"] and _excludes(first, second):
                yield f"'{first['fact']}' cannot be {first['op']} {first['value']} and {second['op']} {second['value']}"


def _excludes(first: Test, second: Test) -> bool:
    a, b = first.get("value"), second.get("value")
    if first["op"] == second["op"] == "eq" and not isinstance(a, Mapping) and not isinstance(b, Mapping):
        return str(a) < str(b)  # said once for the pair
    if first["op"] in LOWER and second["op"] in UPPER:
        strict = first["op"] == "gt" or second["op"] == "lt"
        if isinstance(a, str) and isinstance(b, str):
            return a > b or (strict and a == b)
        if isinstance(a, int) and isinstance(b, int):
            return a > b or (strict and a == b)
    return False
