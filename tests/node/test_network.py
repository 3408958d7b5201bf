"""The whole way over three real nodes, with kill -9 in the middle: request, order to the provider, evidence, hand-over, package."""

import hashlib
import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.node.network import FOLDERS, HOME_OF, Network, until
from tests.node.test_sending import ANSWERS, ROUTE

GHANA, FRANCE, HOSTING = FOLDERS
ACTS = "SELECT id FROM node_actrecord WHERE dossier_id = ? ORDER BY id"
pytestmark = [pytest.mark.network, pytest.mark.xdist_group("network")]


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    net = Network(tmp_path_factory.mktemp("network") / "practice")
    net.start()
    yield net
    assert net.stop() == 0


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few small files and one of three parts."""
    folder = tmp_path_factory.mktemp("evidence") / "server-logs"
    (folder / "mail").mkdir(parents=True)
    rng = random.Random(7)
    for number in range(20):
        (folder / "mail" / f"{number:02}.eml").write_bytes(rng.randbytes(rng.randrange(20_000)))
    (folder / "disk.img").write_bytes(rng.randbytes(70 * 1024 * 1024))
    return folder


def play(net: Network, officer: str, approver: str, step: str, **more: Any) -> dict[str, Any]:
    """Draft, fill, submit and approve one step; return the draft as sent."""
    answers = more.pop("answers", {})
    draft = net.call(officer, "POST", "/drafts", {"step": step, **more})
    draft = net.call(officer, "PUT", f"/drafts/{draft['id']}", {"fields": {**draft["fields"], **answers}})
    remarks = net.call(officer, "GET", f"/drafts/{draft['id']}/remarks")
    assert not [each for each in remarks if each["severity"] == "stop"], remarks
    draft = net.call(officer, "POST", f"/drafts/{draft['id']}/submit")
    if draft["state"] == "submitted":
        draft = net.call(approver, "POST", f"/drafts/{draft['id']}/approve")
    assert draft["state"] == "sent"
    return dict(draft)


def dossier_in(net: Network, username: str, dossier: str, state: str) -> Any:
    """Wait until somebody's node sees the dossier in a state."""

    def look() -> Any:
        found = [each for each in net.call(username, "GET", "/dossiers?limit=1000") if each["id"] == dossier]
        ended = [each for each in net.call(username, "GET", "/dossiers?ended=true") if each["id"] == dossier]
        return next((each for each in (*found, *ended) if each["state"] == state), None)

    return until(look)


CONTACT = {"contact_phone": "+33 1 23 45 67 89", "contact_email": "desk@authority.example"}


def test_the_whole_way_from_request_to_package_with_killed_processes(network: Network, evidence: Path) -> None:
    net = network
    case = net.call("ama", "POST", "/cases", {
        "reference": "PV-77", "title": "Intrusion at the harbour office", "offence": "illegal-access",
        "summary": "On 20 August an unknown person logged in to the mail server of the harbour office.",
        "provisions": "Act 1038, s. 118", "max_penalty_months": 60,
    })  # fmt: skip
    sent = play(
        net, "ama", "kofi", "send", procedure="budapest-preservation", case=case["id"], recipient=FRANCE, route=ROUTE,
        answers=ANSWERS,
    )  # fmt: skip
    request = sent["act_id"]
    net.kill(GHANA, "worker")
    dossier_in(net, "claire", request, "sent")
    play(
        net,
        "claire",
        "julien",
        "acknowledge",
        dossier=request,
        answers={"outcome": "accepted-for-processing", "reference": "FR-1", **CONTACT},
    )
    net.kill(FRANCE, "serve")
    dossier_in(net, "ama", request, "received")

    order = play(
        net, "claire", "julien", "order-production", procedure="provider-order", recipient=HOSTING, concerns=[request],
        answers={
            "reference": "FR-1", "order_kind": "produce", "legal_basis": {"text": "Code de procédure pénale", "language": "fr"},
            "deadline": "2027-01-01T00:00:00Z", "confidentiality": True, **CONTACT,
        },
    )["act_id"]  # fmt: skip
    dossier_in(net, "lea", order, "production-ordered")
    play(
        net,
        "lea",
        "marc",
        "acknowledge",
        dossier=order,
        answers={"outcome": "accepted-for-processing", "reference": "H-1", **CONTACT},
    )
    dossier_in(net, "claire", order, "production-received")

    held = net.call("nora", "POST", "/evidence", {"source": str(evidence), "title": "Server logs", "dossier": order})
    net.kill(HOSTING, "worker")
    held = until(lambda: (h := net.call("nora", "GET", f"/evidence/{held['id']}"))["state"] == "held" and h)
    assert (held["count"], held["skipped"]) == (21, [])
    delivered = play(
        net, "lea", "marc", "deliver", dossier=order, exhibits=held["id"],
        answers={"reference": "H-1", "parts": [{"measure_sought": "server logs", "part_status": "executed"}]},
    )  # fmt: skip
    assert delivered["exhibits_list_id"] == held["id"]
    net.kill(FRANCE, "serve")
    name = held["list_sha256"]
    arrived = until(lambda: _held(net, "ines", order, name), 120)
    assert arrived["bytes"] == held["bytes"]
    kinds = [each["kind"] for each in net.call("ines", "GET", f"/evidence/{name}/custody")]
    assert kinds == ["acquired", "handed-over", "received"]

    package = net.call("lea", "POST", f"/dossiers/{order}/packages")
    ready = until(lambda: _ready(net, "lea", package["id"]), 120)
    verdict = net.call("lea", "GET", f"/packages/{ready['id']}/verdict")
    assert verdict["verdict"] == "verified", verdict
    assert hashlib.sha256((evidence / "disk.img").read_bytes()).hexdigest() in _manifest(Path(ready["path"]))
    _ledgers_agree(net)
    _dossiers_agree(net, request)
    _dossiers_agree(net, order)


def _held(net: Network, username: str, dossier: str, name: str) -> Any:
    rows = net.call(username, "GET", f"/dossiers/{dossier}/evidence")
    return next((each for each in rows if each["list_sha256"] == name and each["state"] == "held"), None)


def _ready(net: Network, username: str, package: str) -> Any:
    found = net.call(username, "GET", f"/packages/{package}")
    assert found["state"] != "failed", found
    return found if found["state"] == "ready" else None


def _manifest(folder: Path) -> str:
    return (folder / "manifest-sha256.txt").read_text()


def _ledgers_agree(net: Network) -> None:
    """Every node has published all that it logged, witnessed by both others."""
    for number, office in enumerate(FOLDERS):
        url = f"http://127.0.0.1:{net.port + number}/ledger/checkpoint"

        def look(url: str = url, office: str = office) -> bool:
            note = httpx.get(url).text
            return all(f"— {each}/witness" in note for each in FOLDERS if each != office)

        until(look, 60)


def _dossiers_agree(net: Network, dossier: str) -> None:
    """The same acts give the same history on both sides."""
    seen = []
    for username in ("ama", "claire", "lea"):
        with closing(sqlite3.connect(net.home(HOME_OF[username]) / "db.sqlite3")) as database:
            rows = database.execute(ACTS, (dossier,)).fetchall()
        if rows:
            detail = net.call(username, "GET", f"/dossiers/{dossier}")
            seen.append((rows, json.dumps(detail["history"]), detail["state"]))
    assert len(seen) == 2
    assert seen[0] == seen[1]
