"""The memo of an answer on holders: who holds the data, where, by which door, and what would settle the rest."""

from collections.abc import Iterator
from datetime import datetime

from comity.law.facts import Facts
from comity.law.holder_saying import (
    CHECK,
    CHOICES,
    DAY,
    NOTES,
    POINTS_TO,
    QUESTION,
    RECOGNISED,
    REGION,
    ROLES,
    SETTLES,
    TITLE,
    details,
    entity_line,
    holder_sentence,
    kind_line,
    missing_line,
)
from comity.law.holders import Choice, HolderAnswer
from comity.law.naming import beginning, day_name
from comity.law.words import Words
from comity.memo.memo import Item, Items, Memo, Rows, Section
from comity.memo.render import render
from comity.memo.routes import LIMITS


def holder_memo(
    answer: HolderAnswer, facts: Facts, *, language: str, made_at: datetime, edition: str, office: str = ""
) -> bytes:
    """Return an answer on holders as a PDF to put on file. It names the identifier: it is personal data.

    Raises:
        MemoTooLargeError: it is longer than anybody reads.
        UnprintableMemoError: the typesetter refuses it.
    """
    return render(
        Memo(
            title=TITLE.say(language),
            answer=holder_sentence(answer, facts).say(language),
            sections=tuple(_sections(answer, facts, language)),
            language=language,
            made_at=made_at,
            as_of=answer.as_of,
            edition=edition,
            office=office,
            limits=(CHECK.say(language), LIMITS[0].say(language)),
        )
    )


def _sections(answer: HolderAnswer, facts: Facts, language: str) -> Iterator[Section]:
    value = answer.identifier.value
    lines = [(kind_line(answer), Words(value, value)), (DAY, day_name(answer.on))]
    if answer.user_region:
        lines.append((REGION, facts.said(answer.user_region)))
    lines += [(POINTS_TO, facts.said(state)) for state in answer.states]
    rows = tuple((beginning(name).say(language), (Item(beginning(text).say(language)),)) for name, text in lines)
    yield Section(f"{QUESTION.say(language)} · {RECOGNISED.say(language)}", (Rows(rows),))
    if answer.choices:
        yield Section(CHOICES.say(language), ())
    for choice in answer.choices:
        yield _choice(choice, facts, language)
    if answer.notes:
        yield Section(NOTES.say(language), (Items(tuple(Item(note.say(language)) for note in answer.notes)),))
    if answer.unknown:
        line = Item(beginning(missing_line(answer)).say(language), verdict="unknown")
        yield Section(SETTLES.say(language), (Items((line,)),))


def _choice(choice: Choice, facts: Facts, language: str) -> Section:
    role = ROLES[choice.role].say(language)
    title = f"{choice.holder.name.say(language)} · {beginning(entity_line(choice, facts)).say(language)} · {role}"
    why = Items((Item(choice.reason.say(language), verdict=choice.verdict, source=choice.holder.source),))
    rows = tuple((name.say(language), (Item(value.say(language)),)) for name, value in details(choice))
    return Section(title, (why, Rows(rows)), choice.verdict, level=2)
