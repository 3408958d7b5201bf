"""The words for codes: every code that an act may hold has a label in every language of the lawbook.

A term is named `kind:code`: `step:budapest-preservation/send`, `measure:preserve`, `ground:sovereignty`, `state:FR`, ...
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from comity.acts.form import Form


@dataclass(frozen=True, slots=True)
class Wordbook:
    """Labels of codes and the forms, as the lawbook gives them.

    Attributes:
        terms: `kind:code` -> language (BCP 47) -> label. Kinds: procedure, step, state-of-procedure, actor, instrument, measure,
            channel, ground, offence, verdict, dual-criminality, warning, circumstance, state, language.
        forms: form id -> form.
    """

    terms: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    forms: Mapping[str, Form] = field(default_factory=lambda: MappingProxyType({}))

    def label(self, kind: str, code: str, language: str) -> str:
        """Return the label of a code in the language, else in English, else the code itself."""
        labels = self.terms.get(f"{kind}:{code}", {})
        return labels.get(language) or labels.get("en") or code

    def codes(self, kind: str) -> tuple[str, ...]:
        """Return all codes of a kind, in the lawbook's order."""
        head = f"{kind}:"
        return tuple(name.removeprefix(head) for name in self.terms if name.startswith(head))
