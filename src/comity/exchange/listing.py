"""What a verified directory says, as values; only `directory.open_directory` makes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from comity.acts.office import Office
from comity.exchange.offices import MalformedOfficeError, decode_office

MAX_OFFICES = 5000


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in one state's part of the directory that could not be used.

    Attributes:
        state: code of the state, lower case.
        code: code of the error.
        detail: one sentence.
        office: id of the office that is meant, or empty when it is the state's whole list.
    """

    state: str
    code: str
    detail: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """A verified directory; immutable.

    Attributes:
        files: every file that was needed, so that a court package can carry the directory and anybody can open it again.
        root: the newest root; to be kept as the trusted root of the next opening.
        version: grows with every publication, also when nothing but dates has changed.
        expires_at: from then on these files are too old to be trusted.
        entries: office id -> its verified file.
        list_problems: what was wrong with whole lists of states.
    """

    files: Mapping[str, bytes] = field(repr=False)
    root: bytes = field(repr=False)
    version: int
    expires_at: datetime
    entries: Mapping[str, bytes] = field(repr=False)
    list_problems: tuple[Problem, ...] = ()

    def office(self, office_id: str) -> Office | None:
        """Return the office, or None when the directory does not list it or its entry cannot be read."""
        data = self.entries.get(office_id)
        found = None if data is None else _read_office(office_id, data)
        return found if isinstance(found, Office) else None

    def offices(self) -> tuple[Office, ...]:
        """Return all offices, sorted by id."""
        return tuple(office for office_id in self.entries if (office := self.office(office_id)) is not None)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be used, state by state; the rest of the directory is good."""
        read = (_read_office(office_id, data) for office_id, data in self.entries.items())
        return (*self.list_problems, *(each for each in read if isinstance(each, Problem)))


@lru_cache(maxsize=MAX_OFFICES)
def _read_office(office_id: str, data: bytes) -> Office | Problem:
    """Decode an entry once, however often directories that hold it are opened."""
    state = office_id[:2]
    try:
        office = decode_office(data)
    except MalformedOfficeError as error:
        return Problem(state, error.code, error.message, office_id)
    if office.id != office_id:
        return Problem(state, MalformedOfficeError.code, f"The entry of {office_id} describes {office.id}.", office_id)
    return office
