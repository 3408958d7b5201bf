from datetime import date

import pytest

from comity.law.facts import Facts
from comity.law.question import (
    Question,
    UnknownMeasureError,
    UnknownOffenceError,
    UnknownStateError,
    UnusableCircumstanceError,
    UnusableDateError,
    UnusableQuestionError,
    parse_question,
)
from comity.law.routes import routes

ON = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("question", "error"),
    [
        (Question("XX", "DE", "preserve", None, ON), UnknownStateError),
        (Question("FR", "EU", "preserve", None, ON), UnknownStateError),
        (Question("FR", "FR", "preserve", None, ON), UnusableQuestionError),
        (Question("FR", "DE", "arrest", None, ON), UnknownMeasureError),
        (Question("FR", "DE", "preserve", "theft", ON), UnknownOffenceError),
        (Question("FR", "DE", "preserve", None, date(1815, 6, 18)), UnusableDateError),
        (Question("FR", "DE", "preserve", None, ON, {"emergency": "yes"}), UnusableCircumstanceError),
        (Question("FR", "DE", "preserve", None, ON, {"max_penalty_months_to": -1}), UnusableCircumstanceError),
        (Question("FR", "DE", "preserve", None, ON, {"offenders": 0}), UnusableCircumstanceError),
        (Question("FR", "DE", "preserve", None, ON, {"offenders": True}), UnusableCircumstanceError),
        (Question("FR", "DE", "preserve", None, ON, {"provider_state": "XX"}), UnusableCircumstanceError),
        (Question("FR", "DE", "preserve", None, ON, {"data_holder": "cloud"}), UnusableCircumstanceError),
        (Question("FR", "DE", "preserve", None, ON, {"arrest_date": "yesterday"}), UnusableCircumstanceError),
        (Question("FR", "DE", "preserve", None, ON, {"threat": ""}), UnusableCircumstanceError),
    ],
)
def test_what_cannot_be_asked_is_said_plainly(
    question: Question, error: type[UnusableQuestionError], facts: Facts
) -> None:
    with pytest.raises(error) as raised:
        routes(facts, question)
    assert raised.value.message


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"from": "FR", "to": "DE", "measure": "preserve"},
        {"from": "FR", "to": "DE", "measure": "preserve", "date": "24.11.2026"},
        {"from": "FR", "to": "DE", "measure": "preserve", "date": 20261124},
        {"from": "FR", "to": "DE", "measure": "preserve", "date": "2026-02-30"},
        {"from": 1, "to": "DE", "measure": "preserve", "date": "2026-11-24"},
        {"from": "FR", "to": "DE", "measure": "preserve", "date": "2026-11-24", "circumstances": []},
        {"from": "FR", "to": "DE", "measure": "preserve", "date": "2026-11-24", "circumstances": [1]},
        {"from": "FR", "to": "DE", "measure": "preserve", "date": "2026-11-24", "offence": 5},
    ],
)
def test_data_that_is_no_question_is_refused_or_asked_without_circumstances(value: dict[str, object]) -> None:
    if value.get("circumstances") == []:
        assert parse_question(value).circumstances == {}
        return
    with pytest.raises(UnusableQuestionError):
        parse_question(value)


def test_a_circumstance_that_nobody_knows_is_named_and_changes_nothing(facts: Facts) -> None:
    plain = routes(facts, Question("FR", "DE", "preserve", "illegal-access", ON))
    odd = routes(facts, Question("FR", "DE", "preserve", "illegal-access", ON, {"weather": "rain"}))
    assert odd.ignored == ("weather",)
    assert [warning.code for warning in odd.warnings] == ["unknown-circumstance", *(w.code for w in plain.warnings)]
    assert odd.routes == plain.routes


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("offenders", 0, "Give a whole number, 1 or more."),
        ("political", "maybe", "Give true or false."),
        ("provider_state", "Utopia", "Give the ISO 3166-1 code of a state, such as NL."),
        ("arrest_date", "soon", "Give a day, such as 2026-11-24."),
        (
            "issuing_authority",
            "king",
            "Give one of judge, court, investigating-judge, prosecutor, police, administrative.",
        ),
        ("threat", "", "Give words."),
    ],
)
def test_what_a_circumstance_wants_is_said_in_plain_words(facts: Facts, key: str, value: object, wanted: str) -> None:
    with pytest.raises(UnusableCircumstanceError) as refused:
        routes(facts, Question("FR", "DE", "preserve", None, ON, {key: value}))
    assert refused.value.remedy == wanted
