"""A program gets a secret to act for a person through the REST interface."""

import secrets
from datetime import datetime

from comity.node import clock
from comity.node.models import ApiToken, Person
from comity.node.usecases.sign_in import hash_secret


def make_token(who: Person, name: str, now: datetime | None = None) -> str:
    """Return a new bearer token for the person's own rights; it is shown once and only its hash is kept."""
    secret = secrets.token_urlsafe(32)
    ApiToken.objects.create(
        token_sha256=hash_secret(secret), person=who, name=name[:120], created_at=now or clock.now()
    )
    return secret


def revoke_token(who: Person, token_id: int, now: datetime | None = None) -> None:
    """End a token of the person; an unknown one is not an error."""
    ApiToken.objects.filter(person=who, id=token_id, revoked_at=None).update(revoked_at=now or clock.now())


def person_of_token(secret: str) -> Person | None:
    """Return the active person whose token this is, or None."""
    token = (
        ApiToken.objects.filter(token_sha256=hash_secret(secret), revoked_at=None, person__is_active=True)
        .select_related("person")
        .first()
    )
    return token.person if token else None
