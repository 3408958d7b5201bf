"""Words for codes and offices, in the reader's language."""

from collections.abc import Mapping

from comity.acts.wordbook import Wordbook
from comity.errors import ComityError
from comity.node import law, resources
from comity.node.clock import now
from comity.sites.desk import reading


def wordbook() -> Wordbook:
    """Return the lawbook's words."""
    return law.wordbook()


def said(labels: Mapping[str, str]) -> str:
    """Choose the reader's language out of language -> words, else English, else whatever there is."""
    return labels.get(reading.lawbook_language()) or labels.get("en") or next(iter(labels.values()), "")


def word(kind: str, code: str) -> str:
    """Return the label of a code."""
    return wordbook().label(kind, code, reading.lawbook_language())


def step(procedure: str, code: str) -> str:
    """Return the label of a step."""
    return word("step", f"{procedure}/{code}")


def state(procedure: str, code: str) -> str:
    """Return the label of a state that a procedure has reached."""
    return word("state-of-procedure", f"{procedure}/{code}")


def clock(procedure: str, code: str) -> str:
    """Return what a clock of a procedure is for."""
    found = law.lawbook().procedures.get(procedure)
    rule = next((rule for rule in found.clocks if rule.id == code), None) if found else None
    return said(rule.what) if rule else code


def office(identity: str) -> str:
    """Return the name of an office as the directory gives it; its id where the directory is not at hand."""
    try:
        found = resources.office(identity, now())
    except ComityError:
        return identity
    return found.name(reading.lawbook_language())
