"""What the atlas is asked: which states, measures and offences, on which day, in which circumstances."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from comity.law.facts import Facts
from comity.law.question import Conduct, Question, UnusableQuestionError, check_question


@dataclass(frozen=True, slots=True)
class Span:
    """What is asked: all combinations of these, on one day, in the same circumstances everywhere.

    Attributes:
        pattern: a question whose states, measure and offence do not count; the rest holds for every cell.
        offences: canonical ids; None among them is the question that names no offence.
    """

    facts: Facts
    pattern: Question
    measures: tuple[str, ...]
    offences: tuple[str | None, ...]
    from_states: tuple[str, ...]
    to_states: tuple[str, ...]

    def question(self, measure: str, from_state: str, to_state: str, offence: str | None) -> Question:
        """Return the question that a cell answers."""
        pattern = self.pattern
        return Question(from_state, to_state, measure, offence, pattern.on, pattern.circumstances, pattern.conduct)


def whole_world(
    facts: Facts, on: date, circumstances: Mapping[str, object] | None = None, conduct: Conduct | None = None
) -> Span:
    """Return the span of everything: all states, measures and offences on a day.

    Args:
        facts: of the lawbook.
        on: the day for which the law is asked.
        circumstances: what is known, the same for every cell; None: nothing is known.
        conduct: what was done; None: not described.
    """
    states, codes = tuple(facts.states), facts.codes
    pattern = Question("", "", "", None, on, dict(circumstances or {}), conduct)
    return Span(facts, pattern, codes.measures, codes.offences, states, states)


def check_span(span: Span) -> tuple[str, ...]:
    """Check all codes, the date and the circumstances of a span.

    Returns:
        The circumstance keys that no rule knows; they are ignored.

    Raises:
        UnusableQuestionError: one of them cannot be used, or nothing is asked.
    """
    if not (span.measures and span.offences and span.from_states and span.to_states):
        raise UnusableQuestionError("The atlas is asked for nothing.", remedy="Name a state, a measure and an offence.")
    facts = span.facts
    one, other = list(facts.states)[:2]
    ignored: tuple[str, ...] = ()
    for state in (*span.from_states, *span.to_states):
        check_question(
            span.question(span.measures[0], state, other if state == one else one, None), facts.codes, facts.states
        )
    for measure in span.measures:
        for offence in span.offences:
            ignored = check_question(span.question(measure, one, other, offence), facts.codes, facts.states)
    return ignored
