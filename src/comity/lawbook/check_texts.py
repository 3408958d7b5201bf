"""The instruments themselves: days in the wrong order, texts that displace each other in a circle, files that disagree."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from comity.law.facts import Facts
from comity.law.instrument import Instrument, Relation
from comity.law.parse_values import day
from comity.lawbook.reading import Document

EFFECTIVE = frozenset({"displaces", "displaced-by", "replaced"})


def text_problems(facts: Facts, raw: Document) -> Iterator[str]:
    """Yield what is wrong with instruments."""
    for document in cast(Sequence[Document], raw["instruments"]):
        yield from (f"instruments {document['id']}: {problem}" for problem in _days(document))
    for name, instrument in facts.instruments.items():
        for relation in instrument.relations:
            if relation.kind in EFFECTIVE and not relation.effect:
                yield f"instruments {name}: the relation to {relation.other} does not say its effect"
    yield from sorted(set(_circles(facts)))
    yield from _disagreements(facts)


def _days(document: Mapping[str, object]) -> Iterator[str]:
    opened, in_force, applies, ends = (day(document.get(key)) for key in ("opened", "in_force", "applies_from", "ends"))
    start = applies or in_force
    if opened and start and start < opened:
        yield f"applies from {start}, before it was adopted on {opened}"
    if opened and in_force and in_force < opened:
        yield f"is in force from {in_force}, before it was adopted on {opened}"
    if start and ends and ends < start:
        yield f"ends on {ends}, before it applies"
    for state, since in cast(Mapping[str, object], document.get("bound_since") or {}).items():
        first = day(since)
        if opened and first and first < opened:
            yield f"binds {state} from {first}, before it was adopted on {opened}"


def _circles(facts: Facts) -> Iterator[str]:
    """Texts that exclude each other, in two or more steps, for one measure."""
    for measure in facts.codes.measures:
        excludes: dict[str, set[str]] = {name: set() for name in facts.instruments}
        for name, instrument in facts.instruments.items():
            for relation in instrument.relations:
                if relation.effect == "excludes" and relation.concerns(measure) and relation.other in excludes:
                    first, second = _order(name, relation)
                    excludes[first].add(second)
        for name in sorted(excludes):
            circle = _circle_from(name, excludes)
            if circle:
                yield _said(circle)


def _order(name: str, relation: Relation) -> tuple[str, str]:
    return (name, relation.other) if relation.kind == "displaces" else (relation.other, name)


def _circle_from(start: str, excludes: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Return a way back to the start, told from its smallest name; nothing where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop(0)
        for other in sorted(excludes[way[-1]]):
            if other == start:
                return way if start == min(way) else ()
            if other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return ()


def _said(circle: tuple[str, ...]) -> str:
    if len(circle) == 2:
        return f"instruments {circle[0]} and {circle[1]} each displace the other"
    return f"instruments {', '.join(circle)} displace each other in a circle"


def _disagreements(facts: Facts) -> Iterator[str]:
    """A relation that both texts state must have one effect."""
    for name, instrument in sorted(facts.instruments.items()):
        for relation in instrument.relations:
            if relation.kind != "displaces":
                continue
            for back in _back(facts.instruments.get(relation.other), name):
                if back.effect != relation.effect:
                    yield (
                        f"instruments {name} and {relation.other}: one says '{relation.effect}', the other '{back.effect}' "
                        "of the same displacement"
                    )


def _back(other: Instrument | None, name: str) -> Iterator[Relation]:
    for relation in other.relations if other else ():
        if relation.other == name and relation.kind in {"displaced-by", "replaced"}:
            yield relation
