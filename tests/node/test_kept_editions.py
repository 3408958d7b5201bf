"""Every way of starting a node keeps the edition, and what is really kept is compared through page and REST, for each reader."""

import io
import os
import runpy
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.node.test_api import Api
from tests.node.world import NOW, REQUEST, Partner

from comity.lawbook.editions import Edition, edition_of, write_edition
from comity.node import law, prepare, worker
from comity.node.editions import editions, editions_folder, remember_law
from comity.node.home import Home, make_home
from comity.node.models import Dossier, Person
from comity.node.usecases.open_case import open_case
from comity.node.usecases.receive_envelope import receive_envelope
from comity.node.usecases.watch_law import known_editions

pytestmark = pytest.mark.django_db
EARLIER = "2026-01-01+0badcafe"


def run_prepare() -> None:
    prepare.main()


def run_web() -> None:
    runpy.run_module("comity.node.wsgi")


def run_worker() -> None:
    worker.main()


@pytest.fixture
def fresh(node: Home, settings: Any, tmp_path: Path) -> Home:
    """A home of its own, in which no edition is kept."""
    settings.HOME = make_home(replace(node, path=tmp_path / "home"))
    found: Home = settings.HOME
    return found


@pytest.mark.parametrize("start", [run_prepare, run_web, run_worker])
def test_every_way_of_starting_a_node_keeps_the_edition(
    start: Callable[[], None], fresh: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "comity.node.wsgi", raising=False)  # it is run as a process does, not imported
    monkeypatch.setattr(sys, "stdin", io.StringIO("[]"))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(worker, "work", lambda stop: None)
    assert editions(fresh) == ()
    start()
    (path,) = editions(fresh)
    assert path.name.startswith(law.lawbook().edition)
    written = path.stat().st_mtime_ns
    start()
    assert editions(fresh) == (path,)
    assert path.stat().st_mtime_ns == written


def earlier() -> Edition:
    """An edition of before Ghana joined Budapest, when the form of a preservation request was another."""
    present = edition_of(law.lawbook())
    rows: Any = present.raw["parties"]
    parties = [
        {**row, "in_force": "", "status": "signatory"} if (row["instrument_id"], row["iso2"]) == ("budapest", "GH") else row
        for row in rows
    ]  # fmt: skip
    form: Any = present.pages["forms/budapest-29.yaml"]
    pages = {**present.pages, "forms/budapest-29.yaml": {**form, "name": {"en": "Older", "zh": "旧"}}}
    return Edition(EARLIER, {**present.raw, "parties": parties}, pages)


def keep(home: Home, edition: Edition, days_ago: int = 1) -> Path:
    path = editions_folder(home) / f"{edition.name}-00000000.json.gz"
    write_edition(path, edition)
    at = NOW.timestamp() - days_ago * 86_400
    os.utime(path, (at, at))
    return path


@pytest.fixture
def two(requested: Home, settings: Any, tmp_path: Path) -> Home:
    """The node in France with two editions that lie in its home as files."""
    settings.HOME = make_home(replace(requested, path=tmp_path / "two"))
    remember_law()
    keep(settings.HOME, earlier())
    assert known_editions() == (EARLIER, law.lawbook().edition)
    found: Home = settings.HOME
    return found


@pytest.fixture
def received(requested: Home, partner: Callable[[str], Partner], db: None) -> Dossier:
    """A dossier that rests on Budapest; it belongs to no case yet."""
    ghana = partner("gh/practice-prosecutor")
    receive_envelope(ghana.send(requested, ghana.make(REQUEST)), NOW)
    return Dossier.objects.get()


def read(who: Person, query: str = "") -> tuple[int, str]:
    """What a person gets on the page: its status and text."""
    answer = sit(who).get(f"/law/changes/?{query}")
    return answer.status_code, answer.content.decode()


