"""Somebody asks for the court package of a dossier; the worker packs it."""

from datetime import datetime

from comity.node import clock
from comity.node.access import access_dossier, access_package, require_role
from comity.node.models import CourtPackage, Dossier, Person
from comity.node.models.person import CUSTODIAN, OFFICER


def make_package(who: Person, dossier: Dossier, now: datetime | None = None) -> CourtPackage:
    """Ask for a package of everything that the dossier holds now.

    Raises:
        NotAllowedError, NotFoundHere: the person may not.
    """
    require_role(who, OFFICER, CUSTODIAN)
    row = access_dossier(who, dossier.id)
    return CourtPackage.objects.create(dossier=row, made_at=now or clock.now(), made_by=who)


def retry_package(who: Person, package: CourtPackage) -> CourtPackage:
    """Have a package that failed packed again.

    Raises:
        NotAllowedError, NotFoundHere: the person may not.
    """
    require_role(who, OFFICER, CUSTODIAN)
    row = access_package(who, package.id)
    CourtPackage.objects.filter(id=row.id, state="failed").update(state="waiting", error="", claimed_until=None)
    return CourtPackage.objects.get(id=row.id)
