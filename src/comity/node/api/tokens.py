"""A program gets its token: in exchange for a one-time link of the person for whom it acts."""

from django.http import HttpRequest
from ninja import Router, Schema, Status

from comity.node.usecases.make_token import make_token
from comity.node.usecases.sign_in import redeem_sign_in_link

router = Router(tags=["desk"])


class LinkIn(Schema):
    """A one-time link, and what the token is for."""

    link: str
    name: str = ""


class TokenOut(Schema):
    """A token; it is shown once."""

    token: str


@router.post("", response={201: TokenOut}, auth=None)
def exchange(request: HttpRequest, data: LinkIn) -> Status[TokenOut]:
    """Use a one-time link up, and give a token with the rights of its person."""
    person = redeem_sign_in_link(data.link.rsplit("/", 1)[-1])
    return Status(201, TokenOut(token=make_token(person, data.name or "program")))
