"""Comparisons as text for a terminal: the answer in one sentence, the table, then each pair of states with its reason."""

from collections.abc import Iterator

from comity.cli.columns import columns
from comity.cli.headings import facts_until, heading, labelled
from comity.law.facts import Facts
from comity.law.national import OffenceRow
from comity.law.offences.compare import COVERED, GAP, Comparison, Direction, Provisions
from comity.law.offences.described import Criminality
from comity.law.offences.labels import CELL_KEY, CELLS, CONFIDENCE, EXISTS, FLAGS, MET, PARTS, VERDICTS, months
from comity.law.offences.saying import COMPARISON_LIMIT, comparison_sentence, conduct_words, criminality_sentence
from comity.law.words import Words

ELEMENTS = Words("What each asks for", "各国要求的要素")
PROVISIONS = Words("Provisions", "条款")
PAIRS = Words("Is what the one punishes punishable in the other?", "一国处罚的行为，另一国是否处罚？")
ELEMENT = Words("element", "要素")
PART = Words("part", "类别")
EXAMPLE = Words("example", "示例")
ELSEWHERE = Words("in part under another offence there", "部分由该国其他罪名处罚")
MAXIMUM = Words("maximum", "最高刑")
AGGRAVATED = Words("aggravated", "加重")
SOURCE = Words("source", "来源")
SURE = Words("confidence", "可信度")
CONDUCT = Words("Conduct", "行为")


def write_comparison(comparison: Comparison, facts: Facts, language: str) -> str:
    """Return the comparison as lines of text."""
    return "\n".join(_comparison(comparison, facts, language))


def write_criminality(answer: Criminality, facts: Facts, language: str) -> str:
    """Return what the states say of a conduct as lines of text."""
    return "\n".join(_criminality(answer, facts, language))


def _comparison(comparison: Comparison, facts: Facts, language: str) -> Iterator[str]:
    yield f"{comparison.offence}  {' '.join(comparison.states)}"
    yield comparison_sentence(comparison).say(language)
    yield facts_until(facts, language)
    yield from ("", heading(PROVISIONS, language))
    for item in comparison.provisions:
        yield from _provisions(item, language)
    if comparison.lines:
        yield from ("", heading(ELEMENTS, language))
        yield from _table(comparison, facts, language)
        yield f"  {CELL_KEY.say(language)}"
    yield from ("", f"{PAIRS.say(language)}")
    for direction in comparison.directions:
        yield from _direction(direction, facts, language)
    yield from ("", COMPARISON_LIMIT.say(language))


def _provisions(item: Provisions, language: str) -> Iterator[str]:
    yield f"  {item.state}  {EXISTS[item.exists].say(language)}{': ' if item.reason else ''}{item.reason.say(language)}"
    for row in item.rows:
        yield f"    {row.provision or row.row}: {_penalty(row, language)} [{_sure(row.confidence, row.source, language)}]"
        for flag in sorted(row.flags):
            yield f"      ! {FLAGS[flag].say(language) if flag in FLAGS else flag}"
        if row.note:
            yield f"      {row.note.say(language)}"


def _penalty(row: OffenceRow, language: str) -> str:
    said = f"{MAXIMUM.say(language)} {months(row.max_months).say(language)}"
    if not row.aggravated_months:
        return said
    highest = None if None in row.aggravated_months else max(value or 0 for value in row.aggravated_months)
    return f"{said}, {AGGRAVATED.say(language)} {months(highest).say(language)}"


def _sure(confidence: str, source: str, language: str) -> str:
    level = CONFIDENCE.get(confidence, Words(confidence, confidence))
    return "; ".join((labelled(SURE, level.say(language), language), labelled(SOURCE, source, language)))


def _table(comparison: Comparison, facts: Facts, language: str) -> list[str]:
    head = [ELEMENT.say(language), PART.say(language), *comparison.states]
    rows = [
        [
            facts.codes.elements.words(line.element).say(language),
            PARTS[line.part].say(language) if line.part in PARTS else line.part,
            *(CELLS[line.cells[state]].say(language) for state in comparison.states),
        ]
        for line in comparison.lines
    ]
    return columns([head, *rows], "  ")


def _direction(item: Direction, facts: Facts, language: str) -> Iterator[str]:
    sure = CONFIDENCE.get(item.confidence, Words(item.confidence, item.confidence))
    end = f" [{labelled(SURE, sure.say(language), language)}]" if item.verdict in {COVERED, GAP} else ""
    yield f"  {item.here} → {item.there}  {VERDICTS[item.verdict].say(language)}: {item.reason.say(language)}{end}"
    if item.example is not None and item.verdict == GAP:
        example = conduct_words(item.example, facts.codes.elements).say(language)
        yield f"    {labelled(EXAMPLE, example, language)} ({item.here}: {item.provision})"
    if item.elsewhere:
        yield f"    {labelled(ELSEWHERE, '; '.join(item.elsewhere), language)}"


def _criminality(answer: Criminality, facts: Facts, language: str) -> Iterator[str]:
    yield f"{answer.offence}  {' '.join(item.state for item in answer.judged)}"
    yield criminality_sentence(answer).say(language)
    yield labelled(CONDUCT, conduct_words(answer.conduct, facts.codes.elements).say(language), language)
    yield facts_until(facts, language)
    yield ""
    for item in answer.judged:
        found = item.answer
        yield f"  {item.state}  {MET[found.met].say(language)}: {found.reason.say(language)}"
        if found.source:
            yield f"    [{_sure(found.confidence, found.source, language)}]"
