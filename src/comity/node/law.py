"""The lawbook of this process. Each part is read when it is first asked for: a worker never needs the facts of the law."""

from functools import lru_cache

from comity.acts.wordbook import Wordbook
from comity.cooperation.procedure import Procedure
from comity.errors import LocalError, PeerError
from comity.lawbook import Lawbook, open_lawbook


class UnknownProcedureError(PeerError):
    """An act names a procedure that this node's lawbook does not have."""

    code = "unknown-procedure"


class NoSuchStepError(LocalError):
    """A step was asked for that the procedure does not have, or not now."""

    code = "no-such-step"


@lru_cache(maxsize=1)
def lawbook() -> Lawbook:
    """Return the lawbook."""
    return open_lawbook()


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
