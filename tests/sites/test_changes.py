"""The page that compares two kept editions: the answer first, hostile parameters refused kindly, only dossiers one may see."""

import json

import pytest
from django.test import Client
from tests.node.test_watch_law import later

from comity.lawbook.editions import read_edition
from comity.node import law
from comity.node.editions import editions, remember_edition
from comity.node.home import Home
from comity.node.models import Person
from comity.node.usecases import watch_law as watching

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(node: Home, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A node that has kept one edition and works with a later one."""
    remember_edition(node, law.lawbook())
    old = law.lawbook().edition
    new = later(read_edition(editions(node)[-1]))
    monkeypatch.setattr(watching, "edition_of", lambda book: new)
    names = (old, new.name)
    monkeypatch.setattr("comity.sites.desk.views.changes.known_editions", lambda: names)
    return names


def test_one_edition_teaches_what_will_stand_here(node: Home, ana: Person, client: Client) -> None:
    for path in editions(node):
        path.unlink()
    remember_edition(node, law.lawbook())
    client.force_login(ana)
    page = client.get("/law/changes/").content.decode()
    assert "nothing to compare yet" in page
    assert law.lawbook().edition in page
    assert client.get("/law/changes/memo.pdf").status_code == 302


def test_the_sentence_then_changes_routes_and_files(two: tuple[str, str], ana: Person, client: Client) -> None:
    client.force_login(ana)
    page = client.get("/law/changes/").content.decode()
    assert "1 change of the law; " in page
    assert "Position of a state ended" in page
    assert "can no longer be used" in page
    value = json.loads(client.get("/law/changes/answer.json").content)
    assert (value["old"], value["new"], value["state"]) == (*two, "GH")
    assert client.get("/law/changes/memo.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "query", ["since=../../etc/passwd", "until=%00", "measure=<script>alert(1)</script>", "since=x&until=y&measure=z"]
)
def test_what_is_no_edition_or_measure_is_an_error_at_its_field(
    two: tuple[str, str], ana: Person, client: Client, query: str
) -> None:
    client.force_login(ana)
    answer = client.get(f"/law/changes/?{query}")
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
    assert client.get(f"/law/changes/answer.json?{query}").status_code == 302


def test_who_may_not_ask_the_law_may_not_ask_this(node: Home, ada: Person, client: Client) -> None:
    client.force_login(ada)
    assert client.get("/law/changes/").status_code == 403
