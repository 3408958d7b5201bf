"""Notices and reasons as sentences, from the lawbook's catalogue."""

from dataclasses import dataclass
from datetime import datetime

from comity.cooperation.dossier import Reason
from comity.cooperation.sentence import sentence
from comity.node import law
from comity.node.models import Person
from comity.sites.desk import reading


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """Something that a desk should be told before it is too late."""

    severity: str
    tone: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class _Said:
    code: str
    params: dict[str, str | int]


def reason_word(reason: Reason) -> str:
    """Say why an act has no effect."""
    return sentence(_Said(str(reason), {}), reading.lawbook_language(), law.lawbook().catalogue, law.wordbook())


def shown_notices(who: Person, at: datetime) -> tuple[NoticeShown, ...]:
    """Return the notices for the inbox."""
    return ()
