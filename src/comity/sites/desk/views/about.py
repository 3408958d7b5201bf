"""The page of words and limits."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from comity.sites.desk.page import open_page

WORDS = (
    (
        _("Route"),
        _(
            "Instrument, article and channel by which one state may ask another for a measure, with conditions and clocks."
        ),
    ),
    (
        _("Finding"),
        _("One condition, evaluated: met, not met or unknown, with the reason, the article and the source."),
    ),
    (_("Case"), _("Your own file. Nothing of it leaves this office except what is written into an act.")),
    (_("Dossier"), _("The file that you share with another office about one request: a set of signed acts.")),
    (
        _("Act"),
        _(
            "One signed step in a dossier: a request, an answer, an order, a transfer. It is a PDF with its data inside."
        ),
    ),
    (_("Procedure"), _("Which act may follow which, and which clocks they start and stop.")),
    (_("Clock"), _("A period that the law sets.")),
    (_("Remark"), _("What the check says of a draft: it stops, warns or advises, with the article.")),
    (_("Exhibit"), _("An item of digital evidence, identified by its SHA-256.")),
    (_("Custody"), _("Who held an exhibit, when, and what they did to it.")),
    (_("Ledger"), _("The node's log. Entries can be added, never changed; other nodes witness its head.")),
    (
        _("Court package"),
        _("Everything that a judge needs to check a dossier alone, without a network and without this software."),
    ),
)
LIMITS = (
    _("The answers about the law are not legal advice. The official text and the depositary prevail."),
    _("Unknown means that a fact is missing here. It never means yes, and it does not mean no."),
    _("A signature proves which office signed and when. It does not prove that what was written is true."),
    _(
        "The digest of an exhibit proves that it has not changed since it was taken in. It says nothing about the time before."
    ),
    _("There is no second factor for signing in yet."),
)


@open_page
def about(request: HttpRequest) -> HttpResponse:
    """Explain the words and say the limits."""
    return render(request, "desk/about.html", {"words": WORDS, "limits": LIMITS, "practice": settings.PRACTICE})
