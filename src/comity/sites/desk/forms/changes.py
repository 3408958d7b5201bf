"""Which two editions of the law are compared, and for which measure the routes of the own state are asked."""

from collections.abc import Iterator, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.node import law
from comity.sites.desk import words
from comity.sites.desk.forms.base import ALWAYS, DeskForm, FieldShown, PlainSelect, short

FIELDS = ("since", "until", "measure")


class ChangesForm(DeskForm):
    """Two editions that are known here and one measure: every measure would keep the reader waiting."""

    use_required_attribute = False

    def __init__(self, editions: tuple[str, ...], data: Mapping[str, object] | None = None, **kwargs: object) -> None:
        super().__init__(data, **kwargs)
        names = [(name, name) for name in reversed(editions)]
        self.fields["since"] = forms.ChoiceField(label=_("Edition before"), choices=names, widget=short(PlainSelect))
        self.fields["until"] = forms.ChoiceField(label=_("Edition after"), choices=names, widget=short(PlainSelect))
        self.fields["measure"] = forms.ChoiceField(
            label=_("Routes for this measure"),
            choices=[(code, words.word("measure", code)) for code in law.lawbook().facts.codes.measures],
            widget=PlainSelect(),
        )

    def fields_shown(self) -> Iterator[FieldShown]:
        """Yield the fields."""
        for name in FIELDS:
            yield FieldShown(self[name], asked=ALWAYS)
