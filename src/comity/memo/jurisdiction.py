"""The memo of an answer on jurisdiction: who has it and why, what speaks for whom, and the duties to consult."""

from collections.abc import Iterator
from datetime import datetime

from comity.law.answer import MET
from comity.law.facts import Facts
from comity.law.jurisdiction import Claim, JurisdictionAnswer
from comity.law.jurisdiction_saying import (
    CHAIN,
    CLAIMS,
    CONSULTATION,
    CRITERIA,
    CRITERIA_HEAD,
    DAY,
    FORCE,
    GROUP,
    MISSING,
    NO,
    NO_DUTY,
    NOTHING_SPEAKS,
    OFFENCE,
    OPEN,
    ORDER,
    ORDER_NOTE,
    PUNISHED,
    SAYS_NOTHING,
    TITLE,
    WARNINGS,
    YES,
    claim_line,
    conflict_sentence,
    duty_line,
    link_line,
    missing_lines,
)
from comity.law.naming import Labels, cited, day_name, named
from comity.memo.memo import Cell, Item, Items, Memo, Rows, Section, Table, Text
from comity.memo.render import render
from comity.memo.routes import LIMITS


def jurisdiction_memo(
    answer: JurisdictionAnswer,
    facts: Facts,
    labels: Labels,
    *,
    language: str,
    made_at: datetime,
    edition: str,
    office: str = "",
) -> bytes:
    """Return an answer on jurisdiction as a PDF to put on file; the arguments are those of `routes_memo`.

    Raises:
        MemoTooLargeError: it is longer than anybody reads.
        UnprintableMemoError: the typesetter refuses it.
    """
    return render(
        Memo(
            title=TITLE.say(language),
            answer=conflict_sentence(answer, facts).say(language),
            sections=tuple(_sections(answer, facts, labels, language)),
            language=language,
            made_at=made_at,
            as_of=answer.as_of,
            edition=edition,
            office=office,
            limits=(ORDER_NOTE.say(language), *(limit.say(language) for limit in LIMITS[:2])),
        )
    )


def _sections(answer: JurisdictionAnswer, facts: Facts, labels: Labels, language: str) -> Iterator[Section]:
    yield Section(CHAIN.say(language), (Rows(tuple(_chain(answer, facts, labels, language))),))
    yield Section(CLAIMS.say(language), ())
    for claim in answer.claims:
        yield _claim(claim, facts, labels, language)
    if answer.order:
        yield Section(ORDER.say(language), (Text(ORDER_NOTE.say(language)), _order(answer, facts, language)))
    yield Section(CRITERIA.say(language), (_criteria(answer, facts, labels, language),))
    yield Section(CONSULTATION.say(language), (_duties(answer, facts, labels, language),))
    if answer.warnings:
        warnings = tuple(
            Item(item.text.say(language), cited(labels, item.article).say(language)) for item in answer.warnings
        )
        yield Section(WARNINGS.say(language), (Items(warnings),))
    missing = tuple(Item(words.say(language), verdict="unknown") for words in missing_lines(answer, facts))
    if missing:
        yield Section(MISSING.say(language), (Items(missing),))


def _chain(
    answer: JurisdictionAnswer, facts: Facts, labels: Labels, language: str
) -> Iterator[tuple[str, tuple[Item, ...]]]:
    chain = answer.chain
    offence = named(labels, "offence", chain.offence) if chain.offence else OPEN
    group = OPEN if chain.organised_group is None else YES if chain.organised_group else NO
    lines = [(OFFENCE, offence), (DAY, day_name(chain.on)), (GROUP, group)]
    for name, value in (*lines, *(link_line(link, facts) for link in chain.links)):
        yield name.say(language), (Item(value.say(language)),)


def _claim(claim: Claim, facts: Facts, labels: Labels, language: str) -> Section:
    colon, stop = ("：", "。") if language.startswith("zh") else (": ", ". ")
    items = [Item(PUNISHED[claim.punished].say(language), verdict=claim.punished)]
    for basis in claim.bases:
        items.append(Item(basis.name.say(language), verdict=basis.verdict))
        for ground in basis.grounds:
            reason = ground.reason.say(language) if ground.verdict != MET else ""
            text = f"{FORCE[ground.force].say(language)}{colon}{ground.title.say(language)}{stop}{reason}".strip()
            article = cited(labels, ground.article).say(language)
            items.append(Item(text, article, ground.verdict, ground.source, depth=1))
    title = f"{facts.begun(claim.state).say(language)}{colon}{claim_line(claim).say(language)}"
    return Section(title, (Items(tuple(items)),), claim.verdict, level=2)


def _order(answer: JurisdictionAnswer, facts: Facts, language: str) -> Items:
    items = []
    for rank, place in enumerate(answer.order, 1):
        items.append(Item(f"{rank}. {facts.begun(place.state).say(language)}"))
        reasons = place.reasons or (NOTHING_SPEAKS,)
        items += [Item(reason.say(language), depth=1) for reason in reasons]
    return Items(tuple(items))


def _criteria(answer: JurisdictionAnswer, facts: Facts, labels: Labels, language: str) -> Table:
    rows = []
    for row in answer.criteria:
        marks = [f"{facts.begun(mark.state).say(language)} ({mark.words.say(language)})" for mark in row.marks]
        said = Cell("; ".join(marks)) if marks else Cell(SAYS_NOTHING.say(language), "unknown")
        rows.append(
            (Cell(row.criterion.name.say(language)), said, Cell(cited(labels, row.criterion.article).say(language)))
        )
    return Table(tuple(head.say(language) for head in CRITERIA_HEAD), tuple(rows), (2.0, 3.0, 2.0))


def _duties(answer: JurisdictionAnswer, facts: Facts, labels: Labels, language: str) -> Items | Text:
    if not answer.consultation:
        return Text(NO_DUTY.say(language))
    return Items(
        tuple(
            Item(duty_line(duty, facts).say(language), cited(labels, duty.rule.article).say(language))
            for duty in answer.consultation
        )
    )
