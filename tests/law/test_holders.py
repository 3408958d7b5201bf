"""Who holds the data: the worked answers of the lawbook, what must never happen, and input that cannot be used."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.law.answer import MET, UNSURE
from comity.law.facts import Facts
from comity.law.holder_report import holder_json, routes_json
from comity.law.holders import SERVICE, find_holder, holder_routes
from comity.law.identifiers import UnusableIdentifierError
from comity.law.question import UnknownStateError
from comity.lawbook import default_path
from comity.lawbook.reading import read_yaml

CASES: list[Any] = list(read_yaml(default_path() / "cases/holders.yaml")["cases"])  # type: ignore[call-overload]
TODAY = date(2026, 11, 24)
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_program_answers_as_the_jurist_did(case: Mapping[str, Any], facts: Facts) -> None:
    expect = case["expect"]
    on = date.fromisoformat(case.get("date", "2026-11-24"))
    answer = find_holder(
        facts, str(case["identifier"]), on, user_region=case.get("user_region"), service=case.get("service")
    )
    found = {
        "kind": answer.identifier.kind,
        "certain": answer.certain,
        "states": list(answer.states),
        "unknown": list(answer.unknown),
        "chains": [form.id for form in answer.identifier.chains],
        "met": [f"{item.holder.id}/{item.entity.state}" for item in answer.choices if item.verdict == MET],
        "maybe": [f"{item.holder.id}/{item.entity.state}" for item in answer.choices if item.verdict == UNSURE],
    }
    assert {key: found[key] for key in expect} == expect


def test_there_are_enough_of_them_and_no_two_share_a_name() -> None:
    names = [case["id"] for case in CASES]
    assert len(names) == len(set(names)) >= 25


@given(value=st.text(min_size=1, max_size=60).filter(lambda text: text.strip()))
@SETTINGS
def test_any_text_is_answered_and_nothing_unknown_is_certain(facts: Facts, value: str) -> None:
    answer = find_holder(facts, value, TODAY)
    if answer.identifier.kind == "unrecognised":
        assert not answer.choices
        assert answer.unknown


@given(name=st.sampled_from(["google", "meta", "coinbase", "tiktok", "okx", "telegram", "apple"]), region=st.sampled_from(["DE", "GB", "CN", "NG", "US"]))  # fmt: skip
@SETTINGS
def test_a_weak_source_makes_no_holder_certain(facts: Facts, name: str, region: str) -> None:
    weak = {key: replace(holder, confidence="low") for key, holder in facts.holders.holders.items()}
    answer = find_holder(replace(facts, holders=replace(facts.holders, holders=weak)), name, TODAY, user_region=region)
    assert not answer.certain


@given(name=st.sampled_from(["google", "meta", "coinbase", "tiktok", "apple", "amazon"]), region=st.sampled_from(["DE", "GB", "CN", "NG", "US", "CH"]))  # fmt: skip
@SETTINGS
def test_naming_the_region_only_narrows_the_choice(facts: Facts, name: str, region: str) -> None:
    without = {choice.entity for choice in find_holder(facts, name, TODAY).choices}
    chosen = {choice.entity for choice in find_holder(facts, name, TODAY, user_region=region).choices}
    assert chosen <= without


def test_no_door_has_an_address(facts: Facts) -> None:
    for holder in facts.holders.holders.values():
        assert "://" not in repr(holder)


def test_the_routes_go_to_the_state_of_the_entity_with_the_holder_stated(facts: Facts) -> None:
    choice = find_holder(facts, "google", TODAY, user_region="DE").choices[0]
    answer = holder_routes(facts, choice, "FR", "subscriber", TODAY, "illegal-access")
    assert answer is not None
    assert answer.question.to_state == "IE"
    assert answer.question.circumstances == {"data_holder": "provider", "provider_state": "IE"}
    assert "eu-eevidence" in {route["instrument"] for route in routes_json(answer, "en")}


def test_at_home_no_route_is_needed(facts: Facts) -> None:
    choice = find_holder(facts, "google", TODAY, user_region="DE").choices[0]
    assert holder_routes(facts, choice, "IE", "subscriber", TODAY) is None


def test_an_entity_in_the_eea_takes_what_it_takes_there(facts: Facts) -> None:
    inside = find_holder(facts, "google", TODAY, user_region="DE").choices[0]
    outside = find_holder(facts, "google", TODAY, user_region="GH").choices[0]
    assert "European production order" in inside.accepts["traffic"].en
    assert "2703(d)" in outside.accepts["traffic"].en


def test_the_json_carries_door_source_and_routes(facts: Facts) -> None:
    answer = find_holder(facts, "gmail.com", TODAY, user_region="DE")
    value: Any = holder_json(answer, facts, "zh", lambda choice: holder_routes(facts, choice, "CN", "content", TODAY))
    choice = value["choices"][0]
    assert choice["role"] == SERVICE
    assert choice["state_name"] == "爱尔兰"
    assert {"door", "source"} <= {key for key, said in choice.items() if said}
    assert choice["confidence"] == "high"
    assert all(route["verdict"] != "closed" for route in choice["routes"])


@pytest.mark.parametrize(
    ("value", "options", "error"),
    [
        ("", {}, UnusableIdentifierError),
        ("   ", {}, UnusableIdentifierError),
        ("x" * 2001, {}, UnusableIdentifierError),
        ("@a", {"service": "nothing"}, UnusableIdentifierError),
        ("google", {"user_region": "ZZ"}, UnknownStateError),
    ],
)
def test_input_that_cannot_be_used_is_refused(
    value: str, options: dict[str, str], error: type[Exception], facts: Facts
) -> None:
    with pytest.raises(error):
        find_holder(facts, value, TODAY, user_region=options.get("user_region"), service=options.get("service"))


@pytest.mark.parametrize(
    "value", ["http://[", "http://", "ftp://256.1.1.1/", "a@b", "a b@gmail.com", "@", "+12", "1.2.3", "0x12"]
)
def test_what_does_not_fit_exactly_is_not_recognised(value: str, facts: Facts) -> None:
    assert find_holder(facts, value, TODAY).identifier.kind == "unrecognised"
