"""The machine interfaces as docs/exchange.md describes them: good, malformed, oversized, unknown, and by the wrong method."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from tests.node.world import FRANCE, GHANA, REQUEST, Partner

from comity.acts.canonical import digest
from comity.evidence.acquire import acquire
from comity.evidence.exhibit import ExhibitList
from comity.evidence.transfer import loads, seal_load
from comity.evidence.vault import open_vault
from comity.exchange.carrier import MAX_LOAD_BYTES
from comity.exchange.envelope import seal
from comity.exchange.parcel import Parcel
from comity.exchange.receipt import verify_receipt
from comity.ledger.checkpoint import Checkpoint, sign_checkpoint
from comity.ledger.merkle import EMPTY_ROOT
from comity.ledger.note import NoteSigner
from comity.ledger.witness import MAX_REQUEST_BYTES, AddCheckpoint
from comity.node import ledger_rows, resources
from comity.node.home import Home
from comity.node.keys import describe_office, load_keys
from comity.node.models import ActRecord, Custody, Holding, LedgerEntry, Quarantined, WitnessedLog
from comity.node.usecases.publish_ledger import publish_ledger

Who = Callable[[str], Partner]
OCTETS = "application/octet-stream"


def call(method: str, path: str, data: bytes = b"", **extra: Any) -> Any:
    return Client(raise_request_exception=False).generic(method, path, data=data, content_type=OCTETS, **extra)


def assert_problem(answer: Any, status: int, code: str) -> None:
    """It is a problem document with everything that a machine and a person need."""
    assert answer.status_code == status, answer.content
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["code"]) == (status, code)
    assert body["detail"]
    assert body["remedy"]
    assert "Traceback" not in answer.content.decode()


# envelopes and receipts


def test_an_envelope_is_receipted_and_the_receipt_is_given_again(requested: Home, partner: Who) -> None:
    ghana = partner(GHANA)
    made = ghana.make(REQUEST)
    envelope = ghana.send(requested, made)
    first = call("POST", "/exchange/envelopes", envelope)
    assert (first.status_code, first.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    us = describe_office(requested, load_keys(requested))
    assert verify_receipt(first.content, us, envelope=digest(envelope)).receipt.acts[0].id == made.act.id
    again = call("GET", f"/exchange/receipts/{digest(envelope)}")
    assert (again.status_code, again.content) == (200, first.content)
    assert call("POST", "/exchange/envelopes", envelope).content == first.content


def test_there_is_no_receipt_of_what_never_came(requested: Home) -> None:
    assert_problem(call("GET", f"/exchange/receipts/{'0' * 64}"), 404, "not-found")


def test_what_is_no_envelope_is_a_bad_request(requested: Home) -> None:
    assert_problem(call("POST", "/exchange/envelopes", b"%PDF-1.7"), 400, "not-an-envelope")
    assert Quarantined.objects.get().code == "not-an-envelope"


def test_a_damaged_envelope_and_a_hostile_parcel_are_unprocessable(
    requested: Home, partner: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    ghana = partner(GHANA)
    envelope = bytearray(ghana.send(requested, ghana.make(REQUEST)))
    envelope[-1] ^= 1
    assert_problem(call("POST", "/exchange/envelopes", bytes(envelope)), 422, "damaged")
    monkeypatch.setattr(
        "comity.exchange.envelope.encode_parcel", lambda *_, **__: b'{"items":[],"from":"gh/x"}\n\nmore'
    )
    hostile = seal(Parcel(()), GHANA, describe_office(requested, load_keys(requested)))
    assert_problem(call("POST", "/exchange/envelopes", hostile), 422, "malformed-parcel")
    assert not LedgerEntry.objects.exists()


def test_an_envelope_for_another_office_is_misdirected(requested: Home, homes: dict[str, Home], partner: Who) -> None:
    ghana = partner(GHANA)
    envelope = ghana.send(homes[GHANA], ghana.make(REQUEST))
    assert_problem(call("POST", "/exchange/envelopes", envelope), 421, "not-for-us")


def test_an_oversized_envelope_is_refused_before_it_is_read(requested: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.node.machine.exchange.MAX_BYTES", 1000)
    monkeypatch.setattr("comity.node.machine.exchange.MAX_OVERHEAD", 0)
    assert_problem(call("POST", "/exchange/envelopes", bytes(1001)), 413, "too-large")
    lying = call("POST", "/exchange/envelopes", bytes(2), CONTENT_LENGTH="9" * 30)
    assert_problem(lying, 413, "too-large")
    assert not Quarantined.objects.exists()


def test_a_fault_of_ours_says_when_to_try_again(requested: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise resources.NoDirectoryError("There is no directory.", remedy="Wait.")

    monkeypatch.setattr("comity.node.machine.exchange.receive_envelope", broken)
    answer = call("POST", "/exchange/envelopes", b"x")
    assert_problem(answer, 503, "no-directory")
    assert int(answer.headers["retry-after"]) > 0


# loads


@pytest.fixture
def sent(become: Callable[[str], Home], db: None, tmp_path: Path, now: datetime) -> tuple[ExhibitList, list[bytes]]:
    """France expects a list of two loads that Ghana holds, and these are the loads."""
    france = become(FRANCE)
    source = tmp_path / "disk"
    source.mkdir()
    (source / "a.img").write_bytes(b"a" * 40_000)
    (source / "b.img").write_bytes(b"b" * 10)
    vault = open_vault(str(tmp_path / "ghana"))
    exhibits = acquire(source, vault, title="Disk", part_size=32_768).list
    ours = describe_office(france, load_keys(france)).age_recipients[:1]
    data = [seal_load(load, vault, ours) for load in loads(exhibits)]
    Holding.objects.create(
        list_sha256=exhibits.sha256, title="Disk", state="expected", list_bytes=exhibits.encode(),
        bytes=exhibits.total_bytes, created_at=now, changed_at=now,
    )  # fmt: skip
    return exhibits, data


def missing(exhibits: ExhibitList) -> Any:
    return call("GET", f"/exchange/transfers/{exhibits.sha256}").json()


def test_loads_come_in_until_nothing_is_missing(sent: tuple[ExhibitList, list[bytes]]) -> None:
    exhibits, data = sent
    assert len(data) == 2
    assert missing(exhibits) == {"list": exhibits.sha256, "loads": 2, "missing": [0, 1]}
    for number in (1, 1, 0, 0):
        answer = call("PUT", f"/exchange/transfers/{exhibits.sha256}/{number}", data[number])
        assert (answer.status_code, answer.content) == (204, b"")
    assert missing(exhibits) == {"list": exhibits.sha256, "loads": 2, "missing": []}
    assert Holding.objects.get().state == "held"
    assert [row.kind for row in Custody.objects.all()] == ["received"]
    for exhibit in exhibits.exhibits:
        assert digest(resources.vault().read(exhibit.sha256, 0, exhibit.size)) == exhibit.sha256


@pytest.mark.parametrize("what", ["other load", "flipped bit", "no age file", "nothing"])
def test_a_hostile_load_is_refused_and_nothing_of_it_is_stored(
    what: str, sent: tuple[ExhibitList, list[bytes]]
) -> None:
    exhibits, data = sent
    flipped = bytes([*data[0][:-1], data[0][-1] ^ 1])
    hostile = {"other load": data[1], "flipped bit": flipped, "no age file": b"age?", "nothing": b""}[what]
    answer = call("PUT", f"/exchange/transfers/{exhibits.sha256}/0", hostile)
    assert_problem(answer, 422, answer.json()["code"])
    assert missing(exhibits)["missing"] == [0, 1]
    assert Holding.objects.get().state == "expected"
    assert not any(resources.vault().has(each.sha256) for each in exhibits.exhibits)
    assert not Custody.objects.exists()


def test_a_load_that_is_too_large_is_refused(sent: tuple[ExhibitList, list[bytes]]) -> None:
    exhibits, _ = sent
    answer = call("PUT", f"/exchange/transfers/{exhibits.sha256}/0", bytes(MAX_LOAD_BYTES + 1))
    assert_problem(answer, 413, "too-large")
    assert missing(exhibits)["missing"] == [0, 1]


def test_loads_of_unknown_lists_and_numbers_are_refused(sent: tuple[ExhibitList, list[bytes]]) -> None:
    exhibits, data = sent
    unknown = f"/exchange/transfers/{'0' * 64}"
    assert_problem(call("GET", unknown), 404, "no-such-list")
    assert_problem(call("PUT", f"{unknown}/0", data[0]), 409, "no-such-list")
    for number in ("2", "9" * 40, "9" * 5000):
        answer = call("PUT", f"/exchange/transfers/{exhibits.sha256}/{number}", data[0])
        assert_problem(answer, 404, answer.json()["code"])
    for crooked in ("/exchange/transfers/xyz", f"{unknown}/-1", f"{unknown}/a", "/exchange/transfers/../envelopes"):
        assert_problem(call("PUT", crooked, data[0]), 404, "not-found")


# ledger and directory


def test_the_ledger_is_read_as_checkpoint_and_tiles(requested: Home, partner: Who, now: datetime) -> None:
    assert_problem(call("GET", "/ledger/checkpoint"), 404, "not-found")
    ghana = partner(GHANA)
    call("POST", "/exchange/envelopes", ghana.send(requested, ghana.make(REQUEST)))
    publish_ledger(resources.ledger_signer(), (), now)
    checkpoint = call("GET", "/ledger/checkpoint")
    assert checkpoint.content == ledger_rows.published()[1]
    assert call("GET", "/ledger/tile/0/000.p/2").status_code == 200
    assert call("GET", "/ledger/tile/entries/000.p/2").status_code == 200
    for path in ("0/000", "0/000.p/3", "9/000.p/1", "entries/001.p/1", "0/00.p/2", "x", "0/../0/000.p/2", "0/000.p/2/"):
        assert_problem(call("GET", f"/ledger/tile/{path}"), 404, "not-found")


def test_a_witness_cosigns_ledgers_of_the_directory_only(
    become: Callable[[str], Home], db: None, partner: Who, now: datetime
) -> None:
    become(GHANA)
    ghana = resources.ledger_signer()
    head = sign_checkpoint(Checkpoint(ghana.name, 0, EMPTY_ROOT), ghana)
    stranger = NoteSigner("xx/stranger", Ed25519PrivateKey.generate())
    strange = sign_checkpoint(Checkpoint(stranger.name, 0, EMPTY_ROOT), stranger)
    become(FRANCE)
    path = "/ledger/add-checkpoint"
    answer = call("POST", path, AddCheckpoint(0, (), head).encode())
    assert answer.status_code == 200, answer.content
    assert answer.content.startswith("— fr/".encode())
    assert_problem(call("POST", path, AddCheckpoint(0, (), strange).encode()), 404, "unknown-ledger")
    assert_problem(call("POST", path, b"old 0\n"), 400, "malformed-witness-request")
    assert_problem(call("POST", path, bytes(MAX_REQUEST_BYTES + 1)), 413, "too-large")
    assert [row.origin for row in WitnessedLog.objects.all()] == [ghana.name]


def test_the_directory_is_served_and_nothing_beside_it(requested: Home) -> None:
    answer = call("GET", "/directory/timestamp.json")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    assert answer.json()["signed"]["_type"] == "timestamp"
    for path in (
        "nothing.json",
        "../root.json",
        "../../keys/signing.pem",
        "%2e%2e/root.json",
        "targets",
        "/etc/passwd",
    ):
        assert_problem(call("GET", f"/directory/{path}"), 404, "not-found")


# all of them

MACHINES = {
    "/exchange/envelopes": "POST",
    f"/exchange/receipts/{'0' * 64}": "GET",
    f"/exchange/transfers/{'0' * 64}": "GET",
    f"/exchange/transfers/{'0' * 64}/0": "PUT",
    "/ledger/checkpoint": "GET",
    "/ledger/tile/0/000": "GET",
    "/ledger/add-checkpoint": "POST",
    "/directory/timestamp.json": "GET",
    "/health": "GET",
}


@pytest.mark.parametrize("path", MACHINES)
def test_another_method_is_a_problem_that_names_the_right_one(path: str, requested: Home) -> None:
    for method in {"GET", "POST", "PUT", "DELETE", "PATCH"} - {MACHINES[path]}:
        answer = call(method, path)
        assert_problem(answer, 405, "wrong-method")
        assert MACHINES[path] in answer.headers["allow"]


@pytest.mark.parametrize(
    "path", ["/exchange/", "/exchange/loads", "/ledger/x", "/directory/", "/api/nothing", "/healthy"]
)
def test_an_address_that_there_is_not_is_a_problem(path: str, requested: Home) -> None:
    assert_problem(call("GET", path), 404, "not-found")


def test_a_defect_shows_nothing_of_the_inside(requested: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def defect(*_: object) -> bytes:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr("comity.node.machine.exchange.receive_envelope", defect)
    answer = call("POST", "/exchange/envelopes", b"x")
    assert_problem(answer, 500, "internal-error")
    assert b"secret inside" not in answer.content
    assert not ActRecord.objects.exists()
