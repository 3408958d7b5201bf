"""One-time links: made by an administrator or the command line, used once by the person."""

import hashlib
import secrets
from datetime import datetime, timedelta

from comity.errors import LocalError
from comity.node import clock
from comity.node.access import require_role
from comity.node.models import Person, SignInLink
from comity.node.models.person import ADMINISTRATOR

LIFETIME = timedelta(days=7)


class UnusableLinkError(LocalError):
    """The link was used, has expired or never existed; which of these is not said."""

    code = "unusable-link"


def hash_secret(secret: str) -> str:
    """Return what is stored of a secret that has 256 bits: no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make_sign_in_link(
    who: Person | None, person: Person, now: datetime | None = None, *, lifetime: timedelta = LIFETIME
) -> str:
    """Return the secret of a new one-time link; the address is `<url>/sign-in/<secret>`.

    Raises:
        NotAllowedError: `who` is neither an administrator nor the command line (None).
    """
    if who is not None:
        require_role(who, ADMINISTRATOR)
    secret = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        token_sha256=hash_secret(secret), person=person, expires_at=(now or clock.now()) + lifetime
    )
    return secret


def redeem_sign_in_link(secret: str, now: datetime | None = None) -> Person:
    """Return the person whose link this is, and use the link up.

    Raises:
        UnusableLinkError: it cannot be used (again).
    """
    now = now or clock.now()
    links = SignInLink.objects.filter(token_sha256=hash_secret(secret), used_at=None, expires_at__gt=now)
    link = links.select_related("person").first()
    # the update decides who comes first when the same link arrives twice at once
    if link is None or not link.person.is_active or links.update(used_at=now) != 1:
        raise UnusableLinkError(
            "This link cannot be used.", remedy="Ask an administrator for a new one; each works once."
        )
    return link.person
