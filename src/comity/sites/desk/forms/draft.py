"""What stands around the official form in every draft: subject, ground, evidence, words to the partner."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.cooperation.procedure import Procedure, Step
from comity.node.models import Draft, Holding
from comity.sites.desk import reading, words
from comity.sites.desk.forms.base import ALWAYS, DeskForm, FieldShown, short

LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar", "de", "nl", "pt")


class AroundForm(DeskForm):
    """What stands around the form of an act; fields that the step does not know are left out."""

    subject = forms.CharField(
        label=_("Subject"),
        max_length=300,
        required=False,
        help_text=_("One line that says what the dossier is about. The partner sees it."),
    )
    reference = forms.CharField(
        label=_("Our reference"), max_length=80, required=False, widget=short(), help_text=_("The partner repeats it.")
    )
    written_in = forms.ChoiceField(
        label=_("You write in"),
        required=False,
        widget=short(forms.Select),
        help_text=_("Codes and labels are printed in the partner’s language; your own words stay as you wrote them."),
    )
    exhibits = forms.ChoiceField(
        label=_("Evidence that goes with it"),
        required=False,
        help_text=_("Only what is in the vault can be handed over. The paper names the list by its digest."),
    )
    ground = forms.ChoiceField(
        label=_("Ground"),
        required=False,
        help_text=_("The ground and its article come from the table of the procedure."),
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Says why the ground holds in this case."),
    )
    note = forms.CharField(
        label=_("Words to the partner"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Become part of the signed paper."),
    )

    def __init__(self, draft: Draft, procedure: Procedure, holdings: list[Holding], data: object = None) -> None:
        super().__init__(data, prefix="d", initial=_initial(draft))
        step = procedure.steps[draft.step]
        self.grounds = {row.ground: row.article for row in procedure.refusal if row.by == draft.actor}
        self._set_choices("written_in", [(code, words.word("language", code)) for code in LANGUAGES])
        self._set_choices(
            "ground", [("", ""), *((code, _ground(code, article)) for code, article in self.grounds.items())]
        )
        self._set_choices("exhibits", [("", _("none")), *((str(one.id), _holding(one)) for one in holdings)])
        for name in _unasked(draft, step):
            del self.fields[name]

    def fields_shown(self) -> Iterator[FieldShown]:
        """Yield the fields; nobody is told that a subject is optional, the linter asks for it."""
        for one in super().fields_shown():
            yield replace(one, asked=ALWAYS) if one.bound.name in ("subject", "written_in", "ground") else one

    def _set_choices(self, name: str, known: list[tuple[str, object]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = known

    def refusal(self) -> dict[str, object] | None:
        """Return what the draft says of a ground; None where none was chosen."""
        ground = self.cleaned_data.get("ground")
        if not ground:
            return None
        text = {"text": self.cleaned_data.get("explanation", ""), "language": self.writing()}
        return {"ground": ground, "article": self.grounds[ground], "explanation": text}

    def writing(self) -> str:
        """Return the language in which the person writes."""
        return str(self.cleaned_data.get("written_in") or reading.lawbook_language())


def _initial(draft: Draft) -> dict[str, object]:
    refusal = draft.refusal or {}
    explanation = cast("Mapping[str, str]", refusal.get("explanation") or {})
    return {
        "subject": draft.subject,
        "reference": draft.reference,
        "written_in": draft.note_language or reading.lawbook_language(),
        "exhibits": str(draft.exhibits_list_id or ""),
        "ground": refusal.get("ground", ""),
        "explanation": explanation.get("text", ""),
        "note": draft.note,
    }


def _unasked(draft: Draft, step: Step) -> set[str]:
    """Return the fields that make no sense for this step."""
    unasked = set()
    if draft.dossier_id is not None:
        unasked |= {"subject", "reference"}
    if step.exhibits == "no":
        unasked.add("exhibits")
    if "refusal" not in step.forms:
        unasked |= {"ground", "explanation"}
    return unasked


def _ground(code: str, article: str) -> str:
    return f"{words.word('ground', code)} ({article})" if article else words.word("ground", code)


def _holding(holding: Holding) -> str:
    return f"{holding.title} ({reading.size(holding.bytes)}, {reading.digest(holding.list_sha256, short=True)})"
