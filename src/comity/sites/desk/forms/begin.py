"""Forms with which a request or an order begins: who receives it, and by which procedure."""

from collections.abc import Iterable

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comity.acts.office import Office
from comity.law.answer import Route
from comity.node import resources
from comity.node.clock import now
from comity.node.models import Case, Dossier
from comity.node.usecases.steps import Opening, possible_openings
from comity.sites.desk import reading, words
from comity.sites.desk.forms.base import DeskForm, Radios, short

DIRECT = ("direct-to-provider", "voluntary")


class _Opening(DeskForm):
    """A form that chooses an opening step; where there is only one, it is not asked."""

    def offer(self, openings: Iterable[Opening]) -> None:
        """Offer these steps to open the dossier with."""
        known = [(f"{one.procedure.id}/{one.step.id}", opening_word(one)) for one in openings]
        field = forms.ChoiceField(label=_("First step"), choices=known, widget=Radios())
        if len(known) == 1:
            field.widget = forms.HiddenInput()
        self.fields["opening"] = field
        self.initial.setdefault("opening", known[0][0] if known else "")

    def chosen(self) -> tuple[str, str]:
        """Return procedure and step."""
        procedure, _slash, step = str(self.cleaned_data["opening"]).partition("/")
        return procedure, step


class RequestForm(_Opening):
    """Which case, to which office."""

    case = forms.ChoiceField(
        label=_("Case"),
        widget=short(forms.Select),
        help_text=_("The request is filled from it, and only its members see the dossier."),
    )
    recipient = forms.ChoiceField(
        label=_("To"), widget=Radios(), help_text=_("Offices of that state in the directory that may receive it.")
    )

    def __init__(
        self, cases: QuerySet[Case], route: Route, to_state: str, data: object = None, **kwargs: object
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["case"].choices = [(str(case.id), str(case)) for case in cases.filter(closed_at=None)]  # type: ignore[attr-defined]
        offices = list(recipients(route.channel, to_state))
        self.fields["recipient"].choices = [(one.id, one.name(reading.lawbook_language())) for one in offices]  # type: ignore[attr-defined]
        if len(offices) == 1:
            self.initial.setdefault("recipient", offices[0].id)
        self.offer(one for one in possible_openings(route.measure, route.instrument) if one.actor == "requesting")


class OrderForm(_Opening):
    """Which provider."""

    provider = forms.ChoiceField(
        label=_("Holder of the data"), widget=Radios(), help_text=_("Providers of this state in the directory.")
    )

    def __init__(self, dossier: Dossier, data: object = None) -> None:
        super().__init__(data)
        offices = list(recipients(DIRECT[0], resources.home().state))
        self.fields["provider"].choices = [(one.id, one.name(reading.lawbook_language())) for one in offices]  # type: ignore[attr-defined]
        if len(offices) == 1:
            self.initial.setdefault("provider", offices[0].id)
        self.offer(
            tuple(one for one in possible_openings() if one.recipient_actor == "provider" and one.actor == "requested")
        )


def opening_word(opening: Opening) -> str:
    """Return the words for a step that opens a dossier."""
    named = words.act(opening.procedure.id, opening.step.id, opening.step.forms[0] if opening.step.forms else "")
    return f"{named} · {words.said(opening.procedure.title)}"


def recipients(channel: str, state: str) -> Iterable[Office]:
    """Return the offices of a state that receive what comes through a channel."""
    actor = "provider" if channel in DIRECT else "requested"
    return (one for one in resources.partners(now()) if one.state == state and actor in one.actors)
