"""Three-valued tests: what the instruments ask about a situation, compiled once to closures.

A test is `{all: [...]}`, `{any: [...]}`, `{not: ...}` or `{fact: NAME, op: OP, value: V}`; V may be `{fact: NAME}`. The answer is
True, False or None: unknown. A fact that is missing makes a test unknown unless another branch decides it, and that holds for
`known` as well: whether something is known must never decide in favour of a route. The names of what was missing gather in
`Situation.missing`; a branch that decides takes the names it gathered back out.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from comity.errors import LocalError

Truth = bool | None
Test = Callable[[Any], Truth]  # of a situation: anything that gathers names in `missing`
Getter = Callable[[Any], object]
LOOK_UP_FROM = 4


class MalformedTestError(LocalError):
    """A test in the lawbook has a shape or names a fact that nobody knows."""

    code = "malformed-test"


def compile_test(test: Mapping[str, object], getter: Callable[[str], Getter]) -> Test:
    """Compile a test.

    Args:
        test: as the instrument has it.
        getter: name of a fact -> function that reads it out of a situation; None there means missing, and notes what is missing.

    Raises:
        MalformedTestError: the test has another shape, or `getter` does not know a name.
    """
    match test:
        case {"all": list() | tuple() as inner}:
            return _all([compile_test(part, getter) for part in cast(Sequence[Mapping[str, object]], inner)])
        case {"any": list() | tuple() as inner}:
            return _any_of(cast(Sequence[Mapping[str, object]], inner), getter)
        case {"not": Mapping() as inner}:
            return _not(compile_test(inner, getter))
        case {"fact": str(name), "op": str(op), "value": value}:
            return _leaf(getter(name), op, value, getter)
    raise MalformedTestError(f"This is no test: {test!r}.", remedy="Use all, any, not, or fact with op and value.")


def _all(parts: Sequence[Test]) -> Test:
    def test(situation: Any) -> Truth:
        mark = len(situation.missing)
        answer: Truth = True
        for part in parts:
            truth = part(situation)
            if truth is False:
                del situation.missing[mark:]
                return False
            if truth is None:
                answer = None
        return answer

    return test


def _any(parts: Sequence[Test]) -> Test:
    def test(situation: Any) -> Truth:
        mark = len(situation.missing)
        answer: Truth = False
        for part in parts:
            truth = part(situation)
            if truth is True:
                del situation.missing[mark:]
                return True
            if truth is None:
                answer = None
        return answer

    return test


def _any_of(inner: Sequence[Mapping[str, object]], getter: Callable[[str], Getter]) -> Test:
    """Compile an `any`; where each branch begins by asking the same fact for another value, look the branch up instead."""
    general = _any([compile_test(part, getter) for part in inner])
    heads = [_head(part) for part in inner]
    names = {name for name, _, _ in heads}
    if len(inner) < LOOK_UP_FROM or len(names) != 1 or None in names:
        return general
    branches: dict[object, list[Test]] = {}
    for _, value, rest in heads:
        branches.setdefault(value, []).append(_all([compile_test(part, getter) for part in rest]))
    chosen = {value: _any(tests) for value, tests in branches.items()}
    get = getter(str(names.pop()))

    def test(situation: Any) -> Truth:
        mark = len(situation.missing)
        found = get(situation)
        if found is None:
            del situation.missing[mark:]
            return general(situation)
        branch = chosen.get(found)
        return False if branch is None else branch(situation)

    return test


def _head(part: Mapping[str, object]) -> tuple[str | None, object, Sequence[Mapping[str, object]]]:
    match part:
        case {"all": [{"fact": str(name), "op": "eq", "value": str(value)}, *rest]}:
            return name, value, cast(Sequence[Mapping[str, object]], rest)
    return None, None, ()


def _not(part: Test) -> Test:
    def test(situation: Any) -> Truth:
        truth = part(situation)
        return None if truth is None else not truth

    return test


def _leaf(get: Getter, op: str, value: object, getter: Callable[[str], Getter]) -> Test:
    if isinstance(value, Mapping):
        return _compare_facts(get, op, getter(str(value.get("fact"))))
    compare = _comparison(op, value)
    if op == "eq":
        return _equals(get, value)

    def test(situation: Any) -> Truth:
        found = get(situation)
        return None if found is None else compare(found)

    return test


def _equals(get: Getter, value: object) -> Test:
    def test(situation: Any) -> Truth:
        found = get(situation)
        return None if found is None else found == value

    return test


def _compare_facts(get: Getter, op: str, other: Getter) -> Test:
    if op not in {"eq", "ne"}:
        raise MalformedTestError(f"Two facts cannot be compared by '{op}'.", remedy="Use eq or ne.")

    def test(situation: Any) -> Truth:
        left, right = get(situation), other(situation)
        if left is None or right is None:
            return None
        return (left == right) is (op == "eq")

    return test


def _comparison(op: str, value: object) -> Callable[[object], bool]:
    number = cast("int", value)
    options = frozenset(value) if isinstance(value, list | tuple) else frozenset()
    comparisons: dict[str, Callable[[object], bool]] = {
        "eq": lambda found: found == value,
        "ne": lambda found: found != value,
        "in": lambda found: found in options,
        "gte": lambda found: cast("int", found) >= number,
        "gt": lambda found: cast("int", found) > number,
        "lte": lambda found: cast("int", found) <= number,
        "lt": lambda found: cast("int", found) < number,
        "known": lambda _: bool(value),
    }
    if op not in comparisons:
        raise MalformedTestError(f"'{op}' is no comparison.", remedy=f"Use one of {', '.join(comparisons)}.")
    return comparisons[op]
