"""A crime chain: an offence, a day, and rows of what happened where. Asked by GET, so that an answer has an address."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from comity.law.chain import MAX_WEIGHT, Chain, Link
from comity.law.naming import beginning
from comity.node import law
from comity.sites.desk import reading, words
from comity.sites.desk.forms.base import FREELY, DeskForm, FieldShown, choice
from comity.sites.desk.forms.question import YES_NO

FIRST_ROWS, STEP, MOST_ROWS = 8, 8, 40
PARTS = ("what", "state", "number")


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of the chain."""

    number: int
    fields: tuple[FieldShown, ...]


class ChainForm(DeskForm):
    """The offence, the day and as many rows as are wanted; a row that is left empty is no link."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, object] | None = None, *, rows: int = FIRST_ROWS, **kwargs: object) -> None:
        super().__init__(data, **kwargs)
        facts = law.lawbook().facts
        offences = sorted(
            ((code, words.word("offence", code)) for code in facts.codes.offences), key=lambda each: each[1]
        )
        self.fields["offence"] = choice(_("Offence"), offences, wide=True)
        self.fields["date"] = forms.DateField(
            label=_("Day for which the law is asked"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
        self.fields["organised_group"] = choice(_("Does an organised criminal group take part?"), list(YES_NO[1:]))
        kinds = [
            (code, beginning(name).say(reading.lawbook_language())) for code, name in facts.jurisdiction.links.items()
        ]
        states = words.states()
        self.row_count = min(max(rows, FIRST_ROWS), MOST_ROWS)
        for row in range(self.row_count):
            self.fields[f"what-{row}"] = choice(_("What is there"), kinds)
            self.fields[f"state-{row}"] = choice(_("State"), states)
            self.fields[f"number-{row}"] = forms.IntegerField(
                label=_("How many or how much"), min_value=1, max_value=MAX_WEIGHT, required=False
            )

    def first_fields(self) -> Iterator[FieldShown]:
        """Yield what the whole chain is asked."""
        for name in ("offence", "date", "organised_group"):
            yield FieldShown(self[name], asked="always" if self.fields[name].required else FREELY)

    def rows(self) -> Iterator[RowShown]:
        """Yield the rows."""
        for row in range(self.row_count):
            yield RowShown(row + 1, tuple(FieldShown(self[f"{part}-{row}"]) for part in PARTS))

    def more(self) -> int:
        """Return how many rows there would be with more of them; 0 where there are as many as there may be."""
        return min(self.row_count + STEP, MOST_ROWS) if self.row_count < MOST_ROWS else 0

    def clean(self) -> dict[str, object]:
        """Ask for the other half of a row that is half filled, and for one row at least."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        for row in range(self.row_count):
            what, state, number = (cleaned.get(f"{part}-{row}") for part in PARTS)
            if (state or number) and not what and f"what-{row}" not in self.errors:
                self.add_error(f"what-{row}", _now("Say what is there, or empty the row."))
            if (what or number) and not state and f"state-{row}" not in self.errors:
                self.add_error(f"state-{row}", _now("Say in which state, or empty the row."))
        if not self.errors and not self.links():
            self.add_error("what-0", _now("Name one part of the chain at least."))
        return cleaned

    def links(self) -> tuple[Link, ...]:
        """Return the links of the rows that are filled; only after `is_valid`."""
        rows = [[self.cleaned_data.get(f"{part}-{row}") for part in PARTS] for row in range(self.row_count)]
        return tuple(Link(str(what), str(state), number) for what, state, number in rows if what and state)

    def chain(self) -> Chain:
        """Return the chain; only after `is_valid`."""
        on: date = self.cleaned_data["date"]
        group = {"true": True, "false": False}.get(self.cleaned_data["organised_group"])
        return Chain(self.cleaned_data["offence"] or None, on, self.links(), group)


def rows_of(links: Sequence[str]) -> dict[str, object]:
    """Return the values of rows for links as an address has them (`victims:JP:40`); what is no link stays to be refused."""
    found: dict[str, object] = {}
    for row, link in enumerate(links[:MOST_ROWS]):
        for part, value in zip(PARTS, link.split(":", 2), strict=False):
            found[f"{part}-{row}"] = value
    return found
