"""Checks what comparisons and gaps rest on: elements that nobody knows or that lack words, obligations that lead nowhere."""

from collections.abc import Iterator

from comity.law.facts import Facts
from comity.law.national import Elements, NationalLaw
from comity.law.obligation import Obligation
from comity.law.vocabulary import Vocabulary

POWERS = frozenset(
    {
        "preservation",
        "subscriber",
        "traffic",
        "content",
        "search-seizure",
        "interception",
        "real-time-traffic",
        "freezing",
    }
)


def offence_problems(facts: Facts) -> Iterator[str]:
    """Name what is wrong with the elements of offences and with the obligations of instruments."""
    vocabulary = facts.codes.elements
    for token, follows in facts.implies.items():
        unknown = (each for each in (token, *sorted(follows)) if not vocabulary.token(each))
        yield from (f"elements: {each} of `implies` is no element" for each in unknown)
    for law in facts.national.values():
        yield from _law(vocabulary, law)
    for name, asked in facts.obligations.items():
        if name not in facts.instruments:
            yield f"obligations: no instrument {name}"
        for item in asked.items:
            yield from _obligation(facts, f"obligations {name} art. {item.article}", item)


def _law(vocabulary: Vocabulary, law: NationalLaw) -> Iterator[str]:
    for rows in law.offences.values():
        for row in rows:
            place = f"states/law {law.state} {row.row}"
            if row.elements is not None:
                yield from _elements(vocabulary, place, row.elements)
            for form in row.aggravations:
                yield from _known(vocabulary, place, form.when)
    yield from (f"states/law {law.state}: no power {name}" for name in law.powers if name not in POWERS)


def _elements(vocabulary: Vocabulary, place: str, asked: Elements) -> Iterator[str]:
    yield from _known(vocabulary, place, (*asked.all, *(token for group in asked.any for token in group)))
    for kind, tokens in (("act", asked.act), ("object", asked.object)):
        yield from (f"{place}: {token} is no {kind}" for token in tokens if vocabulary.kind(token) != kind)


def _known(vocabulary: Vocabulary, place: str, tokens: tuple[str, ...]) -> Iterator[str]:
    for token in tokens:
        if not vocabulary.token(token):
            yield f"{place}: {token} is no element"
        what = token.rpartition(" ")[2]
        if token.startswith("threshold-") and what not in vocabulary.quantities:
            yield f"{place}: {what} has no words in `quantities`"


def _obligation(facts: Facts, place: str, item: Obligation) -> Iterator[str]:
    if item.kind == "offence" and item.code not in facts.codes.offences:
        yield f"{place}: no offence {item.code}"
    if item.kind == "offence" and item.elements is None:
        yield f"{place}: {item.code} has no elements here nor in the file of the instrument"
    if item.kind == "power" and item.code not in POWERS:
        yield f"{place}: no power {item.code}"
    if item.elements is not None:
        yield from _elements(facts.codes.elements, place, item.elements)
    for token in sorted((*item.permitted, *item.core_acts, *item.core_objects)):
        if not facts.codes.elements.token(token):
            yield f"{place}: {token} is no element"
