"""What a stranger meets at the doors: headers, cookies, links, wrong passwords, oversized and malformed requests, no inside."""

import json
import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from comity.node import passwords
from comity.node.home import Home, make_home
from comity.node.models import Person, SignInLink
from comity.node.usecases.add_person import add_person
from comity.node.usecases.make_token import make_token
from comity.node.usecases.sign_in import make_sign_in_link

PASSWORD = "correct horse battery"
EVERYWHERE = ("/sign-in/", "/about", "/nothing-here", "/api/me", "/api/openapi.json", "/ledger/checkpoint", "/health",
              "/exchange/transfers/" + "0" * 64, "/directory/timestamp.json")  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_count() -> None:
    cache.clear()


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_forbids_what_no_page_needs(path: str, client: Client, node: Home) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "camera=()" in headers["permissions-policy"]
    assert "server" not in headers


def test_pages_have_no_script_or_style_of_their_own(client: Client, node: Home, ana: Person) -> None:
    client.force_login(ana)
    for path in ("/", "/routes/", "/cases/", "/cases/new", "/evidence/", "/exchange/import", "/about"):
        page = client.get(path).content.decode()
        assert " style=" not in page, path
        assert "<style" not in page
        assert not re.search(r"<[^>]* on[a-z]+=", page), path
        assert "<script>" not in page
    assert client.get("/cases/").headers["cache-control"] == "no-store"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: Client, node: Home, ana: Person) -> None:
    answer = client.post(f"/sign-in/{make_sign_in_link(None, ana)}")
    assert answer.status_code == 302
    session = answer.cookies[settings.SESSION_COOKIE_NAME]
    token = Client().get("/sign-in/").cookies[settings.CSRF_COOKIE_NAME]
    for cookie in (session, token):
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert not cookie["domain"]


def test_behind_tls_cookies_are_secure_and_hsts_is_on(tmp_path: Path) -> None:
    make_home(Home(path=tmp_path, office="gh/x", state="GH", url="https://node.example"))
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "DEBUG")
    program = f"import json; from comity.node import settings as s; print(json.dumps([getattr(s, n) for n in {names}]))"
    env = {**os.environ, "COMITY_HOME": str(tmp_path), "PYTHONPATH": "src"}
    out = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, check=True, cwd=settings_root())
    assert json.loads(out.stdout) == [True, True, 31_536_000, False]


def settings_root() -> Path:
    return Path(__file__).parents[2]


# sign-in links


def test_a_link_is_used_by_its_button_once_and_by_nothing_else(client: Client, node: Home, ana: Person) -> None:
    secret = make_sign_in_link(None, ana)
    assert secret not in str(SignInLink.objects.values_list())
    for _ in range(2):  # a mail scanner looks at it
        assert client.get(f"/sign-in/{secret}").status_code == 200
        assert client.head(f"/sign-in/{secret}").status_code == 200
    assert client.get("/cases/").status_code == 302
    assert client.post(f"/sign-in/{secret}").status_code == 302
    assert client.get("/cases/").status_code == 200
    other = Client()
    assert other.post(f"/sign-in/{secret}").status_code == 400
    assert other.get("/cases/").status_code == 302


def test_an_old_a_foreign_and_an_unknown_link_look_the_same(
    client: Client, node: Home, ana: Person, eve: Person, now: datetime
) -> None:
    old = make_sign_in_link(None, ana, now=now - timedelta(days=8))
    gone = make_sign_in_link(None, eve)
    Person.objects.filter(pk=eve.pk).update(is_active=False)
    pages = [client.post(f"/sign-in/{secret}") for secret in (old, gone, "nothing")]
    assert {page.status_code for page in pages} == {400}
    assert len({page.content.decode().split("<main")[1].split("csrf")[0] for page in pages}) == 1
    assert client.get("/cases/").status_code == 302


