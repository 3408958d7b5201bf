"""The one door to everything that is protected: nothing is fetched past it.

Missing and forbidden look the same from outside (`NotFoundHere`). A case is visible to its members; a dossier, draft, holding or
package that belongs to a case is visible to the same people; without a case it is visible to the office's officers, approvers and
custodians. An administrator sees none of them. What is visible can still need a role: that is `require_role`.
"""

import re
import uuid
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from comity.errors import LocalError
from comity.node.models import ActRecord, Case, CaseMember, CourtPackage, Dossier, Draft, Holding, HoldingLink, Person
from comity.node.models.person import APPROVER, CUSTODIAN, OFFICER

CASE_ROLES = (OFFICER, APPROVER, CUSTODIAN)
M = TypeVar("M", bound=Model)
_DIGEST = re.compile(r"[0-9a-f]{64}")


class NotFoundHere(LocalError):  # noqa: N818 - the name says what a stranger may know: it may exist elsewhere
    """There is no such thing, or the person may not know of it."""

    code = "not-found"

    def __init__(self) -> None:
        super().__init__(
            "There is nothing here that you may see.", remedy="Check the address, or ask a member of the case."
        )


class NotAllowedError(LocalError):
    """The person may see the thing but does not have the role that this step needs."""

    code = "not-allowed"


def require_role(who: Person, *roles: str) -> None:
    """Refuse a person who has none of the roles.

    Raises:
        NotAllowedError: none of the roles.
    """
    if not who.has_role(*roles):
        raise NotAllowedError(
            f"This needs the role {' or '.join(roles)}.", remedy="Ask a colleague who has it, or an administrator."
        )


def visible_cases(who: Person) -> QuerySet[Case]:
    """Return the cases that the person is a member of."""
    if not who.has_role(*CASE_ROLES):
        return Case.objects.none()
    return Case.objects.filter(id__in=_cases_of(who))


def visible_dossiers(who: Person) -> QuerySet[Dossier]:
    """Return the dossiers that the person may see."""
    return Dossier.objects.filter(_case_allows(who)) if who.has_role(*CASE_ROLES) else Dossier.objects.none()


def visible_drafts(who: Person) -> QuerySet[Draft]:
    """Return the drafts that the person may see: those of visible dossiers and cases."""
    if not who.has_role(*CASE_ROLES):
        return Draft.objects.none()
    return Draft.objects.filter(_case_allows(who) & (Q(dossier=None) | Q(dossier__in=visible_dossiers(who))))


def visible_holdings(who: Person) -> QuerySet[Holding]:
    """Return the holdings that the person may see: own ones of visible cases and dossiers, and those that a visible act names."""
    if not who.has_role(*CASE_ROLES):
        return Holding.objects.none()
    links = HoldingLink.objects.filter(list_sha256=OuterRef("list_sha256"))
    visible = visible_dossiers(who)
    named = Exists(links.filter(Exists(visible.filter(id=OuterRef("dossier_id")))))
    own = Exists(visible.filter(id=OuterRef("dossier_id"))) | Q(case__in=_cases_of(who))
    unnamed = Q(dossier=None, case=None) & (Q(list_sha256="") | ~Exists(links))
    return Holding.objects.filter(own | unnamed | (~Q(list_sha256="") & named))


def access_case(who: Person, case_id: uuid.UUID | str) -> Case:
    """Return the case if the person may see it.

    Raises:
        NotFoundHere: missing or forbidden.
    """
    return _one(visible_cases(who).filter(id=_uuid(case_id)))


def access_dossier(who: Person, dossier_id: str) -> Dossier:
    """Return the dossier if the person may see it.

    Raises:
        NotFoundHere: missing or forbidden.
    """
    return _one(visible_dossiers(who).filter(id=dossier_id).select_related("case"))


def access_act(who: Person, act_id: str) -> ActRecord:
    """Return the act if the person may see its dossier.

    Raises:
        NotFoundHere: missing, forbidden, or still waiting for the act that opens its dossier.
    """
    return _one(ActRecord.objects.filter(id=act_id, dossier_id__in=visible_dossiers(who).values("id")))


def access_draft(who: Person, draft_id: uuid.UUID | str) -> Draft:
    """Return the draft if the person may see it.

    Raises:
        NotFoundHere: missing or forbidden.
    """
    return _one(visible_drafts(who).filter(id=_uuid(draft_id)).select_related("case", "dossier", "drafted_by"))


def access_holding(who: Person, holding_id: uuid.UUID | str) -> Holding:
    """Return the holding, named by its id or by the digest of its list, if the person may see it.

    Raises:
        NotFoundHere: missing or forbidden.
    """
    if _DIGEST.fullmatch(str(holding_id)):
        return _one(visible_holdings(who).filter(list_sha256=str(holding_id)).order_by("created_at"))
    return _one(visible_holdings(who).filter(id=_uuid(holding_id)))


def access_package(who: Person, package_id: uuid.UUID | str) -> CourtPackage:
    """Return the court package if the person may see its dossier.

    Raises:
        NotFoundHere: missing or forbidden.
    """
    return _one(CourtPackage.objects.filter(id=_uuid(package_id), dossier__in=visible_dossiers(who)))


def _cases_of(who: Person) -> QuerySet[CaseMember, dict[str, uuid.UUID]]:
    return CaseMember.objects.filter(person=who).values("case_id")  # type: ignore[return-value]


def _case_allows(who: Person) -> Q:
    return Q(case=None) | Q(case__in=_cases_of(who))


def _one(found: QuerySet[M]) -> M:
    thing = found.first()
    if thing is None:
        raise NotFoundHere
    return thing


def _uuid(value: uuid.UUID | str) -> uuid.UUID:
    try:
        return value if isinstance(value, uuid.UUID) else uuid.UUID(value)
    except ValueError as error:
        raise NotFoundHere from error
