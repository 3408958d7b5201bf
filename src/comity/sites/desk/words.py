"""Words for codes and offices, in the reader's language."""

import unicodedata
from collections.abc import Mapping

from comity.acts.wordbook import Wordbook
from comity.errors import ComityError
from comity.law.naming import state_name
from comity.node import law, resources
from comity.node.clock import now
from comity.sites.desk import reading


def wordbook() -> Wordbook:
    """Return the lawbook's words."""
    return law.wordbook()


def said(labels: Mapping[str, str]) -> str:
    """Choose the reader's language out of language -> words, else English, else whatever there is."""
    return labels.get(reading.lawbook_language()) or labels.get("en") or next(iter(labels.values()), "")


def states() -> list[tuple[str, str]]:
    """Return code and name of every state of the lawbook, by name."""
    found = law.lawbook().facts.states
    return sorted(((code, word("state", code)) for code in found), key=lambda each: alphabetical(each[1]))


def alphabetical(name: str) -> bytes | str:
    """Return what to sort a name by: Chinese by pinyin, which is how GB 2312 orders the common signs."""
    if reading.lawbook_language() == "zh":
        return name.encode("gb18030")
    return unicodedata.normalize("NFD", name).casefold()


def word(kind: str, code: str) -> str:
    """Return the label of a code."""
    if kind == "state":
        found = law.lawbook().facts.states.get(code)
        return found.name.say(reading.lawbook_language()) if found else code
    if kind == "language":
        return reading.language_name(code)
    if kind == "instrument":
        known = law.lawbook().facts.instruments.get(code)
        return known.title.say(reading.lawbook_language()) if known else code
    return wordbook().label(kind, code, reading.lawbook_language())


def country(code: str) -> str:
    """Return a state as a sentence says it."""
    return state_name(wordbook(), code).say(reading.lawbook_language())


def step(procedure: str, code: str) -> str:
    """Return the label of a step."""
    return word("step", f"{procedure}/{code}")


def act(procedure: str, code: str, form: str = "") -> str:
    """Return what an act is called: a step that opens a dossier bears the name of its form, every other one that of the step."""
    found = law.lawbook().procedures.get(procedure)
    paper = wordbook().forms.get(form)
    if found is not None and paper is not None and any(one.id == code for one in found.opening_steps()):
        return said(paper.title)
    return step(procedure, code)


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
