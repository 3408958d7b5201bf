"""A story played in a real browser: three practice nodes, two languages, with or without JavaScript.

Nothing here knows a label: buttons are found by what they send, so that the same story plays in every language.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from comity.node.home import Home

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-proxy-server",
]  # fmt: skip
PATIENCE = 180.0
FACTS = {
    "f-facts_summary": "On 20 November 2026 the mail system of a hospital in Accra was entered with stolen credentials; "
    "three mailboxes on a rented server received the copies.",
    "f-identifiers-0-identifier_value": "192.0.2.44",
    "f-identifiers-0-identifier_time": "2026-11-20T03:14",
    "f-data_description": "Content and traffic data of the mailboxes a1, a2 and a3@mail.example, 1 to 24 November 2026",
    "f-data_relation": "The mailboxes received the copied records.",
    "f-necessity": "They hold the only known copy; the provider deletes after 14 days.",
    "f-service_provider": "Practice Hosting, France",
    "f-contact_name": "Ama Mensah",
    "f-contact_phone": "+233 30 255 0143",
    "f-contact_email": "desk@prosecutor.example",
}
CASE = {
    "title": "Mailbox of a phishing server, 3 accounts",
    "conduct_on": "2026-11-20",
    "provisions": "Cybersecurity Act 2020 (Act 1038), section 67",
    "max_penalty_months": "60",
}


@dataclass
class Network:
    """The practice network: its homes, and unused links by office and name of the person."""

    homes: Sequence["Home"]
    links: dict[str, dict[str, str]]

    def link(self, name: str) -> str:
        """Return a fresh one-time link of a person; each can be used once."""
        from comity.cli.practice import practice_people
        from comity.cli.run import prepare

        for home in self.homes:
            people = practice_people(home.office)
            if any(one["username"] == name for one in people):
                if name not in self.links.get(home.office, {}):
                    self.links[home.office] = prepare(home.path, people)
                return self.links[home.office].pop(name)
        raise LookupError(name)


@contextmanager
def practice(folder: Path, port: int) -> Iterator[Network]:
    """Found three nodes in a folder and run them until the block ends."""
    from comity.cli.practice import found_practice, practice_people
    from comity.cli.run import answers, prepare

    homes = found_practice(folder, port)
    links = {home.office: prepare(home.path, practice_people(home.office)) for home in homes}
    children = [_start(module, home.path) for home in homes for module in ("serve", "worker")]
    try:
        wait_for(lambda: all(answers(home) for home in homes))
        yield Network(homes, links)
    finally:
        for child in children:
            child.send_signal(signal.SIGTERM)
        for child in children:
            child.wait(30)


def _start(module: str, home: Path) -> subprocess.Popen[bytes]:
    with (home / f"{module}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", f"comity.node.{module}"],
            env={**os.environ, "COMITY_HOME": str(home)},
            stdout=log,
            stderr=log,
        )


def wait_for(condition: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait until something holds.

    Raises:
        TimeoutError: it does not.
    """
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.3)


