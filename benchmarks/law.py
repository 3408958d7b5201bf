"""One question, warm; a run over many questions; loading the facts."""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

from benchmarks.result import Result
from comity.law.facts import Facts
from comity.law.question import Question, least
from comity.law.routes import routes
from comity.lawbook import default_path, open_lawbook
from comity.lawbook.facts import load_facts

ROUNDS = 2000
CIRCUMSTANCES: dict[str, object] = {
    "data_holder": "provider",
    "issuing_authority": "judge",
    "purpose": "investigation",
    "max_penalty_months_from": 60,
}
WARM_UP, MANY = 500, 5000


def run() -> list[Result]:
    """Measure."""
    return [*_question(), *_many(), *_load()]


def _question() -> list[Result]:
    facts = open_lawbook().facts
    question = Question("FR", "DE", "content", "illegal-access", date(2026, 11, 24), CIRCUMSTANCES)
    times = _times(lambda: routes(facts, question), ROUNDS)
    return [
        Result(
            "law: one question, warm, p99", times[int(0.99 * ROUNDS)], "ms", 1, "FR to DE, content: the longest answer"
        ),
        Result("law: one question, warm, median", statistics.median(times), "ms", None, "the same"),
    ]


def _many() -> list[Result]:
    facts = open_lawbook().facts
    asked = _network(facts, WARM_UP + MANY)
    for question in asked[:WARM_UP]:
        routes(facts, question)
    times = sorted(_milliseconds(partial(routes, facts, question)) for question in asked[WARM_UP:])
    note = f"{MANY} questions, no two alike: states, measures, offences, circumstances"
    return [
        Result("law: each of many different questions, p99", times[int(0.99 * MANY)], "ms", 1, note),
        Result("law: each of many different questions, mean", statistics.mean(times), "ms", 1, note),
    ]


def _network(facts: Facts, number: int) -> list[Question]:
    """Ask as a network of practitioners does: mostly between states whose law is known, each case with other circumstances."""
    random_, codes = random.Random(3), facts.codes
    keys, known, everywhere = list(codes.circumstances), list(facts.national), list(facts.states)
    asked = []
    for _ in range(number):
        from_state, to_state = random_.sample(known if random_.random() < 0.7 else everywhere, 2)
        chosen = random_.sample(keys, random_.randint(0, 12))
        stated = {key: _value(codes.circumstances[key], known, random_) for key in chosen}
        measure, offence = random_.choice(codes.measures), random_.choice(codes.offences)
        asked.append(Question(from_state, to_state, measure, offence, facts.as_of, stated))
    return asked


def _value(rule: Mapping[str, object], states: list[str], random_: random.Random) -> object:
    match rule["type"]:
        case "boolean":
            return random_.random() < 0.5
        case "integer":
            return max(least(rule), random_.choice((0, 6, 12, 24, 36, 60, 120, 999)))
        case "state":
            return random_.choice(states)
        case "date":
            return "2026-12-01"
        case "code":
            return random_.choice(cast(list[str], rule["values"]))
    return "stated"


def _load() -> list[Result]:
    with tempfile.TemporaryDirectory() as name:
        cache = Path(name)
        started = time.process_time()
        load_facts(default_path(), cache)
        cold = time.process_time() - started
        warm = _times(lambda: load_facts(default_path(), cache), 5)
    return [
        Result(
            "law: load the facts, compiled before", statistics.median(warm) / 1000, "s", 0.5, "YAML compiled to JSON"
        ),
        Result("law: load the facts, first time ever", cold, "s", 0.5, "parsing YAML"),
    ]


def _times(work: Callable[[], object], rounds: int) -> list[float]:
    """Return milliseconds of processor time, sorted: another program on the machine is not our time."""
    work()
    return sorted(_milliseconds(work) for _ in range(rounds))


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.process_time_ns()
    work()
    return (time.process_time_ns() - started) / 1e6
