"""Asks who holds the data behind an identifier. Identifiers are personal data: they are neither stored nor logged."""

from dataclasses import dataclass, field
from datetime import date, datetime

from comity.law.answer import Answer
from comity.law.holder_report import Ask
from comity.law.holders import Choice, HolderAnswer, find_holder, holder_routes
from comity.node import law, resources
from comity.node.models import Person


@dataclass(frozen=True, slots=True)
class HolderQuestion:
    """Who holds the data behind an identifier.

    Attributes:
        identifier: a service or an identifier; not in the representation, so that no message or log shows it.
        service: that the identifier is used with; None: not stated.
        asking: the state that would ask the holder's; None: no routes are wanted.
    """

    identifier: str = field(repr=False)
    on: date
    user_region: str | None = None
    service: str | None = None
    asking: str | None = None
    measure: str = "subscriber"
    offence: str | None = None


def ask_holder(who: Person | None, question: HolderQuestion) -> HolderAnswer:
    """Return who holds the data; everybody may ask.

    Raises:
        UnusableQuestionError: the identifier, a code or the day cannot be used.
    """
    return find_holder(
        law.lawbook().facts,
        question.identifier,
        question.on,
        user_region=question.user_region,
        service=question.service,
    )


def asker(question: HolderQuestion) -> Ask | None:
    """Return what answers by which routes the state of a holder can be asked; None where no state asks."""
    asking = question.asking
    if asking is None:
        return None

    def ask(choice: Choice) -> Answer | None:
        facts = law.lawbook().facts
        return holder_routes(facts, choice, asking, question.measure, question.on, question.offence)

    return ask


def write_holder_memo(who: Person | None, question: HolderQuestion, language: str, now: datetime) -> bytes:
    """Return the answer as a PDF that bears the moment `now`.

    Raises:
        UnusableQuestionError: the identifier, a code or the day cannot be used.
        MemoTooLargeError, UnprintableMemoError: it cannot be set on paper.
    """
    from comity.memo.holder import holder_memo  # the typesetter is large and most work needs none

    book = law.lawbook()
    return holder_memo(
        ask_holder(who, question),
        book.facts,
        language=language,
        made_at=now,
        edition=book.edition,
        office=resources.home().names.get(language, ""),
    )
