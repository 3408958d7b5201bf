"""Somebody starts to work with the node."""

from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from comity.errors import LocalError
from comity.node.access import require_role
from comity.node.models import Person
from comity.node.models.person import ADMINISTRATOR, ROLES


class UnsuitablePersonError(LocalError):
    """The person cannot be added as described."""

    code = "unsuitable-person"


def add_person(
    who: Person | None,
    *,
    username: str,
    name: str,
    roles: Sequence[str],
    function: str = "",
    language: str = "en",
    password: str = "",
) -> Person:
    """Add a person.

    Args:
        who: an administrator, or None for the command line of the machine itself.
        username: short name for signing in.
        name: as acts show it.
        roles: out of officer, approver, custodian, administrator.
        function: what stands beside the name on acts.
        language: of the pages.
        password: empty where the person signs in with one-time links.

    Raises:
        NotAllowedError: `who` is not an administrator.
        UnsuitablePersonError: the name is taken, a role unknown, or the password too weak.
    """
    if who is not None:
        require_role(who, ADMINISTRATOR)
    person = Person(username=username.strip(), first_name=name.strip(), language=language, function=function)
    person.roles = list(dict.fromkeys(roles))
    _check(person, password)
    if password:
        person.set_password(password)
    else:
        person.set_unusable_password()
    person.save()
    return person


def _check(person: Person, password: str) -> None:
    unknown = set(person.roles) - set(ROLES)
    if unknown or not person.roles:
        raise UnsuitablePersonError(
            f"Unknown or no role: {', '.join(sorted(unknown))}.", remedy=f"Choose out of {', '.join(ROLES)}."
        )
    if not person.username or Person.objects.filter(username__iexact=person.username).exists():
        raise UnsuitablePersonError("This name for signing in is empty or taken.", remedy="Choose another one.")
    try:
        person.full_clean(exclude=["password"])
        if password:
            validate_password(password, person)
    except ValidationError as error:
        raise UnsuitablePersonError(" ".join(error.messages), remedy="Change it and try again.") from error
