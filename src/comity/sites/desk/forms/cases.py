"""The form of a case: what the office writes down once, so that every request begins with it."""

from collections.abc import Mapping
from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.acts.form import Form, Section
from comity.node.models import Case
from comity.sites.desk import words
from comity.sites.desk.forms.answers import AnswersForm
from comity.sites.desk.forms.base import DeskForm, short

SOURCE = "budapest-29"
FACTS = (
    "facts_summary", "identifiers", "range_start", "range_end", "data_description", "data_relation", "necessity",
    "service_provider", "provider_address", "contact_name", "contact_phone", "contact_email",
)  # fmt: skip


class CaseForm(DeskForm):
    """The office's own words about the case."""

    reference = forms.CharField(
        label=_("Our reference"),
        max_length=80,
        widget=short(),
        help_text=_("The number under which the office keeps the case."),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("One line. Becomes the subject of requests; you can change it there."),
    )
    offence = forms.ChoiceField(
        label=_("Offence"),
        required=False,
        help_text=_("Decides which routes are open. Choose the closest one; your own classification follows below."),
    )
    conduct_on = forms.DateField(
        label=_("Day of the conduct"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The first day, if it went on for longer."),
    )
    provisions = forms.CharField(
        label=_("Provisions of law"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Article numbers, as every request has to name them."),
    )
    max_penalty_months = forms.IntegerField(
        label=_("Maximum penalty in months"),
        required=False,
        min_value=0,
        max_value=9999,
        help_text=_("Imprisonment; 999 for life. Some routes need a minimum."),
    )
    summary = forms.CharField(
        label=_("Notes for colleagues"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stay in this office."),
    )

    def __init__(self, data: object = None, **kwargs: object) -> None:
        super().__init__(data, **kwargs)
        offences = [(code, words.word("offence", code)) for code in words.wordbook().codes("offence")]
        self.fields["offence"].choices = [("", ""), *sorted(offences, key=lambda each: each[1])]  # type: ignore[attr-defined]


def case_values(case: Case) -> dict[str, object]:
    """Return what a case's form starts with."""
    return {name: getattr(case, name) for name in CaseForm.base_fields}


def facts_form(facts: Mapping[str, object], language: str, data: object = None) -> AnswersForm:
    """Return the part of the form whose answers forms are prefilled from."""
    source = words.wordbook().forms[SOURCE]
    by_id = {field.id: field for field in source.fields()}
    fields = tuple(replace(by_id[name], required="no") for name in FACTS if name in by_id)
    section = Section("facts", {"en": "Facts for requests", "zh": "用于请求的事实"}, source.reference, fields)
    return AnswersForm(Form(SOURCE, source.title, source.reference, (section,)), facts, language, data)
