"""Acts that travel as files, evidence that comes by upload, and acquisitions that fail."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.node.test_api import Api, things
from tests.node.world import FRANCE

from comity.acts.canonical import digest
from comity.evidence.exhibit import decode_list
from comity.exchange.receipt import verify_receipt
from comity.node import models, resources
from comity.node.home import Home
from comity.node.jobs import acquire
from comity.node.keys import describe_office, load_keys
from comity.node.models import ActRecord, Case, Dossier, Holding, LedgerEntry, Person, Quarantined
from comity.node.usecases.attach_evidence import UnusableSourceError, attach_evidence
from comity.node.usecases.make_token import make_token
from comity.node.usecases.open_case import open_case

__all__ = ["things"]


def upload(person: Person, path: str, **given: Any) -> Any:
    client = Client(headers={"authorization": f"Bearer {make_token(person, 'test')}"})
    return client.post(f"/api{path}", given)


def carried_in(person: Person, envelope: bytes) -> Any:
    return upload(person, "/dossiers/envelopes", envelope=io.BytesIO(envelope))


def another_database() -> None:
    """Empty what the other office would not have: both offices share the test's database."""
    for model in (models.Delivery, models.CourtPackage, models.Draft, Holding, ActRecord, Dossier,
                  LedgerEntry, models.LedgerHash, models.LedgerState):  # fmt: skip
        model.objects.all().delete()


def test_an_envelope_goes_out_as_a_file_and_comes_in_as_often_as_one_likes(
    things: dict[str, str], become: Any, homes: dict[str, Home], ana: Person, cleo: Person
) -> None:
    out = Api(ana)("GET", f"/dossiers/{things['dossier']}/acts/{things['act']}/envelope")
    assert out.status_code == 200, out.content
    another_database()
    become(FRANCE)
    first = carried_in(cleo, out.content)
    assert first.status_code == 200, first.content
    office = describe_office(homes[FRANCE], load_keys(homes[FRANCE]))
    receipt = verify_receipt(first.content, office, envelope=digest(out.content))
    assert [(each.id, each.status) for each in receipt.receipt.acts] == [(things["act"], "stored")]
    assert carried_in(cleo, out.content).content == first.content
    assert (Dossier.objects.get().turn, ActRecord.objects.count(), LedgerEntry.objects.count()) == ("ours", 1, 2)


def test_a_carried_file_is_judged_like_any_other(node: Home, ana: Person, ben: Person, ada: Person) -> None:
    answer = carried_in(ana, b"no envelope")
    assert (answer.status_code, answer.json()["code"]) == (422, "not-an-envelope")
    assert Quarantined.objects.get().code == "not-an-envelope"
    for nobody in (ben, ada):
        assert carried_in(nobody, b"no envelope").status_code == 403
    assert upload(ana, "/dossiers/envelopes").status_code == 422


@pytest.fixture
def case(node: Home, ana: Person, now: datetime) -> Case:
    return open_case(ana, now, reference="1", title="A case")


def acquired(now: datetime) -> list[str]:
    """Let the worker acquire, and return the paths of the list."""
    assert acquire.run(now, lambda: False) == 1
    row = Holding.objects.get()
    assert row.state == "held", row.error
    assert row.list_bytes is not None
    return [exhibit.path for exhibit in decode_list(bytes(row.list_bytes)).exhibits]


def test_several_files_are_acquired_in_one_list(case: Case, ana: Person, now: datetime) -> None:
    files = [SimpleUploadedFile(name, name.encode()) for name in ("b.log", "a.log", "日志.txt")]
    answer = upload(ana, "/evidence/uploads", files=files, case=str(case.id), title="Logs")
    assert answer.status_code == 201, answer.content
    assert sorted(acquired(now)) == ["a.log", "b.log", "日志.txt"]
    assert list(resources.home().uploads.iterdir()) == []


def test_a_folder_that_a_browser_sends_keeps_its_paths(case: Case, ana: Person, now: datetime) -> None:
    parts = "".join(
        f'--edge\r\nContent-Disposition: form-data; name="folder"; filename="{path}"\r\n\r\n{path}\r\n'
        for path in ("disk/a.txt", "disk/sub/a.txt", "disk/sub/b.txt")
    )
    client = Client()
    client.force_login(ana)
    title = '--edge\r\nContent-Disposition: form-data; name="title"\r\n\r\nDisk\r\n'
    body = f"{title}{parts}--edge--\r\n".encode()
    answer = client.generic("POST", f"/cases/{case.id}/attach", body, "multipart/form-data; boundary=edge")
    assert answer.status_code == 302, answer.content
    assert sorted(acquired(now)) == ["disk/a.txt", "disk/sub/a.txt", "disk/sub/b.txt"]


@pytest.mark.parametrize("paths", [("a", "a"), ("a", "a/b"), ("a/b", "a"), ("a", "../b"), ("a", "/b"), ()])
def test_an_upload_with_crooked_paths_leaves_nothing_behind(
    paths: tuple[str, ...], case: Case, ana: Person, now: datetime
) -> None:
    files = [(path, SimpleUploadedFile("x", b"x")) for path in paths]
    with pytest.raises(Exception, match=r".") as caught:
        attach_evidence(ana, title="x", case=case, uploads=files, now=now)
    assert getattr(caught.value, "code", "")
    assert not Holding.objects.exists()
    assert list(resources.home().uploads.iterdir()) == []


@pytest.fixture
def failed(case: Case, ana: Person, now: datetime, tmp_path: Path) -> tuple[Holding, Path]:
    """An acquisition whose source went away before the worker came."""
    source = tmp_path / "stick"
    source.mkdir()
    (source / "a.txt").write_bytes(b"evidence")
    holding = attach_evidence(ana, title="Stick", case=case, source=source, now=now)
    source.rename(tmp_path / "pulled")
    acquire.run(now, lambda: False)
    holding.refresh_from_db()
    assert (holding.state, bool(holding.error)) == ("failed", True)
    return holding, source


def test_a_failed_acquisition_is_tried_again(
    failed: tuple[Holding, Path], ana: Person, now: datetime, tmp_path: Path
) -> None:
    holding, source = failed
    (tmp_path / "pulled").rename(source)
    answer = Api(ana)("POST", f"/evidence/{holding.id}/retry")
    assert (answer.status_code, answer.json()["state"], answer.json()["error"]) == (200, "acquiring", "")
    assert acquired(now) == ["a.txt"]
    for method, path in (("POST", "/retry"), ("DELETE", "")):
        again = Api(ana)(method, f"/evidence/{holding.id}{path}")
        assert (again.status_code, again.json()["code"]) == (409, "not-failed")
    assert Holding.objects.get().state == "held"


def test_a_failed_acquisition_is_taken_away_and_its_source_is_not(
    failed: tuple[Holding, Path], ana: Person, ben: Person, tmp_path: Path
) -> None:
    holding, _ = failed
    assert Api(ben)("DELETE", f"/evidence/{holding.id}").status_code in (403, 404)
    assert Api(ana)("DELETE", f"/evidence/{holding.id}").status_code == 204
    assert not Holding.objects.exists()
    assert (tmp_path / "pulled" / "a.txt").read_bytes() == b"evidence"


def test_nothing_may_be_acquired_from_the_nodes_own_folder(case: Case, ana: Person, node: Home) -> None:
    for source in (node.path, node.keys, node.path.parent):
        with pytest.raises(UnusableSourceError):
            attach_evidence(ana, title="x", case=case, source=source)
