"""The worked answers of the lawbook, each with the article that decides it, against what the program says."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from comity.law.answer import NOT_MET, UNSURE, Answer, Finding, Route
from comity.law.facts import Facts
from comity.law.question import parse_question
from comity.law.routes import routes
from comity.lawbook import default_path
from comity.lawbook.reading import read_yaml

Case = Mapping[str, Any]


def cases() -> list[Case]:
    documents: list[Any] = [read_yaml(path) for path in sorted((default_path() / "cases").glob("routes-*.yaml"))]
    return [case for document in documents for case in document["cases"]]


CASES = cases()


def route(answer: Answer, name: str) -> Route:
    instrument, _, variant = name.partition("#")
    found = [item for item in answer.routes if item.instrument == instrument and item.variant == variant]
    assert len(found) == 1, f"{name}: {[(item.instrument, item.variant) for item in answer.routes]}"
    return found[0]


def all_findings(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    for finding in findings:
        yield finding
        yield from all_findings(finding.findings)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_program_answers_as_the_jurist_did(case: Case, facts: Facts) -> None:
    expect = case["expect"]
    answer = routes(facts, parse_question(case["question"]))
    for name, verdicts in expect["routes"].items():
        found = route(answer, name)
        why = [(item.id, item.settles) for item in found.findings if item.verdict != "met"]
        assert found.verdict in ([verdicts] if isinstance(verdicts, str) else verdicts), (name, why)
    for name, finding in expect.get("decides", {}).items():
        deciding = {item.id for item in all_findings(route(answer, name).findings) if item.verdict in {NOT_MET, UNSURE}}
        assert finding in deciding
    for name, keys in expect.get("settled_by", {}).items():
        assert set(keys) <= set(route(answer, name).settles)
        assert set(keys) <= set(answer.unknown)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_rest_of_the_route_is_as_the_jurist_said(case: Case, facts: Facts) -> None:
    expect = case["expect"]
    answer = routes(facts, parse_question(case["question"]))
    codes = {caution.code for caution in answer.warnings}
    assert set(expect.get("warnings", ())) <= codes
    assert not set(expect.get("no_warnings", ())) & codes
    if expect.get("never_open"):
        assert not [found.instrument for found in answer.routes if found.verdict == "open"]
    for attribute in ("dual_criminality", "channel", "works_as"):
        for name, value in expect.get(attribute, {}).items():
            assert getattr(route(answer, name), attribute) == value
    for name, duration in expect.get("clock", {}).items():
        assert duration in {clock.duration for clock in route(answer, name).clocks}
    for name, risks in expect.get("risk", {}).items():
        arising = {risk.id: risk.arises for risk in route(answer, name).refusal_risks}
        assert {risk: arising.get(risk, "absent") for risk in risks} == risks
    for attribute in ("use_limits", "safeguards"):
        for name, expected in expect.get(attribute, {}).items():
            assert set(expected) <= {duty.id for duty in getattr(route(answer, name), attribute)}
    order = [answer.routes.index(route(answer, name)) for name in expect.get("before", ())]
    assert order == sorted(order)


def test_there_are_enough_of_them_and_no_two_share_a_name() -> None:
    names = [case["id"] for case in CASES]
    assert len(names) >= 180
    assert len(set(names)) == len(names)
