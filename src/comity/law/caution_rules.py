"""The warnings of `lawbook/warnings.yaml` as values: when each is given, in which words, and on which article it rests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from comity.law.parse_values import Row, strings, text, words
from comity.law.words import NOTHING, Words

Test = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CautionRule:
    """A warning and when it is given.

    Attributes:
        when: a test; None where the program itself decides, and the entry only lends the words.
        measures: the measures that it concerns; empty means all.
        warns_if_unknown: whether it is given too where the test is unknown.
        each_place: whether it is asked for each state whose law the holder has to obey.
    """

    id: str
    code: str
    when: Test | None
    text: Words
    article: str
    measures: frozenset[str] = frozenset()
    warns_if_unknown: bool = False
    each_place: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two keys of a question that do not go together, and why; `stops` where any answer to such a question would mislead."""

    keys: tuple[str, str]
    when: Test
    why: Words
    stops: bool = False


@dataclass(frozen=True, slots=True)
class BlockingWords:
    """What is said of one blocking rule.

    Attributes:
        measures: None means the usual ones.
        text: nothing means the usual words; so for `article` the provisions of the rule.
        bars: False where the rule does not stand in the way of an answer, but has to be known.
    """

    code: str = "blocking-statute"
    bars: bool = True
    article: str = ""
    measures: frozenset[str] | None = None
    data: Words = NOTHING
    exception: Words = NOTHING
    text: Words = NOTHING


USUAL = BlockingWords()


@dataclass(frozen=True, slots=True)
class CautionRules:
    """All warnings of one edition of the lawbook.

    Attributes:
        plain: code -> words of the warnings that the program gives by itself.
        questions: about the question; `routes` about a route that is left, `closed` about one that is not.
        blocking_text: words for a blocking rule of national law, with {place}, {data} and {exception}.
        blocking_measures: the measures by which a holder answers, unless a rule names its own.
        blocking: id of the blocking rule -> what is said of it.
    """

    plain: Mapping[str, Words] = field(default_factory=dict)
    contradictions: tuple[Contradiction, ...] = ()
    questions: tuple[CautionRule, ...] = ()
    routes: tuple[CautionRule, ...] = ()
    closed: tuple[CautionRule, ...] = ()
    blocking_text: Words = NOTHING
    blocking_measures: frozenset[str] = frozenset()
    blocking: Mapping[str, BlockingWords] = field(default_factory=dict)

    @property
    def codes(self) -> frozenset[str]:
        """Every code that can be given."""
        rules = (*self.questions, *self.routes, *self.closed)
        blocking = (words.code for words in self.blocking.values())
        return frozenset([*self.plain, "blocking-statute", *blocking, *(rule.code for rule in rules)])

    def blocking_words(self, name: str, measure: str) -> BlockingWords | None:
        """Return what is said of a blocking rule where it concerns the measure."""
        said = self.blocking.get(name, USUAL)
        measures = self.blocking_measures if said.measures is None else said.measures
        return said if measure in measures else None


def caution_rules(document: Row) -> CautionRules:
    """Make the warnings of their document.

    Raises:
        KeyError, TypeError, ValueError: a member is missing or has another shape.
    """
    blocking = cast(Row, document["blocking"])
    return CautionRules(
        plain={code: words(pair) for code, pair in cast(Row, document["plain"]).items()},
        contradictions=tuple(_contradiction(row) for row in cast("list[Row]", document["contradictions"])),
        questions=_rules(document["questions"]),
        routes=_rules(document["routes"]),
        closed=_rules(document["closed"]),
        blocking_text=words(blocking["text"]),
        blocking_measures=frozenset(strings(blocking["default_measures"])),
        blocking={name: _blocking(row) for name, row in cast(Mapping[str, Row], blocking["rules"]).items()},
    )


def _contradiction(row: Row) -> Contradiction:
    first, second = strings(row["keys"])
    return Contradiction((first, second), cast(Test, row["when"]), words(row["why"]), row.get("stops") is True)


def _rules(rows: object) -> tuple[CautionRule, ...]:
    return tuple(_rule(row) for row in cast("list[Row]", rows))


def _rule(row: Row) -> CautionRule:
    return CautionRule(
        id=text(row.get("id") or row["code"]),
        code=text(row["code"]),
        when=cast("Test | None", row["when"]),
        text=words(row["text"]),
        article=text(row["article"]),
        measures=frozenset(strings(row.get("measures"))),
        warns_if_unknown=row.get("if_unknown") == "warn",
        each_place=row.get("each") == "place",
    )


def _blocking(row: Row) -> BlockingWords:
    measures = row.get("measures")
    return BlockingWords(
        code=text(row.get("code") or "blocking-statute"),
        bars=row.get("bars") is not False,
        article=text(row.get("article")),
        measures=None if measures is None else frozenset(strings(measures)),
        data=words(row.get("data")),
        exception=words(row.get("exception")),
        text=words(row.get("text")),
    )