def test_a_form_from_another_site_is_refused(node: Home, ana: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    secret = make_sign_in_link(None, ana)
    assert client.post(f"/sign-in/{secret}").status_code == 403
    assert SignInLink.objects.get().used_at is None
    client.force_login(ana)
    assert client.post("/cases/new", {"title": "x"}).status_code == 403


def test_signing_in_leads_nowhere_else(client: Client, node: Home, db: None) -> None:
    add_person(None, username="dan", name="Dan", roles=["officer"], password=PASSWORD)
    given = {"username": "dan", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/sign-in/", given).headers["location"] == "/"


# wrong passwords


def test_after_ten_wrong_passwords_a_name_waits_but_a_link_still_works(client: Client, node: Home, db: None) -> None:
    dan = add_person(None, username="dan", name="Dan", roles=["officer"], password=PASSWORD)
    for _ in range(passwords.ATTEMPTS):
        assert client.post("/sign-in/", {"username": "DAN ", "password": "wrong"}).status_code == 200
    answer = client.post("/sign-in/", {"username": "dan", "password": PASSWORD})
    assert answer.status_code == 400
    assert "quarter of an hour" in answer.content.decode()
    assert client.get("/cases/").status_code == 302
    assert client.post(f"/sign-in/{make_sign_in_link(None, dan)}").status_code == 302
    assert client.get("/cases/").status_code == 200


def test_a_right_password_forgives_the_wrong_ones_and_others_are_not_touched(
    client: Client, node: Home, db: None
) -> None:
    add_person(None, username="dan", name="Dan", roles=["officer"], password=PASSWORD)
    for _ in range(3):
        for _ in range(passwords.ATTEMPTS - 1):
            client.post("/sign-in/", {"username": "dan", "password": "wrong"})
            client.post("/sign-in/", {"username": "nobody", "password": "wrong"})
        assert Client().post("/sign-in/", {"username": "dan", "password": PASSWORD}).status_code == 302
    assert client.post("/sign-in/", {"username": "nobody", "password": "wrong"}).status_code == 400


# defects, oversized and malformed requests


def test_a_defect_in_a_page_shows_nothing_of_the_inside(
    client: Client, node: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comity.sites.desk.views.sign_in.SignInForm", _defect)
    answer = client.get("/sign-in/")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "The node failed" in page
    for inside in ("Traceback", "the secret inside", "/src/", "RuntimeError"):
        assert inside not in page


def test_a_defect_in_the_interface_shows_nothing_of_the_inside(
    client: Client, node: Home, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comity.node.api.law.ask_routes", _defect)
    question = {"from_state": "GH", "to_state": "FR", "measure": "preserve"}
    answer = client.post("/api/routes", question, "application/json", headers=bearer(ana))
    assert (answer.status_code, answer.json()["code"]) == (500, "internal-error")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "the secret inside" not in answer.content.decode()


def _defect(*_: object, **__: object) -> Any:
    raise RuntimeError("the secret inside")


def bearer(person: Person) -> dict[str, str]:
    return {"authorization": f"Bearer {make_token(person, 'test')}"}


@pytest.mark.parametrize(
    "body",
    [b"{", b"\xff\xfe", b"[" * 100_000, b'{"reference": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001, b"1" * 5000, b"null", b"[]"],
    ids=["cut", "no utf-8", "deep list", "deep object", "long number", "null", "list"],
)  # fmt: skip
def test_a_malformed_body_is_a_problem(body: bytes, client: Client, node: Home, ana: Person) -> None:
    answer = client.generic("POST", "/api/cases", body, "application/json", headers=bearer(ana))
    assert answer.status_code in (400, 422), answer.content
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "unreadable-request"


def test_oversized_requests_are_refused(client: Client, node: Home, ana: Person) -> None:
    large = b'{"title": "' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'
    answer = client.generic("POST", "/api/cases", large, "application/json", headers=bearer(ana))
    assert answer.status_code in (400, 413)
    assert answer.headers["content-type"] == "application/problem+json"
    client.force_login(ana)
    assert client.post("/cases/new", {"summary": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE}).status_code in (400, 413)
    many = {f"f{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert client.post("/cases/new", many).status_code in (400, 413)


def test_a_crooked_multipart_body_is_a_problem(client: Client, node: Home, ana: Person) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
        answer = client.generic("POST", "/api/evidence/uploads", b"--y\r\nhello", kind, headers=bearer(ana))
        assert answer.status_code in (400, 422), (kind, answer.content)
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/cases/%00", "/dossiers/%00", "/evidence/%ff%fe", "/cases/../../etc", "/" + "x" * 8000]
)
def test_a_crooked_address_is_not_found(path: str, client: Client, node: Home, ana: Person) -> None:
    client.force_login(ana)
    assert client.get(path).status_code == 404


def test_a_request_for_another_host_is_refused(client: Client, node: Home) -> None:
    for path in ("/sign-in/", "/api/me", "/exchange/envelopes"):
        answer = client.get(path, headers={"host": "evil.example"})
        assert answer.status_code == 400
        assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize("value", ["Bearer", "Bearer ", "Basic eDp5", "Bearer \x00", "Bearer " + "x" * 10_000])
def test_a_crooked_token_is_no_token(value: str, client: Client, node: Home) -> None:
    answer = client.get("/api/me", headers={"authorization": value})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
    assert answer.headers["www-authenticate"] == "Bearer"
