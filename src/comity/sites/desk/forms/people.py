"""Forms about people: signing in, and adding a person."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from comity.node.models.person import ADMINISTRATOR, APPROVER, CUSTODIAN, OFFICER
from comity.sites.desk.forms.base import DeskForm, Ticks, short

ROLE_WORDS = {
    OFFICER: _("Officer: opens cases, asks for routes, drafts, submits"),
    APPROVER: _("Approver: signs what binds the state, never their own draft"),
    CUSTODIAN: _("Custodian: takes evidence in and hands it over"),
    ADMINISTRATOR: _("Administrator: people, keys, quarantine; sees no case and no act"),
}
ROLE_NAMES = {
    OFFICER: _("officer"),
    APPROVER: _("approver"),
    CUSTODIAN: _("custodian"),
    ADMINISTRATOR: _("administrator"),
}


class SignInForm(DeskForm):
    """Name and password."""

    username = forms.CharField(label=_("Name for signing in"), widget=short(autocomplete="username"))
    password = forms.CharField(
        label=_("Password"), strip=False, widget=short(forms.PasswordInput, autocomplete="current-password")
    )


class PersonForm(DeskForm):
    """A new person of the office."""

    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("As acts show it: a name or a service number."))
    function = forms.CharField(
        label=_("Function"), max_length=120, required=False, help_text=_("Stands beside the name on acts.")
    )
    username = forms.CharField(label=_("Name for signing in"), max_length=150, help_text=_("Short, without spaces."))
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=list(ROLE_WORDS.items()),
        widget=Ticks(),
        help_text=_("What binds the state needs two persons: one drafts, another approves."),
    )
    language = forms.ChoiceField(
        label=_("Language of the pages"), choices=lambda: settings.LANGUAGES, widget=short(forms.Select)
    )
