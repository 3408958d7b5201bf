"""A jurist adds a treaty without a programmer: the example of docs/adding-law.md, carried out as it stands there, and asked."""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.law.answer import Answer, Finding, Route
from comity.law.facts import Facts
from comity.law.question import Question, parse_question
from comity.law.routes import routes
from comity.lawbook import default_path, law_terms, open_lawbook
from comity.lawbook.check import check_law
from comity.lawbook.coverage import coverage_of
from comity.lawbook.facts import load_facts
from comity.lawbook.reading import read_yaml

GUIDE = Path(__file__).parents[2] / "docs/adding-law.md"
TODAY = date(2026, 11, 24)


def examples() -> dict[str, str]:
    """File -> what the guide writes into it, or at its end where there is such a file."""
    found = re.findall(r"<!-- example: (\S+) -->\n```[a-z]*\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    return dict(found)


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lawbook with every example of the guide; nothing but data is touched."""
    folder = tmp_path_factory.mktemp("added") / "lawbook"
    shutil.copytree(default_path(), folder)
    for name, text in examples().items():
        with (folder / name).open("a") as file:
            file.write(text)
    return folder


@pytest.fixture(scope="module")
def facts(extended: Path) -> Facts:
    return load_facts(extended, extended.parent / "cache")[0]


def ask(facts: Facts, to: str, measure: str, on: date = TODAY, sender: str = "GH", **known: object) -> Answer:
    return routes(facts, Question(sender, to, measure, "illegal-access", on, known))


def lantern(answer: Answer) -> Route:
    return next(route for route in answer.routes if route.instrument == "lantern")


def finding(route: Route, name: str) -> Finding:
    return next(each for each in route.findings if each.id == name)


def test_the_guide_has_an_example_for_each_kind_of_fact() -> None:
    assert len(examples()) == 8


def test_the_example_is_sound(extended: Path) -> None:
    report = check_law(extended)
    assert report.problems == ()
    assert not [remark for remark in report.remarks if "lantern" in remark]


def test_the_worked_answers_of_the_guide_come_out(extended: Path, facts: Facts) -> None:
    document: Any = read_yaml(extended / "cases/routes-lantern.yaml")
    assert len(document["cases"]) == 5
    for case in document["cases"]:
        route = lantern(routes(facts, parse_question(case["question"])))
        expect = case["expect"]
        assert route.verdict == expect["routes"]["lantern"], case["id"]
        for name in expect.get("decides", {}).values():
            assert finding(route, name).verdict != "met", case["id"]
        for duration in expect.get("clock", {}).values():
            assert [clock.duration for clock in route.clocks] == [duration]


def test_it_opens_a_route_from_the_day_on_which_it_binds_both(facts: Facts) -> None:
    first = date(2026, 3, 1)
    assert lantern(ask(facts, "XA", "preserve", first, data_located_in="XA")).verdict == "open"
    assert lantern(ask(facts, "XA", "preserve", date(2026, 2, 28), data_located_in="XA")).verdict == "closed"
    assert lantern(ask(facts, "XA", "preserve", sender="NG", data_located_in="XA")).verdict == "closed"


def test_a_condition_a_duty_a_clock_and_a_particular_are_there_in_chinese_too(facts: Facts) -> None:
    route = lantern(ask(facts, "XA", "preserve"))
    assert route.verdict == "conditional"
    assert finding(route, "lantern-place").reason.zh == "数据位于被请求国。"
    assert [duty.text.zh for duty in route.duties] == ["请求须为书面。"]
    assert [(clock.duration, clock.what.zh) for clock in route.clocks] == [("P30D", "数据保全三十日。")]
    assert [(need.field, need.required, need.text.zh) for need in route.particulars] == [
        ("identifiers", "always", "账户或地址。")
    ]
    assert [risk.ground for risk in route.refusal_risks] == ["essential-interests"]


def test_the_authority_of_the_new_state_is_named(facts: Facts) -> None:
    competent = lantern(ask(facts, "XA", "preserve")).competent
    assert competent is not None
    assert (competent.name.en, competent.name.zh) == ("Examplia 24/7 Desk", "示例国24/7联络点")
    assert competent.languages == ("en",)


def test_a_reservation_closes_the_route_to_its_state_only_and_is_unknown_elsewhere(facts: Facts) -> None:
    known = {"issuing_authority": "judge", "data_holder": "provider", "max_penalty_months_from": 60}
    assert lantern(ask(facts, "XB", "subscriber", **known)).verdict == "closed"
    other = lantern(ask(facts, "XA", "subscriber", **known))
    assert other.verdict == "unknown"
    assert finding(other, "lantern-no-reservation").settles == ("fact:reservation:lantern:XA:lantern-9",)


def test_it_takes_the_place_of_another_instrument_for_its_measure_only(facts: Facts) -> None:
    def domestic(measure: str) -> list[str]:
        answer = ask(facts, "XA", measure, data_located_in="XA")
        found = [route for route in answer.routes if route.instrument == "domestic-reciprocity" and route.carried]
        return [each.id for route in found for each in route.findings if each.id == "displaced-by:lantern"]

    assert domestic("preserve")
    assert not domestic("subscriber")


def test_a_treaty_between_two_states_is_a_route(facts: Facts) -> None:
    answer = ask(facts, "XA", "subscriber")
    treaty = next(route for route in answer.routes if route.instrument == "bilateral:xa-gh-mlat")
    assert treaty.verdict == "conditional"


def test_names_and_coverage_of_what_was_added(extended: Path, facts: Facts) -> None:
    terms = law_terms(extended, facts)
    assert terms["state:XA"]["zh"] == "示例国"
    assert terms["instrument:lantern"]["zh"] == "电子证据明灯公约"
    assert coverage_of(facts, "XA").known["central_authority"] == 1
    assert "national_offences" in coverage_of(facts, "XA").gaps


def test_nothing_changes_for_those_who_have_nothing_to_do_with_it(facts: Facts) -> None:
    question = Question("FR", "DE", "preserve", "illegal-access", TODAY)
    before = routes(open_lawbook().facts, question).routes
    after = [route for route in routes(facts, question).routes if route.instrument != "lantern"]
    assert [(route.instrument, route.verdict) for route in after] == [
        (route.instrument, route.verdict) for route in before
    ]
