"""Every page, for everybody: what one may see, what one may not, and what is never lost."""

import gzip
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.sites.conftest import filled

from comity.node.clock import now
from comity.node.models import Case, Dossier, Draft, Holding, Person, Quarantined
from comity.node.usecases.sign_in import make_sign_in_link
from comity.sites.desk import urls
from comity.sites.desk.views import failures

At = Callable[[Person], Client]
OPEN_TO_ALL = {"sign-in", "sign-in-link", "sign-out", "language", "about"}
STATIC = Path(urls.__file__).parent / "static/desk"
NOBODY = "0" * 64
pytestmark = pytest.mark.django_db


def address(name: str) -> str:
    """Return an address of a page with objects that do not exist."""
    pattern = next(each for each in urls.urlpatterns if each.name == name)
    uuid = "00000000-0000-4000-8000-000000000000"
    wanted = {
        key: uuid if "UUID" in type(one).__name__ else 7 if "Int" in type(one).__name__ else NOBODY
        for key, one in pattern.pattern.converters.items()
    }
    return reverse(f"desk:{name}", kwargs=wanted)


@pytest.mark.parametrize("name", [each.name for each in urls.urlpatterns if each.name not in OPEN_TO_ALL])
def test_a_page_asks_a_stranger_to_sign_in(client: Client, name: str) -> None:
    for answer in (client.get(address(name)), client.post(address(name))):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")


PROTECTED = [
    "case",
    "case-edit",
    "case-member",
    "case-attach",
    "draft",
    "draft-pdf",
    "draft-discard",
    "dossier",
    "step",
    "order",
    "dossier-attach",
    "package-new",
    "act",
    "act-pdf",
    "act-envelope",
    "holding",
    "package",
    "package-download",
]


@pytest.mark.parametrize("name", PROTECTED)
def test_what_does_not_exist_is_not_found(node: object, ana: Person, at: At, name: str) -> None:
    for answer in (at(ana).get(address(name)), at(ana).post(address(name), {"do": "x"})):
        assert answer.status_code in (404, 405)


def test_eve_is_told_nothing_of_a_case_that_is_not_hers(dossier: Dossier, case: Case, eve: Person, at: At) -> None:
    draft = Draft.objects.get()
    Holding.objects.create(title="Disk", state="held", case=case, created_at=now(), changed_at=now())
    holding = Holding.objects.get()
    paths = [
        f"/cases/{case.id}", f"/cases/{case.id}/edit", f"/cases/{case.id}/attach", f"/drafts/{draft.id}",
        f"/drafts/{draft.id}/paper.pdf",
        f"/dossiers/{dossier.id}", f"/dossiers/{dossier.id}/attach", f"/dossiers/{dossier.id}/order", f"/evidence/{holding.id}",
        f"/dossiers/{dossier.id}/acts/{dossier.id}", f"/dossiers/{dossier.id}/acts/{dossier.id}.pdf",
    ]  # fmt: skip
    client = at(eve)
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert str(case.title) not in answer.content.decode()
    assert client.post(f"/dossiers/{dossier.id}/step", {"step": "withdraw"}).status_code == 404
    assert client.post(f"/dossiers/{dossier.id}/package").status_code == 404
    for path in ("/", "/cases/", "/evidence/"):
        assert str(case.title) not in client.get(path).content.decode()


def test_missing_and_forbidden_look_the_same(dossier: Dossier, eve: Person, at: At) -> None:
    client = at(eve)
    forbidden, missing = client.get(f"/dossiers/{dossier.id}"), client.get(f"/dossiers/{NOBODY}")
    bare = [
        re.sub(rf"{dossier.id}|{NOBODY}|name=\"csrfmiddlewaretoken\" value=\"\w+\"", "", one.content.decode())
        for one in (forbidden, missing)
    ]
    assert bare[0] == bare[1]


