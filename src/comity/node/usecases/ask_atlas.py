"""Asks how far a state reaches; no case is touched and nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from comity.law.atlas import Span, whole_world
from comity.law.atlas.reach import MeasureReach, Reach, reach, reach_by_measure
from comity.law.question import UnknownStateError
from comity.lawbook.shapes import load_world
from comity.node import law
from comity.node.models import Person
from comity.pictures.reach import reach_map

USUAL_MEASURE, USUAL_OFFENCE = "preserve", "illegal-access"


@dataclass(frozen=True, slots=True)
class AtlasQuestion:
    """One state, one measure, one offence, one day.

    Attributes:
        direction: `from`: the state asks; `to`: it is asked.
        circumstances: known of every case.
    """

    state: str
    direction: str
    measure: str
    offence: str
    on: date
    circumstances: Mapping[str, object] = field(default_factory=dict)


def ask_reach(who: Person | None, question: AtlasQuestion) -> Reach:
    """Return how far a state reaches; everybody may ask. Only the slice of this one state is evaluated.

    Raises:
        UnusableQuestionError: a code, the date or a circumstance cannot be used.
    """
    span = replace(_span(question), measures=(question.measure,), offences=(question.offence,))
    return reach(span, question.state, question.direction)


def ask_reach_by_measure(who: Person | None, question: AtlasQuestion) -> tuple[MeasureReach, ...]:
    """Return how many states a state reaches for each measure; the measure of the question does not count.

    Raises:
        UnusableQuestionError: a code, the date or a circumstance cannot be used.
    """
    span = replace(_span(question), offences=(question.offence,))
    return reach_by_measure(span, question.state, question.direction)


def _span(question: AtlasQuestion) -> Span:
    facts = law.lawbook().facts
    if question.state not in facts.states:
        raise UnknownStateError(
            f"'{question.state[:20]}' is no state of the lawbook.", where="state", remedy="Use a code such as NL."
        )
    return whole_world(facts, question.on, question.circumstances)


def draw_reach(found: Reach, language: str) -> str:
    """Return the map of the world as SVG, ids beginning with `map`."""
    book = law.lawbook()

    def say(term: str) -> str:
        kind, _, code = term.partition(":")
        return book.wordbook.label(kind, code, language)

    return reach_map(found, load_world(book.path), say, language)
