"""Sentences that belong to codes: what a page says about an error that a use case raised, and about the failures of HTTP.

A code without a sentence here falls back to the sentence of the error itself, which is English.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
        _(
            "It is not your fault. What you had saved is safe. Try again; if it happens again, tell an administrator the time."
        ),
    ),
}

# code of the error -> what is wrong, what to do
FAULTS: dict[str, tuple[Said, Said]] = {
    "not-allowed": (
        _("This needs a role that you do not have."),
        _("Ask a colleague who has it, or an administrator."),
    ),
    "too-many-attempts": (
        _("Too many wrong passwords for this name."),
        _("Wait a quarter of an hour, or ask an administrator for a one-time link."),
    ),
    "unusable-link": (_("This link cannot be used."), _("Each link works once. Ask an administrator for a new one.")),
    "unsuitable-person": (
        _("The person cannot be added like this."),
        _("The name for signing in must be free and at least one role chosen."),
    ),
    "unsuitable-case": (
        _("The case cannot be kept like this."),
        _("It needs a title, a reference that no other case has, and at least one officer."),
    ),
    "draft-stops": (_("It cannot be sent yet."), _("Settle what the remarks say, then submit it again.")),
    "own-draft": (_("You drafted this yourself."), _("Ask a colleague to approve it.")),
    "draft-closed": (_("This draft cannot be changed any more."), _("Ask the approver to return it.")),
    "decided-meanwhile": (_("Somebody decided on this draft meanwhile."), _("Look at it again.")),
    "no-such-step": (
        _("This step cannot be taken now."),
        _("Something may have arrived meanwhile: look at the dossier again."),
    ),
    "unknown-procedure": (_("This node’s lawbook does not know that procedure."), _("Update the lawbook.")),
    "unlisted-office": (
        _("The directory does not list that office."),
        _("Ask that state to publish it, or choose another one."),
    ),
    "no-directory": (_("This node has no directory of offices."), _("An administrator sets where it is fetched from.")),
    "directory-expired": (
        _("The directory of offices is too old to be trusted."),
        _("It is fetched again as soon as there is a network."),
    ),
    "no-envelope-key": (
        _("That office has no key that an envelope could be sealed for."),
        _("Ask it to publish one in the directory."),
    ),
    "not-yet-proven": (
        _("The act is signed, but its proof in the ledger is not published yet."),
        _("Try again in a minute."),
    ),
    "package-not-ready": (_("The package is not ready."), _("Wait until it is, or have it made again.")),
    "unusable-source": (
        _("Nothing can be taken in from there."),
        _("Name a file or folder that exists on the node’s machine and lies outside the node’s own folder."),
    ),
    "hostile-path": (
        _("A file has a path that other systems would misread."),
        _("Rename it, or pack the folder into one file."),
    ),
    "storage-full": (_("The disk of the node is full."), _("Tell an administrator. Nothing was lost.")),
    "storage-failed": (_("The disk of the node cannot be written."), _("Tell an administrator. Nothing was lost.")),
    "unusable-question": (_("This question cannot be asked."), _("Name two different states.")),
    "unknown-state": (_("The lawbook does not know that state."), _("Choose one from the list.")),
    "unknown-measure": (_("The lawbook does not know that measure."), _("Choose one from the list.")),
    "unknown-offence": (_("The lawbook does not know that offence."), _("Choose one from the list.")),
    "unusable-date": (_("The date lies outside what the lawbook knows."), _("Name the day of the request.")),
    "unusable-circumstance": (_("A circumstance has a value that it cannot have."), _("Change it or leave it open.")),
    "not-an-envelope": (_("This file is no envelope."), _("Choose a file that ends in .comity.")),
    "not-for-us": (_("The envelope is sealed for another office."), _("Send it on to the office that it names.")),
    "wrong-key": (
        _("The paper is signed with a key that the directory does not list for its sender."),
        _("Ask the sender by telephone."),
    ),
    "unknown-office": (_("The directory does not know the sender."), _("Ask that state to publish the office.")),
    "bad-signature": (_("The signature does not fit the paper."), _("Ask the sender to send it again.")),
    "changed-after-signing": (_("The paper was changed after it was signed."), _("Do not use it. Ask the sender.")),
    "text-differs": (
        _("The text for people and the data for machines do not say the same."),
        _("Do not use it. Ask the sender."),
    ),
    "two-payloads": (_("The paper holds more than one set of data."), _("Do not use it. Ask the sender.")),
    "no-payload": (_("The paper holds no data."), _("Ask the sender for the paper that their node made.")),
    "not-a-pdf": (_("The file is no PDF."), _("Ask the sender to send it again.")),
    "active-content": (_("The paper holds content that could act by itself."), _("Do not open it. Ask the sender.")),
    "certificate-expired": (
        _("The sender’s certificate had expired when the paper was signed."),
        _("Ask the sender to sign it again."),
    ),
    "certificate-revoked": (
        _("The sender’s certificate had been revoked when the paper was signed."),
        _("Ask the sender by telephone."),
    ),
    "bad-time-stamp": (_("The time stamp cannot be trusted."), _("Ask the sender to sign it again.")),
    "malformed-act": (_("The data of the paper are not those of an act."), _("Ask the sender to send it again.")),
    "not-a-party": (_("The sender is no party to that dossier."), _("Ask the sender by telephone.")),
    "unproven-custody": (_("A custody event came without its proof."), _("Ask the sender to send it again.")),
    "no-such-list": (_("Evidence came that no act has announced."), _("Ask the sender to send the act first.")),
    "too-large": (_("It is larger than this way allows."), _("Hand large evidence over through an act.")),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as a page says it."""

    text: Said
    remedy: Said
    field: str = ""


class RefusedEarlierError(ComityError):
    """Something that was refused earlier, known by code and sentence only."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code  # stands for whatever class refused it


def fault(error: ComityError) -> Fault:
    """Return the sentences for an error, in the reader's language where there are some for its code."""
    text, remedy = FAULTS.get(error.code, (error.message, error.remedy))
    return Fault(text, remedy, error.where)


WRONG_PASSWORD = _("The name and the password do not belong together.")
NO_SOURCE = _("Choose files, a folder, or name a path.")
TOO_LARGE = _("An envelope is never that large.")
