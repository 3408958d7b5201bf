"""Checks the lawbook's law as a jurist would want it checked: shapes, ids that lead nowhere, overlaps, contradictions, coverage."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from comity.cooperation.checking import check_form, check_procedure
from comity.errors import ComityError
from comity.law.facts import Facts
from comity.lawbook.check_bound import bound_problems
from comity.lawbook.check_conflicts import check_holders, check_jurisdiction, check_warnings
from comity.lawbook.check_languages import Said, language_problems, said_texts
from comity.lawbook.check_names import name_problems
from comity.lawbook.check_offences import offence_problems
from comity.lawbook.check_shapes import shape_problems
from comity.lawbook.check_tests import test_problems
from comity.lawbook.check_texts import text_problems
from comity.lawbook.facts import facts_of, read_facts
from comity.lawbook.opening import Lawbook
from comity.lawbook.reading import read_yaml
from comity.lawbook.terms import law_terms, missing_terms
from comity.lawbook.unused import remarks

ANY = "any"


@dataclass(frozen=True, slots=True)
class LawReport:
    """What the check found.

    Attributes:
        problems: each names the place and what is wrong; none means the law is sound.
        coverage: what there is, as pairs of name and number.
        remarks: what is written and never read, and what is read and never written; no defects.
    """

    problems: tuple[str, ...]
    coverage: tuple[tuple[str, int], ...]
    remarks: tuple[str, ...] = ()


def check_law(folder: Path) -> LawReport:
    """Check all facts in a lawbook. Never raises for what it finds in the files: that is the report."""
    try:
        problems = list(shape_problems(folder))
        if problems:
            return LawReport(tuple(problems), ())
        raw = read_facts(folder)
        facts, texts = facts_of(raw), tuple(said_texts(folder))
        problems += name_problems(facts, raw, _languages(folder))
        problems += [*bound_problems(facts), *text_problems(facts, raw), *test_problems(facts)]
        problems += [*check_warnings(facts), *check_jurisdiction(facts, folder), *check_holders(facts)]
        problems += [*offence_problems(facts), *language_problems(texts)]
        problems += [
            f"words: {name} lacks English or Chinese" for name in missing_terms(facts, law_terms(folder, facts))
        ]
        if not problems:
            problems += _pages(folder, facts)
    except ComityError as error:
        return LawReport((error.diagnostics().replace("\n", " "),), ())
    return LawReport(tuple(problems), tuple(_coverage(facts, texts)), tuple(remarks(facts, raw)))


def _languages(folder: Path) -> frozenset[str]:
    terms = cast(Mapping[str, object], read_yaml(folder / "words/languages.yaml")["terms"])
    return frozenset(cast("dict[str, object]", terms["language"]))


def _pages(folder: Path, facts: Facts) -> Iterator[str]:
    """Procedures and forms: sound in themselves, and about instruments and measures that exist."""
    book = Lawbook(folder)
    for procedure in book.procedures.values():
        yield from (f"procedures {fault}" for fault in check_procedure(procedure, book.wordbook))
        names = [name for name in procedure.instruments if name not in facts.instruments and name != ANY]
        yield from (f"procedures {procedure.id}: no instrument {name}" for name in names)
        measures = [name for name in procedure.measures if name not in facts.codes.measures]
        yield from (f"procedures {procedure.id}: no measure {name}" for name in measures)
    for form in book.wordbook.forms.values():
        yield from (f"forms {fault}" for fault in check_form(form))
        named = cast("dict[str, list[str]]", book.pages[f"forms/{form.id}.yaml"]).get("instruments", [])
        names = [name for name in named if name not in facts.instruments and name != ANY]
        yield from (f"forms {form.id}: no instrument {name}" for name in names)


def _coverage(facts: Facts, texts: tuple[Said, ...]) -> Iterator[tuple[str, int]]:
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
    yield "texts in English and Chinese", sum(bool(text.zh) for text in texts)
    yield "texts in English alone", sum(not text.zh for text in texts)
    yield "conditions that no fact decides", sum(_undecidable(facts).values())


def _undecidable(facts: Facts) -> Mapping[str, int]:
    return {
        name: len({rule.rule.id for measure in item.measures for rule in measure.conditions if rule.test is None})
        for name, item in facts.instruments.items()
    }
