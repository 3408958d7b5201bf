"""Sentences that belong to codes: what a page says about an error that a use case raised, and about the failures of HTTP.

A code without a sentence here falls back to the sentence of the error itself, which is English; the test of the catalogues names the
codes that have none.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.functional import Promise

from comity.errors import ComityError

Said = str | Promise

FAILURES: dict[int, tuple[Said, Said]] = {
    400: (_("This cannot be done like that"), _("Nothing was changed.")),
    403: (_("You may see this but not do it"), _("Another role is needed. Nothing was changed.")),
    404: (
        _("There is nothing here that you may see"),
        _("The address may be wrong, or it belongs to a case that you are not a member of. Ask a member of the case."),
    ),
    413: (_("That is too large for this way"), _("Attach large evidence as a path on the node's machine.")),
    500: (
        _("The node failed"),
        _("It is not your fault. What you had saved is safe. Try again; if it happens again, tell an administrator the time."),
    ),
}

# code of the error -> what is wrong, what to do
FAULTS: dict[str, tuple[Said, Said]] = {
    "not-allowed": (_("This needs a role that you do not have."), _("Ask a colleague who has it, or an administrator.")),
    "unusable-link": (_("This link cannot be used."), _("Each link works once. Ask an administrator for a new one.")),
    "unsuitable-person": (
        _("The person cannot be added like this."),
        _("The name for signing in must be free, at least one role chosen, and a password, if any, long and unusual."),
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as a page says it."""

    text: Said
    remedy: Said
    field: str = ""


def fault(error: ComityError) -> Fault:
    """Return the sentences for an error, in the reader's language where there are some for its code."""
    text, remedy = FAULTS.get(error.code, (error.message, error.remedy))
    return Fault(text, remedy, error.where)

WRONG_PASSWORD = _("The name and the password do not belong together.")
NO_SOURCE = _("Choose files, a folder, or name a path.")
TOO_LARGE = _("An envelope is never that large.")
