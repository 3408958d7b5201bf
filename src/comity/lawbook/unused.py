"""What is written and never used, and what is used and nobody has written: no defects, but a jurist wants to know."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import cast

from comity.law.facts import Facts
from comity.lawbook.check_tests import leaves, tests_of
from comity.lawbook.reading import Document

PARTS = {
    "conditions": "conditions",
    "clocks": "clocks",
    "particulars": "particulars",
    "refusal_grounds": "refusal",
}


def remarks(facts: Facts, raw: Document) -> Iterator[str]:
    """Yield facts that nothing reads, and facts that tests read but that the lawbook does not have."""
    for document in cast(Sequence[Document], raw["instruments"]):
        yield from (f"instruments {document['id']}: {remark}" for remark in _unused_parts(document))
    for item in facts.instruments.values():
        names = sorted(item.offences - set(facts.codes.offences))
        yield from (f"instruments {item.id}: it defines {name}, an offence that no question can name" for name in names)
    yield from _tags(facts)
    yield from _lists(facts)
    yield from _same_pair(facts)


def _unused_parts(document: Mapping[str, object]) -> Iterator[str]:
    measures = cast("list[dict[str, object]]", document["measures"])
    for part, member in PARTS.items():
        used = {name for row in measures for name in cast("list[str]", row[member])}
        for row in cast("list[dict[str, object]]", document[part]):
            if row["id"] not in used:
                yield f"no measure has {row['id']} ({part})"
    scopes = {row["scope"] for row in measures}
    yield from (
        f"no measure has {row['id']} (scope)"
        for row in cast("list[dict[str, object]]", document["scope"])
        if row["id"] not in scopes
    )


def _tags(facts: Facts) -> Iterator[str]:
    read: set[tuple[str, str]] = set()
    for item in facts.instruments.values():
        for _, test in tests_of(item):
            for leaf in leaves(test):
                head, _, tag = str(leaf["fact"]).partition(":")
                if head.endswith(".reserved"):
                    read.update((name, tag) for name in item.reservations_of)
    have = {(item.instrument, item.tag) for item in facts.reservations}
    for instrument, tag in sorted(have - read):
        count = sum((item.instrument, item.tag) == (instrument, tag) for item in facts.reservations)
        yield f"reservations.yaml: {instrument} {tag} ({count}): no test reads it"
    listed = {tag for _, tag in have}
    for tag in sorted({tag for _, tag in read} - listed):
        yield f"reservations.yaml: tests read {tag}, but no state is listed with it: for every state it is unknown"


def _lists(facts: Facts) -> Iterator[str]:
    for item in facts.instruments.values():
        used = {measure.dual_criminality.excluded_by_list for measure in item.measures}
        for _, test in tests_of(item):
            used.update(str(leaf["fact"]).partition(":")[2] for leaf in leaves(test))
        yield from (f"instruments {item.id}: nothing uses the list {name}" for name in item.lists if name not in used)


def _same_pair(facts: Facts) -> Iterator[str]:
    for treaties in facts.bilateral_index.values():
        for one, other in combinations(treaties, 2):
            if one.kind == other.kind and one.status == other.status == "in-force":
                yield f"bilateral.csv: {one.id} and {other.id} are both in force for {one.kind}"
