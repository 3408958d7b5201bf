"""The REST interface: the same use cases, documented, closed without a token, and blind to what is not one's own."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from tests.node.test_sending import ANSWERS, ROUTE
from tests.node.world import FRANCE

from comity.node.home import Home
from comity.node.models import Case, CourtPackage, Dossier, Draft, Holding, Person
from comity.node.usecases.draft_step import draft_step
from comity.node.usecases.make_token import make_token
from comity.node.usecases.open_case import open_case
from comity.node.usecases.save_draft import save_draft
from comity.node.usecases.sign_in import make_sign_in_link
from comity.node.usecases.submit_draft import approve_draft, submit_draft

L = "1" * 64


class Api:
    """The interface as one person's program uses it."""

    def __init__(self, person: Person | None) -> None:
        secret = make_token(person, "test") if person else "wrong"
        self.client = Client(headers={"authorization": f"Bearer {secret}"})

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        return self.client.generic(method, f"/api{path}", data=_json(body), content_type="application/json")


def _json(body: Any) -> str:
    import json

    return json.dumps(body) if body is not None else ""


@pytest.fixture
def api() -> Callable[[Person | None], Api]:
    return Api


@pytest.fixture
def things(node: Home, ana: Person, ben: Person, now: datetime) -> dict[str, str]:
    """A case of ana and ben with a draft, a dossier with an act, evidence and a package."""
    case = open_case(ana, now, reference="PV-1", title="A case", offence="illegal-access", members=[ben])
    begun = draft_step(
        ana, now, case=case, procedure="budapest-preservation", step="send", recipient=FRANCE, route=ROUTE
    )
    draft = save_draft(ana, begun, {**begun.fields, **ANSWERS, "facts_summary": {"text": "Somebody logged in.", "language": "en"},
                                    "offence_provisions": {"text": "Act 1038", "language": "en"}})  # fmt: skip
    submit_draft(ana, draft, now)
    act = approve_draft(ben, draft, now)
    other = draft_step(
        ana, now, case=case, procedure="budapest-preservation", step="send", recipient=FRANCE, route=ROUTE
    )
    holding = Holding.objects.create(list_sha256=L, title="t", state="held", case=case, created_at=now, changed_at=now)
    package = CourtPackage.objects.create(dossier=Dossier.objects.get(), made_at=now, made_by=ana)
    return {
        "case": str(case.id),
        "draft": str(other.id),
        "dossier": act.dossier_id,
        "act": act.id,
        "holding": str(holding.id),
        "package": str(package.id),
    }


CASE_IN = {"reference": "PV-2", "title": "Another"}
DOORS: tuple[tuple[str, str, Any], ...] = (
    ("GET", "/cases/{case}", None),
    ("PUT", "/cases/{case}", CASE_IN),
    ("GET", "/drafts/{draft}", None),
    ("PUT", "/drafts/{draft}", {"note": "x"}),
    ("DELETE", "/drafts/{draft}", None),
    ("GET", "/drafts/{draft}/remarks", None),
    ("GET", "/drafts/{draft}/preview.pdf", None),
    ("POST", "/drafts/{draft}/submit", None),
    ("POST", "/drafts/{draft}/approve", None),
    ("POST", "/drafts/{draft}/return", {"remark": "x"}),
    ("POST", "/drafts", {"step": "withdraw", "dossier": "{dossier}"}),
    ("POST", "/drafts", {"step": "send", "procedure": "budapest-preservation", "recipient": FRANCE, "case": "{case}"}),
    ("GET", "/dossiers/{dossier}", None),
    ("GET", "/dossiers/{dossier}/evidence", None),
    ("POST", "/dossiers/{dossier}/packages", None),
    ("GET", "/dossiers/{dossier}/acts/{act}", None),
    ("GET", "/dossiers/{dossier}/acts/{act}.pdf", None),
    ("GET", "/dossiers/{dossier}/acts/{act}/envelope", None),
    ("POST", "/evidence", {"source": "/etc/hostname", "case": "{case}"}),
    ("GET", "/evidence/{holding}", None),
    ("POST", "/evidence/{holding}/retry", None),
    ("DELETE", "/evidence/{holding}", None),
    ("GET", "/evidence/{holding}/list", None),
    ("GET", "/evidence/{holding}/custody", None),
    ("GET", "/packages/{package}", None),
    ("POST", "/packages/{package}/retry", None),
    ("GET", "/packages/{package}/verdict", None),
)
OPEN = {
    ("GET", "/me"), ("GET", "/offices"), ("POST", "/routes"), ("POST", "/routes/memo"), ("GET", "/law"), ("GET", "/law/states"), ("GET", "/law/changes"),
    ("GET", "/law/measures"), ("GET", "/law/offences"), ("GET", "/law/circumstances"), ("POST", "/law/routes"), ("POST", "/law/routes/memo"),
    ("POST", "/law/compare"), ("POST", "/law/compare/memo"), ("POST", "/law/gap"), ("POST", "/law/gap/memo"), ("POST", "/law/accession"),
    ("POST", "/law/accession/memo"), ("GET", "/cases"), ("POST", "/cases"), ("GET", "/drafts/openings"),
    ("POST", "/law/warnings"), ("POST", "/law/jurisdiction"), ("POST", "/law/jurisdiction/memo"), ("POST", "/law/holder"),
    ("POST", "/law/holder/memo"), ("GET", "/cases"), ("POST", "/cases"), ("GET", "/drafts/openings"),
    ("GET", "/law/atlas"), ("POST", "/law/atlas"),
    ("GET", "/drafts"), ("GET", "/dossiers"), ("POST", "/dossiers/envelopes"), ("GET", "/evidence"), ("POST", "/evidence/uploads"),
    ("POST", "/tokens"),
}  # fmt: skip
"""What names no single protected thing: lists show only one's own, which other tests see to."""


