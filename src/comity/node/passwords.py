"""Passwords are checked here: a name with too many wrong ones has to wait, so that nobody can try out a dictionary.

The count is kept in the web process's own memory, by a hash of the name; names that do not exist are counted alike, so that the
answer says nothing about them. A one-time link works all the same: whoever locks out a colleague by typing wrong passwords stops
nobody's work.
"""

import hashlib
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.cache import cache
from django.http import HttpRequest

from comity.errors import LocalError
from comity.node.models import Person

ATTEMPTS = 10
SECONDS = 15 * 60


class TooManyAttemptsError(LocalError):
    """Somebody tried too many wrong passwords for a name."""

    code = "too-many-attempts"


class PatientPasswords(ModelBackend):
    """Django's check of name and password, at most ATTEMPTS wrong ones for a name in SECONDS."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Person | None:
        """Return the person, or None for a wrong password.

        Raises:
            TooManyAttemptsError: even the right password is not looked at now.
        """
        key = _key(username or "")
        if cache.get(key, 0) >= ATTEMPTS:
            raise TooManyAttemptsError(
                "Too many wrong passwords for this name.",
                remedy="Wait a quarter of an hour, or ask an administrator for a one-time link.",
            )
        found = super().authenticate(request, username=username, password=password, **kwargs)
        if found is None:
            cache.add(key, 0, SECONDS)
            cache.incr(key)
        else:
            cache.delete(key)
        return found


def _key(username: str) -> str:
    return f"wrong-passwords:{hashlib.sha256(username.strip().casefold().encode()).hexdigest()}"
