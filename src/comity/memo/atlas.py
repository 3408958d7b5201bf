"""The memo of how far a state reaches: the sentence, the map, and the states by the best route there is."""

from collections.abc import Iterator
from datetime import datetime

from comity.law.answer import VERDICTS
from comity.law.atlas.reach import USABLE, Reach, Reached
from comity.law.atlas.saying import headline, sentence
from comity.law.naming import Labels, named
from comity.law.saying import MARKS, value_words
from comity.law.words import Words, listed
from comity.memo.memo import Block, Cell, Item, Memo, Picture, Rows, Section, Table, Text
from comity.memo.render import render
from comity.memo.routes import LIMITS
from comity.pictures.verdicts import on_paper

HEAD = (Words("State", "国家"), Words("First route", "首选途径"), Words("Usual time", "通常用时"))
OFFENCE, DATE, MEASURE = Words("Offence", "犯罪"), Words("Date", "日期"), Words("Measure", "措施")
QUESTION, MAP = Words("The question", "问题"), Words("The map", "地图")
NO_CASE = Words(
    "The answer holds for no case: only what stands here was taken as known, alike in every state.",
    "此答复不针对个案：仅以此处所列为已知，且各国相同。",
)


def atlas_memo(
    found: Reach, drawn: str, labels: Labels, *, language: str, made_at: datetime, edition: str, office: str = ""
) -> bytes:
    """Return the answer as a PDF to put on file.

    Args:
        found: how far the state reaches.
        drawn: the map as SVG, ids beginning with `map`.
        labels: the words for codes.
        language: `en` or `zh`.
        made_at: the moment that the memo bears, with its zone.
        edition: of the lawbook.
        office: whose memo it is; empty for none.

    Raises:
        MemoTooLargeError: it is longer than anybody reads.
        UnprintableMemoError: the typesetter refuses it.
    """
    answer = sentence(found, labels).say(language)
    limits = (*LIMITS, NO_CASE)
    return render(
        Memo(
            title=headline(found, labels).say(language),
            answer=answer,
            sections=(
                _question(found, labels, language),
                Section(MAP.say(language), (Picture(on_paper(drawn, "map"), answer),)),
                *_groups(found, labels, language),
            ),
            language=language,
            made_at=made_at,
            as_of=found.span.facts.as_of,
            edition=edition,
            office=office,
            limits=tuple(limit.say(language) for limit in limits),
        )
    )


def _question(found: Reach, labels: Labels, language: str) -> Section:
    span, codes = found.span, found.span.facts.codes
    known = [
        (named(labels, "question", key), value_words(key, value, codes, labels))
        for key, value in span.pattern.circumstances.items()
    ]
    rows = [
        (MEASURE, named(labels, "measure", span.measures[0])),
        (OFFENCE, named(labels, "offence", str(span.offences[0]))),
        (DATE, Words(span.pattern.on.isoformat(), span.pattern.on.isoformat())),
        *known,
    ]
    lines = tuple((name.say(language), (Item(value.say(language)),)) for name, value in rows)
    return Section(QUESTION.say(language), (Rows(lines),))


def _groups(found: Reach, labels: Labels, language: str) -> Iterator[Section]:
    for verdict in VERDICTS:
        states = [each for each in found.others if each.cell.verdict == verdict]
        if states:
            title = f"{MARKS[verdict][1].say(language)} ({len(states)})"
            yield Section(title, (_states(states, verdict, labels, language),), verdict)


def _states(states: list[Reached], verdict: str, labels: Labels, language: str) -> Block:
    names = [named(labels, "state", each.state).say(language) for each in states]
    if verdict not in USABLE:
        return Text(listed(names, language))
    rows = tuple(_row(name, each, labels, language) for name, each in zip(names, states, strict=True))
    return Table(tuple(name.say(language) for name in HEAD), rows, (1.3, 2.4, 0.8))


def _row(name: str, each: Reached, labels: Labels, language: str) -> tuple[Cell, ...]:
    days = Words(f"about {each.cell.days} days", f"约{each.cell.days}日")
    instrument = named(labels, "instrument", each.cell.instrument).say(language)
    return Cell(name), Cell(instrument), Cell(days.say(language))
