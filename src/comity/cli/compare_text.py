"""Comparisons as text for a terminal: the answer in one sentence, the table, then each pair of states with its reason."""

from collections.abc import Iterable, Iterator

from comity.cli.columns import columns
from comity.cli.headings import coded, facts_until, heading, labelled
from comity.law.facts import Facts
from comity.law.naming import alone, named
from comity.law.national import OffenceRow
from comity.law.offences.compare import COVERED, GAP, Comparison, Direction, Provisions
from comity.law.offences.described import Criminality
from comity.law.offences.labels import CELL_KEY, CELLS, CONFIDENCE, EXISTS, FLAGS, MET, PARTS, VERDICTS, months
from comity.law.offences.saying import COMPARISON_LIMIT, comparison_sentence, conduct_words, criminality_sentence
from comity.law.words import Words, listed

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
    yield _head(comparison.offence, comparison.states, facts, language)
    yield comparison_sentence(comparison).say(language)
    yield facts_until(facts, language)
    yield from ("", heading(PROVISIONS, language))
    for item in comparison.provisions:
        yield from _provisions(item, facts, language)
    if comparison.lines:
        yield from ("", heading(ELEMENTS, language))
        yield from _table(comparison, facts, language)
        yield f"  {CELL_KEY.say(language)}"
    yield from ("", f"{PAIRS.say(language)}")
    for direction in comparison.directions:
        yield from _direction(direction, facts, language)
    yield from ("", COMPARISON_LIMIT.say(language))


def _head(offence: str, states: Iterable[str], facts: Facts, language: str) -> str:
    names = listed((coded(alone(facts.said(state)), state, language) for state in states), language)
    return labelled(named(facts, "offence", offence), names, language)


def _provisions(item: Provisions, facts: Facts, language: str) -> Iterator[str]:
    exists = EXISTS[item.exists]
    said = labelled(exists, item.reason.say(language), language) if item.reason else exists.say(language)
    yield f"  {_name(item.state, facts, language)}  {said}"
    for row in item.rows:
        name = row.provision or row.row
        said = labelled(Words(name, name), _penalty(row, language), language)
        yield f"    {said} [{_sure(row.confidence, row.source, language)}]"
        for flag in sorted(row.flags):
            yield f"      ! {FLAGS[flag].say(language) if flag in FLAGS else flag}"
        if row.note:
            yield f"      {row.note.say(language)}"


def _penalty(row: OffenceRow, language: str) -> str:
    said = _with_length(MAXIMUM, row.max_months, language)
    if not row.aggravated_months:
        return said
    highest = None if None in row.aggravated_months else max(value or 0 for value in row.aggravated_months)
    return f"{said}{'，' if language == 'zh' else ', '}{_with_length(AGGRAVATED, highest, language)}"


def _with_length(what: Words, length: int | None, language: str) -> str:
    return f"{what.say(language)}{'' if language == 'zh' else ' '}{months(length).say(language)}"


def _sure(confidence: str, source: str, language: str) -> str:
    level = CONFIDENCE.get(confidence, Words(confidence, confidence))
    parts = (labelled(SURE, level.say(language), language), labelled(SOURCE, source, language))
    return ("；" if language == "zh" else "; ").join(parts)


def _table(comparison: Comparison, facts: Facts, language: str) -> list[str]:
    head = [ELEMENT.say(language), PART.say(language), *(_name(state, facts, language) for state in comparison.states)]
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
    here, there = _name(item.here, facts, language), _name(item.there, facts, language)
    yield f"  {here} → {there}  {labelled(VERDICTS[item.verdict], item.reason.say(language), language)}{end}"
    if item.example is not None and item.verdict == GAP:
        example = conduct_words(item.example, facts.codes.elements).say(language)
        under = f"（{here}：{item.provision}）" if language == "zh" else f" ({here}: {item.provision})"
        yield f"    {labelled(EXAMPLE, example, language)}{under}"
    if item.elsewhere:
        yield f"    {labelled(ELSEWHERE, '; '.join(item.elsewhere), language)}"


def _criminality(answer: Criminality, facts: Facts, language: str) -> Iterator[str]:
    yield _head(answer.offence, (item.state for item in answer.judged), facts, language)
    yield criminality_sentence(answer, facts).say(language)
    yield labelled(CONDUCT, conduct_words(answer.conduct, facts.codes.elements).say(language), language)
    yield facts_until(facts, language)
    yield ""
    for item in answer.judged:
        found = item.answer
        said = labelled(MET[found.met], found.reason.say(language), language)
        yield f"  {_name(item.state, facts, language)}  {said}"
        if found.source:
            yield f"    [{_sure(found.confidence, found.source, language)}]"


def _name(state: str, facts: Facts, language: str) -> str:
    """Return a state as it stands alone, in a list or a heading."""
    return alone(facts.said(state)).say(language)