def test_an_administrator_sees_people_and_no_case(dossier: Dossier, case: Case, ada: Person, at: At) -> None:
    client = at(ada)
    assert client.get("/").headers["Location"] == "/people/"
    assert client.get(f"/cases/{case.id}").status_code == 404
    assert client.get(f"/dossiers/{dossier.id}").status_code == 404
    page = client.get("/people/").content.decode()
    assert "Ana" in page
    assert "/cases/" not in page


@pytest.mark.parametrize("path", ["/people/", "/people/new", "/quarantine/"])
def test_only_an_administrator_sees_people_and_quarantine(node: object, ana: Person, at: At, path: str) -> None:
    assert at(ana).get(path).status_code == 403


def test_an_administrator_adds_a_person_who_signs_in_with_the_link(
    node: object, ada: Person, at: At, client: Client
) -> None:
    values = {
        "name": "Dora Quist",
        "username": "dora",
        "function": "Officer",
        "roles": ["officer"],
        "language": "zh-hans",
    }
    page = at(ada).post("/people/new", values).content.decode()
    found = re.search(r"/sign-in/([\w-]{20,})", page)
    assert found is not None
    link = found[0]
    assert client.get(link).status_code == 200, "opening the link, as a mail scanner does, uses nothing up"
    assert client.post(link).headers["Location"] == "/"
    assert 'lang="zh-Hans"' in client.get("/").content.decode()
    assert Client().post(link).status_code == 400, "it works once"


def test_nobody_is_sent_elsewhere_after_signing_in(node: object, ana: Person, client: Client) -> None:
    ana.set_password("a long enough secret")
    ana.save()
    values = {"username": "ana", "password": "a long enough secret", "next": "https://elsewhere.example/"}
    assert client.post("/sign-in/", values).headers["Location"] == "/"


def test_a_wrong_password_says_so_and_keeps_the_name(node: object, ana: Person, client: Client) -> None:
    page = client.post("/sign-in/", {"username": "ana", "password": "wrong"}).content.decode()
    assert 'class="error-summary"' in page
    assert 'value="ana"' in page


def test_the_language_changes_and_the_page_stays(node: object, ana: Person, at: At) -> None:
    client = at(ana)
    answer = client.post("/language", {"language": "zh-hans", "next": "/routes/?from=GH"})
    assert answer.headers["Location"] == "/routes/?from=GH"
    page = client.get("/routes/?from=GH").content.decode()
    assert '<html lang="zh-Hans" dir="ltr">' in page
    assert "协作途径" in page
    ana.refresh_from_db()
    assert ana.language == "zh-hans"


def test_the_answer_is_the_headline_and_has_an_address(node: object, ana: Person, at: At) -> None:
    client = at(ana)
    asked = client.get(
        "/routes/", {"from": "GH", "to": "FR", "measure": "preserve", "date": "2026-11-24", "threat": "", "ask": "yes"}
    )
    assert asked.headers["Location"] == "/routes/?from=GH&to=FR&measure=preserve&date=2026-11-24"
    page = client.get(asked.headers["Location"]).content.decode()
    assert re.search(r"<h1>What may Ghana ask of France\?</h1>", page)
    assert "ETS 185" in page
    assert "Draft this request" in page


@pytest.mark.parametrize(
    "query",
    [
        "from=GH&to=GH&measure=preserve&date=2026-11-24",
        "from=GH&to=FR&measure=preserve&date=1789-07-14",
        "from=GH&to=FR",
    ],
)
def test_a_question_that_cannot_be_asked_comes_back_with_the_reason(
    node: object, ana: Person, at: At, query: str
) -> None:
    page = at(ana).get(f"/routes/?{query}").content.decode()
    assert 'class="error-summary"' in page
    assert re.search(r'<option value="GH" selected', page)


ASKED = "from=GH&to=FR&measure=preserve&offence=illegal-access&date=2026-11-24"


def test_the_entrance_of_the_law_says_what_one_can_ask(node: object, ana: Person, ada: Person, at: At) -> None:
    page = at(ana).get("/law/").content.decode()
    assert 'href="/routes/"' in page
    assert "from=GH&amp;to=FR" in page
    assert at(ada).get("/law/").status_code == 403


