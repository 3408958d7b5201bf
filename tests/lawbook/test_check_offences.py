"""The check finds elements and obligations that lead nowhere; an obligation file is added without code."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from comity.law.offences.gap import gap
from comity.law.parse import parse_facts
from comity.lawbook import default_path
from comity.lawbook.check_offences import offence_problems
from comity.lawbook.facts import read_facts

OBLIGATIONS = """
schema: comity-obligations/1
instrument: malabo
as_of: '2026-11-24'
sources: {txt: {what: text of the convention, kind: expert}}
obligations:
- article: 29(1)(a)
  offence: illegal-access
  text: {en: Access without right, zh: 非法访问}
  confidence: high
  source: [txt]
"""


@pytest.fixture(scope="module")
def read() -> Any:
    return read_facts(default_path())


@pytest.fixture
def raw(read: Any) -> Any:
    return {**read, "national": copy.deepcopy(read["national"]), "obligations": copy.deepcopy(read["obligations"])}


def row(raw: Any, state: str, name: str) -> Any:
    law = next(law for law in raw["national"] if law["iso2"] == state)
    return next(each for each in law["offences"] if each["row"] == name)


def obligation(raw: Any, article: str) -> Any:
    document = next(each for each in raw["obligations"] if each["instrument"] == "budapest")
    return next(each for each in document["obligations"] if each["article"] == article)


DEFECTS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "an element that nobody knows": (
        lambda raw: row(raw, "DE", "illegal-access/1")["elements"]["all"].append("wihtout-right"),
        "states/law DE illegal-access/1: wihtout-right is no element",
    ),
    "a ground of aggravation that nobody knows": (
        lambda raw: row(raw, "DE", "computer-fraud/1")["penalty"]["aggravated"][0]["when"].append("bad-weather"),
        "bad-weather is no element",
    ),
    "an act among the objects": (
        lambda raw: row(raw, "DE", "illegal-access/1")["elements"].update(object=["access"]),
        "access is no object",
    ),
    "a quantity without words": (
        lambda raw: row(raw, "CN", "illegal-access/2")["elements"]["all"].append("threshold-count:20 gadgets"),
        "gadgets has no words",
    ),
    "an obligation without such an offence": (
        lambda raw: obligation(raw, "2").update(offence="hacking"),
        "obligations budapest art. 2: no offence hacking",
    ),
    "obligations of an instrument that is not there": (
        lambda raw: raw["obligations"][0].update(instrument="bucharest"),
        "obligations: no instrument bucharest",
    ),
    "an obligation whose elements are nowhere": (
        lambda raw: obligation(raw, "2").update(offence="identity-theft"),
        "identity-theft has no elements here",
    ),
    "an obligation without such a power": (
        lambda raw: obligation(raw, "21").update(power="eavesdropping"),
        "obligations budapest art. 21: no power eavesdropping",
    ),
    "something permitted that nobody knows": (
        lambda raw: obligation(raw, "6")["core"]["acts"].append("sell-devices"),
        "sell-devices is no element",
    ),
}


def test_the_law_that_comes_with_comity_has_none(raw: Any) -> None:
    assert list(offence_problems(parse_facts(raw))) == []


@pytest.mark.parametrize("defect", DEFECTS)
def test_the_check_finds_it(raw: Any, defect: str) -> None:
    spoil, words = DEFECTS[defect]
    spoil(raw)
    problems = list(offence_problems(parse_facts(raw)))
    assert any(words in problem for problem in problems), problems


SHAPES: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "an element without Chinese": (
        "offences/elements.yaml",
        lambda document: document["tokens"]["remain"]["words"].pop("zh"),
        "'zh' is a required property",
    ),
    "an element without words": (
        "offences/elements.yaml",
        lambda document: document["tokens"]["remain"].pop("words"),
        "'words' is a required property",
    ),
    "both an offence and a power": (
        "obligations/budapest.yaml",
        lambda document: document["obligations"][0].update(power="content"),
        "should not be valid",
    ),
    "an obligation without a source": (
        "obligations/uncc.yaml",
        lambda document: document["obligations"][0].update(source=[]),
        "[]",
    ),
    "an accession without an article": (
        "parties/coverage.yaml",
        lambda document: document["instruments"]["budapest"]["accession"].pop("article"),
        "'article' is a required property",
    ),
}


@pytest.mark.parametrize("defect", SHAPES)
def test_the_schema_finds_it(defect: str) -> None:
    name, spoil, words = SHAPES[defect]
    schema = {"elements": "elements", "coverage": "coverage"}.get(Path(name).stem, "obligations")
    validator = Draft202012Validator(json.loads((default_path() / f"schema/{schema}.schema.json").read_text()))
    document = yaml.safe_load((default_path() / name).read_text())
    assert list(validator.iter_errors(document)) == []
    spoil(document)
    assert any(words in error.message for error in validator.iter_errors(document))


def test_the_obligations_of_another_instrument_are_added_without_code(raw: Any) -> None:
    raw["obligations"].append(yaml.safe_load(OBLIGATIONS))
    facts = parse_facts(raw)
    assert list(offence_problems(facts)) == []
    answer = gap(facts, "KE", "malabo")
    assert [item.obligation.article for item in answer.items] == ["29(1)(a)"]
    assert answer.items[0].obligation.elements is not None
