"""What all forms share: a field shows why it is asked, by which article, and what was said about it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django import forms
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from comity.sites.desk.sentences import Fault

ALWAYS, SOMETIMES, FREELY = "always", "sometimes", "no"


@dataclass(frozen=True, slots=True)
class RemarkShown:
    """A remark of the linter in the reader's language; `target` is the id of the control that it is about."""

    severity: str
    text: str
    article: str = ""
    field: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field ready for the template."""

    bound: BoundField
    article: str = ""
    asked: str = ALWAYS
    remarks: tuple[RemarkShown, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether a remark at this field stops the draft."""
        return any(remark.severity == "stop" for remark in self.remarks)


class DeskForm(forms.Form):
    """A form whose fields are shown with `fields_shown`."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def fields_shown(self) -> Iterator[FieldShown]:
        """Yield the visible fields in their order."""
        for bound in self.visible_fields():
            yield FieldShown(bound, asked=ALWAYS if bound.field.required else FREELY)

    def target(self, name: str) -> str:
        """Return the id of the control that a link to the field should reach; empty where there is no such field."""
        if name not in self.fields:
            return ""
        bound = self[name]
        return bound.id_for_label or f"{bound.auto_id}_0"

    def faults(self) -> Sequence[Fault]:
        """Return every error with the control it is about, for the summary on top."""
        return [Fault(str(text), "", self.target(name)) for name, texts in self.errors.items() for text in texts]


class Radios(forms.RadioSelect):
    """Radio buttons, one a line."""

    template_name = "desk/widgets/choices.html"


class Ticks(forms.CheckboxSelectMultiple):
    """Tick boxes, one a line."""

    template_name = "desk/widgets/choices.html"


class PlainSelect(forms.Select):
    """A list to choose from, written out directly: a template for each option of two hundred states is slow."""

    def render(
        self, name: str, value: object, attrs: dict[str, object] | None = None, renderer: object = None
    ) -> SafeString:
        """Return the same element as Django's own template does."""
        chosen = "" if value is None else str(value)
        known = tuple((str(code), str(label)) for code, label in self.choices)
        options = "".join(
            f'<option value="{code}"{" selected" if raw == chosen else ""}>{label}</option>'
            for raw, code, label in _escaped(known)
        )
        built = self.build_attrs(self.attrs, attrs)
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(built), mark_safe(options))  # noqa: S308 - made of escaped parts


@lru_cache(maxsize=256)
def _escaped(choices: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    """Return code, and code and label as HTML, of choices that are the same in every request."""
    return tuple((code, escape(code), escape(label)) for code, label in choices)


def choice(
    label: object, known: Iterable[tuple[str, object]], *, required: bool = False, wide: bool = False
) -> forms.ChoiceField:
    """Return a list to choose one from, with an empty first line."""
    widget = PlainSelect() if wide else short(PlainSelect)
    return forms.ChoiceField(label=label, choices=[("", ""), *known], required=required, widget=widget)  # type: ignore[arg-type]


def short(widget: type[forms.Widget] = forms.TextInput, **attrs: object) -> forms.Widget:
    """Return a control that is no wider than what belongs into it."""
    return widget(attrs={"class": "short", **attrs})