class Desk:
    """One person at a browser."""

    def __init__(self, browser: "Browser", network: Network, name: str, **context: object) -> None:
        self.name = name
        link = network.link(name)
        self.base = link.split("/sign-in/")[0]
        self.context: BrowserContext = browser.new_context(**context)  # type: ignore[arg-type]
        self.context.set_default_timeout(60_000)
        self.page: Page = self.context.new_page()
        self.page.goto(link)
        self.press("main form button")

    def press(self, selector: str) -> None:
        """Press what leads to another page, and wait until that page is there."""
        press(self.page, selector)

    def speak(self, code: str) -> None:
        """Change the language, on whatever page this is."""
        if self.page.locator(f"button[name=language][value='{code}']").count():
            self.press(f"button[name=language][value='{code}']")

    def go(self, path: str) -> "Page":
        """Open a page of the desk."""
        self.page.goto(self.base + path)
        return self.page

    def do(self, value: str) -> None:
        """Press the button of the main form that sends `do`."""
        self.press(f"main button[name=do][value={value}]:not(.visually-hidden)")

    def fill(self, values: Mapping[str, str]) -> None:
        """Fill controls by name."""
        for name, value in values.items():
            control = self.page.locator(f"main [name='{name}']").first
            self.page.evaluate(
                "name => { const d = document.getElementsByName(name)[0].closest('details'); if (d) d.open = true; }",
                name,
            )
            if control.evaluate("node => node.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(value)

    def open_case(self, reference: str) -> str:
        """Open a case and return its address."""
        self.go("/cases/new")
        self.page.select_option("[name=offence]", "illegal-access")
        self.page.select_option("[name=f-identifiers-0-identifier_kind]", "ip-address")
        self.fill({"reference": reference, **CASE, **FACTS})
        self.press("main form .buttons button")
        return self.page.url.removeprefix(self.base)

    def ask(self, case: str, to: str, measure: str) -> None:
        """Ask for routes out of a case."""
        self.go(f"/routes/?case={case.rsplit('/', 1)[1]}")
        self.page.select_option("[name=to]", to)
        self.page.select_option("[name=measure]", measure)
        self.page.click("details:has([name=data_holder]) > summary")
        self.page.select_option("[name=data_holder]", "provider")
        self.press("main button[name=ask]")

    def draft_first_route(self) -> str:
        """Begin the request of the first route and return the draft's address."""
        self.press(".route .doing a >> nth=0")
        self.press("main form .buttons button")
        return self.page.url.removeprefix(self.base)

    def begin(self, dossier: str, step: str) -> str:
        """Begin a step of a dossier and return the draft's address."""
        self.go(f"/dossiers/{dossier}")
        self.press(f".timeline button[value='{step}']")
        return self.page.url.removeprefix(self.base)

    def order(self, dossier: str, opening: str) -> str:
        """Begin an order to the provider and return the draft's address."""
        self.go(f"/dossiers/{dossier}/order")
        self.page.check(f"input[value='{opening}']")
        self.press("main form .buttons button")
        return self.page.url.removeprefix(self.base)

    def settle(self) -> None:
        """Answer whatever stops the draft with the first possible answer, as a hasty trainee would."""
        for _round in range(4):
            self.do("save")
            wrong = self.page.locator("main .field.wrong")
            if not wrong.count():
                return
            for place in range(wrong.count()):
                _answer(wrong.nth(place))

    def submit(self) -> None:
        """Submit the draft, or sign and send it where it does not bind."""
        self.do("submit")

    def approve(self, draft: str) -> str:
        """Approve a draft and return the id of the dossier."""
        self.go(draft)
        self.do("approve")
        return self.page.url.rsplit("/", 1)[1]

    def await_dossier(self, find: Callable[["Page"], str]) -> str:
        """Wait until the inbox shows what is looked for and return the dossier's id."""
        found = ""

        def there() -> bool:
            nonlocal found
            found = find(self.go("/"))
            return bool(found)

        wait_for(there)
        return found

    def await_step(self, dossier: str, step: str) -> None:
        """Wait until a step is offered."""
        wait_for(lambda: bool(self.go(f"/dossiers/{dossier}").locator(f".timeline button[value='{step}']").count()))


def press(page: "Page", selector: str) -> None:
    """Press what leads to another page, and wait until that page is there: a click alone may return before it is."""
    with page.expect_navigation():
        page.click(selector)


def _answer(field: object) -> None:
    """Fill one field of a form somehow."""
    control = field.locator("input:not([type=hidden]), select, textarea").first  # type: ignore[attr-defined]
    kind = control.evaluate("node => node.tagName === 'INPUT' ? node.type : node.tagName.toLowerCase()")
    match kind:
        case "radio" | "checkbox":
            control.check()
        case "select":
            control.select_option(index=1)
        case "date":
            control.fill((datetime.now(UTC) + timedelta(days=21)).strftime("%Y-%m-%d"))
        case "datetime-local":
            happened = str(control.get_attribute("name")).endswith("_at")
            at = datetime.now(UTC) + timedelta(minutes=-1 if happened else 60 * 24 * 21)
            control.fill(at.strftime("%Y-%m-%dT%H:%M"))
        case "number":
            control.fill("1")
        case _:
            control.fill(
                "desk@practice.example" if "mail" in str(control.get_attribute("name")) else "Practice 2026-417"
            )


def dossier_with(text: str) -> Callable[["Page"], str]:
    """Return a search for the first dossier of an inbox that has a text."""

    def find(page: "Page") -> str:
        links = page.locator("main .table a[href^='/dossiers/']", has_text=text)
        return str(links.first.get_attribute("href")).rsplit("/", 1)[1] if links.count() else ""

    return find


def dossier_id(text: str) -> Callable[["Page"], str]:
    """Return a search for a dossier by its id."""
    return lambda page: text if page.locator(f"main a[href='/dossiers/{text}']").count() else ""


def story(
    browser: "Browser", network: Network, evidence: Path, *, language: str = "en", **context: object
) -> dict[str, str]:
    """Play the whole: preserve, order, produce, hand over, court package. Returns what is where."""
    people = {
        name: Desk(browser, network, name, **context) for name in ("ama", "kofi", "claire", "julien", "lea", "marc")
    }
    for desk in people.values():
        desk.speak(language)
    ama, kofi, claire, julien, lea, marc = people.values()
    case = ama.open_case(f"GH-2026-{time.time_ns() % 100_000:05}")
    ama.ask(case, "FR", "preserve")
    answer = ama.page.url.removeprefix(ama.base)
    draft = ama.draft_first_route()
    ama.settle()
    ama.submit()
    request = kofi.approve(draft)
    claire.await_dossier(dossier_id(request))
    take(claire, julien, request, "acknowledge")
    keep = claire.order(request, "provider-order/order-preservation")
    claire.settle()
    claire.submit()
    ordered = julien.approve(keep)
    lea.await_dossier(dossier_id(ordered))
    take(lea, marc, ordered, "acknowledge")
    take(lea, marc, ordered, "confirm-preservation")
    take(claire, julien, request, "order-preservation")
    take(claire, julien, request, "report-preserved")
    take(ama, kofi, request, "send-production-request")
    take(claire, julien, request, "acknowledge")
    take(claire, julien, request, "accept")
    take(claire, julien, ordered, "order-production")
    take(lea, marc, ordered, "acknowledge")
    delivered = attach(lea, f"/dossiers/{ordered}", evidence)
    take(lea, marc, ordered, "deliver", exhibits=True)
    await_held(claire, ordered)
    take(claire, julien, request, "order-production")
    take(claire, julien, request, "produce", exhibits=True)
    await_held(ama, request)
    ama.go(f"/dossiers/{request}")
    ama.press("form[action$='/package'] button")
    package = ama.page.url.removeprefix(ama.base)
    return {
        "case": case, "answer": answer, "draft": draft, "request": request, "order": ordered, "delivered": delivered,
        "package": package,
    }  # fmt: skip


def take(officer: Desk, approver: Desk, dossier: str, step: str, *, exhibits: bool = False) -> None:
    """Take a step: draft it, settle what stops it, submit it, and have it approved where that is needed."""
    officer.await_step(dossier, step)
    draft = officer.begin(dossier, step)
    if exhibits:
        officer.page.locator("[name=d-exhibits]").select_option(index=1)
    officer.settle()
    officer.submit()
    if officer.page.url.endswith(draft):
        approver.approve(draft)


def attach(desk: Desk, place: str, source: Path) -> str:
    """Attach a file or folder of this machine, and wait until it is in the vault."""
    desk.go(f"{place}/attach")
    desk.fill({"title": "Mailboxes a1 to a3", "path": str(source)})
    desk.press("main form .buttons button")
    desk.page.wait_for_url("**/evidence/**")
    address = desk.page.url.removeprefix(desk.base)
    wait_for(lambda: bool(desk.go(address).locator(".chain li").count()))
    return address


def await_held(desk: Desk, dossier: str) -> None:
    """Wait until the evidence of a dossier has arrived and is checked."""
    wait_for(lambda: _held(desk, dossier))


def _held(desk: Desk, dossier: str) -> bool:
    page = desk.go(f"/dossiers/{dossier}")
    rows = page.locator("section[aria-labelledby=evidence] tbody tr")
    return bool(rows.count()) and not rows.locator(".badge").count()
