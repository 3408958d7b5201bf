"""The pages of a desk with 100,000 dossiers: processor time of the server for each, and what the first page weighs."""

import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.result import Result

if TYPE_CHECKING:
    from django.test import Client

    from comity.node.models import Dossier, Person

DOSSIERS, OPEN, CASES, MINE, HOLDINGS, PRESSING = 100_000, 10_000, 5_000, 500, 5_000, 5
TIMES, BUDGET_MS, BUDGET_KB = 20, 100, 60
ROOT = Path(__file__).parents[1]
QUESTION = "/routes/?from=GH&to=FR&measure=preserve&offence=illegal-access&date=2026-11-24&data_holder=provider"


def run() -> list[Result]:
    """Fill a node in a temporary folder and ask for its pages."""
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **os.environ,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "COMITY_HOME": f"{folder}/practice/central-authority",
        }
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.pages", folder], env=env, stdout=subprocess.PIPE, check=True, cwd=ROOT
        )
    found = json.loads(done.stdout.splitlines()[-1])
    how = f"p95 of {TIMES}, processor time, {DOSSIERS:,} dossiers"
    return [
        *(Result(f"page: {name}", value, "ms", BUDGET_MS, how) for name, value in found["pages"].items()),
        Result("first page over the wire: inbox, style, script, mark", found["kilobytes"], "KB", BUDGET_KB, "as sent"),
        Result("filling the node", found["seconds"], "s", 60, "not part of what is measured"),
    ]  # fmt: skip


def measure(folder: Path) -> dict[str, object]:
    """Fill the node, sign in as an officer, and ask."""
    start = time.process_time()
    ana, real = fill(folder)
    seconds = time.process_time() - start
    from django.test import Client

    client = Client(headers={"accept-encoding": "gzip"}, SERVER_NAME="127.0.0.1")
    client.force_login(ana)
    pages = {
        "inbox": "/",
        "question": "/routes/",
        "answer": QUESTION,
        "cases": "/cases/",
        "evidence": "/evidence/",
        "dossier": f"/dossiers/{real.id}",
    }
    return {
        "pages": {name: p95(asking(client, path)) for name, path in pages.items()},
        "kilobytes": weight(client) / 1000,
        "seconds": seconds,
    }


def asking(client: "Client", path: str) -> Callable[[], object]:
    def ask() -> None:
        response: Any = client.get(path)
        assert response.status_code == 200, (path, response.status_code)

    return ask


def p95(ask: Callable[[], object]) -> float:
    """Return the 95th percentile of the processor time in milliseconds, after one request that warms up."""
    ask()
    times = []
    for _ in range(TIMES):
        start = time.process_time()
        ask()
        times.append(time.process_time() - start)
    return 1000 * sorted(times)[int(0.95 * TIMES) - 1]


def weight(client: "Client") -> int:
    """Return the bytes of the first page with all that a browser fetches for it."""
    total = 0
    for path in ("/", *(f"/static/desk/{name}" for name in ("desk.css", "desk.js", "mark.svg"))):
        response: Any = client.get(path)
        assert response.status_code == 200, path
        total += len(b"".join(response.streaming_content) if response.streaming else response.content)
    return total


def fill(folder: Path) -> tuple["Person", "Dossier"]:
    """Return the officer and one dossier that was opened by a real act."""
    from comity.cli.practice import found_practice

    homes = {home.office: home for home in found_practice(folder / "practice", 18790)}
    from comity.node.prepare import migrate, set_up

    set_up()
    migrate()
    from tests.node.world import FRANCE, GHANA, REQUEST, Partner

    from comity.node import clock
    from comity.node.models import Dossier, Person
    from comity.node.usecases.receive_envelope import receive_envelope

    ana = Person.objects.create(username="ana", first_name="Ana", roles=["officer"])
    ghana, now = Partner(homes[GHANA]), clock.now()
    for number in range(PRESSING):
        act = ghana.make(replace(REQUEST, reference=f"PV-{number}"))
        receive_envelope(ghana.send(homes[FRANCE], act), now)
    real = Dossier.objects.first()
    assert real is not None
    Dossier.objects.update(due_at=now + timedelta(hours=1), due_clock="keep")
    _rows(ana, real)
    return ana, real


def _rows(ana: "Person", like: "Dossier") -> None:
    from django.db import transaction

    from comity.node.models import Case, CaseMember, Custody, Dossier, Holding, HoldingLink

    now = like.opened_at
    cases = [
        Case(reference=f"B-{number}", title=f"Case {number}", offence="illegal-access", opened_at=now)
        for number in range(CASES)
    ]
    digests = [f"{number:064x}" for number in range(DOSSIERS)]
    lists = [f"{number:064x}" for number in range(HOLDINGS)]
    with transaction.atomic():
        Case.objects.bulk_create(cases, batch_size=2000)
        CaseMember.objects.bulk_create([CaseMember(case=case, person=ana) for case in cases[:MINE]])
        Dossier.objects.bulk_create(_dossiers(like, digests, cases), batch_size=2000)
        Holding.objects.bulk_create(
            [
                Holding(
                    list_sha256=one, title="Mailbox", count=3, bytes=10**9, state="held", dossier_id=digests[at],
                    list_bytes=bytes(2000), created_at=now - timedelta(minutes=at), changed_at=now,
                )
                for at, one in enumerate(lists)
            ],
            batch_size=2000,
        )  # fmt: skip
        HoldingLink.objects.bulk_create(
            [HoldingLink(list_sha256=one, dossier_id=digests[at], act_id=one) for at, one in enumerate(lists)]
        )
        Custody.objects.bulk_create(
            [
                Custody(
                    sha256=uuid.uuid4().hex * 2, list_sha256=one, position=position, kind=kind, office=like.partner,
                    at=now, bytes=bytes(500),
                )
                for one in lists
                for position, kind in enumerate(("acquired", "handed-over", "received"))
            ],
            batch_size=2000,
        )  # fmt: skip


def _dossiers(like: "Dossier", digests: list[str], cases: list[Any]) -> Iterator["Dossier"]:
    """Yield dossiers: a tenth open, half of them in cases of which the officer sees a tenth."""
    from comity.node.models import Dossier

    kept = {field.attname: getattr(like, field.attname) for field in Dossier._meta.concrete_fields}
    for number, digest in enumerate(digests):
        open_one = number % (DOSSIERS // OPEN) == 0
        changed = like.opened_at - timedelta(minutes=number)
        due = like.opened_at + timedelta(days=30, minutes=number) if open_one else None
        case = cases[number % CASES] if number // 10 % 2 else None
        yield Dossier(
            **kept | {
                "id": digest, "subject": f"Intrusion {number}", "ended": "" if open_one else "completed", "due_at": due,
                "turn": ("ours", "theirs")[number // 10 % 3 > 0] if open_one else "nobody", "changed_at": changed,
                "opened_at": changed, "case_id": case.id if case else None,
            }
        )  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
