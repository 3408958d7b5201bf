"""Holds the law of a state against an instrument; nothing is stored."""

from datetime import date

from comity.law.offences.gap import Gap, gap
from comity.node import law
from comity.node.models import Person


def find_gap(who: Person | None, state: str, instrument: str, on: date) -> Gap:
    """Return what the law has and lacks; everybody may ask.

    Raises:
        UnusableQuestionError: the state or the day cannot be used.
        NoObligationsError: what the instrument asks of national law is not recorded.
    """
    return gap(law.lawbook().facts, state, instrument, on)
