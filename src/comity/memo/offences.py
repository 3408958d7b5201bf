"""The memos of comparisons, gaps and accessions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from comity.law.facts import Facts
from comity.law.naming import Labels, article_name, named, state_name
from comity.law.national import OffenceRow
from comity.law.offences.accession import KINDS, YES, Accession
from comity.law.offences.compare import GAP, Comparison, Direction
from comity.law.offences.described import Criminality
from comity.law.offences.gap import HAS, STATUSES, Gap, GapItem
from comity.law.offences.labels import CELL_KEY, CELLS, EXISTS, VERDICTS, months
from comity.law.offences.labels import KINDS as KIND_WORDS
from comity.law.offences.labels import STATUSES as STATUS_WORDS
from comity.law.offences.saying import (
    COMPARISON_LIMIT,
    GAP_LIMIT,
    accession_asked,
    accession_sentence,
    accession_title,
    comparison_sentence,
    comparison_title,
    conduct_words,
    criminality_sentence,
    gap_sentence,
    gap_title,
)
from comity.law.words import Words, listed
from comity.memo.memo import Block, Cell, Item, Items, Memo, Rows, Section, Table, Text
from comity.memo.render import render

NO_ADVICE = Words(
    "Not legal advice. The official text of a law or an instrument prevails over this memo.",
    "非法律意见。法律及法律文书的官方文本优先于本备忘录。",
)
TRUTHS = {True: "met", False: "not-met", None: "unknown"}
DIRECTIONS = Words("Is what the one punishes punishable in the other?", "一国处罚的行为，另一国是否处罚？")
CONDUCT = Words("The conduct", "所述行为")
ELEMENTS = Words("What each asks for", "各国要求的要素")
ELEMENT = Words("Element", "要素")
PROVISIONS = Words("Provisions", "条款")
EXAMPLE = Words("Example", "示例")
MAXIMUM = Words("maximum", "最高刑")
OBLIGATIONS = Words("Article by article", "逐条对照")
REASONS = Words("Reasons", "理由")
GAP_HEAD = (Words("Obligation", "义务"), Words("Status", "状态"), Words("National law", "国内法"))
MEASURE, SIDE = Words("Measure", "措施"), Words("Side", "地位")
SIDES = {True: Words("asks", "请求国"), False: Words("is asked", "被请求国")}
SUMMARY = Words("How many states", "国家数目")
NAMES = Words("Which states", "涉及国家")


@dataclass(frozen=True, slots=True)
class Making:
    """What every memo of a node or a command has in common: whose words, when, of which edition, by which office."""

    facts: Facts
    labels: Labels
    language: str
    made_at: datetime
    edition: str
    office: str = ""

    def say(self, words: Words) -> str:
        """Return a text in the language of the memo."""
        return words.say(self.language)

    def state(self, code: str) -> str:
        """Return the name of a state."""
        return self.say(state_name(self.labels, code))

    def listed(self, parts: Iterable[str]) -> str:
        """Return parts as a list within a sentence."""
        return listed(parts, self.language)

    def labelled(self, label: Words, text: str) -> str:
        """Return a text with its label before it."""
        return f"{self.say(label)}{'：' if self.language == 'zh' else ': '}{text}"

    def set(self, title: Words, answer: Words, sections: Iterable[Section], limits: Iterable[Words]) -> bytes:
        """Return the memo as PDF."""
        return render(
            Memo(
                title=self.say(title),
                answer=self.say(answer),
                sections=tuple(sections),
                language=self.language,
                made_at=self.made_at,
                as_of=self.facts.as_of,
                edition=self.edition,
                office=self.office,
                limits=tuple(self.say(limit) for limit in (NO_ADVICE, *limits)),
            )
        )


def comparison_memo(comparison: Comparison, conduct: Criminality | None, making: Making) -> bytes:
    """Return a comparison as a PDF to put on file, with what the states say of a conduct where one was described.

    Raises:
        MemoTooLargeError: it is longer than anybody reads.
        UnprintableMemoError: the typesetter refuses it.
    """
    sentence = comparison_sentence(comparison) if conduct is None else criminality_sentence(conduct, making.labels)
    sections = _comparison(comparison, conduct, making)
    return making.set(comparison_title(comparison, making.labels), sentence, sections, (COMPARISON_LIMIT,))


def gap_memo(answer: Gap, making: Making) -> bytes:
    """Return a gap as a PDF to put on file.

    Raises:
        MemoTooLargeError, UnprintableMemoError: as for a comparison.
    """
    return making.set(
        gap_title(answer, making.labels), gap_sentence(answer, making.labels), _gap(answer, making), (GAP_LIMIT,)
    )


def accession_memo(answer: Accession, making: Making) -> bytes:
    """Return an accession as a PDF to put on file.

    Raises:
        MemoTooLargeError, UnprintableMemoError: as for a comparison.
    """
    title = accession_title(answer, making.labels)
    return making.set(title, accession_sentence(answer, making.labels), _accession(answer, making), answer.limits)


def _comparison(comparison: Comparison, conduct: Criminality | None, making: Making) -> Iterator[Section]:
    say = making.say
    if conduct is not None:
        said = Text(say(conduct_words(conduct.conduct, making.facts.codes.elements)))
        judged = tuple(
            Item(
                say(each.answer.reason),
                making.state(each.state),
                TRUTHS[each.answer.met],
                each.answer.source,
            )
            for each in conduct.judged
        )
        yield Section(say(CONDUCT), (said, Items(judged)))
    directions = tuple(item for each in comparison.directions for item in _direction(each, making))
    yield Section(say(DIRECTIONS), (Items(directions),))
    if comparison.lines:
        head = (say(ELEMENT), *(making.state(state) for state in comparison.states))
        lines = tuple(
            (
                Cell(say(making.facts.codes.elements.words(line.element))),
                *(Cell(say(CELLS[line.cells[state]])) for state in comparison.states),
            )
            for line in comparison.lines
        )
        table = Table(head, lines, (2.4, *(1.0 for _ in comparison.states)))
        yield Section(say(ELEMENTS), (table, Text(say(CELL_KEY))))
    rows = tuple(
        (
            making.state(item.state),
            (
                Item(
                    making.labelled(EXISTS[item.exists], say(item.reason)) if item.reason else say(EXISTS[item.exists])
                ),
                *(_provision(row, making) for row in item.rows),
            ),
        )
        for item in comparison.provisions
    )
    yield Section(say(PROVISIONS), (Rows(rows),))


def _direction(item: Direction, making: Making) -> Iterator[Item]:
    pair = f"{making.state(item.here)} → {making.state(item.there)}"
    reason = making.labelled(VERDICTS[item.verdict], making.say(item.reason))
    yield Item(f"{pair} · {reason}", item.closest)
    if item.example is not None and item.verdict == GAP:
        said = making.say(conduct_words(item.example, making.facts.codes.elements))
        yield Item(making.labelled(EXAMPLE, said), item.provision, depth=1)


def _provision(row: OffenceRow, making: Making) -> Item:
    penalty = f"{making.say(MAXIMUM)} {making.say(months(row.max_months))}"
    return Item(making.labelled(Words(row.provision or row.row, row.provision or row.row), penalty), source=row.source)


def _gap(answer: Gap, making: Making) -> Iterator[Section]:
    say = making.say
    rows = tuple(
        (
            Cell(f"{say(article_name(item.obligation.article))}\n{say(item.obligation.text)}"),
            Cell(say(STATUS_WORDS[item.status])),
            Cell(making.listed(item.provisions) or "-"),
        )
        for item in answer.items
    )
    table = Table(tuple(map(say, GAP_HEAD)), rows, (2.4, 1.2, 1.6))
    yield Section(say(OBLIGATIONS), (Text(say(answer.position.reason)), table))
    lacking = sorted(
        (item for item in answer.items if item.status != HAS), key=lambda item: STATUSES.index(item.status)
    )
    if lacking:
        yield Section(say(REASONS), (Items(tuple(_reason(item, making) for item in lacking)),))


def _reason(item: GapItem, making: Making) -> Item:
    cited = making.say(article_name(item.obligation.article))
    return Item(making.labelled(STATUS_WORDS[item.status], making.say(item.reason)), cited, source=item.source)


def _accession(answer: Accession, making: Making) -> Iterator[Section]:
    say = making.say
    blocks: list[Block] = []
    if answer.how:
        blocks.append(Items((Item(say(answer.how), say(article_name(answer.how_article))),)))
    if answer.possible == YES:
        blocks += [Text(say(accession_asked(answer, making.labels))), _summary(answer, making)]
    if blocks:
        yield Section(say(SUMMARY), tuple(blocks))
    names = [
        (
            f"{making.labelled(KIND_WORDS[kind], say(named(making.labels, 'measure', measure)))} · {say(SIDES[asks])}",
            found,
        )
        for kind in KINDS
        for measure in answer.measures
        for asks in answer.sides
        if (found := answer.states(kind, measure, requesting=asks))
    ]
    if names:
        rows = tuple((name, (Item(making.listed(making.state(code) for code in found)),)) for name, found in names)
        yield Section(say(NAMES), (Rows(rows),))


def _summary(answer: Accession, making: Making) -> Table:
    say = making.say
    rows = tuple(
        (
            Cell(say(named(making.labels, "measure", measure))),
            Cell(say(SIDES[asks])),
            *(Cell(str(len(answer.states(kind, measure, requesting=asks)))) for kind in KINDS),
        )
        for measure in answer.measures
        for asks in answer.sides
    )
    return Table(
        (say(MEASURE), say(SIDE), *(say(KIND_WORDS[kind]) for kind in KINDS)), rows, (2.2, 1.0, *(1.0 for _ in KINDS))
    )
