"""Cases: the authority's own files."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from comity.node.access import access_case, visible_cases
from comity.node.api.auth import who
from comity.node.api.schemas import CaseIn, CaseOut
from comity.node.models import Case, Person
from comity.node.usecases.open_case import UnsuitableCaseError, edit_case, open_case

router = Router(tags=["cases"])


@router.get("", response=list[CaseOut])
def list_cases(request: HttpRequest) -> list[Case]:
    """List the cases that the person is a member of, the latest first."""
    return list(visible_cases(who(request))[:500])


@router.post("", response={201: CaseOut})
def create_case(request: HttpRequest, data: CaseIn) -> Status[Case]:
    """Open a case."""
    values = data.dict(exclude={"members"})
    members = None if data.members is None else _people(data.members)
    return Status(201, open_case(who(request), members=members, **values))


@router.get("/{uuid:case_id}", response=CaseOut)
def show_case(request: HttpRequest, case_id: UUID) -> Case:
    """Show a case."""
    return access_case(who(request), case_id)


@router.put("/{uuid:case_id}", response=CaseOut)
def change_case(request: HttpRequest, case_id: UUID, data: CaseIn) -> Case:
    """Change what a case says; members stay."""
    return edit_case(who(request), access_case(who(request), case_id), **data.dict(exclude={"members"}))


def _people(usernames: list[str]) -> list[Person]:
    found = list(Person.objects.filter(username__in=usernames, is_active=True))
    missing = set(usernames) - {each.username for each in found}
    if missing:
        raise UnsuitableCaseError(f"Nobody here is called {', '.join(sorted(missing))}.", where="members")
    return found
