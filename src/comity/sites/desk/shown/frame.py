"""What surrounds every page: the office, the places, the languages, the person."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.access import visible_dossiers, visible_drafts
from comity.node.clock import now
from comity.node.home import Home
from comity.node.models import Person
from comity.node.models.person import ADMINISTRATOR, APPROVER, CUSTODIAN, OFFICER
from comity.sites.desk import reading, words

# place -> beginnings of the paths that belong to it
BELONGS = {
    "inbox": ("/dossiers/", "/drafts/", "/packages/"),
    "law": ("/law/", "/routes/"),
    "cases": ("/cases/",),
    "evidence": ("/evidence/",),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    name: str
    url: str
    here: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """A language that the reader can switch to."""

    code: str
    tag: str
    name: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around the content of a page."""

    language: str
    direction: str
    office: str
    practice: bool
    places: tuple[Place, ...]
    languages: tuple[OtherLanguage, ...]
    path: str
    zone: str
    person: str


def shown_frame(request: HttpRequest) -> Frame:
    """Return the frame for a request; it needs no sign-in and no database where nobody is signed in."""
    home: Home = settings.HOME
    user = getattr(request, "user", None)
    who = user if isinstance(user, Person) else None
    return Frame(
        language=reading.html_language(),
        direction=reading.direction(),
        office=words.said(home.names) or home.office,
        practice=bool(home.practice),
        places=_places(request.path, who) if who else (),
        languages=_languages(),
        path=request.get_full_path(),
        zone=reading.zone(timezone.localtime(now())),
        person=who.name if who else "",
    )


def waiting(who: Person) -> int:
    """Return how many things wait for the person: dossiers with a step of ours, and drafts to approve."""
    dossiers = visible_dossiers(who).filter(ended="", turn="ours").count()
    drafts = (
        visible_drafts(who).filter(state="submitted").exclude(drafted_by=who).count() if who.has_role(APPROVER) else 0
    )
    return dossiers + drafts


def _places(path: str, who: Person) -> tuple[Place, ...]:
    found = []
    if who.has_role(OFFICER, APPROVER, CUSTODIAN):
        found += [("inbox", _("Inbox"), waiting(who)), ("law", _("Law"), 0), ("cases", _("Cases"), 0)]
        found += [("evidence", _("Evidence"), 0)]
    if who.has_role(ADMINISTRATOR):
        found += [("people", _("People"), 0), ("quarantine", _("Quarantine"), 0)]
    return tuple(_place(name, said, count, path) for name, said, count in found)


def _place(name: str, said: str, count: int, path: str) -> Place:
    url = reverse(f"desk:{name}")
    beginnings = BELONGS.get(name, (url,))
    return Place(said, url, path == url or path.startswith(beginnings), count)


def _languages() -> tuple[OtherLanguage, ...]:
    here = reading.language()
    return tuple(
        OtherLanguage(code, reading.HTML.get(code, code), name) for code, name in settings.LANGUAGES if code != here
    )
