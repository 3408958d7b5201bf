"""Compares the law of several states on an offence or a conduct; nothing is stored."""

from dataclasses import dataclass

from comity.law.offences.compare import Comparison, compare_offence
from comity.law.offences.described import Criminality, criminality
from comity.law.question import Conduct
from comity.node import law
from comity.node.models import Person


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, and what the states say of the conduct where one was described."""

    comparison: Comparison
    conduct: Criminality | None


def compare_law(who: Person | None, offence: str, states: tuple[str, ...], conduct: Conduct | None) -> Compared:
    """Return the comparison; everybody may ask.

    Raises:
        UnusableQuestionError: the offence, a state or an element is not known, or the number of states is not 2 to 12.
    """
    facts = law.lawbook().facts
    found = None if conduct is None else criminality(facts, offence, states, conduct)
    return Compared(compare_offence(facts, offence, states), found)
