"""The pages on jurisdiction and on holders: the answer first, kind errors, and identifiers that stay nowhere."""

import json
import logging
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comity.node.models import Person

At = Callable[[Person], Client]
CHAIN = "offence=computer-fraud&date=2026-11-24&link=servers:NL&link=victims:JP:40&link=suspect-located:RO"
MAIL = "jane.roe@gmail.com"
HOSTILE = ["<script>alert(1)</script>", "\x00\x1b[31m", "x" * 5000, "'; DROP TABLE", "\u202egnp.exe", "🦊" * 600]


def lede(page: str) -> str:
    found = re.search(r'<p class="lede answer-line">(.*?)</p>', page)
    assert found is not None, page
    return found[1]


def test_the_chain_is_answered_in_one_sentence_with_claims_articles_order_and_duties(
    node: object, ana: Person, at: At
) -> None:
    page = at(ana).get(f"/law/conflict/?{CHAIN}").content.decode()
    assert lede(page).startswith("There may be a conflict: Japan has jurisdiction; the Netherlands and Romania may")
    for part in ("art. 22", "Usually preferred, in this order", "Duties to consult", "never a verdict", "Criteria"):
        assert part in page, part
    assert "Facts as of" in page
    assert page.count("Open a case for the consultation") == 1


def test_rows_become_a_short_address_and_come_back_for_a_change(node: object, ana: Person, at: At) -> None:
    client = at(ana)
    rows = {"what-0": "victims", "state-0": "JP", "number-0": "40", "what-3": "servers", "state-3": "NL"}
    asked = client.get(
        "/law/conflict/", {"offence": "computer-fraud", "date": "2026-11-24", "ask": "yes", "number-7": "", **rows}
    )
    address = asked.headers["Location"]
    assert address == "/law/conflict/?offence=computer-fraud&date=2026-11-24&link=victims:JP:40&link=servers:NL"
    changed = client.get(f"{address}&change=yes").content.decode()
    assert changed.count('value="JP" selected') == changed.count('value="NL" selected') == 1
    assert 'value="40"' in changed


def test_more_rows_keep_what_was_said_without_javascript(node: object, ana: Person, at: At) -> None:
    client = at(ana)
    assert client.get("/law/conflict/").content.decode().count('aria-label="Row ') == 8
    page = client.get("/law/conflict/", {"what-0": "victims", "state-0": "JP", "more": "16"}).content.decode()
    assert page.count('aria-label="Row ') == 16
    assert 'value="JP" selected' in page
    assert "error-summary" not in page
    assert client.get("/law/conflict/", {"more": "999"}).content.decode().count('aria-label="Row ') == 40


