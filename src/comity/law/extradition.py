"""Facts about a wanted person that several instruments ask for: the purpose, the sentence, nationality, the death penalty.

Each returns a value, or None after noting in `Situation.missing` what would settle it.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from comity.law.facts import Facts
from comity.law.question import Question
from comity.law.truth import Truth

PROSECUTION = frozenset({"investigation", "prosecution"})
WITHOUT_MORE = {"eu-only": "no", "discretionary": "conditional"}
LOOKED_AT = {"requested": ("to",), "requesting": ("from",)}  # else both, or which of them is unknown
WITHOUT_ASSURANCE = {"discretionary": "discretionary", "unknown": "unknown"}


class Asked(Protocol):
    """What is read of a situation."""

    @property
    def facts(self) -> Facts:
        """The law."""

    @property
    def question(self) -> Question:
        """What is asked."""

    @property
    def circumstances(self) -> Mapping[str, object]:
        """What is stated."""

    def lack(self, name: str) -> Truth:
        """Note what is missing; the answer is unknown."""


def wanted_for(situation: Asked) -> object:
    """Return `prosecution`, `sentence` or `other`; a sentence that is stated says so where the purpose is silent."""
    known = situation.circumstances
    purpose = known.get("purpose")
    if purpose is None:
        stated = {"sentence_left_months", "sentence_passed_months"} & known.keys()
        return "sentence" if stated else situation.lack("purpose")
    return "prosecution" if purpose in PROSECUTION else "sentence" if purpose == "sentence" else "other"


def sentence_at_least(tail: str) -> Callable[[Asked], object]:
    """Whether the sentence passed has so many months; what is left of it is a lower bound, and never shows that it was shorter."""
    months = int(tail)

    def get(situation: Asked) -> object:
        passed = situation.circumstances.get("sentence_passed_months")
        left = situation.circumstances.get("sentence_left_months")
        if isinstance(passed, int):
            return passed >= months
        if isinstance(left, int) and left >= months:
            return True
        return situation.lack("sentence_passed_months")

    return get


def surrenders_national(situation: Asked) -> object:
    """Return whether the requested state's law lets it extradite this person as far as nationality goes.

    `not-concerned`: somebody else's national; `yes`; `conditional`; `by-treaty`: only where a treaty lets it; `no`.
    """
    rule = _rule_on_nationals(situation)
    if rule == "yes":
        return rule
    nationality = situation.circumstances.get("nationality_of_person")
    if nationality is None:
        return situation.lack("nationality_of_person")
    return "not-concerned" if nationality != situation.question.to_state else _own_national(situation, rule)


def _own_national(situation: Asked, rule: str) -> object:
    match rule:
        case "unknown":
            return situation.lack(f"fact:national:{situation.question.to_state}:nationals")
        case "consent-only":
            return _by_circumstance(situation, "consent", "yes", "no")
        case "not-native-born":
            return _by_circumstance(situation, "native_born", "no", "conditional")
    return WITHOUT_MORE.get(rule, rule)


def _rule_on_nationals(situation: Asked) -> str:
    to = situation.question.to_state
    law = situation.facts.national.get(to)
    if law is not None and law.extradition.nationals != "unknown":
        return law.extradition.nationals
    coarse = situation.facts.states[to].extradites_nationals
    return "by-treaty" if coarse == "no" else coarse


def _by_circumstance(situation: Asked, key: str, if_true: str, if_false: str) -> object:
    value = situation.circumstances.get(key)
    return situation.lack(key) if value is None else if_true if value else if_false


def death_penalty(situation: Asked) -> object:
    """Return how the death penalty stands in the way: `none`, `assured`, `discretionary`, `refused` or `barred`."""
    rule = _rule_on_death_penalty(situation)
    possible = situation.circumstances.get("death_penalty_possible")
    abolished = situation.facts.states[situation.question.from_state].death_penalty == "abolitionist"
    if rule == "not-required" or possible is False or (possible is None and abolished):
        return "none"
    if possible is None:
        return situation.lack("death_penalty_possible")
    if rule == "absolute-bar":
        return "barred"
    answer = _by_circumstance(situation, "death_penalty_assurance", "assured", WITHOUT_ASSURANCE.get(rule, "refused"))
    return (
        situation.lack(f"fact:national:{situation.question.to_state}:death-penalty") if answer == "unknown" else answer
    )


def _rule_on_death_penalty(situation: Asked) -> str:
    to = situation.question.to_state
    law = situation.facts.national.get(to)
    if law is not None and law.extradition.death_penalty_assurance != "unknown":
        return law.extradition.death_penalty_assurance
    return "required" if situation.facts.states[to].death_penalty.startswith("abolitionist") else "unknown"


def treaty_required(situation: Asked) -> object:
    """Return whether the requested state extradites only on a treaty: yes | no | conditional."""
    to = situation.question.to_state
    law = situation.facts.national.get(to)
    rule = law.extradition.treaty_required if law else "unknown"
    return situation.lack(f"fact:national:{to}:extradition") if rule == "unknown" else rule


def threshold_met(situation: Asked) -> object:
    """Return whether the minimum penalty of the requested state's law is reached, in the law that it looks at."""
    to = situation.question.to_state
    law = situation.facts.national.get(to)
    rule = law.extradition if law else None
    if rule is None or rule.min_penalty_months is None:
        return situation.lack(f"fact:national:{to}:extradition-threshold")
    least = rule.min_penalty_months + (1 if rule.strictly_more else 0)
    reached = {side: _reached(situation, side, least) for side in LOOKED_AT.get(rule.min_penalty_in, ("from", "to"))}
    if all(reached.values()):
        return True
    below_everywhere = all(truth is False for truth in reached.values())
    if below_everywhere or (False in reached.values() and rule.min_penalty_in != "unknown"):
        return False
    return _threshold_unsure(situation, reached)


def _reached(situation: Asked, side: str, least: int) -> bool | None:
    months = situation.circumstances.get(f"max_penalty_months_{side}")
    return months >= least if isinstance(months, int) else None


def _threshold_unsure(situation: Asked, reached: dict[str, bool | None]) -> object:
    missing = [side for side, truth in reached.items() if truth is None]
    for side in missing:
        situation.lack(f"max_penalty_months_{side}")
    if not missing:
        situation.lack(f"fact:national:{situation.question.to_state}:extradition-threshold")
    return None
