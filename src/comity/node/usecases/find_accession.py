"""Says what an accession would change; nothing is stored."""

from datetime import date
from functools import lru_cache

from comity.law.offences.accession import OFFENCES, Accession, accession, usual_measures
from comity.law.question import UnusableQuestionError
from comity.node import law
from comity.node.models import Person

MOST_MEASURES = 3
"""For one answer: a page should come within a second; the command `comity gap --if-party` asks for all."""


def find_accession(
    who: Person | None,
    state: str,
    instrument: str,
    on: date,
    *,
    measures: tuple[str, ...] = (),
    offence: str = "",
    asks: bool = True,
) -> Accession:
    """Return what would change for a few measures, the state asking or being asked; everybody may ask.

    Args:
        who: asks.
        state: who accedes.
        instrument: to what.
        on: the first day as a party.
        measures: up to three; empty: the first three usual ones that the instrument carries.
        offence: empty for illegal access.
        asks: whether the state asks; otherwise it is asked.

    Raises:
        UnusableQuestionError: a code or the day cannot be used, or there are too many measures.
    """
    if len(set(measures)) > MOST_MEASURES:
        raise UnusableQuestionError(
            f"{len(set(measures))} measures are too many for one answer.", remedy="Name up to three.", where="measures"
        )
    return _answered(state, instrument, on, measures, (offence,) if offence else OFFENCES, asks)


@lru_cache(maxsize=32)
def _answered(
    state: str, instrument: str, on: date, measures: tuple[str, ...], offences: tuple[str, ...], asks: bool
) -> Accession:
    """Answer from the one lawbook of this process: the memo and the data follow upon the page with the same question."""
    facts = law.lawbook().facts
    document = facts.instruments.get(instrument)
    chosen = measures or (usual_measures(facts, document)[:MOST_MEASURES] if document else ())
    return accession(facts, state, instrument, on, measures=chosen, offences=offences, sides=(asks,))
