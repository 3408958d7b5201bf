"""Reads the procedures and the calendars in which their clocks are counted."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from comity.cooperation.periods import Calendar, Calendars
from comity.cooperation.procedure import MalformedProcedureError, Procedure, parse_procedure
from comity.errors import LocalError
from comity.lawbook.reading import read_yaml

Reader = Callable[[Path], Mapping[str, object]]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class UnreadableLawbookError(LocalError):
    """A file of the lawbook does not hold what should be in its place."""

    code = "unreadable-lawbook"


def load_procedures(folder: Path, read: Reader = read_yaml) -> dict[str, Procedure]:
    """Return the procedures of a lawbook by id.

    Args:
        folder: the lawbook; the procedures lie in its folder `procedures`, each named by its id.
        read: reads a file; another reader may keep what it has read.

    Raises:
        LocalError: a file cannot be read, is malformed or has another name than its procedure.
    """
    procedures = {}
    for path in sorted((folder / "procedures").glob("*.yaml")):
        procedure = parse_procedure(read(path))
        if procedure.id != path.stem:
            raise MalformedProcedureError(f"The file is named {path.stem} but holds {procedure.id}.", where=str(path))
        procedures[procedure.id] = procedure
    return procedures


def procedures_for(procedures: Mapping[str, Procedure], instrument: str, measure: str) -> tuple[Procedure, ...]:
    """Return the procedures by which a measure is asked for under an instrument, by id."""
    found = (p for p in procedures.values() if instrument in p.instruments and measure in p.measures)
    return tuple(sorted((p for p in found if "requesting" in p.actors), key=lambda p: p.id))


def load_calendars(folder: Path, read: Reader = read_yaml) -> Calendars:
    """Return the calendars of all states that `calendars.yaml` of the lawbook lists.

    Raises:
        UnreadableLawbookError: the file cannot be read, or names a zone or a day that does not exist.
    """
    path = folder / "calendars.yaml"
    states = cast("Mapping[str, Mapping[str, object]]", read(path).get("states"))
    try:
        return Calendars({state: _calendar(row) for state, row in states.items()})
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableLawbookError(f"A calendar is malformed: {error}", where=str(path)) from error


def _calendar(row: Mapping[str, object]) -> Calendar:
    weekend = cast("list[str]", row.get("weekend", ["saturday", "sunday"]))
    days = cast("list[object] | None", row.get("holidays"))
    holidays = None if days is None else frozenset(date.fromisoformat(str(day)) for day in days)
    return Calendar(ZoneInfo(str(row["zone"])), frozenset(WEEKDAYS.index(day) for day in weekend), holidays)
