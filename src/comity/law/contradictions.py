"""Circumstances that cannot hold together, as data of `lawbook/warnings.yaml` name them: some only warn, some stop a question."""

from dataclasses import dataclass

from comity.law.book import book_of
from comity.law.caution_facts import QuestionView
from comity.law.facts import Facts
from comity.law.naming import beginning
from comity.law.question import Question
from comity.law.situation import Situation
from comity.law.warnings import caution_book, clashes
from comity.law.words import Words


@dataclass(frozen=True, slots=True)
class Clash:
    """Two keys of a question that do not go together: circumstances, or members such as `date` and `to`.

    Attributes:
        reason: a sentence.
        stops: whether any answer would mislead, so that the question is asked again; otherwise it is a warning.
    """

    keys: tuple[str, str]
    reason: Words
    stops: bool


def contradictions(facts: Facts, question: Question) -> tuple[Clash, ...]:
    """Return what in a question cannot hold together; nothing where all of it can.

    The circumstances have the types of `codes.yaml`, as `check_question` asks.
    """
    view = QuestionView(Situation(facts, question, book_of(facts).memory), ())
    return tuple(Clash(item.keys, beginning(why), item.stops) for item, why in clashes(caution_book(facts), view))
