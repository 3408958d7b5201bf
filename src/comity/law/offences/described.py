"""A conduct described by its elements, held against the law of several states."""

from collections.abc import Iterable
from dataclasses import dataclass

from comity.law.dual import DualCriminalityAnswer, dual_criminality
from comity.law.facts import Facts
from comity.law.offences.compare import check_states
from comity.law.question import Conduct, check_conduct


@dataclass(frozen=True, slots=True)
class Judged:
    """What the law of one state says of the conduct."""

    state: str
    answer: DualCriminalityAnswer


@dataclass(frozen=True, slots=True)
class Criminality:
    """A conduct in several states.

    Attributes:
        met: True where every state punishes it, False where one does not, None where that is unknown.
    """

    offence: str
    conduct: Conduct
    met: bool | None
    judged: tuple[Judged, ...]


def criminality(facts: Facts, offence: str, states: Iterable[str], conduct: Conduct) -> Criminality:
    """Say of each state whether it punishes a conduct.

    Args:
        facts: the law.
        offence: the canonical offence that is compared first; a state may punish the conduct under another one.
        states: two to twelve codes.
        conduct: what was done.

    Raises:
        UnusableQuestionError: the offence, a state or an element is not known.
    """
    named = tuple(dict.fromkeys(states))
    check_states(facts, offence, named)
    check_conduct(conduct, facts.codes.elements)
    judged = tuple(Judged(state, dual_criminality(facts, named[0], state, offence, conduct)) for state in named)
    truths = {each.answer.met for each in judged}
    return Criminality(offence, conduct, False if False in truths else None if None in truths else True, judged)
