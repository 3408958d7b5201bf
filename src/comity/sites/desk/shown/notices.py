"""Notices and reasons as sentences, from the lawbook's catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from comity.cooperation.dossier import Reason
from comity.cooperation.notices import Notice, notices
from comity.cooperation.sentence import sentence
from comity.node import law
from comity.node.access import visible_dossiers
from comity.node.models import Dossier, Person
from comity.node.usecases.rebuild_projections import folded
from comity.sites.desk import reading

AHEAD = timedelta(days=14)
MOST = 5
TONES = {"stop": "late", "warn": "conditional"}


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """Something that a desk should be told before it is too late."""

    severity: str
    tone: str
    text: str
    subject: str
    url: str


@dataclass(frozen=True, slots=True)
class _Said:
    code: str
    params: dict[str, str | int]


def reason_word(reason: Reason) -> str:
    """Say why an act has no effect."""
    return _sentence(_Said(str(reason), {}))


def shown_notices(who: Person, at: datetime) -> tuple[NoticeShown, ...]:
    """Return what presses most among the dossiers whose clocks end soon; only these are folded, however many there are."""
    near = visible_dossiers(who).filter(ended="", due_at__lt=at + AHEAD).order_by("due_at")[:MOST]
    return tuple(_shown(dossier, notice) for dossier in near for notice in _pressing(dossier, at))[:MOST]


def _pressing(dossier: Dossier, at: datetime) -> Iterator[Notice]:
    state = folded(dossier.id, at)
    found = notices(state, at) if state is not None else ()
    return (notice for notice in found if notice.severity in TONES)


def _shown(dossier: Dossier, notice: Notice) -> NoticeShown:
    url = reverse("desk:dossier", args=[dossier.id])
    return NoticeShown(notice.severity, TONES[notice.severity], _sentence(notice), dossier.subject, url)


def _sentence(said: Notice | _Said) -> str:
    return sentence(said, reading.lawbook_language(), law.lawbook().catalogue, law.wordbook())
