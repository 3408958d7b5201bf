"""Programs act for a person, with exactly that person's rights."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from comity.node.models import Person
from comity.node.usecases.make_token import person_of_token


class Token(HttpBearer):
    """A bearer token that a person made."""

    openapi_description = "A token made by a person; it has that person's rights."

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """Return the person whose token it is, or None."""
        return person_of_token(token)


def who(request: HttpRequest) -> Person:
    """Return the person whom the request's token acts for."""
    person = getattr(request, "auth", None)
    assert isinstance(person, Person)
    return person
