"""The lawbook of this process. Each part is read when it is first asked for: a worker never needs the facts of the law."""

from functools import cached_property, lru_cache

from comity.acts.wordbook import Wordbook
from comity.cooperation.periods import Calendars
from comity.cooperation.procedure import Procedure
from comity.cooperation.sentence import Catalogue
from comity.errors import LocalError, PeerError
from comity.law.facts import Facts
from comity.lawbook import default_path
from comity.lawbook.facts import load_facts
from comity.lawbook.procedures import load_calendars, load_procedures
from comity.lawbook.words import load_catalogue, load_wordbook


class UnknownProcedureError(PeerError):
    """An act names a procedure that this node's lawbook does not have."""

    code = "unknown-procedure"


class NoSuchStepError(LocalError):
    """A step was asked for that the procedure does not have, or not now."""

    code = "no-such-step"


class Lawbook:
    """The parts of the lawbook, each read once."""

    @cached_property
    def facts(self) -> Facts:
        """What the law says, for `comity.law`."""
        return load_facts(default_path())[0]

    @cached_property
    def procedures(self) -> dict[str, Procedure]:
        """The procedures by id."""
        return load_procedures(default_path())

    @cached_property
    def calendars(self) -> Calendars:
        """In which clocks are counted."""
        return load_calendars(default_path())

    @cached_property
    def wordbook(self) -> Wordbook:
        """The words for codes, and the forms."""
        return load_wordbook(default_path())

    @cached_property
    def catalogue(self) -> Catalogue:
        """The sentences for remarks, notices and reasons."""
        return load_catalogue(default_path())


@lru_cache(maxsize=1)
def lawbook() -> Lawbook:
    """Return the lawbook."""
    return Lawbook()


def wordbook() -> Wordbook:
    """Return the words for codes, and the forms."""
    return lawbook().wordbook


def procedure(procedure_id: str) -> Procedure:
    """Return a procedure.

    Raises:
        UnknownProcedureError: the lawbook does not have it.
    """
    found = lawbook().procedures.get(procedure_id)
    if found is None:
        raise UnknownProcedureError(
            f"This lawbook has no procedure '{procedure_id[:80]}'.",
            remedy="Update the lawbook to the sender's edition.",
        )
    return found
