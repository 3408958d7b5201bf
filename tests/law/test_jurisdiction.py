"""Jurisdiction over crime chains: the worked answers of the lawbook, what must never happen, and input that cannot be used."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.law.answer import MET
from comity.law.chain import Chain, Link, UnusableLinkError, parse_chain, parse_link
from comity.law.facts import Facts
from comity.law.jurisdiction import JurisdictionAnswer, jurisdiction
from comity.law.jurisdiction_report import jurisdiction_json
from comity.law.question import UnknownOffenceError, UnknownStateError, UnusableDateError, UnusableQuestionError
from comity.lawbook import default_path
from comity.lawbook.reading import read_yaml

CASES: list[Any] = list(read_yaml(default_path() / "cases/jurisdiction.yaml")["cases"])  # type: ignore[call-overload]
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
STATES = ("DE", "FR", "NL", "DK", "US", "CN", "GH", "NG", "JO", "AE", "VN", "GB", "CH", "KZ")
KINDS = ("conducted", "systems", "servers", "victims", "victim-national", "loss", "money", "proceeds", "suspect-located",
         "suspect-national", "suspect-resident", "benefit", "flag", "against-state", "evidence", "witnesses", "proceedings",
         "judged")  # fmt: skip
links = st.builds(Link, st.sampled_from(KINDS), st.sampled_from(STATES), st.none() | st.integers(1, 1000))
chains = st.builds(
    Chain,
    st.sampled_from(("illegal-access", "computer-fraud", "money-laundering", "speech-offences", None)),
    st.dates(date(2000, 1, 1), date(2035, 1, 1)),
    st.lists(links, min_size=1, max_size=8).map(tuple),
    st.sampled_from((True, False, None)),
)


def verdicts(answer: JurisdictionAnswer) -> dict[tuple[str, str], str]:
    return {(claim.state, basis.id): basis.verdict for claim in answer.claims for basis in claim.bases}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_program_answers_as_the_jurist_did(case: Mapping[str, Any], facts: Facts) -> None:
    expect = case["expect"]
    answer = jurisdiction(facts, parse_chain(case["chain"]))
    claims = {claim.state: claim for claim in answer.claims}
    assert {state: claims[state].verdict for state in expect.get("claims", {})} == expect.get("claims", {})
    assert answer.conflict == expect.get("conflict", answer.conflict)
    if "obliged" in expect:
        assert sorted(state for state, claim in claims.items() if claim.obliged) == expect["obliged"]
    found = verdicts(answer)
    for state, bases in expect.get("bases", {}).items():
        assert {basis: found[state, basis] for basis in bases} == bases
    assert not set(expect.get("absent", ())) & set(claims)
    assert answer.order[0].state == expect.get("first", answer.order[0].state)
    duties = {duty.rule.id: list(duty.states) for duty in answer.consultation}
    assert {name: duties.get(name) for name in expect.get("consult", {})} == expect.get("consult", {})


@given(chain=chains, extra=links)
@SETTINGS
def test_another_link_never_takes_a_basis_away_nor_weakens_it(facts: Facts, chain: Chain, extra: Link) -> None:
    before = verdicts(jurisdiction(facts, chain))
    after = verdicts(jurisdiction(facts, replace(chain, links=(*chain.links, extra))))
    assert set(before) <= set(after)
    assert all(after[key] == MET for key, verdict in before.items() if verdict == MET)


@given(chain=chains, order=st.randoms(use_true_random=True))
@SETTINGS
def test_the_order_of_the_links_does_not_matter(facts: Facts, chain: Chain, order: Any) -> None:
    shuffled = list(chain.links)
    order.shuffle(shuffled)
    first, second = jurisdiction(facts, chain), jurisdiction(facts, replace(chain, links=tuple(shuffled)))
    assert replace(first, chain=chain) == replace(second, chain=chain)


@given(chain=chains)
@SETTINGS
def test_a_missing_fact_never_becomes_a_yes(facts: Facts, chain: Chain) -> None:
    bare = replace(facts, national={}, parties=(), reservations=())
    known = {claim.state: claim for claim in jurisdiction(facts, chain).claims}
    for claim in jurisdiction(bare, chain).claims:
        assert claim.verdict != MET
        assert not claim.obliged or known[claim.state].obliged


@given(chain=chains)
@SETTINGS
def test_without_an_offence_nobody_has_jurisdiction_for_certain(facts: Facts, chain: Chain) -> None:
    answer = jurisdiction(facts, replace(chain, offence=None))
    assert all(claim.verdict != MET and not claim.obliged for claim in answer.claims)
    assert answer.conflict != MET
    assert "offence" in answer.unknown


@given(chain=chains)
@SETTINGS
def test_every_ground_names_its_article_and_every_criterion_is_shown(facts: Facts, chain: Chain) -> None:
    answer = jurisdiction(facts, chain)
    assert all(ground.article for claim in answer.claims for basis in claim.bases for ground in basis.grounds)
    assert [row.criterion.id for row in answer.criteria] == [item.id for item in facts.jurisdiction.criteria]
    for language in ("en", "zh"):
        assert jurisdiction_json(answer, facts, language)["procedure"] == "jurisdiction-consultation"


def test_mixed_weights_leave_the_share_unknown(facts: Facts) -> None:
    answer = jurisdiction(
        facts, Chain("computer-fraud", date(2026, 11, 24), (Link("victims", "DE", 40), Link("victims", "NL")))
    )
    row = next(row for row in answer.criteria if row.criterion.id == "loss")
    assert [mark.share for mark in row.marks] == [None, None]


def test_a_final_judgment_comes_first_among_the_warnings(facts: Facts) -> None:
    chain = parse_chain(
        {"offence": "illegal-access", "date": "2026-11-24", "links": ["judged:FR", "conducted:DE", "systems:CN"]}
    )
    warnings = jurisdiction(facts, chain).warnings
    assert [warning.code for warning in warnings] == ["double-jeopardy", "double-jeopardy"]
    assert "France" in warnings[0].text.en
    assert "ICCPR" in warnings[1].article


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ({"links": []}, UnusableLinkError),
        ({"links": ["weather:DE"]}, UnusableLinkError),
        ({"links": ["victims:DE:0"]}, UnusableLinkError),
        ({"links": ["victims:DE:-1"]}, UnusableLinkError),
        ({"links": ["victims"]}, UnusableLinkError),
        ({"links": [5]}, UnusableLinkError),
        ({"links": [{"what": "victims"}]}, UnusableLinkError),
        ({"links": [{"what": "victims", "state": "DE", "weight": True}]}, UnusableLinkError),
        ({"links": [{"what": "victims", "state": "DE", "date": "soon"}]}, UnusableDateError),
        ({"links": "victims:DE"}, UnusableLinkError),
        ({"links": ["victims:DE"] * 1001}, UnusableLinkError),
        ({"links": ["victims:ZZ"]}, UnknownStateError),
        ({"links": ["victims:DE"], "offence": "weather"}, UnknownOffenceError),
        ({"links": ["victims:DE"], "offence": 3}, UnknownOffenceError),
        ({"links": ["victims:DE"], "date": "1800-01-01"}, UnusableDateError),
        ({"links": ["victims:DE"], "date": None}, UnusableDateError),
        ({"links": ["victims:DE"], "organised_group": "yes"}, UnusableLinkError),
    ],
)
def test_a_chain_that_cannot_be_used_is_refused(
    value: Mapping[str, object], error: type[UnusableQuestionError], facts: Facts
) -> None:
    with pytest.raises(error):
        jurisdiction(facts, parse_chain({"offence": "illegal-access", "date": "2026-11-24", **value}))


def test_a_link_is_read_with_its_weight() -> None:
    assert parse_link("victims:de:40") == Link("victims", "DE", 40)
