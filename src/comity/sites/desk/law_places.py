"""What one can ask the law here: the pages of the law section, in the order of its entrance and of its navigation.

A page is in the section as soon as `urls.py` has its name; until then its line stays out of the way.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Said = str | Promise


@dataclass(frozen=True, slots=True)
class LawPlace:
    """A question to the law that has a page.

    Attributes:
        name: of the address in `urls.py`.
        short: the word in the navigation.
        example: the question of an example in words; `query` asks it.
    """

    name: str
    short: Said
    question: Said
    sentence: Said
    example: Said
    query: str

    def url(self) -> str:
        """Return the address of the page; empty where there is none yet."""
        try:
            return reverse(f"desk:{self.name}")
        except NoReverseMatch:
            return ""


PLACES = (
    LawPlace(
        "routes",
        _("Routes"),
        _("What may one state ask of another?"),
        _(
            "Every route for a measure, open, conditional, unknown or closed, with reasons, clocks and articles, and a memo."
        ),
        _("Ghana asks France to preserve the data of a server that was entered."),
        "from=GH&to=FR&measure=preserve&offence=illegal-access&date=2026-11-24",
    ),
    LawPlace(
        "compare",
        _("Compare"),
        _("Is the same conduct punishable in both states?"),
        _("Definitions element by element, thresholds and penalties, and where conduct punishable here is free there."),
        _("Illegal access in Germany, France and China."),
        "offence=illegal-access&states=DE,FR,CN",
    ),
    LawPlace(
        "gap",
        _("Gaps"),
        _("What does the law of a state lack?"),
        _("Offences and powers that an instrument asks for and national law does not have yet."),
        _("Kenya and the Budapest Convention."),
        "state=KE&instrument=budapest",
    ),
    LawPlace(
        "accession",
        _("Accession"),
        _("What would joining a treaty open?"),
        _("Which routes to how many states, and how much faster, if a state joined an instrument."),
        _("India and the Budapest Convention."),
        "state=IN&instrument=budapest",
    ),
    LawPlace(
        "atlas",
        _("Atlas"),
        _("How far does a state reach?"),
        _(
            "The whole world for one measure: a map and a table of what is open, in what time, and where the white spots are."
        ),
        _("How far Brazil reaches to preserve data."),
        "from=BR&measure=preserve",
    ),
    LawPlace(
        "conflict",
        _("Conflicts"),
        _("Who has jurisdiction, and what could collide?"),
        _(
            "States with jurisdiction over a chain of events and the criteria for one of them; warnings before anything is sent."
        ),
        _("A phishing server in the Netherlands, a victim in Japan, a suspect in Romania."),
        "offence=computer-fraud&date=2026-11-24&link=servers:NL&link=victims:JP&link=suspect-located:RO",
    ),
    LawPlace(
        "holder",
        _("Holder"),
        _("Who holds the data?"),
        _("For a service or an identifier: the company, its state, and the door through which it takes requests."),
        _("A mailbox at a large provider."),
        "service=google&measure=content&date=2026-11-24",
    ),
    LawPlace(
        "changes",
        _("Changes"),
        _("What has changed in the law?"),
        _("Between two editions of the facts: the routes, forms and open dossiers that a change touches."),
        _("Since the edition before."),
        "",
    ),
)


def places() -> Iterator[tuple[LawPlace, str]]:
    """Yield the pages that there are, with their addresses."""
    for place in PLACES:
        if url := place.url():
            yield place, url
