"""What a sentence calls the states and the measure of a question."""

from dataclasses import dataclass

from comity.law.facts import Facts
from comity.law.naming import alone, named
from comity.law.question import Question
from comity.law.words import NOTHING, Words, listed


@dataclass(frozen=True, slots=True)
class Spoken:
    """The two states and the measure in words."""

    asking: Words
    asked: Words
    measure: Words

    @property
    def pair(self) -> Words:
        """Who asks whom."""
        return Words(f"{self.asking.en} → {self.asked.en}", f"{self.asking.zh} → {self.asked.zh}")

    def apart(self, *, asks: bool) -> tuple[Words, Words]:
        """Return one's own state, which asks or is asked, and the other."""
        return (self.asking, self.asked) if asks else (self.asked, self.asking)


SILENT = Spoken(NOTHING, NOTHING, NOTHING)


def spoken(facts: Facts, question: Question) -> Spoken:
    """Return what to call the states and the measure of a question."""
    return Spoken(
        alone(facts.said(question.from_state)),
        alone(facts.said(question.to_state)),
        named(facts, "measure", question.measure),
    )


def across(own: str, others: list[str], *, asks: bool, language: str, most: int) -> str:
    """Return one's own state and, on the other side of an arrow, the first of the others, with their number."""
    shown = [*others[:most], *(["…"] if len(others) > most else [])]
    names = listed(shown, language)
    pairs = f"{own} → {names}" if asks else f"{names} → {own}"
    return f"{pairs}（{len(others)}）" if language == "zh" else f"{pairs} ({len(others)})"
