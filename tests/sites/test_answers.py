"""What a form of the lawbook makes of answers, and answers of a form: nothing is lost on the way."""

import pytest
from tests.sites.conftest import posted

from comity.acts.form import Field, Form
from comity.node import law
from comity.sites.desk.forms.answers import AnswersForm

FORMS = law.wordbook().forms


def answers_of(form: Form) -> dict[str, object]:
    """Return the form's own examples as an act would hold them."""
    return {field.id: value for field in form.fields() if (value := example(field)) is not None}


def example(field: Field) -> object:
    """Return the example of a field in the shape in which acts hold answers."""
    if field.example is None:
        return None
    if field.type == "text":
        return {"text": str(field.example), "language": "en"}
    if field.type == "table" and isinstance(field.example, list):
        return [
            {column.id: value for column in field.columns if (value := cell(column, row)) is not None}
            for row in field.example
        ]
    if field.type == "datetime":
        return f"{str(field.example)[:16]}:00Z"
    return field.example if field.type in ("boolean", "codes", "number") else str(field.example)


def cell(column: Field, row: dict[str, object]) -> object:
    value = row.get(column.id)
    if value is None:
        return None
    if column.type == "text":
        return {"text": str(value), "language": "en"}
    if column.type == "datetime":
        return f"{str(value)[:16]}:00Z"
    return value if column.type in ("number", "codes", "boolean") else str(value)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_answers_survive_being_shown_and_sent_back(name: str) -> None:
    form, answers = FORMS[name], answers_of(FORMS[name])
    shown = AnswersForm(form, answers, "en")
    sent = AnswersForm(form, answers, "en", _querydict(posted(shown)))
    assert sent.is_valid(), sent.errors
    assert sent.answers() == answers


def test_what_cannot_be_read_leaves_what_was_saved() -> None:
    form = FORMS["budapest-29"]
    sent = AnswersForm(form, {"request_date": "2026-11-24"}, "en", _querydict({"f-request_date": "yesterday"}))
    assert not sent.is_valid()
    assert sent.answers()["request_date"] == "2026-11-24"
    assert "yesterday" in str(sent["request_date"])


def test_a_code_that_the_lawbook_no_longer_knows_is_kept() -> None:
    form = FORMS["budapest-29"]
    shown = AnswersForm(form, {"requested_state": "XA"}, "en")
    sent = AnswersForm(form, {"requested_state": "XA"}, "en", _querydict(posted(shown)))
    assert sent.is_valid(), sent.errors
    assert sent.answers()["requested_state"] == "XA"


def test_a_table_always_offers_one_row_more() -> None:
    shown = AnswersForm(FORMS["budapest-29"], {"identifiers": [{"identifier_value": "192.0.2.1"}]}, "en")
    assert str(shown["identifiers"]).count('role="group"') == 2


def _querydict(values: dict[str, object]) -> object:
    from django.http import QueryDict

    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, [str(each) for each in value] if isinstance(value, list) else [str(value)])
    return data
