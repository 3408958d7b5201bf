"""One fact of the law in a form in which two editions can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass

from comity.law.words import Words

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact as the lawbook has it.

    Attributes:
        kind: what it is, a key of `comity.law.watch.words.KINDS`.
        name: what people call it.
        instrument: the instrument it belongs to; empty for none.
        states: the states it speaks of; None where it speaks of no state in particular.
        measures: the measures it concerns; None where that cannot be said.
        values: field -> value; equal values mean the same fact.
    """

    kind: str
    name: Words
    instrument: str
    states: frozenset[str] | None
    measures: frozenset[str] | None
    values: Mapping[str, object]
    source: str
    article: str = ""
