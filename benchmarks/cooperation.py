"""What the desk waits for: folding a long dossier, linting a full draft, opening the lawbook's procedures and forms."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from benchmarks.result import Result
from comity.acts.act import Act, Text
from comity.acts.office import Office
from comity.cooperation.dossier import Received, fold
from comity.cooperation.linter import Draft, LintContext, lint
from comity.cooperation.procedure import Procedure
from comity.lawbook import default_path
from comity.lawbook.procedures import load_calendars, load_procedures
from comity.lawbook.words import load_wordbook

START = datetime(2026, 9, 1, 9, tzinfo=UTC)
OFFICES = {"requesting": "gh/practice-prosecutor", "requested": "fr/practice-central-authority"}


def dossier_of(procedure: Procedure, count: int) -> list[Received]:
    """Return acts that go back and forth: a request, then question and answer again and again."""
    steps = ["send-production-request", "acknowledge", *["ask-information", "supply-information"] * count]
    received: list[Received] = []
    for number, step in enumerate(steps[:count]):
        at = START + timedelta(hours=number)
        actor = procedure.steps[step].by[0]
        ids = [item.act.id for item in received[:1] + received[-1:]]
        act = Act(
            procedure=procedure.id,
            act=step,
            actor=actor,
            sender=OFFICES[actor],
            made_at=at,
            subject=Text("Practice", "en"),
            parties={} if ids else OFFICES,
            dossier=ids[0] if ids else None,
            after=tuple(ids[-1:]),
            fields={"reference": f"EX-{number}", "information": {"text": "words " * 40, "language": "en"}},
        )
        received.append(Received(act, at))
    return received


def best(work: Callable[[], object], times: int = 7) -> float:
    """Return the shortest time of several runs, in milliseconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return 1000 * min(found)


def run() -> list[Result]:
    """Measure; the design sets no budgets here."""
    folder = default_path()
    procedures, wordbook, calendars = load_procedures(folder), load_wordbook(folder), load_calendars(folder)
    production = procedures["budapest-production"]
    acts = dossier_of(production, 50)
    assert sum(event.effective for event in fold(production, acts).history) == 50
    form = wordbook.forms["budapest-29"]
    ana = Office("gh/practice-prosecutor", "GH", {}, actors=("requesting",))
    ben = Office("fr/practice-central-authority", "FR", {}, actors=("requested",))
    draft = Draft("send", "requesting", {field.id: field.example for field in form.fields()}, form.id)
    context = LintContext(ana, ben, START, wordbook=wordbook)
    preservation = procedures["budapest-preservation"]
    return [
        Result("fold a dossier of 50 acts", best(lambda: fold(production, acts, calendars=calendars)), "ms"),
        Result("lint a full preservation request", best(lambda: lint(draft, form, preservation, context)), "ms"),
        Result("open all procedures, forms and words", best(lambda: load_wordbook(folder), 3), "ms"),
    ]
