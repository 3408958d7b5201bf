"""Reads the words for codes, the forms, and the catalogue of remarks."""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from comity.acts.form import Form, parse_form
from comity.acts.wordbook import Wordbook
from comity.cooperation.procedure import Procedure
from comity.cooperation.sentence import Catalogue
from comity.lawbook.procedures import Reader, UnreadableLawbookError, load_procedures
from comity.lawbook.reading import read_yaml

REMARKS = "remarks.yaml"
Terms = dict[str, Mapping[str, str]]


def load_wordbook(
    folder: Path, procedures: Mapping[str, Procedure] | None = None, read: Reader = read_yaml
) -> Wordbook:
    """Return the words for all codes and the forms of a lawbook.

    Every file in `words` but the catalogue of remarks is `{terms: {kind: {code: {language: words}}}}`. Steps and states get a term
    for each procedure, `step:<procedure>/<step>` and `state-of-procedure:<procedure>/<state>`, in the words of that procedure
    where it has its own.

    Args:
        folder: the lawbook.
        procedures: its procedures where they are loaded already.
        read: reads a file; another reader may keep what it has read.

    Raises:
        LocalError: a file cannot be read or is malformed.
    """
    terms = _terms(folder, read)
    for procedure in (load_procedures(folder, read) if procedures is None else procedures).values():
        terms.update(_terms_of(procedure, terms))
    return Wordbook(terms, load_forms(folder, read))


def load_forms(folder: Path, read: Reader = read_yaml) -> dict[str, Form]:
    """Return the forms of a lawbook by id.

    Raises:
        LocalError: a file cannot be read, is malformed or has another name than its form.
    """
    forms = {}
    for path in sorted((folder / "forms").glob("*.yaml")):
        form = parse_form(read(path))
        if form.id != path.stem:
            raise UnreadableLawbookError(f"The file is named {path.stem} but holds {form.id}.", where=str(path))
        forms[form.id] = form
    return forms


def load_catalogue(folder: Path, read: Reader = read_yaml) -> Catalogue:
    """Return the sentences for remarks, notices and reasons: code -> language -> template.

    Raises:
        UnreadableLawbookError: the file cannot be read, or says a code twice.
    """
    path = folder / "words" / REMARKS
    sections = read(path)
    catalogue: dict[str, Mapping[str, str]] = {}
    for section in ("remarks", "notices", "reasons"):
        rows = cast("Mapping[str, Mapping[str, str]]", sections.get(section) or {})
        if catalogue.keys() & rows.keys():
            raise UnreadableLawbookError(f"A code is there twice: {sorted(catalogue.keys() & rows)}.", where=str(path))
        catalogue.update(rows)
    return catalogue


def _terms(folder: Path, read: Reader) -> Terms:
    terms: Terms = {}
    for path in sorted((folder / "words").glob("*.yaml")):
        if path.name == REMARKS:
            continue
        kinds = cast("Mapping[str, Mapping[str, Mapping[str, str]]]", read(path).get("terms") or {})
        terms.update({f"{kind}:{code}": labels for kind, codes in kinds.items() for code, labels in codes.items()})
    return terms


def _terms_of(procedure: Procedure, terms: Mapping[str, Mapping[str, str]]) -> Terms:
    """Return the terms of one procedure; a code without words has no term, so that a check can find it."""
    found: Terms = {f"procedure:{procedure.id}": procedure.title}
    for step in procedure.steps.values():
        found[f"step:{procedure.id}/{step.id}"] = step.label or terms.get(f"step:{step.id}", {})
    for state in procedure.states.values():
        found[f"state-of-procedure:{procedure.id}/{state.id}"] = state.label or terms.get(
            f"state-of-procedure:{state.id}", {}
        )
    found.update({f"actor:{procedure.id}/{name}": words for name, words in procedure.actors.items()})
    return found