def _filled(value: Any, things: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _filled(each, things) for name, each in value.items()}
    return value.format(**things) if isinstance(value, str) else value


@pytest.mark.parametrize(("method", "path", "body"), DOORS, ids=[f"{m} {p}" for m, p, _ in DOORS])
def test_a_stranger_to_the_case_gets_404_at_every_door(
    method: str, path: str, body: Any, things: dict[str, str], eve: Person
) -> None:
    eve.roles = ["officer", "approver", "custodian"]
    eve.save()
    before = (Draft.objects.count(), Case.objects.count(), Holding.objects.count(), CourtPackage.objects.count())
    answer = Api(eve)(method, path.format(**things), _filled(body, things))
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert before == (
        Draft.objects.count(),
        Case.objects.count(),
        Holding.objects.count(),
        CourtPackage.objects.count(),
    )


def test_every_address_of_the_interface_is_in_the_matrix(node: Home) -> None:
    import re

    from comity.node.api.interface import api as interface

    def shape(path: str) -> str:
        return re.sub(r"\{[^}]*\}", "{}", path.removeprefix("/api"))

    schema = interface.get_openapi_schema()
    there = {(method.upper(), shape(path)) for path, methods in schema["paths"].items() for method in methods}
    assert there == {(method, shape(path)) for method, path, _ in DOORS} | OPEN


def test_a_one_time_link_is_exchanged_for_a_token_once(node: Home, ana: Person) -> None:
    link = make_sign_in_link(None, ana)
    client = Client()
    made = client.post("/api/tokens", {"link": f"http://127.0.0.1/sign-in/{link}"}, "application/json")
    assert made.status_code == 201
    me = client.get("/api/me", headers={"Authorization": f"Bearer {made.json()['token']}"})
    assert me.json()["username"] == ana.username
    again = client.post("/api/tokens", {"link": link}, "application/json")
    assert again.status_code == 422
    assert {"code", "title", "remedy"} <= set(again.json())


def test_without_a_token_nothing_answers(node: Home, things: dict[str, str]) -> None:
    for method, path, body in DOORS:
        answer = Api(None)(method, path.format(**things), _filled(body, things))
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")


def test_lists_show_only_what_is_ones_own(things: dict[str, str], ana: Person, eve: Person) -> None:
    for path in ("/cases", "/drafts", "/dossiers", "/evidence"):
        assert Api(ana)("GET", path).json() != []
        assert Api(eve)("GET", path).json() == []


def test_a_member_sees_the_dossier_with_clocks_steps_and_deliveries(things: dict[str, str], ana: Person) -> None:
    found = Api(ana)("GET", f"/dossiers/{things['dossier']}").json()
    assert (found["state"], found["turn"], found["our_actor"]) == ("sent", "theirs", "requesting")
    assert [(each["step"], each["effective"]) for each in found["history"]] == [("send", True)]
    assert "withdraw" in [each["step"] for each in found["steps"]]
    assert [each["state"] for each in found["deliveries"]] == ["waiting"]


def test_a_stopped_draft_says_which_remarks_stop_it(things: dict[str, str], ana: Person) -> None:
    answer = Api(ana)("POST", f"/drafts/{things['draft']}/submit")
    assert (answer.status_code, answer.json()["code"]) == (422, "draft-stops")
    assert {each["field"] for each in answer.json()["remarks"]} >= {"identifiers", "necessity"}


