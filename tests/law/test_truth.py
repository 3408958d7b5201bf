"""Three-valued tests, compiled, against a slow reading of the same tests."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.law.situation import Situation
from comity.law.truth import Getter, MalformedTestError, Truth, compile_test

NAMES = ("a", "b", "c")


class Known:
    """Stands for a situation: values by name."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values
        self.missing: list[str] = []


def getter(name: str) -> Getter:
    if name not in NAMES:
        raise MalformedTestError(name)

    def get(situation: Any) -> object:
        value = situation.values.get(name)
        if value is None:
            situation.missing.append(name)
        return value

    return get


def slow(test: Mapping[str, Any], values: Mapping[str, object]) -> Truth:
    match test:
        case {"all": inner}:
            parts = [slow(part, values) for part in inner]
            return False if False in parts else None if None in parts else True
        case {"any": inner}:
            parts = [slow(part, values) for part in inner]
            return True if True in parts else None if None in parts else False
        case {"not": inner}:
            part = slow(inner, values)
            return None if part is None else not part
    found, wanted = values.get(test["fact"]), test["value"]
    return None if found is None else compared(test["op"], found, wanted)


def compared(op: str, found: object, wanted: object) -> bool:
    ops = {"eq": found == wanted, "ne": found != wanted, "known": True}
    if op in ops:
        return bool(ops[op]) and (op != "known" or bool(wanted))
    if op == "in":
        return found in cast(Sequence[object], wanted)
    number, limit = cast(int, found), cast(int, wanted)
    return {"gte": number >= limit, "gt": number > limit, "lte": number <= limit, "lt": number < limit}[op]


leaf = st.one_of(
    st.fixed_dictionaries(
        {
            "fact": st.sampled_from(NAMES),
            "op": st.sampled_from(["eq", "ne", "gte", "gt", "lte", "lt"]),
            "value": st.integers(0, 3),
        }
    ),
    st.fixed_dictionaries({"fact": st.sampled_from(NAMES), "op": st.just("in"), "value": st.lists(st.integers(0, 3))}),
    st.fixed_dictionaries({"fact": st.sampled_from(NAMES), "op": st.just("known"), "value": st.booleans()}),
)
tests = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, max_size=4)}),
        st.fixed_dictionaries({"any": st.lists(inner, max_size=4)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=12,
)
values = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3))


@settings(max_examples=200)
@given(tests, values)
def test_a_compiled_test_says_what_the_slow_reading_says(test: dict[str, Any], known: dict[str, object]) -> None:
    situation = Known(known)
    assert compile_test(test, getter)(cast(Situation, situation)) == slow(test, known)


@settings(max_examples=200)
@given(tests, values)
def test_what_is_decided_misses_nothing_and_what_is_not_misses_something(
    test: dict[str, Any], known: dict[str, object]
) -> None:
    situation = Known(known)
    truth = compile_test(test, getter)(cast(Situation, situation))
    assert bool(situation.missing) is (truth is None)
    assert set(situation.missing) <= set(NAMES) - set(known)


@settings(max_examples=200)
@given(tests, values, st.sampled_from(NAMES))
def test_forgetting_a_fact_never_turns_an_answer_round(
    test: dict[str, Any], known: dict[str, object], name: str
) -> None:
    compiled = compile_test(test, getter)
    before = compiled(cast(Situation, Known(known)))
    after = compiled(cast(Situation, Known({key: value for key, value in known.items() if key != name})))
    assert after in {before, None}


def branches(length: int) -> dict[str, Any]:
    return {
        "any": [
            {"all": [{"fact": "a", "op": "eq", "value": str(n)}, {"fact": "b", "op": "eq", "value": n}]}
            for n in range(length)
        ]
    }


@pytest.mark.parametrize("a", [None, "0", "3", "9"])
@pytest.mark.parametrize("b", [None, 0, 3])
def test_a_branch_that_is_looked_up_says_what_all_branches_say(a: str | None, b: int | None) -> None:
    known = {key: value for key, value in {"a": a, "b": b}.items() if value is not None}
    test = branches(6)
    assert compile_test(test, getter)(cast(Situation, Known(known))) == slow(test, known)


@pytest.mark.parametrize(
    "test",
    [{}, {"all": {}}, {"fact": "a"}, {"fact": "z", "op": "eq", "value": 1}, {"fact": "a", "op": "like", "value": 1},
     {"fact": "a", "op": "gt", "value": {"fact": "b"}}],
)  # fmt: skip
def test_what_is_no_test_is_refused_when_it_is_compiled(test: dict[str, Any]) -> None:
    with pytest.raises(MalformedTestError):
        compile_test(test, getter)


def test_two_facts_are_compared_and_a_missing_one_leaves_it_unknown() -> None:
    test = compile_test({"fact": "a", "op": "eq", "value": {"fact": "b"}}, getter)
    assert test(cast(Situation, Known({"a": 1, "b": 1}))) is True
    assert test(cast(Situation, Known({"a": 1, "b": 2}))) is False
    assert test(cast(Situation, Known({"a": 1}))) is None
