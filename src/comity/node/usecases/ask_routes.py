"""Asks the law which routes there are; no case is touched and nothing is stored."""

from comity.law.answer import Answer
from comity.law.question import Question
from comity.law.routes import routes
from comity.node import law
from comity.node.models import Person


def ask_routes(who: Person | None, question: Question) -> Answer:
    """Return the routes for a question; everybody may ask.

    Raises:
        UnusableQuestionError: a code, the date or a circumstance cannot be used.
    """
    return routes(law.lawbook().facts, question)
