"""Compares two editions: the law, the routes of one state, the open dossiers, and the templates of both."""

from collections.abc import Iterable, Sequence
from datetime import date

from comity.law.facts import Facts
from comity.law.question import Question, check_question
from comity.law.watch import OpenDossier, changes, touched_dossiers, touched_routes, touched_warnings
from comity.law.watch.report import Watch
from comity.law.words import NOTHING
from comity.lawbook.editions import Edition
from comity.lawbook.templates import template_changes

USUAL_OFFENCE = "illegal-access"


def questions_of(
    facts: Facts, state: str, on: date, measures: Sequence[str] = (), offence: str = USUAL_OFFENCE
) -> tuple[Question, ...]:
    """Return the questions between a state and every other one, both ways, for a day.

    Args:
        facts: name the states and measures.
        state: whose routes are meant.
        on: the day of the questions.
        measures: codes; all measures unless given.
        offence: code.

    Raises:
        UnusableQuestionError: a code is unknown, or the date cannot be used.
    """
    others = [code for code in facts.states if code != state]
    wanted = tuple(measures) or facts.codes.measures
    for measure in wanted:
        check_question(Question(state, others[0], measure, offence, on), facts.codes, facts.states)
    return tuple(
        Question(sender, receiver, measure, offence, on)
        for other in others
        for sender, receiver in ((state, other), (other, state))
        for measure in wanted
    )


def compare_editions(
    old: Edition,
    new: Edition,
    on: date,
    state: str = "",
    measures: Sequence[str] = (),
    offence: str = USUAL_OFFENCE,
    dossiers: Iterable[OpenDossier] = (),
) -> Watch:
    """Return all that is different.

    Args:
        old: the edition before.
        new: the edition after.
        on: today; both editions are asked for this day.
        state: whose routes are compared; empty compares none.
        measures: only these; all unless given.
        offence: for which the routes are asked.
        dossiers: open ones, as values.

    Raises:
        UnusableQuestionError: a code is unknown, or the date cannot be used.
        MalformedLawError: an edition has another shape than this version knows.
    """
    open_dossiers = tuple(dossiers)
    found = changes(old.facts, new.facts)
    asked = questions_of(new.facts, state, on, measures, offence) if state else ()
    return Watch(
        old=old.name,
        new=new.name,
        on=on,
        changes=found,
        state=state,
        state_name=new.facts.said(state) if state else NOTHING,
        routes=touched_routes(old.facts, new.facts, asked, found),
        warnings=touched_warnings(old.facts, new.facts, asked, found),
        templates=template_changes(old.pages, new.pages, open_dossiers),
        dossiers=touched_dossiers(old.facts, new.facts, open_dossiers, on, found),
    )