def test_every_place_of_the_law_has_an_example_that_answers(node: object, ana: Person, at: At) -> None:
    from comity.sites.desk.law_places import places

    for place, url in places():
        assert at(ana).get(f"{url}?{place.query}").status_code == 200, place.name


def test_the_answer_is_one_sentence_and_says_what_would_settle_the_rest(node: object, ana: Person, at: At) -> None:
    page = at(ana).get(f"/routes/?{ASKED}").content.decode()
    lede = re.search(r'<p class="lede answer-line">(.*?)</p>', page)
    assert lede is not None
    assert lede[1].startswith("Ghana may ask France by this route: Convention on Cybercrime, art. 29")
    assert f'href="/routes/?{ASKED.replace("&", "&amp;")}&amp;issuing_authority=judge"' in page
    assert "Intelligence, not evidence" in page
    assert "do not carry this measure" in page
    assert "Facts as of 24 November 2026" in page


@pytest.mark.parametrize(("path", "kind"), [("memo.pdf", "application/pdf"), ("answer.json", "application/json")])
def test_the_answer_can_be_put_on_file(node: object, ana: Person, ada: Person, at: At, path: str, kind: str) -> None:
    client = at(ana)
    assert f"/routes/{path}?from=GH" in client.get(f"/routes/?{ASKED}").content.decode()
    answer = client.get(f"/routes/{path}?{ASKED}")
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert client.get(f"/routes/{path}?from=GH").headers["Location"] == "/routes/?from=GH"
    assert at(ada).get(f"/routes/{path}?{ASKED}").status_code == 403


def test_circumstances_that_exclude_each_other_come_back_with_the_reason_at_each(
    node: object, ana: Person, at: At
) -> None:
    page = at(ana).get(f"/routes/?{ASKED}&emergency=true&urgent=false").content.decode()
    assert page.count("An emergency is always urgent.") == 4, "twice in the summary, once at each field"
    assert 'href="#id_emergency"' in page


def test_a_person_who_says_more_first_loses_nothing(node: object, ana: Person, at: At) -> None:
    page = at(ana).get("/routes/?from=GH&measure=interception&threat=bomb&change=yes").content.decode()
    assert '<option value="interception" selected' in page
    assert 'value="bomb"' in page
    assert page.index("The interception") < page.index("Consent to disclose the data")
    assert "error-summary" not in page


def test_every_circumstance_of_the_lawbook_is_asked_once_and_every_measure_has_what_matters_first() -> None:
    from comity.node import law
    from comity.sites.desk.circumstances import GROUPS

    codes = law.lawbook().facts.codes
    keys = [key for group in GROUPS for key in group.keys]
    assert sorted(keys) == sorted(codes.circumstances)
    assert set(codes.measures) == {measure for group in GROUPS for measure in group.measures}


def test_a_case_without_title_comes_back_with_everything_typed(node: object, ana: Person, at: At) -> None:
    answer = at(ana).post("/cases/new", {"reference": "GH-2", "f-facts_summary": "Somebody entered a server."})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Somebody entered a server." in page
    assert 'href="#id_title"' in page


def test_a_case_keeps_the_facts_that_its_form_does_not_ask_for(case: Case, ana: Person, at: At) -> None:
    Case.objects.filter(id=case.id).update(facts={**case.facts, "their_reference": "X-1"})
    values = {"reference": "GH-1", "title": "Another title", "f-facts_summary": "Less."}
    assert at(ana).post(f"/cases/{case.id}/edit", values).status_code == 302
    case.refresh_from_db()
    assert (case.title, case.facts["their_reference"]) == ("Another title", "X-1")


def test_one_more_row_of_a_table_opens_no_case(node: object, ana: Person, at: At) -> None:
    answer = at(ana).post(
        "/cases/new", {"reference": "GH-3", "title": "T", "f-identifiers-0-identifier_value": "192.0.2.1", "do": "row"}
    )
    assert answer.status_code == 200
    assert answer.content.decode().count('role="group"') == 2
    assert not Case.objects.exists()


