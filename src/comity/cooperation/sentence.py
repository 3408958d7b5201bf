"""From a code with parameters to a sentence for a person, in words that are data.

A template names parameters in braces: `{count}` as it is, `{field:field}` in the words of the form's field, `{measure:measure}` in
the wordbook's words for a code of that kind, `{due_at:instant}` as a time. A parameter may hold several codes, parted by spaces.
"""

import re
from collections.abc import Mapping
from typing import Protocol

from comity.acts.form import Form
from comity.acts.wordbook import Wordbook

Catalogue = Mapping[str, Mapping[str, str]]
Params = Mapping[str, str | int]
PLACE = re.compile(r"\{([a-z_]+)(?::([a-z-]+))?\}")
COMMA = {"zh": "、"}


class Said(Protocol):
    """What has a code and parameters: a remark, a notice."""

    @property
    def code(self) -> str:
        """Code in the catalogue."""

    @property
    def params(self) -> Params:
        """Parameters of the sentence."""


def sentence(
    said: Said, language: str, catalogue: Catalogue, wordbook: Wordbook | None = None, form: Form | None = None
) -> str:
    """Return the sentence for a remark or notice; in English where the language has none, and the bare code where nothing has.

    Args:
        said: what is to be said.
        language: BCP 47.
        catalogue: code -> language -> template.
        wordbook: words for codes among the parameters.
        form: words for fields among the parameters.
    """
    templates = catalogue.get(said.code, {})
    chosen = language if language in templates else "en"

    def put(place: re.Match[str]) -> str:
        value = said.params.get(place[1], "")
        return _words(str(value), place[2] or "", chosen, wordbook or Wordbook(), form)

    return PLACE.sub(put, templates.get(chosen, said.code))


def places(template: str) -> frozenset[str]:
    """Return the names of the parameters that a template uses."""
    return frozenset(found[1] for found in PLACE.finditer(template))


def _words(value: str, kind: str, language: str, wordbook: Wordbook, form: Form | None) -> str:
    if not kind:
        return value
    if kind == "instant":
        return value.replace("T", " ").replace("Z", " UTC")
    if kind == "field":
        return _field(value, language, form)
    return COMMA.get(language, ", ").join(wordbook.label(kind, code, language) for code in value.split())


def _field(path: str, language: str, form: Form | None) -> str:
    """Return the label of `field` or of `field.column`; a row number in between is kept as a number."""
    name, _, rest = path.partition(".")
    field = next((field for field in form.fields() if field.id == name), None) if form else None
    if field is None:
        return path
    label = field.label.get(language) or field.label.get("en") or name
    row, _, column = rest.partition(".")
    inner = next((c for c in field.columns if c.id == column), None)
    if not row.isdigit() or inner is None:
        return label
    return f"{label} {int(row) + 1}: {inner.label.get(language) or inner.label.get('en') or column}"
