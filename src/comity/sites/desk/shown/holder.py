"""The answer on holders as its page shows it: the sentence first, then the choices with what they take and where to ask."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from comity.law import holder_saying as saying
from comity.law.facts import Facts
from comity.law.holders import HELD_BY, Choice, HolderAnswer
from comity.law.naming import beginning
from comity.law.words import Words
from comity.node import law
from comity.node.usecases.ask_holder import HolderQuestion
from comity.sites.desk import reading, words
from comity.sites.desk.shown.cases import Row
from comity.sites.desk.shown.law import Download, downloads, say, source_line


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    """One entity that holds the data, or may.

    Attributes:
        routes_url: asks for the routes to its state; empty where no other state is asked.
        at_home: says so where the entity is in the asking state.
    """

    verdict: str
    name: str
    entity: str
    role: str
    reason: str
    rows: tuple[Row, ...]
    source: str
    routes_url: str
    state: str
    at_home: str


@dataclass(frozen=True, slots=True)
class HolderShown:
    """The whole answer; `change_url` and `downloads` are empty where the identifier may stand in no address."""

    headline: str
    sentence: str
    rows: tuple[Row, ...]
    choices: tuple[ChoiceShown, ...]
    notes: tuple[str, ...]
    missing: str
    check: str
    change_url: str
    downloads: tuple[Download, ...]
    source_line: str


def shown_holder(answer: HolderAnswer, question: HolderQuestion, address: str) -> HolderShown:
    """Return the answer for the page; `address` asks for it again, and is empty for an identifier that stands in none."""
    facts, base = law.lawbook().facts, reverse("desk:holder")
    memo, data = reverse("desk:holder-memo"), reverse("desk:holder-json")
    return HolderShown(
        headline=say(saying.TITLE),
        sentence=say(saying.holder_sentence(answer, facts)),
        rows=_rows(answer, question, facts),
        choices=tuple(_choice(choice, question, facts) for choice in answer.choices),
        notes=tuple(say(note) for note in answer.notes),
        missing=say(beginning(saying.missing_line(answer))),
        check=say(saying.CHECK),
        change_url=f"{base}?{address}&change=yes" if address else "",
        downloads=downloads(f"{memo}?{address}", f"{data}?{address}") if address else (),
        source_line=source_line(),
    )


def _rows(answer: HolderAnswer, question: HolderQuestion, facts: Facts) -> tuple[Row, ...]:
    rows = [Row(say(beginning(saying.kind_line(answer))), answer.identifier.value)]
    rows += [Row(say(saying.POINTS_TO), say(beginning(facts.said(state)))) for state in answer.states]
    if answer.user_region:
        rows.append(Row(say(saying.REGION), say(facts.begun(answer.user_region))))
    measure = words.word("measure", question.measure)
    return (*rows, Row(say(saying.MEASURE), measure), Row(say(saying.DAY), reading.day(answer.on)))


def _choice(choice: Choice, question: HolderQuestion, facts: Facts) -> ChoiceShown:
    state = choice.entity.state
    home = state is not None and state == question.asking
    languages = ", ".join(words.word("language", code) for code in choice.holder.languages)
    lines = (*saying.details(choice), (saying.LANGUAGES, Words(languages, languages)))
    return ChoiceShown(
        verdict=choice.verdict,
        name=say(choice.holder.name),
        entity=say(beginning(saying.entity_line(choice, facts))),
        role=say(saying.ROLES[choice.role]),
        reason=say(choice.reason),
        rows=tuple(Row(say(name), say(value)) for name, value in lines if value.en),
        source=choice.holder.source,
        routes_url="" if home or state is None else _routes_url(choice, question),
        state=say(facts.said(state)) if state else "",
        at_home=say(saying.AT_HOME) if home else "",
    )


def _routes_url(choice: Choice, question: HolderQuestion) -> str:
    """Return the address of the routes question, with the holder and its state; never with the identifier."""
    state = choice.entity.state or ""
    pairs = {
        "from": question.asking or "",
        "to": state,
        "measure": question.measure,
        "date": question.on.isoformat(),
        "data_holder": HELD_BY.get(choice.holder.kind, "provider"),
        "provider_state": state,
    }
    return f"{reverse('desk:routes')}?{urlencode(pairs)}"
