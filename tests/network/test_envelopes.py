"""Envelopes from strangers, forgers and bad post: the same one again gets the same receipt, everything else a reason."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from tests.network.network import FRANCE, GHANA, HOSTING, Network
from tests.node.world import Partner, following

from comity.acts.act import decode_act
from comity.acts.canonical import digest
from comity.cli.demo.scenes import Tale
from comity.exchange.envelope import seal
from comity.exchange.parcel import Item, Parcel
from comity.node.keys import describe_office, load_keys

FLIPS = 60


def post(network: Network, office: str, envelope: bytes) -> httpx.Response:
    url = f"http://127.0.0.1:{network.homes[office].port}/exchange/envelopes"
    return httpx.post(url, content=envelope, timeout=60, trust_env=False)


def quarantined(network: Network, office: str, data: bytes) -> list[str]:
    return [
        code for (code,) in network.rows(office, "SELECT code FROM node_quarantined WHERE sha256 = ?", digest(data))
    ]


def counts(network: Network, office: str) -> tuple[int, ...]:
    """How many acts, custody events and ledger entries there are."""
    return tuple(
        network.rows(office, f"SELECT COUNT(*) FROM {table}")[0][0]
        for table in ("node_actrecord", "node_custody", "node_dossier", "node_ledgerentry")
    )


@pytest.fixture
def envelope(network: Network, told: Tale) -> bytes:
    """The production request, sealed for France once more."""
    sent = network.rows(
        GHANA,
        "SELECT id FROM node_actrecord WHERE dossier_id = ? AND step = 'send-production-request'",
        told.facts["request"],
    )[0][0]
    desk = network.desks[GHANA]
    url = f"{desk.url}/api/dossiers/{told.facts['request']}/acts/{sent}/envelope"
    return (
        httpx.get(url, headers={"Authorization": f"Bearer {desk.tokens['ama']}"}, trust_env=False)
        .raise_for_status()
        .content
    )


def test_the_same_envelope_again_gets_the_same_receipt_and_leaves_nothing(network: Network, envelope: bytes) -> None:
    first = post(network, FRANCE, envelope)
    assert first.status_code == 200
    before = counts(network, FRANCE)
    again = [post(network, FRANCE, envelope) for _ in range(5)]
    assert {answer.content for answer in again} == {first.content}
    assert counts(network, FRANCE) == before


def test_a_known_act_in_a_new_envelope_is_stored_once(network: Network, told: Tale, envelope: bytes) -> None:
    post(network, FRANCE, envelope)
    rows = network.rows(FRANCE, "SELECT COUNT(*) FROM node_actrecord WHERE dossier_id = ?", told.facts["request"])
    assert rows == [(8,)]


def test_an_envelope_with_any_byte_changed_is_refused_with_a_reason_and_kept(network: Network, envelope: bytes) -> None:
    before = counts(network, FRANCE)
    drawn = random.Random("flips")
    for position in [*range(0, 60, 7), *(drawn.randrange(len(envelope)) for _ in range(FLIPS)), len(envelope) - 1]:
        changed = bytearray(envelope)
        changed[position] ^= 1 << drawn.randrange(8)
        answer = post(network, FRANCE, bytes(changed))
        assert 400 <= answer.status_code < 500, position
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert problem["code"]
        assert problem["detail"]
        assert quarantined(network, FRANCE, bytes(changed)) == [problem["code"]]
    assert counts(network, FRANCE) == before


def test_an_envelope_for_another_office_is_sent_away(network: Network, envelope: bytes) -> None:
    answer = post(network, HOSTING, envelope)
    assert answer.status_code == 421
    assert answer.json()["code"] == "not-for-us"


def test_rubbish_is_refused(network: Network) -> None:
    for rubbish in (b"", b"hello", b"comity-envelope/1\n", b"{" * 100_000, bytes(1000)):
        answer = post(network, FRANCE, rubbish)
        assert answer.status_code in (400, 415, 422)
        assert answer.json()["code"]


def test_what_is_too_large_is_refused_before_it_is_kept(network: Network) -> None:
    answer = post(network, FRANCE, bytes(66 * 1024 * 1024))
    assert answer.status_code == 413
    assert answer.json()["code"] == "too-large"


def test_a_changed_act_in_a_good_envelope_is_refused_and_the_rest_is_taken(network: Network, told: Tale) -> None:
    pdf = bytes(network.rows(GHANA, "SELECT pdf FROM node_actrecord WHERE id = ?", told.facts["request"])[0][0])
    changed = bytearray(pdf)
    changed[len(pdf) // 2] ^= 1
    home = network.homes[FRANCE]
    parcel = Parcel((Item("act", "changed.pdf", bytes(changed)), Item("act", "good.pdf", pdf)))
    before = counts(network, FRANCE)
    answer = post(network, FRANCE, seal(parcel, GHANA, describe_office(home, load_keys(home))))
    assert answer.status_code == 200
    assert f"act {told.facts['request']} stored" in answer.text
    assert "refused:" in answer.text
    assert quarantined(network, FRANCE, bytes(changed)) != []
    assert counts(network, FRANCE)[:3] == before[:3]


def test_an_act_by_an_office_that_has_no_part_in_the_dossier_is_refused(network: Network, told: Tale) -> None:
    payload = bytes(network.rows(GHANA, "SELECT payload FROM node_actrecord WHERE id = ?", told.facts["request"])[0][0])
    opening = decode_act(payload)
    now = datetime.now(UTC).replace(microsecond=0)
    forged = replace(
        following(opening, "accept", HOSTING, "requested", opening, at=now), form=None, fields={}, exhibits=None
    )
    hosting, france = Partner(network.homes[HOSTING]), network.homes[FRANCE]
    made = hosting.make(forged, now)
    before = history_of(network, told)
    answer = post(network, FRANCE, hosting.send(france, made))
    assert answer.status_code == 200
    assert "refused:" in answer.text
    assert history_of(network, told) == before


def history_of(network: Network, told: Tale) -> object:
    return network.desks[FRANCE].get("claire", f"/api/dossiers/{told.facts['request']}")["history"]