def test_the_law_answers_with_routes(node: Home, ana: Person) -> None:
    question = {"from_state": "gh", "to_state": "fr", "measure": "preserve", "offence": "illegal-access"}
    found = Api(ana)("POST", "/routes", question).json()
    assert "budapest" in [route["instrument"] for route in found["routes"]]
    assert Api(ana)("POST", "/routes", {**question, "to_state": "qq"}).status_code == 422


def test_a_question_takes_a_conduct_and_refuses_what_it_does_not_know(node: Home, ana: Person) -> None:
    question = {"from_state": "NL", "to_state": "DE", "measure": "extradition", "offence": "illegal-access"}
    conduct = {"acts": ["access"], "objects": ["computer-system"], "facts": ["intent"], "not": ["secured-data"]}
    found = Api(ana)("POST", "/routes", {**question, "conduct": conduct}).json()
    assert found["question"]["conduct"] == conduct
    refused = Api(ana)("POST", "/routes", {**question, "conduct": {"acts": ["acces"]}})
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown-element")
    assert "access" in refused.json()["remedy"]
    assert Api(ana)("POST", "/routes", {**question, "conduct": {"acts": []}}).status_code == 422


QUESTION = {
    "from_state": "GH",
    "to_state": "FR",
    "measure": "preserve",
    "offence": "illegal-access",
    "on": "2026-11-24",
}


def test_the_law_gives_every_code_with_words_in_both_languages(node: Home, ana: Person) -> None:
    api = Api(ana)
    for path in ("states", "measures", "offences", "circumstances"):
        found = api("GET", f"/law/{path}").json()
        assert found
        assert all(each["en"] and each["zh"] and each["code"] not in (each["en"], each["zh"]) for each in found)
    holder = next(each for each in found if each["code"] == "data_holder")
    assert holder["type"] == "code"
    assert "bank" in [value["code"] for value in holder["values"]]
    assert api("GET", "/law").json()["as_of"] == "2026-11-24"


@pytest.mark.parametrize(("language", "said"), [("en", "Ghana may ask France"), ("zh", "加纳可向法国提出请求")])
def test_the_law_says_its_answer_in_one_sentence(node: Home, ana: Person, language: str, said: str) -> None:
    found = Api(ana)("POST", "/law/routes", {**QUESTION, "language": language}).json()
    assert found["sentence"].startswith(said)
    assert found == Api(ana)("POST", "/routes", {**QUESTION, "language": language}).json()


def test_the_atlas_answers_by_get_and_by_post(node: Home, ana: Person) -> None:
    api = Api(ana)
    found = api("GET", "/law/atlas?state=br&on=2026-11-24&all=true").json()
    assert found["sentence"].startswith("Brazil reaches ")
    assert (len(found["to_states"]), len(found["measures"])) == (201, 16)
    known = {"state": "BR", "direction": "to", "on": "2026-11-24", "circumstances": {"data_holder": "provider"}}
    assert len(api("POST", "/law/atlas", known).json()["from_states"]) == 201
    assert api("POST", "/law/atlas", {"state": "XX"}).json()["code"] == "unknown-state"
    assert api("POST", "/law/atlas", {**known, "circumstances": {"data_holder": 7}}).json()["code"]
    assert api("GET", "/law/atlas?state=BR&direction=up").status_code == 422


def test_the_law_gives_a_memo(node: Home, ana: Person) -> None:
    for path in ("/routes/memo", "/law/routes/memo"):
        answer = Api(ana)("POST", path, QUESTION)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert Api(ana)("POST", path, {**QUESTION, "measure": "x"}).json()["code"] == "unknown-measure"
        assert Api(None)("POST", path, QUESTION).status_code == 401


COMPARE = {"offence": "illegal-access", "states": ["de", "FR"]}
GAP = {"state": "KE", "instrument": "budapest", "on": "2026-11-24"}
ACCESSION = {"state": "IN", "instrument": "budapest", "on": "2026-11-24", "measures": ["preserve"]}


@pytest.mark.parametrize(("path", "body", "member"), [("compare", COMPARE, "directions"), ("gap", GAP, "obligations"), ("accession", ACCESSION, "summary")])  # fmt: skip
def test_the_law_compares_finds_gaps_and_tries_accessions(
    node: Home, ana: Person, path: str, body: dict[str, object], member: str
) -> None:
    found = Api(ana)("POST", f"/law/{path}", body).json()
    assert found["sentence"]
    assert found[member]
    assert Api(ana)("POST", f"/law/{path}/memo", body).content.startswith(b"%PDF")
    assert Api(ana)("POST", f"/law/{path}", {**body, "language": "de"}).status_code == 422
    assert Api(None)("POST", f"/law/{path}", body).status_code == 401


