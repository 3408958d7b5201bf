"""Who holds the data: one field for a service or an identifier. It is posted, for identifiers are personal data."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from comity.law.identifiers import LONGEST
from comity.node import law, resources
from comity.node.usecases.ask_holder import HolderQuestion
from comity.sites.desk import words
from comity.sites.desk.forms.base import DeskForm, choice, short

SERVICE = "service"


class HolderForm(DeskForm):
    """The question on a holder; `personal` says whether it may stand in no address."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, object] | None = None, **kwargs: object) -> None:
        super().__init__(data, **kwargs)
        codes, states = law.lawbook().facts.codes, words.states()
        self.fields["identifier"] = forms.CharField(
            label=_("Service or identifier"),
            max_length=LONGEST,
            help_text=_(
                "A service such as google, an e-mail address, telephone number, IP address, name, URL, IBAN, address on a "
                "chain or @handle. It is neither stored nor logged."
            ),
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
        )
        self.fields["service"] = forms.CharField(
            label=_("Service that it is used with"), max_length=200, required=False, widget=short(forms.TextInput)
        )
        self.fields["region"] = choice(_("Where the user is"), states)
        self.fields["region"].help_text = _("Often decides which company holds the data.")
        self.fields["from"] = choice(_("Asking state"), states)
        measures = [(code, words.word("measure", code)) for code in codes.measures]
        self.fields["measure"] = choice(_("What do you need?"), measures)
        self.fields["date"] = forms.DateField(
            label=_("Day for which the law is asked"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )

    def clean_service(self) -> str:
        """Refuse a service that the lawbook does not know."""
        given = str(self.cleaned_data["service"]).strip()
        if given and not known_service(given):
            raise ValidationError(
                _now("The lawbook does not know that service. Leave it open, or write its usual name.")
            )
        return given

    def personal(self) -> bool:
        """Return whether the identifier may be about a person; only after `is_valid`."""
        return not known_service(str(self.cleaned_data["identifier"]))

    def question(self) -> HolderQuestion:
        """Return the question; only after `is_valid`."""
        cleaned = self.cleaned_data
        on: date = cleaned["date"]
        return HolderQuestion(
            identifier=cleaned["identifier"],
            on=on,
            user_region=cleaned["region"] or None,
            service=cleaned["service"] or None,
            asking=cleaned["from"] or resources.home().state,
            measure=cleaned["measure"] or "subscriber",
        )


def known_service(value: str) -> bool:
    """Whether a text is the name of a service of the lawbook, and so says nothing of a person."""
    return value.strip().casefold() in law.lawbook().facts.holders.by_alias
