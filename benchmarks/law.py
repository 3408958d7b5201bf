"""One question, warm; a run over many questions; loading the facts."""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path

from benchmarks.result import Result
from comity.law.question import Question
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
WORLD = ("FR", "DE", "DK", "IE", "GB", "US", "JP", "CN", "RU", "NG", "GH", "IN", "BR", "SG")


def run() -> list[Result]:
    """Measure."""
    return [*_question(), _many(), *_load()]


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


def _many() -> Result:
    facts = open_lawbook().facts
    pairs = [(a, b) for a, b in product(WORLD, WORLD) if a != b]
    asked = [
        Question(a, b, measure, "illegal-access", date(2026, 11, 24), CIRCUMSTANCES)
        for (a, b), measure in product(pairs, ("preserve", "subscriber", "traffic", "content"))
    ]
    started = time.process_time()
    for question in asked:
        routes(facts, question)
    each = (time.process_time() - started) / len(asked) * 1000
    return Result("law: each of many different questions, mean", each, "ms", 1, f"{len(asked)} questions")


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
    times = []
    for _ in range(rounds):
        started = time.process_time_ns()
        work()
        times.append((time.process_time_ns() - started) / 1e6)
    return sorted(times)
