"""Words for codes and offices, in the reader's language."""

from collections.abc import Mapping

from comity.acts.wordbook import Wordbook
from comity.sites.desk import reading


def wordbook() -> Wordbook:
    """Return the node's lawbook of words."""
    return Wordbook()


def said(labels: Mapping[str, str]) -> str:
    """Choose the reader's language out of language -> words, else English, else whatever there is."""
    return labels.get(reading.lawbook_language()) or labels.get("en") or next(iter(labels.values()), "")


def word(kind: str, code: str) -> str:
    """Return the label of a code."""
    return wordbook().label(kind, code, reading.lawbook_language())


def office(identity: str) -> str:
    """Return the name of an office as the directory gives it, else its id."""
    return identity
