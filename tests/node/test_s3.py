"""A node whose vault is on S3: it acquires, pushes what a partner lacks, and receives what it lacks."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from django.conf import LazySettings
from django.test import Client
from tests.node.conftest import forget
from tests.node.world import FRANCE, GHANA

from comity.acts.canonical import digest
from comity.evidence.exhibit import ExhibitList, decode_list
from comity.node import resources
from comity.node.home import Home
from comity.node.jobs import acquire, push
from comity.node.models import Custody, Holding, Person, Transfer
from comity.node.usecases.attach_evidence import attach_evidence
from comity.node.usecases.open_case import open_case

pytestmark = pytest.mark.s3


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def on_s3(
    become: Callable[[str], Home], settings: LazySettings, s3: str, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], None]:
    """Become an office whose vault is a bucket of its own."""
    bucket = f"office-{os.urandom(4).hex()}"
    httpx.put(f"{s3}/{bucket}").raise_for_status()
    for name, value in {
        "AWS_ENDPOINT_URL": s3, "AWS_ALLOW_HTTP": "true", "AWS_ACCESS_KEY_ID": "cleo",
        "AWS_SECRET_ACCESS_KEY": "cleo", "AWS_REGION": "us-east-1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)

    def change(office: str) -> None:
        become(office)
        settings.VAULT = f"s3://{bucket}/{office}"
        forget()

    return change


def loopback(method: str, url: str, *, content: bytes | None = None, **_: object) -> httpx.Response:
    """Carry a call to a partner's node into this process's own web interface."""
    answer = Client().generic(method, urlsplit(url).path, data=content or b"", content_type="application/octet-stream")
    return httpx.Response(answer.status_code, content=answer.content)


def bytes_in_vault(exhibits: ExhibitList) -> list[str]:
    return [digest(resources.vault().read(each.sha256, 0, each.size)) for each in exhibits.exhibits]


def test_evidence_goes_from_bucket_to_bucket(
    on_s3: Callable[[str], None], db: None, ana: Person, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_s3(GHANA)
    disk = tmp_path / "disk"
    disk.mkdir()
    (disk / "large.img").write_bytes(os.urandom(33 * 1024 * 1024))
    (disk / "small.txt").write_bytes(b"small")
    attach_evidence(ana, title="Disk", case=open_case(ana, now, reference="1", title="A case"), source=disk, now=now)
    assert acquire.run(now, lambda: False) == 1
    ours = Holding.objects.get()
    assert (ours.state, ours.count) == ("held", 2), ours.error
    assert ours.list_bytes is not None
    exhibits = decode_list(bytes(ours.list_bytes))
    wanted = [each.sha256 for each in exhibits.exhibits]
    assert bytes_in_vault(exhibits) == wanted

    def at_france(method: str, url: str, **more: object) -> httpx.Response:
        on_s3(FRANCE)
        Holding.objects.update(state=state["france"])
        try:
            return loopback(method, url, **more)  # type: ignore[arg-type]
        finally:
            state["france"] = Holding.objects.get().state
            Holding.objects.update(state="held")
            on_s3(GHANA)

    state = {"france": "expected"}
    monkeypatch.setattr("comity.node.jobs.push.call", at_france)
    monkeypatch.setattr("comity.node.jobs.push.Delivery.objects", Arrived())
    Transfer.objects.create(
        list_sha256=exhibits.sha256, act_id="1" * 64, recipient=FRANCE, next_at=now - timedelta(1), changed_at=now
    )
    assert push.run(now, lambda: False) == 1
    row = Transfer.objects.get()
    assert (row.state, row.loads_done, row.last_error) == ("done", list(range(row.loads_total)), "")
    assert row.loads_total == 2
    assert state["france"] == "held"
    on_s3(FRANCE)
    assert bytes_in_vault(exhibits) == wanted
    assert [each.kind for each in Custody.objects.filter(office=FRANCE)] == ["received"]


class Arrived:
    """Says that the act which announces the evidence has arrived."""

    def filter(self, **_: object) -> "Arrived":
        return self

    def values(self, _: str) -> list[str]:
        return ["1" * 64]