def test_a_draft_is_filled_from_the_case_and_says_what_is_missing(draft: Draft, ana: Person, at: At) -> None:
    page = at(ana).get(f"/drafts/{draft.id}").content.decode()
    assert "three mailboxes on a rented server" in page
    assert "must be filled" in page
    assert "29(2)" in page


def test_what_was_typed_is_saved_even_where_another_field_cannot_be_read(draft: Draft, ana: Person, at: At) -> None:
    values = filled(draft) | {"f-request_date": "tomorrow", "f-necessity": "It would be gone.", "do": "save"}
    answer = at(ana).post(f"/drafts/{draft.id}", values)
    assert answer.status_code == 400
    assert "tomorrow" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.fields["necessity"] == {"text": "It would be gone.", "language": "en"}


def test_a_draft_saves_itself(draft: Draft, ana: Person, at: At) -> None:
    values = filled(draft) | {"d-subject": "Renamed", "do": "save"}
    answer = at(ana).post(f"/drafts/{draft.id}", values, headers={"X-Requested-With": "autosave"})
    assert answer.status_code == 204
    draft.refresh_from_db()
    assert draft.subject == "Renamed"


def test_a_draft_that_stops_is_not_submitted(draft: Draft, ana: Person, at: At) -> None:
    answer = at(ana).post(f"/drafts/{draft.id}", filled(draft) | {"do": "submit"})
    assert answer.status_code == 400
    draft.refresh_from_db()
    assert draft.state == "drafting"


