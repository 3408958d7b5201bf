"""The authority's own private file."""

import uuid
from typing import ClassVar

from django.db import models

from comity.node.models.person import Person


class Case(models.Model):
    """A case; nothing of it leaves the node except what is written into an act.

    Attributes:
        offence: code of the lawbook.
        facts: datum id -> value; what forms are prefilled from (the same id means the same datum in every form).
        max_penalty_months: the highest penalty that the offence carries here, in months.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    offence = models.CharField(max_length=80, blank=True)
    conduct_on = models.DateField(null=True)
    provisions = models.TextField(blank=True)
    max_penalty_months = models.PositiveIntegerField(null=True)
    facts: "models.JSONField[dict[str, object]]" = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    members: "models.ManyToManyField[Person, CaseMember]" = models.ManyToManyField(
        Person, through="CaseMember", related_name="cases"
    )

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-opened_at"]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class CaseMember(models.Model):
    """Who may see a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)

    class Meta:
        """A person is a member once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "person"], name="member_once")
        ]
