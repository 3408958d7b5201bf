"""The page of the atlas: the sentence, the map, the states, files; and what nobody should send."""

import csv
import gzip
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from comity.node.models import Person
from comity.pictures.verdicts import style
from comity.sites.desk import urls

At = Callable[[Person], Client]
ASKED = "from=BR&measure=preserve&offence=illegal-access&date=2026-11-24"
STYLE = Path(urls.__file__).parent / "static/desk/atlas.css"
MOST_BYTES = 60_000
pytestmark = pytest.mark.django_db


def test_the_answer_comes_first_then_the_map_then_the_states(node: object, ana: Person, at: At) -> None:
    page = at(ana).get(f"/law/atlas/?{ASKED}").content.decode()
    lede = re.search(r'<p class="lede answer-line">(.*?)</p>', page)
    assert lede is not None
    said = re.match(r"Brazil reaches (\d+) of 201 states by a usable route: (\d+) open, (\d+) on conditions;", lede[1])
    assert said is not None
    assert int(said[1]) == int(said[2]) + int(said[3])
    assert page.index("answer-line") < page.index("<svg") < page.index("atlas-states")
    assert "Names and borders imply no opinion" in page
    assert "/routes/?from=BR&amp;to=FR&amp;measure=preserve" in page
    assert page.count("/routes/?from=BR") == 201


def test_what_the_policy_forbids_is_not_in_the_page(node: object, ana: Person, at: At) -> None:
    page = at(ana).get(f"/law/atlas/?{ASKED}").content.decode()
    assert "<style" not in page
    assert "style=" not in page
    assert STYLE.read_text().startswith(style("map").strip())


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_is_light_on_the_wire(node: object, ana: Person, at: At, language: str) -> None:
    client = at(ana)
    client.cookies["django_language"] = language
    answer = client.get(f"/law/atlas/?{ASKED}&all=yes", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < MOST_BYTES
    assert gzip.decompress(answer.content)


def test_our_own_state_is_the_default_and_the_form_leads_to_a_short_address(node: object, ana: Person, at: At) -> None:
    client = at(ana)
    assert "<h1>How far does Ghana reach?" in client.get("/law/atlas/").content.decode()
    asked = client.get(
        "/law/atlas/?state=NL&direction=to&measure=content&offence=murder&date=2026-11-24&data_holder=&ask=yes"
    )
    assert asked.headers["Location"] == "/law/atlas/?to=NL&measure=content&offence=murder&date=2026-11-24"
    assert "reach the Netherlands by a usable route" in client.get(asked.headers["Location"]).content.decode()


def test_every_measure_is_counted_on_demand(node: object, ana: Person, at: At) -> None:
    client = at(ana)
    assert "How many states, by the best route" not in client.get(f"/law/atlas/?{ASKED}").content.decode()
    page = client.get(f"/law/atlas/?{ASKED}&all=yes").content.decode()
    assert page.count('<th scope="row">') == 16


@pytest.mark.parametrize(
    ("path", "kind"), [("memo.pdf", "application/pdf"), ("answer.json", "application/json"), ("states.csv", "text/csv")]
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_can_be_put_on_file(
    node: object, ana: Person, ada: Person, at: At, path: str, kind: str, language: str
) -> None:
    client = at(ana)
    client.cookies["django_language"] = language
    assert f"/law/atlas/{path}?from=BR" in client.get(f"/law/atlas/?{ASKED}").content.decode()
    answer = client.get(f"/law/atlas/{path}?{ASKED}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(kind)
    assert client.get(f"/law/atlas/{path}?from=XX").headers["Location"] == "/law/atlas/?from=XX"
    assert at(ada).get(f"/law/atlas/{path}?{ASKED}").status_code == 403


def test_the_files_and_the_page_say_the_same(node: object, ana: Person, at: At) -> None:
    client = at(ana)
    data = client.get(f"/law/atlas/answer.json?{ASKED}&all=yes").json()
    rows = list(csv.DictReader(io.StringIO(client.get(f"/law/atlas/states.csv?{ASKED}").content.decode())))
    assert {row["to"]: row["verdict"] for row in rows} == {row["state"]: row["verdict"] for row in data["to_states"]}
    assert next(each for each in data["measures"] if each["measure"] == "preserve")["counts"] == data["counts"]


@pytest.mark.parametrize(
    "query",
    [
        "from=XX", "from=%3Cscript%3E", "to=" + "A" * 5000, "measure=wish", "offence='--", "date=1066-10-14", "date=9999-99-99",
        "date=0001-01-01", "data_holder=nobody", "max_penalty_months_from=-1", "max_penalty_months_from=" + "9" * 400,
        "emergency=perhaps", "direction=sideways", "from=BR%00", "purpose[]=x", "measure=preserve&measure=wish",
        "max_penalty_months_to=%EF%BC%91", "state=BR&state=NL", "from=BR&to=XX",
    ],
)  # fmt: skip
def test_what_cannot_be_asked_comes_back_kindly(node: object, ana: Person, at: At, query: str) -> None:
    client = at(ana)
    answer = client.get(f"/law/atlas/?{query}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="error-summary"' in page or "answer-line" in page
    assert "<script>" not in page
    for path in ("memo.pdf", "answer.json", "states.csv"):
        assert client.get(f"/law/atlas/{path}?{query}").status_code in {200, 302}


@pytest.mark.parametrize("query", ["from=XX", "measure=wish", "date=1066-10-14", "data_holder=nobody"])
def test_the_error_is_at_its_field(node: object, ana: Person, at: At, query: str) -> None:
    page = at(ana).get(f"/law/atlas/?{query}").content.decode()
    assert 'class="error-summary"' in page
    assert "<svg xmlns" not in page
