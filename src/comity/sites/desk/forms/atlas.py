"""The question to the atlas: one state, whether it asks or is asked, a measure, an offence, a day, and a few circumstances."""

from collections.abc import Iterator, Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.node import law
from comity.node.usecases.ask_atlas import AtlasQuestion
from comity.sites.desk import words
from comity.sites.desk.forms.base import FREELY, DeskForm, FieldShown, PlainSelect, Radios, short
from comity.sites.desk.forms.question import circumstance_field, typed

DIRECTIONS = (("from", _("It asks others")), ("to", _("Others ask it")))
CIRCUMSTANCES = (
    "data_holder",
    "issuing_authority",
    "purpose",
    "emergency",
    "max_penalty_months_from",
    "max_penalty_months_to",
)


class AtlasForm(DeskForm):
    """The question; what is said of circumstances holds for every state alike."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, object] | None = None, **kwargs: object) -> None:
        super().__init__(data, **kwargs)
        codes, states = law.lawbook().facts.codes, words.states()
        offences = sorted(((code, words.word("offence", code)) for code in codes.offences), key=lambda each: each[1])
        measures = [(code, words.word("measure", code)) for code in codes.measures]
        self.fields["state"] = forms.ChoiceField(label=_("State"), choices=states, widget=short(PlainSelect))
        self.fields["direction"] = forms.ChoiceField(label=_("Direction"), choices=DIRECTIONS, widget=Radios)
        self.fields["measure"] = forms.ChoiceField(label=_("Measure"), choices=measures, widget=PlainSelect())
        self.fields["offence"] = forms.ChoiceField(label=_("Offence"), choices=offences, widget=PlainSelect())
        self.fields["date"] = forms.DateField(
            label=_("Day for which the law is asked"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
        self._known = {key: codes.circumstances[key] for key in CIRCUMSTANCES if key in codes.circumstances}
        for key in self._known:
            self.fields[key] = circumstance_field(key, codes, states)

    def first_fields(self) -> Iterator[FieldShown]:
        """Yield what every question needs."""
        return (FieldShown(self[name]) for name in ("state", "direction", "measure", "offence", "date"))

    def more_fields(self) -> Iterator[FieldShown]:
        """Yield the circumstances."""
        return (FieldShown(self[name], asked=FREELY) for name in self._known)

    def question(self) -> AtlasQuestion:
        """Return the question; only after `is_valid`."""
        cleaned = self.cleaned_data
        on: date = cleaned["date"]
        said = {
            key: typed(str(rule["type"]), cleaned[key])
            for key, rule in self._known.items()
            if cleaned[key] not in (None, "")
        }
        return AtlasQuestion(cleaned["state"], cleaned["direction"], cleaned["measure"], cleaned["offence"], on, said)