@pytest.mark.parametrize(("path", "body", "code"), [
    ("compare", {**COMPARE, "states": ["DE", "QQ"]}, "unknown-state"), ("compare", {**COMPARE, "offence": "x"}, "unknown-offence"),
    ("compare", {**COMPARE, "states": ["DE", "DE"]}, "unusable-question"),
    ("compare", {**COMPARE, "conduct": {"acts": ["acces"]}}, "unknown-element"), ("gap", {**GAP, "instrument": "ets24"}, "no-obligations"),
    ("gap", {**GAP, "state": "\u0000"}, "unknown-state"), ("accession", {**ACCESSION, "measures": ["steal"]}, "unknown-measure"),
    ("accession", {**ACCESSION, "instrument": "nothing"}, "unusable-question"),
])  # fmt: skip
def test_the_law_refuses_what_it_cannot_compare(
    node: Home, ana: Person, path: str, body: dict[str, object], code: str
) -> None:
    answer = Api(ana)("POST", f"/law/{path}", body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


CHAIN = {
    "offence": "computer-fraud",
    "on": "2026-11-24",
    "links": [{"what": "victims", "state": "jp", "weight": 40}, {"what": "suspect-located", "state": "RO"}],
}


def test_the_law_says_who_has_jurisdiction(node: Home, ana: Person) -> None:
    api = Api(ana)
    found = api("POST", "/law/jurisdiction", CHAIN).json()
    assert found["sentence"].startswith("There may be a conflict: Japan has jurisdiction")
    assert [claim["state"] for claim in found["claims"]] == ["JP", "RO"]
    assert (
        api("POST", "/law/jurisdiction", {**CHAIN, "language": "zh"}).json()["sentence"].startswith("可能存在管辖冲突")
    )
    assert api("POST", "/law/jurisdiction/memo", CHAIN).content.startswith(b"%PDF")
    for wrong in ([], [{"what": "<script>", "state": "JP"}], [{"what": "victims", "state": "QQ"}]):
        assert api("POST", "/law/jurisdiction", {**CHAIN, "links": wrong}).status_code == 422
    assert Api(None)("POST", "/law/jurisdiction", CHAIN).status_code == 401


def test_the_law_says_who_holds_the_data_and_by_which_routes(node: Home, ana: Person) -> None:
    api, question = Api(ana), {"identifier": "jane@gmail.com", "user_region": "us", "on": "2026-11-24"}
    found = api("POST", "/law/holder", {**question, "from_state": "gh"}).json()
    assert found["sentence"].startswith("Google LLC in the United States holds the data.")
    assert found["choices"][0]["routes"]
    assert "routes" not in api("POST", "/law/holder", question).json()["choices"][0]
    assert api("POST", "/law/holder/memo", question).content.startswith(b"%PDF")
    for wrong in ({"identifier": ""}, {"identifier": "x" * 3000}, {"user_region": "QQ"}, {"from_state": "QQ"}):
        assert api("POST", "/law/holder", {**question, **wrong}).status_code == 422, wrong
    assert (
        api("POST", "/law/holder", {"identifier": "\x00\u202e<script>"}).json()["identifier"]["kind"] == "unrecognised"
    )
    assert Api(None)("POST", "/law/holder", question).status_code == 401


def test_the_law_says_what_to_heed_with_both_keys_of_a_contradiction(node: Home, ana: Person) -> None:
    circumstances = {"emergency": True, "urgent": False, "provider_state": "GH"}
    found = Api(ana)("POST", "/law/warnings", {**QUESTION, "circumstances": circumstances}).json()
    assert [(each["keys"], each["stops"]) for each in found["contradictions"]] == [
        (["emergency", "urgent"], True),
        (["from", "provider_state"], False),
    ]
    assert {"code", "text", "article"} == set(found["warnings"][0])


@pytest.mark.parametrize("language", ["de", "", 3])
def test_the_law_answers_in_no_other_language(node: Home, ana: Person, language: object) -> None:
    assert Api(ana)("POST", "/law/routes", {**QUESTION, "language": language}).status_code == 422


def test_an_unreadable_request_is_a_problem_document(node: Home, ana: Person) -> None:
    answer = Api(ana)("POST", "/cases", {"title": 3})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "unreadable-request"


def test_the_interface_documents_itself_without_foreign_sources(node: Home) -> None:
    page = Client().get("/api/docs").content.decode()
    assert Client().get("/api/openapi.json").json()["info"]["title"] == "Comity node"
    assert "https://" not in page
