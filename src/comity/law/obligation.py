"""What an instrument asks of the law of its parties: offences to be established and powers to be had, article by article."""

from dataclasses import dataclass

from comity.law.national import Elements
from comity.law.words import NOTHING, Words


@dataclass(frozen=True, slots=True)
class Obligation:
    """One article that a party has to give effect to in its law.

    Attributes:
        kind: offence | power | other; of other duties the lawbook records no national law.
        code: id of the offence or power; empty for `other`.
        elements: of the offence as the article defines it.
        permitted: tokens by which the article, a declaration or a reservation lets a party narrow the offence.
        core_acts: acts that no reservation may leave out; empty: all of them.
        core_objects: objects that no reservation may leave out; empty: all of them.
        limits: what the article leaves to the parties, and what may be declared or reserved.
    """

    article: str
    kind: str
    code: str
    text: Words
    elements: Elements | None = None
    permitted: frozenset[str] = frozenset()
    core_acts: frozenset[str] = frozenset()
    core_objects: frozenset[str] = frozenset()
    limits: Words = NOTHING
    confidence: str = "low"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Obligations:
    """All obligations of one instrument that are recorded, in the order of its articles."""

    instrument: str
    items: tuple[Obligation, ...]
