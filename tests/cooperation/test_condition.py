import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.cooperation.condition import MalformedConditionError, evaluate, fields_named

ANSWERS = {
    "status": "new",
    "data": ["traffic"],
    "months": 60,
    "urgent": True,
    "on": "2026-09-01",
    "at": "2026-09-01T10:00:00Z",
    "text": {"text": " ", "language": "en"},
}


@pytest.mark.parametrize(
    ("field", "op", "value", "holds"),
    [
        ("status", "eq", "new", True),
        ("status", "ne", "new", False),
        ("urgent", "eq", True, True),
        ("data", "has", "traffic", True),
        ("data", "has", "content", False),
        ("months", "gte", 60, True),
        ("months", "lt", 60, False),
        ("months", "gt", 12, True),
        ("months", "lte", 12, False),
        ("on", "lt", "2026-09-02", True),
        ("at", "gt", "2026-09-01", True),
        ("nothing", "ne", "new", True),
        ("nothing", "eq", "new", False),
        ("nothing", "gte", 1, False),
        ("nothing", "known", False, True),
        ("status", "known", True, True),
        ("text", "known", True, False),
        ("status", "gte", 5, None),
        ("status", "has", "n", None),
        ("months", "eq", "60", None),
        ("urgent", "gt", 0, None),
        ("status", "lt", "tomorrow", None),
    ],
)  # fmt: skip
def test_one_field_is_compared(field: str, op: str, value: object, holds: bool | None) -> None:
    assert evaluate({"field": field, "op": op, "value": value}, ANSWERS) is holds


YES = {"field": "status", "op": "eq", "value": "new"}
NO = {"field": "status", "op": "ne", "value": "new"}
OPEN = {"field": "status", "op": "gt", "value": 1}


def test_unknown_stays_unknown_unless_the_rest_decides() -> None:
    assert evaluate({"all": [YES, OPEN]}, ANSWERS) is None
    assert evaluate({"all": [NO, OPEN]}, ANSWERS) is False
    assert evaluate({"any": [YES, OPEN]}, ANSWERS) is True
    assert evaluate({"any": [NO, OPEN]}, ANSWERS) is None
    assert evaluate({"not": OPEN}, ANSWERS) is None
    assert evaluate({"not": NO}, ANSWERS) is True


@pytest.mark.parametrize(
    "test", [{}, {"field": "a"}, {"field": "a", "op": "like", "value": 1}, {"all": "x"}, {"not": 3}]
)
def test_what_is_no_test_is_an_error_of_the_lawbook(test: dict[str, object]) -> None:
    with pytest.raises(MalformedConditionError):
        evaluate(test, {})


def test_the_fields_that_a_test_looks_at_are_named() -> None:
    assert list(fields_named({"any": [YES, {"not": {"field": "urgent", "op": "known", "value": True}}]})) == [
        "status",
        "urgent",
    ]


leaves = st.builds(
    lambda field, op, value: {"field": field, "op": op, "value": value},
    st.sampled_from(sorted(ANSWERS)),
    st.sampled_from(["eq", "ne", "has", "gte", "gt", "lte", "lt"]),
    st.one_of(st.integers(), st.text(max_size=5), st.booleans(), st.just("2026-09-01")),
)
tests = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda t: {"not": t}, inner),
        st.builds(lambda t: {"all": t}, st.lists(inner, max_size=3)),
        st.builds(lambda t: {"any": t}, st.lists(inner, max_size=3)),
    ),
    max_leaves=6,
)


@given(tests, tests)
def test_the_rules_of_de_morgan_hold_in_three_values(left: dict[str, object], right: dict[str, object]) -> None:
    both = evaluate({"not": {"all": [left, right]}}, ANSWERS)
    either = evaluate({"any": [{"not": left}, {"not": right}]}, ANSWERS)
    assert both is either
