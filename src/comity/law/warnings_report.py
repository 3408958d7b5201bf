"""What to heed before a question is sent, as plain data for machines."""

from collections.abc import Iterable

from comity.law.answer import Answer, Caution
from comity.law.contradictions import contradictions
from comity.law.facts import Facts
from comity.law.report import question_json

Json = dict[str, object]


def warnings_json(answer: Answer, facts: Facts, language: str = "en") -> Json:
    """Return the question, its contradictions and its warnings as a JSON value."""
    return {
        "question": question_json(answer.question),
        "contradictions": [
            {"keys": list(clash.keys), "text": clash.reason.say(language), "stops": clash.stops}
            for clash in contradictions(facts, answer.question)
        ],
        "warnings": cautions_json(answer.warnings, language),
    }


def cautions_json(warnings: Iterable[Caution], language: str) -> list[Json]:
    """Return warnings as a JSON value."""
    return [{"code": item.code, "text": item.text.say(language), "article": item.article} for item in warnings]