def test_the_paper_can_be_read_before_it_is_signed(draft: Draft, ana: Person, at: At) -> None:
    answer = at(ana).get(f"/drafts/{draft.id}/paper.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_the_drafter_cannot_approve(submitted: Draft, ana: Person, at: At) -> None:
    assert 'value="approve"' not in at(ana).get(f"/drafts/{submitted.id}").content.decode()
    answer = at(ana).post(f"/drafts/{submitted.id}", {"do": "approve"})
    assert answer.status_code in (400, 403)
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


def test_a_returned_draft_shows_the_remark_above_it(submitted: Draft, ana: Person, ben: Person, at: At) -> None:
    assert at(ben).post(f"/drafts/{submitted.id}", {"do": "return", "remark": "Name the article."}).status_code == 302
    page = at(ana).get(f"/drafts/{submitted.id}").content.decode()
    assert page.index("Name the article.") < page.index('<form method="post" class="form"')


def test_approval_makes_a_dossier_with_its_paper_and_proof(dossier: Dossier, ana: Person, at: At) -> None:
    client = at(ana)
    page = client.get(f"/dossiers/{dossier.id}").content.decode()
    assert "drafted by Ana, approved by Ben" in page
    pdf = client.get(f"/dossiers/{dossier.id}/acts/{dossier.id}.pdf")
    assert pdf.content.startswith(b"%PDF")
    act = client.get(f"/dossiers/{dossier.id}/acts/{dossier.id}").content.decode()
    assert dossier.id in act
    assert "three mailboxes on a rented server" in act


def test_a_custodian_reads_the_dossier_but_takes_no_step(dossier: Dossier, cleo: Person, at: At) -> None:
    client = at(cleo)
    assert client.get(f"/dossiers/{dossier.id}").status_code == 200
    assert client.post(f"/dossiers/{dossier.id}/step", {"step": "withdraw"}).status_code == 403


def test_the_next_steps_come_from_the_procedure(dossier: Dossier, ana: Person, at: At) -> None:
    page = at(ana).get(f"/dossiers/{dossier.id}").content.decode()
    assert re.findall(r'name="step" value="([\w-]+)"', page) == ["withdraw"]


def test_evidence_is_attached_by_path_and_by_upload(case: Case, cleo: Person, at: At, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    client = at(cleo)
    assert client.post(f"/cases/{case.id}/attach", {"title": "Disk", "path": str(tmp_path)}).status_code == 302
    holding = Holding.objects.get()
    assert holding.source == str(tmp_path)
    page = client.get(f"/evidence/{holding.id}").content.decode()
    assert "Reading, hashing and storing" in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page


@pytest.mark.parametrize("path", ["", "/no/such/place"])
def test_a_source_that_is_not_there_is_refused_at_its_field(case: Case, cleo: Person, at: At, path: str) -> None:
    page = at(cleo).post(f"/cases/{case.id}/attach", {"title": "Disk", "path": path}).content.decode()
    assert 'href="#id_path"' in page
    assert 'value="Disk"' in page
    assert not Holding.objects.exists()


def test_the_upload_of_evidence_is_protected_against_forged_forms(case: Case, cleo: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cleo)
    assert client.post(f"/cases/{case.id}/attach", {"title": "Disk", "path": "/tmp"}).status_code == 403


def test_the_quarantine_says_why_in_words(node: object, ada: Person, at: At) -> None:
    Quarantined.objects.create(
        sha256=NOBODY, received_at=now(), code="two-payloads", message="two", size=3, data=b"abc"
    )
    assert "more than one set of data" in at(ada).get("/quarantine/").content.decode()


def test_a_file_that_is_no_envelope_is_refused_with_the_reason(
    node: object, ana: Person, at: At, tmp_path: Path
) -> None:
    file = tmp_path / "x.comity"
    file.write_bytes(b"nothing of the kind")
    with file.open("rb") as stream:
        page = at(ana).post("/exchange/import", {"envelope": stream}).content.decode()
    assert 'class="error-summary"' in page


def test_a_paper_can_be_carried_as_an_envelope(dossier: Dossier, ana: Person, at: At) -> None:
    client = at(ana)
    path = f"/dossiers/{dossier.id}/acts/{dossier.id}"
    assert f"{path}.comity" in client.get(path).content.decode()
    answer = client.get(f"{path}.comity")
    assert answer.status_code in (200, 400), "sealed, or told that its proof is not published yet"
    if answer.status_code == 400:
        assert "not published yet" in answer.content.decode()


def test_an_old_link_cannot_be_used(node: object, ana: Person, client: Client) -> None:
    secret = make_sign_in_link(None, ana, now() - timedelta(days=30))
    answer = client.post(f"/sign-in/{secret}")
    assert answer.status_code == 400
    assert "Each link works once" in answer.content.decode()


@pytest.mark.parametrize("view", [failures.bad_request, failures.forbidden, failures.not_found, failures.broken])
def test_a_failure_says_what_to_do_and_shows_nothing_of_the_inside(
    node: object, rf: object, view: Callable[..., object]
) -> None:
    answer = view(rf.get("/x"))  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert "<h1>" in page
    assert "Traceback" not in page


def test_the_first_page_is_small(node: object, ana: Person, at: At) -> None:
    page = at(ana).get("/")
    files = [page.content, *(file.read_bytes() for file in STATIC.iterdir())]
    assert sum(map(len, files)) < 60 * 1024, "even uncompressed"
    assert sum(len(gzip.compress(each)) for each in files) < 20 * 1024


def test_no_page_carries_script_or_style_of_its_own(dossier: Dossier, ana: Person, at: At) -> None:
    client = at(ana)
    draft = Draft.objects.get()
    for path in (
        "/",
        "/routes/",
        "/cases/",
        f"/dossiers/{dossier.id}",
        f"/cases/{draft.case_id}",
        "/evidence/",
        "/about",
    ):
        page = client.get(path).content.decode()
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src=)", page), path


def test_the_stylesheet_knows_no_left_and_right() -> None:
    sheet = (STATIC / "desk.css").read_text(encoding="utf-8")
    sides = "left|right|top|bottom"
    physical = (
        rf"(?:^|[\s;{{])(?:{sides}|width|height|(?:margin|padding|border)-(?:{sides})|(?:min|max)-(?:width|height))\s*:"
    )
    without_media = re.sub(r"@media[^{]*", "", sheet)
    assert re.findall(physical, without_media) == []
