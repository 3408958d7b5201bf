"""Ids that lead nowhere: every code that one entry uses must exist where it is defined."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from comity.law.facts import Facts
from comity.law.instrument import Instrument
from comity.law.parse import GROUPS
from comity.law.situation import BILATERAL_KINDS
from comity.lawbook.reading import Document

ORGANISATIONS = frozenset({"european_union", *GROUPS})
NOT_STATES = frozenset({"EU", "CW"})


def name_problems(facts: Facts, raw: Document, languages: frozenset[str]) -> Iterator[str]:
    """Yield ids that lead nowhere.

    Args:
        facts: as they were parsed.
        raw: as they were read.
        languages: tags of languages that have words.
    """
    for document in _rows(raw["instruments"]):
        yield from _of_instrument(facts, facts.instruments[str(document["id"])])
        yield from _twice(document)
    yield from _states(facts)
    yield from _of_parties(facts, raw)
    for law in facts.national.values():
        offences = (name for name in law.offences if name not in facts.codes.offences)
        yield from (f"states/law {law.state}: no offence {name}" for name in offences)
    for authority in facts.authorities.values():
        unknown = (name for name in authority.languages if name not in languages)
        yield from (f"authorities.csv: {authority.state} takes '{name}', which is no language here" for name in unknown)
    named = (name.partition(":") for name in facts.terms)
    yield from _unknown("words/law.yaml", "state", (code for kind, _, code in named if kind == "country"), facts.states)
    yield from (
        f"codes.yaml: computer_related {name} is no offence"
        for name in facts.codes.computer_related
        if name not in facts.codes.offences
    )


def _rows(value: object) -> Sequence[Document]:
    return cast(Sequence[Document], value)


def _of_instrument(facts: Facts, item: Instrument) -> Iterator[str]:
    codes = facts.codes
    for measure in item.measures:
        place = f"instruments {item.id} {measure.id} {measure.variant}".strip()
        if measure.id not in codes.measures:
            yield f"{place}: no measure of that code"
        yield from _unknown(place, "channel", measure.channels, codes.channels)
        yield from _unknown(place, "ground", (ground.ground for ground in measure.grounds), codes.grounds)
        yield from _unknown(place, "name for", measure.senders, codes.names)
        yield from _unknown(place, "name for", measure.holders, codes.names)
        if measure.dual_criminality.excluded_by_list:
            yield from _unknown(place, "list", (measure.dual_criminality.excluded_by_list,), item.lists)
        if measure.validation:
            yield from _unknown(
                place, "name for", (*measure.validation.needed_for, *measure.validation.by), codes.names
            )
    place = f"instruments {item.id}"
    for relation in item.relations:
        if relation.other not in facts.instruments and relation.other not in BILATERAL_KINDS:
            yield f"{place}: relation to {relation.other}, which does not exist"
        yield from _unknown(place, "measure", (*relation.not_for, *relation.only_for), codes.measures)
    for listed in item.lists.values():
        yield from _unknown(f"{place} list {listed.id}", "offence", listed.offences, codes.offences)
    yield from _unknown(place, "circumstance", item.addressee_in, codes.circumstances)
    yield from _unknown(place, "instrument", (item.parties_of, *item.reservations_of), facts.instruments)
    sides = [code for side in item.pairs for code in side]
    yield from _unknown(place, "state", (*item.bound, *sides), {*facts.states, *ORGANISATIONS})
    yield from _unknown(place, "bound state", item.bound_since, item.bound)


def _unknown(place: str, kind: str, used: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    names = frozenset(known)
    yield from (f"{place}: no {kind} {name}" for name in sorted(set(used)) if name not in names)


def _twice(document: Mapping[str, object]) -> Iterator[str]:
    for part in (
        "conditions",
        "clocks",
        "particulars",
        "refusal_grounds",
        "scope",
        "use_limits",
        "safeguards",
        "lists",
    ):
        counted = Counter(str(row["id"]) for row in _rows(document.get(part) or ()))
        yield from (
            f"instruments {document['id']}: {part} {item} twice" for item, count in counted.items() if count > 1
        )
    rows = Counter((str(row["id"]), str(row.get("variant") or "")) for row in _rows(document["measures"]))
    for (measure, variant), count in rows.items():
        if count > 1:
            yield f"instruments {document['id']}: measure {measure} {variant or 'without variant'} twice"


def _states(facts: Facts) -> Iterator[str]:
    for place, codes in (
        ("parties.csv", (row.state for row in facts.parties)),
        ("reservations.yaml", (item.state for item in facts.reservations)),
        ("authorities.csv", iter(facts.authorities)),
        ("states/law", iter(facts.national)),
        ("bilateral.csv", (code for treaty in facts.bilaterals for code in treaty.states)),
    ):
        yield from (f"{place}: no state {code}" for code in sorted(set(codes) - facts.states.keys() - NOT_STATES))


def _of_parties(facts: Facts, raw: Document) -> Iterator[str]:
    yield from _unknown("parties.csv", "instrument", (row.instrument for row in facts.parties), facts.instruments)
    yield from _unknown("coverage.yaml", "instrument", facts.coverage, facts.instruments)
    yield from _unknown(
        "reservations.yaml", "instrument", (r.instrument for r in facts.reservations), facts.instruments
    )
    for name, coverage in facts.coverage.items():
        possible = coverage.possible or ()
        yield from _unknown(f"coverage.yaml {name}", "state or organisation", possible, {*facts.states, *ORGANISATIONS})
    documents = (cast(Document, raw["reservations"]), *_rows(raw.get("more_reservations", ())))
    tags = {tag for document in documents for tag in cast("Mapping[str, object]", document["rule_tags"])}
    yield from _unknown("reservations.yaml", "tag in rule_tags:", (item.tag for item in facts.reservations), tags)
