"""An act in words: its data as a person reads it, and a draft's answers likewise."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from comity.acts.act import decode_act
from comity.acts.form import Field, Form
from comity.node import law
from comity.node.models import ActRecord
from comity.sites.desk import reading, words
from comity.sites.desk.forms.answers import choices
from comity.sites.desk.shown.cases import Row


def act_rows(record: ActRecord) -> tuple[Row, ...]:
    """Return what an act says, in the order of its form."""
    act = decode_act(bytes(record.payload))
    rows = [Row(_("Subject"), act.subject.text, act.subject.language), Row(_("Reference"), act.reference)]
    form = law.wordbook().forms.get(act.form or "")
    if form is not None:
        rows += answer_rows(form, act.fields)
    if act.refusal is not None:
        rows.append(Row(_("Ground"), f"{words.word('ground', act.refusal.ground)} {act.refusal.article}"))
        if act.refusal.explanation is not None:
            rows.append(Row(_("Explanation"), act.refusal.explanation.text, act.refusal.explanation.language))
    if act.note is not None:
        rows.append(Row(_("Note"), act.note.text, act.note.language))
    return tuple(row for row in rows if row.value)


def answer_rows(form: Form, answers: Mapping[str, object]) -> list[Row]:
    """Return the answers to a form as lines, without what is empty."""
    rows = [
        Row(words.said(field.label), said(field, answers.get(field.id)), _language(answers.get(field.id)))
        for field in form.fields()
    ]
    return [row for row in rows if row.value]


def said(field: Field, value: object) -> str:
    """Return an answer as a person reads it."""
    if value in (None, "", [], {}):
        return ""
    if field.type == "table" and isinstance(value, list):
        return "\n".join(_line(field, row) for row in value)
    if field.type in ("code", "codes", "state"):
        return _(", ").join(_label(field, each) for each in (value if isinstance(value, list) else [value]))
    return _plain(field, value)


def _plain(field: Field, value: object) -> str:
    match field.type:
        case "boolean":
            return _("Yes") if value else _("No")
        case "date":
            return reading.day(date.fromisoformat(str(value)))
        case "datetime":
            return reading.moment(datetime.fromisoformat(str(value)))
    return str(value.get("text", "")) if isinstance(value, Mapping) else str(value)


def _line(field: Field, row: Mapping[str, object]) -> str:
    return " · ".join(text for text in (said(column, row.get(column.id)) for column in field.columns) if text)


def _label(field: Field, value: object) -> str:
    return dict(choices(field)).get(str(value), str(value))


def _language(value: object) -> str:
    return str(value.get("language", "")) if isinstance(value, Mapping) else ""
