"""The answers to an official form: a lawbook form becomes a Django form, JSON values become typed text and back.

Nothing is demanded here: what is missing is the linter's business, so that half a draft can be saved. Only what cannot be read at
all (a date that is no date) is refused, at its field, with the typed text kept.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.acts.form import Field, Form, Section
from comity.sites.desk import words
from comity.sites.desk.forms.base import (
    ALWAYS,
    FREELY,
    SOMETIMES,
    DeskForm,
    FieldShown,
    Radios,
    RemarkShown,
    Ticks,
    short,
)
from comity.sites.desk.forms.table import TableField

FEW = 6
YES_NO = (("yes", _("Yes")), ("no", _("No")))
KINDS = {"offence": "offence", "measure": "measure", "ground": "ground"}
LOCAL = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A part of the form under one title."""

    id: str
    title: str
    article: str
    fields: tuple[FieldShown, ...]
    filled: int = 0
    folded: bool = False

    @property
    def count(self) -> int:
        """How many fields there are."""
        return len(self.fields)


class AnswersForm(DeskForm):
    """The fields of a lawbook form, filled with a draft's answers."""

    def __init__(self, form: Form, answers: Mapping[str, object], language: str, data: object = None) -> None:
        """Make it.

        Args:
            form: from the lawbook.
            answers: datum id -> JSON value, as the draft or the case holds them.
            language: in which the person writes; goes with every free text.
            data: the POST data, or None.
        """
        self.source, self.language, self.saved = form, language, answers
        initial = {field.id: to_typed(field, answers.get(field.id)) for field in form.fields()}
        super().__init__(data, prefix="f", initial=initial)
        for field in form.fields():
            self.fields[field.id] = control(field)
            _keep(self.fields[field.id], initial[field.id])

    def answers(self) -> dict[str, object]:
        """Return datum id -> JSON value of everything that was filled in; what cannot be read stays as it was saved."""
        found = {field.id: self._answer(field) for field in self.source.fields()}
        return {name: value for name, value in found.items() if value is not None}

    def _answer(self, field: Field) -> object:
        if field.id in self.errors:
            return self.saved.get(field.id)
        return from_typed(field, self.cleaned_data.get(field.id), self.language)

    def sections(self, remarks: tuple[RemarkShown, ...] = (), *, fold: bool = True) -> tuple[SectionShown, ...]:
        """Return the form as the page shows it, with the remarks at their fields; what wants no attention is folded."""
        found = (self._section(section, remarks) for section in self.source.sections)
        return tuple(found if fold else (replace(section, folded=False) for section in found))

    def _section(self, section: Section, remarks: tuple[RemarkShown, ...]) -> SectionShown:
        fields = tuple(
            FieldShown(
                self[field.id],
                "" if field.article == section.article else field.article,
                asked(field),
                tuple(remark for remark in remarks if remark.field == field.id),
            )
            for field in section.fields
        )
        filled = sum(one.bound.value() not in (None, "", []) for one in fields)
        return SectionShown(section.id, words.said(section.title), section.article, fields, filled, _settled(fields))


def _settled(fields: tuple[FieldShown, ...]) -> bool:
    """Return whether nothing in a section wants attention: what is always asked is there, and nobody remarked on anything."""
    missing = any(one.asked == ALWAYS and one.bound.value() in (None, "", []) for one in fields)
    return not missing and not any(one.bound.errors or one.remarks for one in fields)


def asked(field: Field) -> str:
    """Return whether the form asks for the field always, sometimes or freely."""
    return SOMETIMES if isinstance(field.required, Mapping) else ALWAYS if field.required == "always" else FREELY


def control(field: Field) -> forms.Field:
    """Return the control for a field of the lawbook."""
    made = CONTROLS.get(field.type, _line)(field)
    made.required = False
    made.label = words.said(field.label)
    made.help_text = words.said(field.help or {}) or (field.article if field.article else "")
    return made


def _keep(made: forms.Field, value: object) -> None:
    """Offer a chosen code that the lawbook does not know (any more): what stands in a draft is never lost by showing it."""
    if isinstance(made, TableField):
        for row in value if isinstance(value, list) else ():
            for column, cell in made.columns:
                _keep(cell, row.get(column))
    if isinstance(made, forms.ChoiceField):
        chosen = value if isinstance(value, list) else [value]
        offered = cast("list[tuple[str, str]]", list(cast("Iterable[object]", made.choices)))
        known = {str(code) for code, _label in offered}
        made.choices = [*offered, *((str(code), str(code)) for code in chosen if code and str(code) not in known)]


def to_typed(field: Field, value: object) -> object:
    """Return what stands in the control for a JSON value."""
    match field.type:
        case "text" if isinstance(value, Mapping):
            return value.get("text", "")
        case "boolean" if isinstance(value, bool):
            return "yes" if value else "no"
        case "datetime" if isinstance(value, str):
            return value[:16]
        case "table" if isinstance(value, list):
            return [{column.id: to_typed(column, row.get(column.id)) for column in field.columns} for row in value]
        case "codes" if isinstance(value, str):
            return [value]
    return value


def from_typed(field: Field, value: object, language: str) -> object:
    """Return the JSON value for what was typed; None when nothing was."""
    if value in (None, "", [], ()):
        return None
    if field.type == "text":
        return {"text": str(value), "language": language}
    if field.type == "table":
        return _rows(field, cast("list[dict[str, object]]", value), language) or None
    return _plain(field, value)


def _plain(field: Field, value: object) -> object:
    match field.type:
        case "boolean":
            return value == "yes"
        case "date":
            return cast(date, value).isoformat()
        case "datetime":
            return cast(datetime, value).replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value


def _rows(field: Field, rows: list[dict[str, object]], language: str) -> list[dict[str, object]]:
    filled = [{column.id: from_typed(column, row.get(column.id), language) for column in field.columns} for row in rows]
    kept = [{name: value for name, value in row.items() if value is not None} for row in filled]
    return [row for row in kept if row]


def choices(field: Field) -> list[tuple[str, str]]:
    """Return code and label of everything that may be chosen."""
    if field.type == "state":
        return words.states()
    if field.codes:
        return [(choice.code, words.said(choice.label)) for choice in field.codes]
    return [(code, words.word(field.codes_from, code)) for code in words.wordbook().codes(field.codes_from)]


def _line(field: Field) -> forms.Field:
    return forms.CharField(max_length=2000)


def _text(field: Field) -> forms.Field:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), max_length=100_000)


def _code(field: Field) -> forms.Field:
    known = choices(field)
    if 0 < len(known) <= FEW:
        return forms.ChoiceField(choices=known, widget=Radios())
    return forms.ChoiceField(choices=[("", ""), *known], widget=short(forms.Select))


def _codes(field: Field) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=choices(field), widget=Ticks() if len(choices(field)) <= 24 else forms.SelectMultiple()
    )


def _boolean(field: Field) -> forms.Field:
    return forms.ChoiceField(choices=YES_NO, widget=Radios())


def _date(field: Field) -> forms.Field:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _datetime(field: Field) -> forms.Field:
    return forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL), input_formats=[LOCAL, f"{LOCAL}:%S"]
    )


def _number(field: Field) -> forms.Field:
    return forms.IntegerField(min_value=0, max_value=2**53 - 1)


def _table(field: Field) -> forms.Field:
    return TableField([(column.id, control(column)) for column in field.columns])


CONTROLS: dict[str, Callable[[Field], forms.Field]] = {
    "text": _text,
    "code": _code,
    "codes": _codes,
    "state": _code,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "number": _number,
    "table": _table,
}
