"""Checks the lawbook's law as a jurist would want it checked: shapes, ids that lead nowhere, overlaps, contradictions, coverage."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from jsonschema import Draft202012Validator

from comity.errors import ComityError
from comity.law.book import book_of
from comity.law.facts import Facts
from comity.law.parse import parse_facts
from comity.law.situation import BILATERAL_KINDS
from comity.lawbook.check_conflicts import check_holders, check_jurisdiction, check_warnings
from comity.lawbook.check_offences import offence_problems
from comity.lawbook.facts import read_facts
from comity.lawbook.reading import Document, read_yaml
from comity.lawbook.terms import law_terms, missing_terms

SCHEMAS = {
    "codes": "codes",
    "warnings": "warnings",
    "jurisdiction": "jurisdiction",
    "holders": "holders",
    "identifiers": "identifiers",
    "elements": "elements",
    "states": "state",
    "authorities": "authority",
    "national": "national",
    "parties": "party",
    "bilateral": "bilateral",
    "reservations": "reservations",
    "coverage": "coverage",
    "instruments": "instrument",
    "obligations": "obligations",
}
EXTRA = {"words/law.yaml": "words.law"}


@dataclass(frozen=True, slots=True)
class LawReport:
    """What the check found.

    Attributes:
        problems: each names the place and what is wrong; none means the law is sound.
        coverage: what there is, as pairs of name and number.
    """

    problems: tuple[str, ...]
    coverage: tuple[tuple[str, int], ...]


def check_law(folder: Path) -> LawReport:
    """Check all facts in a lawbook. Never raises for what it finds in the files: that is the report."""
    try:
        raw = read_facts(folder)
        problems = [*_shapes(folder, raw), *_extra_shapes(folder)]
        if problems:
            return LawReport(tuple(problems), ())
        facts = parse_facts(raw)
        problems += [*_names(facts, raw), *_parties(facts), *_relations(facts), *_tests(facts)]
        problems += [*check_warnings(facts), *check_jurisdiction(facts, folder), *check_holders(facts)]
        problems += [
            *_names(facts, raw),
            *_parties(facts),
            *_relations(facts),
            *_tests(facts),
            *offence_problems(facts),
        ]
        problems += [
            f"words: {name} lacks English or Chinese" for name in missing_terms(facts, law_terms(folder, facts))
        ]
    except ComityError as error:
        return LawReport((error.diagnostics().replace("\n", " "),), ())
    return LawReport(tuple(problems), tuple(_coverage(facts)))


def _validator(folder: Path, name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((folder / f"schema/{name}.schema.json").read_text(encoding="utf-8")))


def _shapes(folder: Path, raw: Document) -> Iterator[str]:
    for part, schema in SCHEMAS.items():
        validator = _validator(folder, schema)
        value = raw[part]
        for row in cast(Sequence[Document], value if isinstance(value, list) else [value]):
            yield from _errors(validator, part, row)


def _extra_shapes(folder: Path) -> Iterator[str]:
    for name, schema in EXTRA.items():
        yield from _errors(_validator(folder, schema), name, read_yaml(folder / name))
    for path in sorted((folder / "cases").glob("routes-*.yaml")):
        yield from _errors(_validator(folder, "cases"), path.name, read_yaml(path))


def _errors(validator: Draft202012Validator, part: str, row: Document) -> Iterator[str]:
    name = row.get("id") or row.get("iso2") or row.get("instrument_id") or row.get("instrument") or ""
    for error in validator.iter_errors(row):
        place = "/".join(str(step) for step in error.absolute_path)
        yield f"{part} {name} {place}: {error.message[:200]}"


def _names(facts: Facts, raw: Document) -> Iterator[str]:
    """Ids that lead nowhere."""
    known = set(facts.instruments) | {row.instrument for row in facts.parties}
    for instrument in facts.instruments.values():
        yield from _instrument_names(facts, instrument.id, _document(raw, instrument.id), known)
    states = set(facts.states) | {"EU", "CW"}
    for place, codes in (
        ("parties.csv", (row.state for row in facts.parties)),
        ("reservations.yaml", (item.state for item in facts.reservations)),
        ("authorities.csv", iter(facts.authorities)),
        ("states/law", iter(facts.national)),
        ("bilateral.csv", (code for treaty in facts.bilaterals for code in treaty.states)),
    ):
        yield from (f"{place}: no state {code}" for code in sorted(set(codes) - states))
    for law in facts.national.values():
        yield from (
            f"states/law {law.state}: no offence {name}" for name in law.offences if name not in facts.codes.offences
        )


def _document(raw: Document, name: str) -> Document:
    return next(row for row in cast(Sequence[Document], raw["instruments"]) if row["id"] == name)


def _instrument_names(facts: Facts, name: str, document: Document, known: set[str]) -> Iterator[str]:
    codes = facts.codes
    for measure in facts.instruments[name].measures:
        place = f"instruments {name} {measure.id} {measure.variant}".strip()
        if measure.id not in codes.measures:
            yield f"{place}: no measure of that code"
        yield from (f"{place}: no channel {code}" for code in measure.channels if code not in codes.channels)
        yield from (f"{place}: no ground {item.ground}" for item in measure.grounds if item.ground not in codes.grounds)
    for relation in facts.instruments[name].relations:
        if relation.other not in known and relation.other not in BILATERAL_KINDS:
            yield f"instruments {name}: relation to {relation.other}, which does not exist"
    for part in ("conditions", "clocks", "particulars", "refusal_grounds", "scope"):
        names = Counter(str(row["id"]) for row in cast(Sequence[Document], document[part]))
        yield from (f"instruments {name}: {part} {item} twice" for item, count in names.items() if count > 1)


def _parties(facts: Facts) -> Iterator[str]:
    """Overlaps and contradictions in who is bound."""
    for (instrument, state), rows in facts.party_index.items():
        if len(rows) > 1:
            yield f"parties.csv: {instrument} {state} has {len(rows)} rows"
        for row in rows:
            if row.in_force and row.ends_on and row.ends_on < row.in_force:
                yield f"parties.csv: {instrument} {state} ends before it begins"
            if row.status == "ended" and row.ends_on is None:
                yield f"parties.csv: {instrument} {state} has ended, but no day says when"
            start = facts.instruments[instrument].starts_on if instrument in facts.instruments else None
            if row.status in {"party", "bound"} and row.in_force and start and row.in_force < start:
                yield f"parties.csv: {instrument} {state} is bound from {row.in_force}, before the instrument applies"
    for treaty in facts.bilaterals:
        if len(treaty.states) != 2:
            yield f"bilateral.csv: {treaty.id} does not name two states"
        if treaty.status == "suspended" and treaty.suspended_since is None:
            yield f"bilateral.csv: {treaty.id} is suspended, but no day says since when"
    yield from _double(treaty.id for treaty in facts.bilaterals)


def _double(names: Iterable[str]) -> Iterator[str]:
    yield from (f"bilateral.csv: {name} twice" for name, count in Counter(names).items() if count > 1)


def _relations(facts: Facts) -> Iterator[str]:
    """Two texts that each displace the other, and displacing texts that say no effect."""
    pairs = {
        (name, relation.other)
        for name, instrument in facts.instruments.items()
        for relation in instrument.relations
        if relation.kind == "displaces" and relation.effect == "excludes"
    }
    yield from (
        f"instruments {a} and {b} each displace the other" for a, b in sorted(pairs) if a < b and (b, a) in pairs
    )
    for name, instrument in facts.instruments.items():
        for relation in instrument.relations:
            if relation.kind in {"displaces", "displaced-by", "replaced"} and not relation.effect:
                yield f"instruments {name}: the relation to {relation.other} does not say its effect"


def _tests(facts: Facts) -> Iterator[str]:
    for measure in facts.codes.measures:
        try:
            book_of(facts).candidates(measure)
        except ComityError as error:
            yield f"{measure}: {error.message}"


def _coverage(facts: Facts) -> Iterator[tuple[str, int]]:
    yield "states", len(facts.states)
    yield "instruments", len(facts.instruments)
    yield "measures of instruments", sum(len(item.measures) for item in facts.instruments.values())
    yield "positions of states towards instruments", len(facts.parties)
    yield "of these weak, counted as unknown", sum(row.confidence == "low" for row in facts.parties)
    yield "reservations and declarations", len(facts.reservations)
    yield "treaties between two states", len(facts.bilaterals)
    yield "states with authorities", len(facts.authorities)
    yield "states with national law", len(facts.national)
    yield "national provisions", sum(len(rows) for law in facts.national.values() for rows in law.offences.values())
    yield "rules for warnings", len(facts.cautions.questions) + len(facts.cautions.contradictions)
    yield "holders of data", len(facts.holders.holders)
    yield "rules on jurisdiction", len(facts.jurisdiction.grants)
    yield "elements of offences", len(facts.codes.elements.tokens)
    yield "obligations of instruments", sum(len(asked.items) for asked in facts.obligations.values())
    yield "conditions that no fact decides", sum(_undecidable(facts).values())


def _undecidable(facts: Facts) -> Mapping[str, int]:
    return {
        name: len({rule.rule.id for measure in item.measures for rule in measure.conditions if rule.test is None})
        for name, item in facts.instruments.items()
    }
