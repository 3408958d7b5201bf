"""Open dossiers whose route is not what it was: on the day they were opened, or today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from comity.law.facts import Facts
from comity.law.question import Question
from comity.law.watch.changes import Change, changes
from comity.law.watch.routes import TouchedRoute, touched_routes

OPENED, TODAY = "opened", "today"


@dataclass(frozen=True, slots=True)
class OpenDossier:
    """What a dossier rests on.

    Attributes:
        instrument: id of the lawbook, or a bilateral treaty; empty where the dossier names none: then every route counts.
        opened_on: the day of the request.
        circumstances: keys of `codes.yaml`, as far as the case states them.
        procedure: by which it goes on; empty where that is not known.
    """

    id: str
    from_state: str
    to_state: str
    measure: str
    offence: str | None
    instrument: str
    opened_on: date
    circumstances: Mapping[str, object] = field(default_factory=dict)
    procedure: str = ""

    def question(self, on: date) -> Question:
        """Return the question that the dossier answers, for a day."""
        return Question(self.from_state, self.to_state, self.measure, self.offence, on, self.circumstances)


@dataclass(frozen=True, slots=True)
class TouchedDossier:
    """A dossier whose route is not what it was.

    Attributes:
        when: `opened`: the editions differ about the day on which the request was made, so its basis may be another than was
            thought; `today`: they differ about today, so what is asked or done next may have to take another way.
    """

    dossier: OpenDossier
    when: str
    route: TouchedRoute


def touched_dossiers(
    old: Facts, new: Facts, dossiers: Iterable[OpenDossier], on: date, found: tuple[Change, ...] | None = None
) -> tuple[TouchedDossier, ...]:
    """Return the dossiers whose route the new edition sees differently, in the order given.

    Args:
        old: the edition before.
        new: the edition after.
        dossiers: those that are still open.
        on: today.
        found: the changes between the two where they are known already.
    """
    told = changes(old, new) if found is None else found
    touched = []
    for dossier in dossiers:
        days = {OPENED: dossier.opened_on} | ({TODAY: on} if on != dossier.opened_on else {})
        for when, day in days.items():
            for route in touched_routes(old, new, (dossier.question(day),), told):
                if not dossier.instrument or route.route.instrument == dossier.instrument:
                    touched.append(TouchedDossier(dossier, when, route))
    return tuple(touched)
