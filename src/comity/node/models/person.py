"""People of the authority, and how they prove who they are."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

OFFICER, APPROVER, CUSTODIAN, ADMINISTRATOR = "officer", "approver", "custodian", "administrator"
ROLES = (OFFICER, APPROVER, CUSTODIAN, ADMINISTRATOR)


class Person(AbstractUser):
    """Somebody who works at the authority.

    Attributes:
        roles: out of ROLES; an administrator sees no case and no act unless another role says so.
        language: language of the pages, BCP 47.
        function: what stands beside the name on an act, for example "Prosecutor".
    """

    roles: "models.JSONField[list[str]]" = models.JSONField(default=list)
    language = models.CharField(max_length=16, default="en")
    function = models.CharField(max_length=120, blank=True)

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    @property
    def name(self) -> str:
        """The name as acts show it."""
        return self.get_full_name() or self.username

    def has_role(self, *roles: str) -> bool:
        """Return whether the person is active and has one of the roles."""
        return self.is_active and any(role in self.roles for role in roles)


class SignInLink(models.Model):
    """A link that signs a person in once; only the hash of its secret is stored."""

    token_sha256 = models.CharField(max_length=64, primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class ApiToken(models.Model):
    """A secret with which a program acts for a person; only its hash is stored."""

    token_sha256 = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
