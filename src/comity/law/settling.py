"""What an answer to an open circumstance would do: the question is asked again with each answer, and the verdicts are counted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from comity.law.answer import UNKNOWN, VERDICTS, Answer, Route
from comity.law.facts import Codes, Facts
from comity.law.question import Question
from comity.law.routes import routes

AT_MOST = 5
# numbers that the thresholds of the instruments divide
TRIED: Mapping[str, tuple[int, ...]] = {
    "max_penalty_months_from": (6, 12, 36, 60),
    "max_penalty_months_to": (6, 12, 36, 60),
    "sentence_left_months": (3, 4, 6),
    "offenders": (1, 3),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be given.

    Attributes:
        settled: verdict -> how many routes that are unknown now would get it.
    """

    value: object
    settled: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Settling:
    """A circumstance that was not said.

    Attributes:
        routes: how many routes that are unknown now depend on it.
        choices: the answers to choose from; empty where it has to be written.
    """

    key: str
    routes: int
    choices: tuple[Choice, ...]


def settling(facts: Facts, answer: Answer, at_most: int = AT_MOST) -> tuple[Settling, ...]:
    """Return the open circumstances of an answer, the one that most routes depend on first, with what each answer would do."""
    open_routes = [route for route in answer.routes if route.verdict == UNKNOWN]
    gains = {
        key: sum(key in route.settles for route in open_routes)
        for key in answer.unknown
        if key in facts.codes.circumstances
    }
    keys = sorted((key for key in gains if gains[key]), key=lambda key: (-gains[key], key))[:at_most]
    return tuple(Settling(key, gains[key], _choices(facts, answer, key, open_routes)) for key in keys)


def _choices(facts: Facts, answer: Answer, key: str, before: list[Route]) -> tuple[Choice, ...]:
    found = []
    for value in possible_values(key, facts.codes, answer.question):
        said = {**answer.question.circumstances, key: value}
        after = {
            _name(route): route.verdict for route in routes(facts, replace(answer.question, circumstances=said)).routes
        }
        counts = Counter(after.get(_name(route), UNKNOWN) for route in before)
        found.append(
            Choice(value, {verdict: counts[verdict] for verdict in VERDICTS if verdict != UNKNOWN and counts[verdict]})
        )
    return tuple(found)


def possible_values(key: str, codes: Codes, question: Question) -> tuple[object, ...]:
    """Return the answers that a circumstance may be given by choosing."""
    rule = codes.circumstances[key]
    values = rule.get("values")
    if rule["type"] == "code" and isinstance(values, list | tuple):
        return tuple(values)
    if rule["type"] == "boolean":
        return (True, False)
    if rule["type"] == "state":
        return (question.from_state, question.to_state)
    return TRIED.get(key, ())


def _name(route: Route) -> tuple[str, str, str]:
    return route.instrument, route.variant, route.article
