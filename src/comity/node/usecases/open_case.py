"""An officer opens the authority's own file, or changes what it says."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from comity.errors import LocalError
from comity.node import clock
from comity.node.access import access_case, require_role
from comity.node.models import Case, CaseMember, Person
from comity.node.models.person import APPROVER, CUSTODIAN, OFFICER

EDITABLE = frozenset(
    {"reference", "title", "summary", "offence", "conduct_on", "provisions", "max_penalty_months", "facts", "closed_at"}
)


class UnsuitableCaseError(LocalError):
    """The case cannot be opened or changed as described."""

    code = "unsuitable-case"


def open_case(
    who: Person,
    now: datetime | None = None,
    *,
    reference: str,
    title: str,
    offence: str = "",
    facts: Mapping[str, object] | None = None,
    members: Iterable[Person] | None = None,
    **more: str | int | date | None,
) -> Case:
    """Open a case.

    Args:
        who: an officer; becomes a member.
        reference: the authority's own reference, unique here.
        title: one line.
        offence: code of the lawbook.
        facts: datum id -> value; forms are prefilled from it.
        now: when it is opened; the present by default.
        members: who may see it besides `who`; when None, the office's approvers and custodians, without whom nothing can be sent.
        more: `summary`, `conduct_on`, `provisions`, `max_penalty_months`.

    Raises:
        NotAllowedError: `who` is not an officer.
        UnsuitableCaseError: the reference is empty or taken, the title empty, or a member unknown here.
    """
    require_role(who, OFFICER)
    values = {"reference": reference, "title": title, "offence": offence, "facts": dict(facts or {}), **more}
    case = Case(opened_at=now or clock.now())
    with transaction.atomic():
        _set(case, values)
        chosen = colleagues() if members is None else members
        for person in {who, *chosen}:
            CaseMember.objects.get_or_create(case=case, person=person)
    return case


def edit_case(who: Person, case: Case, **values: object) -> Case:
    """Change what a case says.

    Args:
        who: an officer who is a member.
        case: as it was accessed.
        values: out of EDITABLE.

    Raises:
        NotAllowedError, NotFoundHere: no officer, or no member.
        UnsuitableCaseError: the new values do not make a case.
    """
    require_role(who, OFFICER)
    fresh = access_case(who, case.id)
    with transaction.atomic():
        _set(fresh, values)
    return fresh


def add_member(who: Person, case: Case, person: Person) -> None:
    """Let a colleague see the case; only a member who is an officer can do that."""
    require_role(who, OFFICER)
    CaseMember.objects.get_or_create(case=access_case(who, case.id), person=person)


def remove_member(who: Person, case: Case, person: Person) -> None:
    """Take a colleague off the case; the last officer stays.

    Raises:
        UnsuitableCaseError: nobody would be left who can work on it.
    """
    require_role(who, OFFICER)
    with transaction.atomic():
        CaseMember.objects.filter(case=access_case(who, case.id), person=person).delete()
        if not any(member.has_role(OFFICER) for member in case.members.all()):
            raise UnsuitableCaseError("A case keeps at least one officer.", remedy="Add another officer first.")


def colleagues() -> list[Person]:
    """Return the approvers and custodians of the office."""
    return [person for person in Person.objects.filter(is_active=True) if person.has_role(APPROVER, CUSTODIAN)]


def _set(case: Case, values: Mapping[str, object]) -> None:
    unknown = values.keys() - EDITABLE
    if unknown:
        raise UnsuitableCaseError(f"A case has no {', '.join(sorted(unknown))}.", where=sorted(unknown)[0])
    for name, value in values.items():
        setattr(case, name, value.strip() if isinstance(value, str) else value)
    for name in ("reference", "title"):
        if not getattr(case, name):
            raise UnsuitableCaseError(f"A case needs a {name}.", remedy="Fill it in.", where=name)
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError as error:
        raise UnsuitableCaseError(
            "There is a case with this reference already.", remedy="Choose another reference.", where="reference"
        ) from error