@pytest.mark.parametrize(
    ("rows", "target"),
    [
        ({"what-0": "victims"}, "id_state-0"),
        ({"state-1": "JP"}, "id_what-1"),
        ({"what-0": "victims", "state-0": "JP", "number-0": "-1"}, "id_number-0"),
        ({"what-0": "victims", "state-0": "JP", "number-0": "9" * 400}, "id_number-0"),
        ({"what-0": "<script>", "state-0": "JP"}, "id_what-0"),
        ({}, "id_what-0"),
        ({"date": "1789-07-14", "what-0": "victims", "state-0": "JP"}, ""),
        ({"offence": "treason", "what-0": "victims", "state-0": "JP"}, "id_offence"),
        ({"link": "victims:QQ"}, "id_state-0"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(
    node: object, ana: Person, at: At, rows: dict[str, str], target: str
) -> None:
    answer = at(ana).get("/law/conflict/", {"ask": "yes", **rows}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="error-summary"' in page
    assert not target or f'href="#{target}"' in page


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_refused_kindly_and_escaped(node: object, ana: Person, at: At, text: str) -> None:
    client = at(ana)
    for name in ("link", "offence", "date", "what-0", "number-0", "rows", "more", "organised_group"):
        answer = client.get("/law/conflict/", {"ask": "yes", name: text}, follow=True)
        assert answer.status_code == 200, name
        assert "<script>alert" not in answer.content.decode()
    for name in ("identifier", "service", "region", "from", "measure", "date"):
        posted = client.post("/law/holder/", {"identifier": "google", name: text}, follow=True)
        assert posted.status_code == 200, name
        assert "<script>alert" not in posted.content.decode()
    asked = client.get("/law/holder/", {"service": text})
    assert asked.status_code == 200
    assert "error-summary" in asked.content.decode()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (f"/law/conflict/memo.pdf?{CHAIN}", "application/pdf"),
        (f"/law/conflict/answer.json?{CHAIN}", "application/json"),
        ("/law/holder/memo.pdf?service=google", "application/pdf"),
        ("/law/holder/answer.json?service=google", "application/json"),
    ],
)
def test_both_answers_can_be_put_on_file(node: object, ana: Person, ada: Person, at: At, path: str, kind: str) -> None:
    answer = at(ana).get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert at(ada).get(path).status_code == 403
    assert at(ana).get(path.partition("?")[0]).status_code == 302


def test_a_service_has_an_address_and_leads_to_the_routes(node: object, ana: Person, at: At) -> None:
    client = at(ana)
    asked = client.post("/law/holder/", {"identifier": "Google", "region": "US", "measure": "content"})
    assert asked.status_code == 302
    page = client.get(asked.headers["Location"]).content.decode()
    assert lede(page).startswith("Google LLC in the United States holds the data. Its door: ")
    link = re.search(r'href="(/routes/\?[^"]*)"', page.partition('class="route"')[2])
    assert link is not None
    query = parse_qs(urlsplit(link[1].replace("&amp;", "&")).query)
    assert (query["from"], query["to"], query["provider_state"]) == (["GH"], ["US"], ["US"])
    routes = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert "What may Ghana ask of the United States?" in routes


@pytest.mark.parametrize("identifier", [MAIL, "+4915112345678", "8.8.8.8", "@janeroe"])
def test_an_identifier_stands_in_no_address_store_or_log(
    node: object, ana: Person, at: At, identifier: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = at(ana)
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as asked:
        answer = client.post("/law/holder/", {"identifier": identifier, "region": "DE"})
    page = answer.content.decode()
    assert answer.status_code == 200, "answered where it is, never sent on to an address"
    assert "no-store" in answer["Cache-Control"]
    bare = identifier.strip("+@")
    assert not any(bare in link for link in re.findall(r'(?:href|action|formaction)="([^"]*)"', page))
    logged = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not [text for text in (*logged, *(query["sql"] for query in asked)) if bare in text]
    assert bare not in json.dumps(dict(client.session.items()), default=str)
    memo = client.post("/law/holder/memo.pdf", {"identifier": identifier})
    assert memo["Content-Type"] == "application/pdf"
    assert bare not in memo["Content-Disposition"]
    data = client.post("/law/holder/answer.json", {"identifier": identifier}).json()
    assert bare in data["identifier"]["value"]


def test_an_identifier_in_an_address_is_not_answered(node: object, ana: Person, at: At) -> None:
    for query in ({"service": MAIL}, {"identifier": MAIL}):
        page = at(ana).get("/law/holder/", query).content.decode()
        assert "answer-line" not in page
        assert 'name="identifier" value=' not in page


def test_a_posted_question_can_be_changed(node: object, ana: Person, at: At) -> None:
    page = at(ana).post("/law/holder/", {"identifier": MAIL, "change": "yes"}).content.decode()
    assert f'value="{MAIL}"' in page
    assert "error-summary" not in page


def test_only_who_may_ask_may_ask(node: object, ada: Person, at: At) -> None:
    for path in ("/law/conflict/", "/law/holder/"):
        assert at(ada).get(path).status_code == 403
    assert at(ada).post("/law/holder/", {"identifier": MAIL}).status_code == 403


def test_both_pages_speak_chinese(node: object, ana: Person, at: At) -> None:
    client = at(ana)
    client.post("/language", {"language": "zh-hans", "next": "/"})
    assert lede(client.get(f"/law/conflict/?{CHAIN}").content.decode()).startswith("可能存在管辖冲突：日本有管辖权")
    assert lede(client.get("/law/holder/?service=google").content.decode()).startswith("不确定：")
