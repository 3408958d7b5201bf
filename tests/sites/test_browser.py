"""The pages in a real Chromium: accessible, in both languages, by keyboard, without JavaScript, on a phone, from right to left."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from tests.node.test_watch_law import later
from tests.sites.play import CASE, CHROMIUM, FACTS, FLAGS, press, wait_for

from comity.lawbook.editions import read_edition
from comity.node import law
from comity.node.editions import editions, remember_edition
from comity.node.home import Home
from comity.node.models import Case, Dossier, Draft, Person
from comity.node.usecases import watch_law

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Chromium: scripts/install-tools"),
    pytest.mark.xdist_group("browser"),
]
LANGUAGES = ("en", "zh-hans")
Sit = Callable[..., "BrowserContext"]


@pytest.fixture
def sit(live_server: object, settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sit]:
    """Sit down at a browser as somebody: `sit(ana, language="zh-hans")`.

    The browser starts with the first call and not before: its loop runs in this thread, where the other fixtures have to sign acts
    first, which needs a loop of its own.
    """
    # and Django would take this thread for asynchronous code
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with ExitStack() as stack:
        browsers: list[Browser] = []

        def down(who: Person | None, *, language: str = "en", **more: object) -> "BrowserContext":
            url, client = str(live_server.url), Client()  # type: ignore[attr-defined]
            cookies = {settings.LANGUAGE_COOKIE_NAME: language}  # type: ignore[attr-defined]
            if who is not None:
                client.force_login(who)
                cookies |= {name: each.value for name, each in client.cookies.items()}
            if not browsers:
                browsers.append(_launch(stack))
            context = browsers[0].new_context(base_url=url, **more)  # type: ignore[arg-type]
            context.set_default_timeout(20_000)
            context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
            return context

        yield down


def _launch(stack: ExitStack) -> "Browser":
    from playwright.sync_api import sync_playwright

    playwright = stack.enter_context(sync_playwright())
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    stack.callback(browser.close)
    return browser


@pytest.fixture
def paths(dossier: Dossier, case: Case) -> list[str]:
    """Every page that an officer meets, with something on it."""
    draft = Draft.objects.get()
    query = f"case={case.id}&from=GH&to=FR&measure=preserve&offence=illegal-access&date=2026-11-24"
    chain = "offence=computer-fraud&date=2026-11-24&link=servers:NL&link=victims:JP:40&link=suspect-located:RO"
    return [
        "/", "/law/", "/law/changes/", "/routes/", f"/routes/?{query}", f"/routes/?{query}&change=yes",
        "/law/compare/", "/law/compare/?offence=illegal-access&states=DE,FR,CN&acts=access", "/law/gap/?state=KE&instrument=budapest&date=2026-11-24",
        "/law/accession/", "/law/accession/?state=IN&instrument=budapest&date=2026-11-24&measures=preserve",
        "/law/atlas/?from=BR&measure=preserve&date=2026-11-24&all=yes", "/law/atlas/?to=CN&measure=wish",
        "/routes/?from=CN&to=NL&measure=content&date=2026-11-24", "/routes/?from=GH&to=FR&measure=content&date=2026-11-24&offenders=0", f"/drafts/new?{query}&place=1", "/cases/", "/cases/new", f"/cases/{case.id}",
        "/law/conflict/", f"/law/conflict/?{chain}", "/law/conflict/?offence=computer-fraud&link=nothing:QQ:x&ask=yes", "/law/holder/", "/law/holder/?service=google&measure=content", "/law/holder/?service=nobody",
        f"/cases/{case.id}/edit", f"/cases/{case.id}/attach", f"/dossiers/{dossier.id}",
        f"/dossiers/{dossier.id}/acts/{draft.act_id}", "/evidence/", "/exchange/import", "/about", "/no/such/page",
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible(sit: Sit, paths: list[str], ana: Person, language: str, scheme: str) -> None:
    page = sit(ana, language=language, color_scheme=scheme).new_page()
    assert _violations(page, paths) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_drafting_and_approving_are_accessible(sit: Sit, draft: Draft, ana: Person, ben: Person, language: str) -> None:
    page = sit(ana, language=language).new_page()
    assert _violations(page, [f"/drafts/{draft.id}"]) == {}
    press(page, "button[value=submit]")
    assert page.locator(".error-summary").is_visible()
    assert _axe(page) == []
    Draft.objects.update(state="submitted")
    assert _violations(sit(ben, language=language).new_page(), [f"/drafts/{draft.id}", "/"]) == {}


def test_the_pages_of_an_administrator_are_accessible(sit: Sit, node: object, ada: Person) -> None:
    assert _violations(sit(ada).new_page(), ["/people/", "/people/new", "/quarantine/"]) == {}
    assert _violations(sit(None).new_page(), ["/sign-in/", "/sign-in/some-secret"]) == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_no_page_scrolls_sideways_on_a_small_phone(
    sit: Sit, paths: list[str], ana: Person, language: str, direction: str
) -> None:
    page = sit(ana, language=language, viewport={"width": 320, "height": 640}).new_page()
    for path in paths:
        page.goto(path)
        page.evaluate("direction => { document.documentElement.dir = direction }", direction)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{path} is {width} wide"


def test_right_to_left_mirrors_the_page(sit: Sit, dossier: Dossier, ana: Person) -> None:
    page = sit(ana, viewport={"width": 1240, "height": 900}).new_page()
    page.goto(f"/dossiers/{dossier.id}")
    main, side = page.locator(".timeline").bounding_box(), page.locator("aside").bounding_box()
    page.evaluate("document.documentElement.dir = 'rtl'")
    mirrored_main, mirrored_side = page.locator(".timeline").bounding_box(), page.locator("aside").bounding_box()
    assert main["x"] < side["x"]  # type: ignore[index]
    assert mirrored_main["x"] > mirrored_side["x"]  # type: ignore[index]


def test_the_answer_comes_first_on_a_phone(sit: Sit, node: object, ana: Person) -> None:
    page = sit(ana, viewport={"width": 390, "height": 844}).new_page()
    page.goto("/routes/?from=GH&to=FR&measure=preserve&date=2026-11-24")
    assert not page.locator(".fold .summary").first.is_visible(), "the question is folded into one line"
    assert page.locator(".route").first.bounding_box()["y"] < 844  # type: ignore[index]


def test_the_keyboard_alone_asks_for_a_route(sit: Sit, node: object, ana: Person) -> None:
    page = sit(ana).new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.goto("/routes/")
    _tab_to(page, "to")
    page.keyboard.type("France")
    _tab_to(page, "measure")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "ask")
    page.keyboard.press("Enter")
    page.wait_for_url("**/routes/?from=GH&to=FR**")
    assert "France" in page.locator("h1").inner_text()
    _tab_until(page, "document.activeElement.tagName === 'SUMMARY'")
    assert _has_outline(page)
    page.keyboard.press("Enter")


def test_one_click_answers_what_was_not_said_without_javascript(sit: Sit, node: object, ana: Person) -> None:
    page = sit(ana, java_script_enabled=False).new_page()
    page.goto("/law/")
    press(page, ".entries a[href^='/routes/?']")
    press(page, "#settle-issuing_authority .picks a >> nth=0")
    assert "issuing_authority=judge" in page.url
    assert page.locator("#settle-issuing_authority").count() == 0, "what was answered is not asked again"
    page.go_back()
    press(page, "#settle-data_located_in .picks a >> nth=-1")
    assert page.url.endswith("#id_data_located_in")
    assert page.locator("#id_data_located_in").is_visible(), "the group that matters for the measure is open"


def test_a_request_is_drafted_without_javascript(sit: Sit, node: object, ana: Person, ben: Person) -> None:
    page = sit(ana, java_script_enabled=False).new_page()
    page.goto("/cases/new")
    page.select_option("[name=offence]", "illegal-access")
    for name, value in {"reference": "GH-9", **CASE, **FACTS}.items():
        page.fill(f"[name='{name}']", value)
    press(page, "main form .buttons button")
    press(page, ".head a.button")
    page.select_option("[name=to]", "FR")
    page.select_option("[name=measure]", "preserve")
    press(page, "button[name=ask]")
    press(page, ".route .doing a >> nth=0")
    press(page, "main form .buttons button")
    page.check("[name=f-data_category] >> nth=0")
    press(page, "main .sticky button[value=save]")
    assert Draft.objects.get().fields["data_category"] == ["subscriber"]


def test_a_draft_saves_itself_while_one_types(sit: Sit, draft: Draft, ana: Person) -> None:
    page = sit(ana).new_page()
    page.goto(f"/drafts/{draft.id}")
    page.fill("[name=d-subject]", "Typed and left")
    wait_for(lambda: bool(page.locator("[data-saved]").inner_text()))
    draft.refresh_from_db()
    assert draft.subject == "Typed and left"


def test_an_upload_arrives_with_its_progress_shown(sit: Sit, case: Case, cleo: Person, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    (disk / "sub").mkdir(parents=True)
    (disk / "a.bin").write_bytes(os.urandom(300_000))
    (disk / "sub/b.txt").write_text("two", encoding="utf-8")
    page = sit(cleo).new_page()
    page.goto(f"/cases/{case.id}/attach")
    page.fill("[name=title]", "Disk")
    page.set_input_files("[name=folder]", disk)
    press(page, "main form .buttons button")
    page.wait_for_url("**/evidence/**")
    assert "Disk" in page.locator("h1").inner_text()


def _violations(page: "Page", paths: list[str]) -> dict[str, list[str]]:
    found = {}
    for path in paths:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        if wrong := _axe(page):
            found[path] = wrong
    return found


def _axe(page: "Page") -> list[str]:
    results = Axe().run(page)
    return [
        f"{each['id']}: {[node['target'] for node in each['nodes']][:3]}" for each in results.response["violations"]
    ]


def _tab_to(page: "Page", name: str) -> None:
    _tab_until(page, f"document.activeElement.name === '{name}'")


def _tab_until(page: "Page", condition: str) -> None:
    for _press in range(80):
        if page.evaluate(condition):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard never reaches {condition}")


def _has_outline(page: "Page") -> bool:
    return bool(page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_of_editions_is_accessible(
    sit: Sit, node: Home, ana: Person, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember_edition(node, law.lawbook())
    new = later(read_edition(editions(node)[-1]))
    monkeypatch.setattr(watch_law, "edition_of", lambda book: new)
    names = (law.lawbook().edition, new.name)
    monkeypatch.setattr("comity.sites.desk.views.changes.known_editions", lambda: names)
    page = sit(ana, language=language).new_page()
    assert _violations(page, ["/law/changes/", "/law/changes/?measure=none"]) == {}
