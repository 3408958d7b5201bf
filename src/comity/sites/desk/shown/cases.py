"""Cases and dossiers in lists."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from comity.node.models import Case, Dossier
from comity.sites.desk import reading, words


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary list."""

    name: str
    value: str
    language: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class DossierLine:
    """A dossier in a list."""

    url: str
    subject: str
    state: str
    partner: str
    basis: str
    turn: str
    changed_at: datetime


def dossier_line(dossier: Dossier) -> DossierLine:
    """Return the line for a dossier."""
    return DossierLine(
        url=reverse("desk:dossier", args=[dossier.id]),
        subject=dossier.subject,
        state=words.state(dossier.procedure, dossier.state),
        partner=words.office(dossier.partner),
        basis=words.word("procedure", dossier.procedure),
        turn="ended" if dossier.ended else dossier.turn,
        changed_at=dossier.changed_at,
    )


def case_rows(case: Case) -> tuple[Row, ...]:
    """Return what a case says, without what is empty."""
    rows = (
        Row(_("Offence"), words.word("offence", case.offence) if case.offence else ""),
        Row(_("Day of the conduct"), reading.day(case.conduct_on) if case.conduct_on else ""),
        Row(_("Provisions of law"), case.provisions),
        Row(_("Maximum penalty"), penalty(case.max_penalty_months)),
        Row(_("Facts"), fact(case.facts.get("facts_summary"))),
        Row(_("Holder of the data"), fact(case.facts.get("service_provider"))),
        Row(_("Notes for colleagues"), case.summary),
    )
    return tuple(row for row in rows if row.value)


def fact(value: object) -> str:
    """Return a fact as text."""
    return str(value.get("text", "")) if isinstance(value, dict) else str(value or "")


def penalty(months: int | None) -> str:
    """Return a penalty in years where it is a whole number of years, else in months."""
    if months is None:
        return ""
    if months >= 999:
        return _("life")
    if months % 12 == 0 and months:
        return reading.years(months // 12)
    return reading.months(months)
