"""What a new edition of the law changes for this office: the routes of its state, and the open dossiers that a person may see."""

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from comity.acts.act import Act, decode_act
from comity.errors import ComityError, LocalError
from comity.law.watch import OpenDossier
from comity.law.watch.report import Watch
from comity.lawbook.editions import BrokenEditionError, Edition, edition_of, read_edition
from comity.lawbook.watching import compare_editions
from comity.node import law, resources
from comity.node.access import visible_dossiers
from comity.node.editions import editions
from comity.node.models import ActRecord, Case, Dossier, Person

log = logging.getLogger("comity.editions")


class NoSuchEditionError(LocalError):
    """This node has not kept an edition of that name, or none before the present one."""

    code = "no-such-edition"


COMPARE = "Compare with `comity watch OLD`, where OLD is a folder or a file of that edition."


def known_editions() -> tuple[str, ...]:
    """Return the names of the editions that this node has worked with, the one met last at the end."""
    return tuple(dict.fromkeys(_name(path.name) for path in editions(resources.home())))


def watch_law(
    who: Person | None, now: datetime, since: str = "", measures: Iterable[str] = (), until: str = ""
) -> Watch:
    """Compare two editions that this node knows; nothing is stored.

    Args:
        who: sees the dossiers that are visible to them, and no others.
        now: the present; both editions are asked for this day.
        since: name of the edition before; the one kept before the later one unless given.
        measures: only the routes for these; all unless given, which can take many seconds.
        until: name of the later edition; the present one unless given.

    Raises:
        NoSuchEditionError: nothing of that name is kept.
        BrokenEditionError: the kept file is damaged, or of a form that this version does not know; `where` is its name.
        UnusableQuestionError: a measure is unknown.
    """
    present = edition_of(law.lawbook())
    new = present if not until or until == present.name else _kept(until)
    old = present if since and since == present.name else _before(new, since)
    rows = visible_dossiers(who).filter(ended="") if who is not None else Dossier.objects.none()
    found = open_dossiers(rows.select_related("case"))
    return compare_editions(old, new, now.date(), resources.home().state, tuple(measures), dossiers=found)


def every_open_dossier() -> tuple[OpenDossier, ...]:
    """Return all open dossiers of the node, for whoever works at the machine itself."""
    return open_dossiers(Dossier.objects.filter(ended="").select_related("case"))


def open_dossiers(rows: Iterable[Dossier]) -> tuple[OpenDossier, ...]:
    """Return what dossiers rest on; those that go between two offices of one state rest on no route and are left out."""
    by_id = {row.id: row for row in rows}
    acts = ActRecord.objects.filter(id__in=by_id).order_by("made_at", "id").values_list("id", "payload")
    made = (_dossier(by_id[name], decode_act(bytes(payload))) for name, payload in acts.iterator())
    return tuple(each for each in made if each is not None)


def _dossier(row: Dossier, opening: Act) -> OpenDossier | None:
    sender = opening.sender[:2].upper()
    others = [office[:2].upper() for office in opening.parties.values() if office != opening.sender]
    if opening.route is None or not others or others[0] == sender:
        return None
    return OpenDossier(
        id=row.id,
        from_state=sender,
        to_state=others[0],
        measure=opening.route.measure,
        offence=(row.case.offence or None) if row.case else None,
        instrument=opening.route.instrument,
        opened_on=row.opened_at.date(),
        circumstances=_circumstances(row.case),
        procedure=row.procedure,
    )


def _circumstances(case: Case | None) -> dict[str, object]:
    months = case.max_penalty_months if case else None
    return {} if months is None else {"max_penalty_months_from": months}


def _before(later: Edition, since: str) -> Edition:
    if since:
        return _kept(since)
    names = known_editions()
    places = {name: place for place, name in enumerate(names)}
    for name in reversed(names[: places.get(later.name, len(names))]):
        return _kept(name)
    return _same_name(later)


def _same_name(later: Edition) -> Edition:
    """Return an edition of the same facts with other procedures, forms or words."""
    for path in reversed(editions(resources.home())):
        found = _read(path)
        if (found.name, found.pages) != (later.name, later.pages):
            return found
    raise NoSuchEditionError("No edition before the present one is kept here.", remedy=COMPARE)


def _kept(name: str) -> Edition:
    for path in reversed(editions(resources.home())):
        if _name(path.name) == name:
            return _read(path)
    raise NoSuchEditionError(f"No edition '{name[:40]}' is kept here.", remedy=COMPARE)


@lru_cache(maxsize=4)
def _read(path: Path) -> Edition:
    """A kept file never changes: its name is made of what is in it. Why one cannot be read is for the log, not for who asks."""
    name = _name(path.name)
    try:
        found = read_edition(path)
        _ = found.facts
    except ComityError as error:
        log.warning("A kept edition cannot be used: %s", error.diagnostics())
        raise BrokenEditionError(
            f"The edition {name} kept here is damaged, or of a form that this version does not know.",
            where=name,
            remedy="Choose another edition, and have an administrator look into the folder `editions` of the node.",
        ) from error
    return found


def _name(file: str) -> str:
    """Return the edition's name out of its file's: `2026-11-24+1f2e3d4c-5a6b7c8d.json.gz`."""
    return file[:19]