def sit(who: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(who)
    return client


def rest(who: Person | None, query: str = "") -> Any:
    return Api(who)("GET", f"/law/changes?{query}")


def test_two_kept_editions_are_compared_alike_by_page_and_rest_with_the_dossiers_that_one_may_see(
    received: Dossier, two: Home, ana: Person, eve: Person, ada: Person
) -> None:
    case = open_case(ana, NOW, reference="FR-1", title="Intrusion", offence="illegal-access")
    Dossier.objects.update(case=case)
    status, page = read(ana)
    value = rest(ana).json()
    assert (status, value.pop("editions")) == (200, list(known_editions()))
    assert value == sit(ana).get("/law/changes/answer.json").json()
    assert [(each["kind"], each["states"]) for each in value["changes"]] == [("party", ["GH"])]
    assert (value["old"], value["new"], value["state"]) == (EARLIER, law.lawbook().edition, "FR")
    assert {each["id"] for each in value["dossiers"]} == {received.id}
    assert received.id in value["templates"][0]["dossiers"]
    link = f"/dossiers/{received.id}"
    assert f'<a href="{link}' in page
    assert sit(ana).get(link).status_code == 200

    page, none = read(eve)[1], rest(eve).json()
    assert (none["dossiers"], none["templates"][0]["dossiers"]) == ([], [])
    assert none["summary"] == value["summary"].partition("; 1 open dossier")[0] + "."
    assert none["summary"] in page
    assert received.id not in page + repr(none)
    assert "Open dossiers" not in page
    assert read(ada)[0] == 403
    assert received.id not in repr(rest(ada).json())
    assert rest(None).status_code == 401


def test_an_edition_is_compared_with_itself_and_backwards(two: Home, ana: Person) -> None:
    present = law.lawbook().edition
    assert rest(ana, f"since={present}").json()["changes"] == []
    back = rest(ana, f"since={present}&until={EARLIER}").json()
    assert [(each["kind"], each["action"]) for each in back["changes"]] == [("party", "changed")]
    assert any(each["new"] == "closed" for each in back["routes"])


def test_an_edition_that_is_met_again_is_the_last_one(two: Home) -> None:
    keep(two, earlier(), days_ago=-1)
    assert known_editions()[-1] == EARLIER
    for path in editions(two):
        os.utime(path, (path.stat().st_mtime - 2 * 86_400,) * 2)
    remember_law()
    assert known_editions()[-1] == law.lawbook().edition


@pytest.mark.parametrize("kept", [0, 1])
def test_one_or_no_edition_is_no_comparison_and_says_so(kept: int, fresh: Home, ana: Person) -> None:
    if kept:
        remember_law()
    status, page = read(ana)
    assert status == 200
    assert "nothing to compare yet" in page
    answer = rest(ana)
    assert (answer.status_code, answer.json()["code"]) == (422, "no-such-edition")
    assert "comity watch" in answer.json()["remedy"]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def written(**new: Any) -> Callable[[Path], None]:
    return lambda path: write_edition(path, replace(earlier(), **new))


def unreadable(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGE: dict[str, Callable[[Path], None]] = {
    "cut off": cut,
    "empty": lambda path: path.write_bytes(b"") and None,
    "a folder": unreadable,
    "facts of another form": written(raw={"codes": []}),
    "no facts": written(raw={}),
    "pages of another form": written(pages={"forms/x.yaml": [1]}),
    "pages of another kind": written(pages={"songs/x.yaml": {}}),
    "a strange name": written(name="../../x"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_an_edition_that_cannot_be_read_is_named_and_the_others_can_be_chosen(
    name: str, two: Home, ana: Person
) -> None:
    path = editions(two)[0]
    DAMAGE[name](path)
    os.utime(path, (NOW.timestamp() - 86_400,) * 2)
    answer = rest(ana)
    assert (answer.status_code, answer.json()["code"], answer.json()["where"]) == (503, "broken-edition", EARLIER)
    status, page = read(ana)
    assert status == 200
    assert sit(ana).get("/law/changes/answer.json").status_code == 302
    assert 'href="#id_since"' in page
    assert "Choose another one" in page
    assert f'<option value="{law.lawbook().edition}"' in page
    assert str(two.path) not in page + answer.content.decode()
    assert read(ana, f"since={law.lawbook().edition}")[0] == 200


def test_fifty_editions_are_offered_and_two_are_read(two: Home, ana: Person) -> None:
    for number in range(48):
        path = editions_folder(two) / f"2020-01-{number % 28 + 1:02}+{number:08x}-00000000.json.gz"
        path.write_bytes(b"nobody reads this")
        os.utime(path, (NOW.timestamp() - 10 * 86_400 + number,) * 2)
    (editions_folder(two) / "notes.json.gz").write_bytes(b"no edition")
    value = rest(ana).json()
    assert (len(value["editions"]), value["old"], value["new"]) == (50, EARLIER, law.lawbook().edition)
    assert value["changes"]
    status, page = read(ana)
    assert (status, page.count('<option value="2020-01-')) == (200, 2 * 48)
    assert rest(ana, "since=2020-01-01+00000000").json()["code"] == "broken-edition"


def test_what_is_no_measure_or_language_is_refused(two: Home, ana: Person) -> None:
    assert rest(ana, "measure=steal").json()["code"] == "unknown-measure"
    assert rest(ana, "language=de").json()["code"] == "unreadable-request"
