"""Warnings before anything is sent: each code is given by a rule with its article, and none without its reason."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.law.answer import Caution
from comity.law.facts import Facts
from comity.law.naming import named
from comity.law.question import Question, parse_question
from comity.law.routes import routes
from comity.law.words import Words

SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WITHOUT_ARTICLE = {"unknown-circumstance", "date-after-facts", "contradictory-circumstances"}
# code -> question in which it is given, what differs where it is not, and words of the article
GIVEN: dict[str, tuple[str, Mapping[str, Any], Mapping[str, Any], str]] = {
    "aut-dedere": ("FR CN extradition", {"nationality_of_person": "CN"}, {"nationality_of_person": "FR"}, "UNTOC art. 16(10)"),
    "nationality": ("FR CN extradition", {"nationality_of_person": "CN"}, {"nationality_of_person": "FR"}, "requested state"),
    "blocking-statute": ("DE CN content", {}, {"_question": "DE NL content"}, "4(3)"),
    "us-sca-blocking": ("DE US content", {}, {"_question": "DE US subscriber"}, "2702"),
    "gdpr-48": ("US IE subscriber", {}, {"_question": "FR IE subscriber"}, "art. 48"),
    "conflict-of-laws": ("DE US content", {"provider_state": "US", "data_located_in": "IE"},
                         {"_question": "DE NL content", "provider_state": "NL", "data_located_in": "NL"}, "2023/1543"),
    "consent-required": ("DE NL content", {"data_holder": "person"}, {"_question": "DE CN preserve"}, "32(b)"),
    "sovereignty": ("DE CN content", {"direct_request": True}, {"direct_request": False}, "Lotus"),
    "privilege": ("DE NL content", {"protected_profession": "lawyer"}, {}, "11(1)(a)"),
    "death-penalty": ("US DE extradition", {"death_penalty_possible": True}, {"death_penalty_possible": False}, "Protocol 13"),
    "human-rights": ("CN DE extradition", {}, {"_question": "CN DE preserve"}, "Soering"),
    "political-offence": ("DE NL preserve", {"political": True}, {"political": False}, "29(5)(a)"),
    "freedom-of-expression": ("DE US content speech-offences", {}, {"_question": "DE US content illegal-access"}, "First Amendment"),
    "double-jeopardy": ("DE FR extradition", {"finally_judged_in": "FR"}, {}, "art. 54"),
    "speciality": ("DE CH content", {}, {"_question": "DE NL content"}, "art. 67"),
    "red-notice-not-arrest-warrant": ("DE BR arrest-notice", {}, {"_question": "DE BR preserve"}, "82"),
    "emergency-definition-not-met": ("DE US emergency-disclosure", {"emergency": False}, {"emergency": True}, "3(2)(c)"),
    "ex-post-validation": ("FR IE subscriber", {"emergency": True, "validation_not_obtainable_in_time": True, "data_holder": "provider",
                           "provider_state": "IE"}, {"emergency": False}, "4(5)"),
    "judicial-validation-required": ("FR IE subscriber", {"issuing_authority": "police"}, {"issuing_authority": "judge"}, "validation"),
    "notify-enforcing-authority": ("FR IE content", {}, {"_question": "FR IE subscriber"}, "art. 8"),
    "third-country-notification": ("DE FR interception", {"target_now_in": "IT"}, {"target_now_in": "FR"}, "art. 31"),
    "threshold-not-met": ("FR DE extradition", {"max_penalty_months_from": 6}, {"max_penalty_months_from": 120}, "closed route"),
    "treaty-suspended": ("US HK extradition", {}, {"_question": "US JP extradition"}, "art. 57"),
    "not-in-force": ("CN RU preserve", {}, {"_question": "FR DE preserve"}, "18, 24"),
    "use-limitation": ("FR DE content", {}, {}, "use limits"),
    "dual-criminality": ("FR JP search-seizure", {}, {"_question": "TV CN arrest-notice"}, "dual criminality"),
    "intelligence-not-evidence": ("FR JP evidence-general", {}, {}, "handling code"),
    "not-a-legal-basis": ("FR US subscriber", {}, {}, "general rule"),
    "urgent-expiry": ("DE US content", {"preserved_until": "2026-12-01"}, {"preserved_until": "2027-06-01"}, "29(7)"),
    "contradictory-circumstances": ("DE NL preserve", {"emergency": True, "urgent": False}, {"urgent": True}, ""),
    "unknown-circumstance": ("DE NL preserve", {"weather": "rain"}, {}, ""),
    "date-after-facts": ("DE NL preserve", {"_date": "2030-01-01"}, {"_date": "2026-01-01"}, ""),
}  # fmt: skip


def ask(facts: Facts, text: str, known: Mapping[str, Any]) -> tuple[Caution, ...]:
    words = str(known.get("_question", text)).split()
    circumstances = {key: value for key, value in known.items() if not key.startswith("_")}
    value = {"from": words[0], "to": words[1], "measure": words[2], "offence": words[3] if len(words) > 3 else "illegal-access",
             "date": known.get("_date", "2026-11-24"), "circumstances": circumstances}  # fmt: skip
    return routes(facts, parse_question(value)).warnings


@pytest.mark.parametrize("code", GIVEN)
def test_the_warning_is_given_where_it_belongs_with_its_article(code: str, facts: Facts) -> None:
    text, known, _, article = GIVEN[code]
    found = [caution for caution in ask(facts, text, known) if caution.code == code]
    assert any(article in caution.article for caution in found), found
    assert all(caution.text.en and caution.text.zh for caution in found)


@pytest.mark.parametrize("code", [code for code, (_, known, other, _) in GIVEN.items() if other or known])
def test_the_warning_is_not_given_where_it_does_not_belong(code: str, facts: Facts) -> None:
    text, known, other, _ = GIVEN[code]
    changed = {} if not other else other if "_question" in other else {**known, **other}
    assert code not in {caution.code for caution in ask(facts, text, changed)}


def test_every_code_of_the_lawbook_has_its_example(facts: Facts) -> None:
    assert set(GIVEN) == set(facts.codes.warnings) == set(facts.cautions.codes)


CONTRADICTIONS: list[tuple[dict[str, Any], set[str]]] = [
    ({"emergency": True, "purpose": "sentence"}, {"emergency", "purpose"}),
    ({"consent_given_by": "user", "consent": False}, {"consent_given_by", "consent"}),
    ({"consent_given_by": "user"}, {"consent_given_by", "consent"}),
    ({"consent_lawful_and_voluntary": True, "consent": False}, {"consent_lawful_and_voluntary", "consent"}),
    ({"data_holder": "person", "provider_state": "NL"}, {"data_holder", "provider_state"}),
    ({"provider_state": "US"}, {"to", "provider_state"}),
    ({"provider_state": "DE"}, {"from", "provider_state"}),
    ({"organised_group": True, "offenders": 2}, {"organised_group", "offenders"}),
    (
        {"death_penalty_possible": True, "max_penalty_months_from": 60},
        {"death_penalty_possible", "max_penalty_months_from"},
    ),
    ({"list_box_ticked": True, "max_penalty_months_from": 12}, {"list_box_ticked", "max_penalty_months_from"}),
    ({"purpose": "sentence", "person_role": "suspect"}, {"purpose", "person_role"}),
    ({"sentence_left_months": 4, "purpose": "investigation"}, {"sentence_left_months", "purpose"}),
    ({"judicial_validation": True, "validation_not_obtainable_in_time": True}, {"judicial_validation"}),
    ({"eaw_issued": "2027-01-01"}, {"eaw_issued", "date"}),
    ({"arrest_date": "2027-01-01"}, {"arrest_date", "date"}),
]


@pytest.mark.parametrize(("known", "keys"), CONTRADICTIONS, ids=[" ".join(sorted(keys)) for _, keys in CONTRADICTIONS])
def test_circumstances_that_do_not_go_together_are_named_both(
    known: dict[str, Any], keys: set[str], facts: Facts
) -> None:
    found = [item for item in ask(facts, "DE NL content", known) if item.code == "contradictory-circumstances"]
    names = [named(facts, "circumstance" if key in facts.codes.circumstances else "member", key) for key in keys]
    assert not keys & {name.en for name in names}
    assert any(
        all(f"‘{one.en}’" in item.text.en and f"“{one.zh}”" in item.text.zh for one in names) for item in found
    ), found


@pytest.mark.parametrize(
    "known",
    [
        {"provider_state": "US", "data_located_in": "NL"},
        {"provider_state": "US", "legal_representative_in": "NL"},
        {"provider_state": "NL"},
        {"emergency": True, "purpose": "investigation", "urgent": True},
        {"consent": True, "consent_given_by": "user", "consent_lawful_and_voluntary": True},
        {"organised_group": True, "offenders": 3},
        {"death_penalty_possible": True, "max_penalty_months_from": 999},
    ],
)
def test_circumstances_that_go_together_are_not_called_contradictory(known: dict[str, Any], facts: Facts) -> None:
    assert "contradictory-circumstances" not in {item.code for item in ask(facts, "DE NL content", known)}


def test_the_requesting_side_may_not_send_directly_by_its_own_law(facts: Facts) -> None:
    found = [
        item for item in ask(facts, "CN US subscriber", {"direct_request": True}) if item.code == "blocking-statute"
    ]
    assert any("arts 9, 25" in item.article and "China" in item.text.en for item in found)


def test_information_sent_without_a_request_is_blocked_at_its_source(facts: Facts) -> None:
    found = [item for item in ask(facts, "CN DE spontaneous-information", {}) if item.code == "blocking-statute"]
    assert any("36" in item.article for item in found)
    assert "blocking-statute" not in {item.code for item in ask(facts, "DE CN spontaneous-information", {})}


def test_a_duty_to_store_at_home_is_not_called_a_bar(facts: Facts) -> None:
    found = [item for item in ask(facts, "DE IN traffic", {}) if item.code == "blocking-statute"]
    assert found
    assert all("no bar" in item.text.en for item in found)


def test_a_threshold_is_named_only_where_the_penalty_decides(facts: Facts) -> None:
    low = ask(facts, "FR DE extradition", {"max_penalty_months_from": 6, "max_penalty_months_to": 6})
    assert "threshold-not-met" in {item.code for item in low}
    assert "threshold-not-met" not in {item.code for item in ask(facts, "FR DE extradition", {})}


def test_places_are_named_in_the_language_of_the_reader(facts: Facts) -> None:
    found = next(item for item in ask(facts, "DE CH content", {}) if item.code == "blocking-statute")
    assert found.text.en.startswith("Switzerland forbids")
    assert found.text.zh.startswith("瑞士禁止")
    assert "federal" not in found.text.zh


MONOTONE = ("political", "death_penalty_possible", "direct_request")


@given(
    pair=st.lists(st.sampled_from(["DE", "US", "CN", "NL", "CH", "GH", "JP"]), min_size=2, max_size=2, unique=True),
    measure=st.sampled_from(["preserve", "content", "extradition", "interception", "emergency-disclosure"]),
    key=st.sampled_from(MONOTONE),
    others=st.sets(st.sampled_from(MONOTONE)),
)
@SETTINGS
def test_a_danger_that_is_stated_only_adds_warnings_about_the_question(
    facts: Facts, pair: list[str], measure: str, key: str, others: set[str]
) -> None:
    of_routes = {rule.code for rule in (*facts.cautions.routes, *facts.cautions.closed)}
    base = Question(
        pair[0], pair[1], measure, "illegal-access", date(2026, 11, 24), dict.fromkeys(others - {key}, True)
    )
    more = replace(base, circumstances={**base.circumstances, key: True})
    before, after = ({item.code for item in routes(facts, question).warnings} for question in (base, more))
    assert before - of_routes - {"death-penalty"} <= after


def test_every_warning_about_law_names_its_article(facts: Facts) -> None:
    rules = (*facts.cautions.questions, *facts.cautions.routes, *facts.cautions.closed)
    assert all(rule.article for rule in rules)
    assert {rule.code for rule in rules}.isdisjoint(WITHOUT_ARTICLE)


def test_a_jurist_changes_a_warning_by_data_alone(facts: Facts) -> None:
    rules = tuple(
        replace(rule, text=Words("Changed for {to}.", "已改：{to}。")) if rule.id == "speciality-swiss" else rule
        for rule in facts.cautions.questions
    )
    changed = replace(facts, cautions=replace(facts.cautions, questions=rules))
    found = next(item for item in ask(changed, "DE CH content", {}) if item.code == "speciality")
    assert found.text == Words("Changed for Switzerland.", "已改：瑞士。")
