"""The questions about law side by side: an offence in several states, a law against an instrument, an accession."""

from collections.abc import Iterator, Mapping
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from comity.law.offences.compare import Comparison
from comity.law.question import Conduct
from comity.node import law
from comity.node.usecases.find_accession import MOST_MEASURES
from comity.sites.desk import reading, words
from comity.sites.desk.forms.base import DeskForm, Radios, Ticks, choice, short

MOST_STATES = 6
STATE_FIELDS = tuple(f"state{number}" for number in range(1, MOST_STATES + 1))
SIDES = (("requesting", _("The state asks")), ("requested", _("The state is asked")))


class CompareForm(DeskForm):
    """An offence and two to six states. An address names the states together: `states=DE,FR`."""

    use_required_attribute = False

    def __init__(self, data: QueryDict | None = None, **kwargs: object) -> None:
        super().__init__(_apart(data) if data is not None else None, **kwargs)
        states = words.states()
        self.fields["offence"] = choice(_("Offence"), _offences(), required=True, wide=True)
        for number, name in enumerate(STATE_FIELDS, 1):
            label = _("State %(number)d") % {"number": number}
            self.fields[name] = choice(label, states, required=number <= 2)

    def clean(self) -> dict[str, object]:
        """Say of a single state that there is nothing to compare it with."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if not self.errors and len(self.states()) < 2:
            self.add_error("state2", _("Name two different states."))
        return cleaned

    def states(self) -> tuple[str, ...]:
        """Return the states that were named, each once; only after `is_valid`."""
        named = (str(self.cleaned_data.get(name) or "") for name in STATE_FIELDS)
        return tuple(dict.fromkeys(state for state in named if state))


class ConductForm(DeskForm):
    """What was done, chosen from the elements that the compared provisions use."""

    def __init__(self, comparison: Comparison, data: QueryDict | None = None, **kwargs: object) -> None:
        super().__init__(data, **kwargs)
        parts = {part: [line.element for line in comparison.lines if line.part == part] for part in ("act", "object")}
        facts = [line.element for line in comparison.lines if line.part not in parts]
        self.fields["acts"] = _ticks(_("What was done"), parts["act"])
        self.fields["objects"] = _ticks(_("To what"), parts["object"])
        self.fields["facts"] = _ticks(_("What is known to hold"), facts)
        self.fields["not"] = _ticks(_("What is known not to hold"), [*parts["object"], *facts])

    def clean(self) -> dict[str, object]:
        """Ask for an act, and say what is said to hold and not to hold at once."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if self.said() and not self._chosen("acts"):
            self.add_error("acts", _("Say what was done."))
        held = {*self._chosen("objects"), *self._chosen("facts")}
        if held.intersection(self._chosen("not")):
            self.add_error("not", _("Something is said both to hold and not to hold."))
        return cleaned

    def said(self) -> bool:
        """Whether anything was said of the conduct; only after validation."""
        return any(self._chosen(name) for name in self.fields)

    def conduct(self) -> Conduct | None:
        """Return the conduct; None where none was described."""
        if not self.said():
            return None
        return Conduct(*(self._chosen(name) for name in ("acts", "objects", "facts", "not")))

    def _chosen(self, name: str) -> tuple[str, ...]:
        return tuple(self.cleaned_data.get(name) or ())


class GapForm(DeskForm):
    """A state and an instrument whose obligations are in the lawbook."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, object] | None = None, **kwargs: object) -> None:
        super().__init__(data, **kwargs)
        self.fields["state"] = choice(_("State"), words.states(), required=True)
        self.fields["instrument"] = choice(
            _("Instrument"), _instruments(law.lawbook().facts.obligations), required=True, wide=True
        )
        self.fields["date"] = _day(_("Day for which the law is asked"))


class AccessionForm(DeskForm):
    """A state, an instrument, the first day as a party; a few measures and one side."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, object] | None = None, **kwargs: object) -> None:
        super().__init__(data, **kwargs)
        facts = law.lawbook().facts
        self.fields["state"] = choice(_("State"), words.states(), required=True)
        self.fields["instrument"] = choice(_("Instrument"), _instruments(facts.instruments), required=True, wide=True)
        self.fields["date"] = _day(_("First day as a party"))
        self.fields["side"] = forms.ChoiceField(label=_("Side"), choices=SIDES, required=False, widget=Radios)
        self.fields["offence"] = choice(_("Offence"), _offences(), wide=True)
        measures = [(code, words.word("measure", code)) for code in facts.codes.measures]
        self.fields["measures"] = forms.MultipleChoiceField(
            label=_("Measures"),
            choices=measures,
            required=False,
            widget=Ticks,
            help_text=_("Up to three; the usual ones of the instrument when none is chosen."),
        )

    def clean_measures(self) -> list[str]:
        """Keep the question so small that it is answered at once."""
        chosen: list[str] = self.cleaned_data["measures"]
        if len(chosen) > MOST_MEASURES:
            raise forms.ValidationError(_("Choose up to three measures."))
        return chosen


def _apart(data: QueryDict) -> QueryDict:
    if "states" not in data:
        return data
    found = data.copy()
    for name, state in zip(STATE_FIELDS, str(data["states"]).split(","), strict=False):
        found.setdefault(name, state.strip().upper())
    return found


def day_of(form: DeskForm, today: date) -> date:
    """Return the day of a valid form; today where none was said."""
    return form.cleaned_data["date"] or today


def _offences() -> list[tuple[str, str]]:
    codes = ((code, words.word("offence", code)) for code in law.lawbook().facts.codes.offences)
    return sorted(codes, key=lambda each: each[1])


def _instruments(codes: Mapping[str, object]) -> list[tuple[str, str]]:
    return sorted(((code, words.word("instrument", code)) for code in codes), key=lambda each: each[1])


def _ticks(label: object, tokens: list[str]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=list(_named(tokens)), required=False, widget=Ticks)  # type: ignore[arg-type]


def _named(tokens: list[str]) -> Iterator[tuple[str, str]]:
    elements = law.lawbook().facts.codes.elements
    for token in tokens:
        yield token, elements.words(token).say(reading.lawbook_language())


def _day(label: object) -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        required=False,
        widget=short(forms.DateInput, type="date"),
        help_text=_("Today when left open."),
    )
