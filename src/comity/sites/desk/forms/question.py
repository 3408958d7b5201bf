"""The question: what may one state ask of another. It is asked by GET, so that an answer has an address and can be filed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.law.contradictions import contradictions
from comity.law.facts import Codes
from comity.law.question import Question, least
from comity.node import law
from comity.sites.desk import circumstances, reading, words
from comity.sites.desk.circumstances import Group
from comity.sites.desk.forms.base import FREELY, DeskForm, FieldShown, PlainSelect, choice, short

YES_NO = (("", ""), ("true", _("Yes")), ("false", _("No")))


FIRST = ("from", "to", "measure", "offence", "date")


@dataclass(frozen=True, slots=True)
class GroupShown:
    """Circumstances that belong together; `filled` where one of them is said or wrong."""

    title: str
    fields: tuple[FieldShown, ...]
    filled: bool


class QuestionForm(DeskForm):
    """The question and its circumstances; a circumstance that is left open stays unknown."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, object] | None = None, **kwargs: object) -> None:
        super().__init__(data, **kwargs)
        facts = law.lawbook().facts
        states = words.states()
        self.fields["from"] = choice(_("Requesting state"), states, required=True)
        self.fields["to"] = choice(_("Requested state"), states, required=True)
        self.fields["measure"] = choice(
            _("What do you need?"),
            [(code, words.word("measure", code)) for code in facts.codes.measures],
            required=True,
            wide=True,
        )
        offences = sorted(
            ((code, words.word("offence", code)) for code in facts.codes.offences), key=lambda each: each[1]
        )
        self.fields["offence"] = choice(_("Offence"), offences, wide=True)
        self.fields["offence"].help_text = _(
            "Leave it open if you do not know yet: what depends on it is then unknown."
        )
        self.fields["date"] = forms.DateField(
            label=_("Day for which the law is asked"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
        self._circumstances = facts.codes
        self._groups = circumstances.groups(facts.codes.circumstances)
        for group in self._groups:
            for key in group.keys:
                self.fields[key] = circumstance_field(key, facts.codes, states)

    def first_fields(self) -> Iterator[FieldShown]:
        """Yield what every question needs."""
        for name in FIRST:
            yield self._shown(name)

    def first_groups(self) -> Iterator[GroupShown]:
        """Yield the groups of circumstances that matter first for the measure; none while the measure is open."""
        measure = str(self["measure"].value() or "")
        return (self._group(group) for group in self._groups if measure in group.measures)

    def more_groups(self) -> Iterator[GroupShown]:
        """Yield the other groups."""
        measure = str(self["measure"].value() or "")
        return (self._group(group) for group in self._groups if measure not in group.measures)

    def clean(self) -> dict[str, object]:
        """Say of circumstances that exclude each other that they do, at each of them."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if not self.errors:
            stopping = (clash for clash in contradictions(law.lawbook().facts, self.question()) if clash.stops)
            for clash in stopping:
                for key in clash.keys:
                    self.add_error(key, clash.reason.say(reading.lawbook_language()))
        return cleaned

    def _group(self, group: Group) -> GroupShown:
        fields = tuple(self._shown(key) for key in group.keys)
        return GroupShown(str(group.title), fields, any(self[key].value() or self[key].errors for key in group.keys))

    def _shown(self, name: str) -> FieldShown:
        bound = self[name]
        return FieldShown(bound, asked="always" if bound.field.required else FREELY)

    def question(self) -> Question:
        """Return the question; only after `is_valid`."""
        cleaned = self.cleaned_data
        on: date = cleaned["date"]
        return Question(
            cleaned["from"], cleaned["to"], cleaned["measure"], cleaned["offence"] or None, on, self._said()
        )

    def _said(self) -> dict[str, object]:
        found = {}
        for key, rule in self._circumstances.circumstances.items():
            value = self.cleaned_data.get(key)
            if value not in (None, ""):
                found[key] = typed(str(rule["type"]), value)
        return found


def circumstance_field(key: str, codes: Codes, states: list[tuple[str, str]]) -> forms.Field:
    """Return the control for a circumstance; all are optional."""
    rule = codes.circumstances[key]
    label = circumstances.question(key)
    match rule["type"]:
        case "boolean":
            return forms.ChoiceField(label=label, choices=YES_NO, required=False, widget=short(PlainSelect))
        case "code":
            values = rule["values"]
            known = (
                [(str(value), circumstances.answer(value)) for value in values]
                if isinstance(values, list | tuple)
                else []
            )
            return choice(label, known)
        case "state":
            return choice(label, states)
        case "integer":
            return forms.IntegerField(label=label, min_value=least(rule), max_value=100_000, required=False)
        case "date":
            return forms.DateField(
                label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            )
    return forms.CharField(label=label, required=False, max_length=500)


def typed(kind: str, value: object) -> object:
    """Return what a control gives as the law takes it."""
    if kind == "boolean":
        return value == "true"
    return value.isoformat() if isinstance(value, date) else value
