"""The atlas in pictures: how far a state reaches as a map; measures, offences or states against each other as a matrix."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from comity.law.answer import CLOSED, CONDITIONAL, OPEN, UNKNOWN, VERDICTS
from comity.law.atlas import Cell, Sheet, Span
from comity.law.atlas.reach import USABLE, Reach
from comity.law.ranking import VERDICT_WORDS
from comity.law.words import Words
from comity.pictures.matrix import matrix
from comity.pictures.verdicts import SELF, Caption, Key, Mark
from comity.pictures.world import World, world_map

Say = Callable[[str], str]  # a term of the lawbook's words, such as `measure:preserve` -> its label
NAMES = {
    OPEN: Words("open", "可用"),
    CONDITIONAL: Words("conditional", "附条件"),
    UNKNOWN: Words("unknown", "未知"),
    CLOSED: Words("closed", "不可用"),
}
BORDERS = Words(
    "Names and borders imply no opinion on any claim; shapes by Natural Earth, de facto. Land of no state of the lawbook is plain.",
    "图中名称与边界不代表对任何主张的立场；形状采自Natural Earth，按实际控制绘制。法律库未收录的陆地留白。",
)
DAYS = Words("Numbers are usual days of the best channel, an estimate.", "数字为最佳渠道的通常天数，仅为估计。")
YES, NO = Words("yes", "是"), Words("no", "否")
STATES = Words(
    "Numbers are states with a usable route (open or conditional); the sign is the best verdict that any state has.",
    "数字为有可用途径（可用或附条件）的国家数；符号为各国中最佳的结论。",
)


def reach_map(reach: Reach, world: World, say: Say, language: str = "en", prefix: str = "map") -> str:
    """Draw how far a state reaches for a measure, or who reaches it, as SVG text.

    Args:
        reach: of one measure and offence.
        world: the outlines of the states.
        say: names states, measures, offences.
        language: `zh`, else English.
        prefix: begins every id, so that two pictures can stand on one page.
    """
    span = reach.span
    marks = {each.state: _mark(each.cell, say(f"state:{each.state}"), say, language) for each in reach.others}
    name = say(f"state:{reach.state}")
    marks[reach.state] = Mark(SELF, "", name)
    keys = tuple(Key(verdict, _counted(verdict, reach.counts[verdict], language)) for verdict in VERDICTS)
    caption = Caption(
        title=_title(reach, name, say, language),
        parts=_parts(span, say, language, offence=True),
        described=_sentence((key.words for key in keys), language),
        keys=(*keys, Key(SELF, name)),
        notes=(f"{DAYS.say(language)} {_times(reach, language)}", BORDERS.say(language)),
    )
    return world_map(world, marks, caption, prefix)


def pair_matrix(sheets: Sequence[Sheet], say: Say, language: str = "en", prefix: str = "matrix") -> str:
    """Draw measures against offences for one pair of states as SVG text.

    Args:
        sheets: one for each measure, of a span with one requesting and one requested state.
        say: names states, measures, offences.
        language: `zh`, else English.
        prefix: begins every id.
    """
    span = sheets[0].span
    (from_state,), (to_state,) = span.from_states, span.to_states
    marks = {}
    for sheet in sheets:
        for offence in span.offences:
            cell = sheet.cell(from_state, to_state, offence)
            if cell is not None:
                words = f"{say(f'measure:{sheet.measure}')}, {say(f'offence:{offence}')}"
                marks[sheet.measure, str(offence)] = _mark(cell, words, say, language)
    names = say(f"state:{from_state}"), say(f"state:{to_state}")
    title = Words(f"What {names[0]} may ask of {names[1]}", f"{names[0]}可向{names[1]}请求什么")
    return _measures_by_offences(span, sheets, marks, (title, DAYS), say, language, prefix)


def state_matrix(sheets: Sequence[Sheet], say: Say, language: str = "en", prefix: str = "matrix") -> str:
    """Draw measures against offences for one requesting state as SVG text: how many states it reaches.

    Args:
        sheets: one for each measure, of a span with one requesting state.
        say: names states, measures, offences.
        language: `zh`, else English.
        prefix: begins every id.
    """
    span = sheets[0].span
    (state,) = span.from_states
    marks = {}
    for sheet in sheets:
        for at, offence in enumerate(span.offences):
            words = f"{say(f'measure:{sheet.measure}')}, {say(f'offence:{offence}')}"
            marks[sheet.measure, str(offence)] = _count_mark(sheet, at, words, language)
    name = say(f"state:{state}")
    title = Words(f"How many states {name} reaches", f"{name}可达的国家数")
    return _measures_by_offences(span, sheets, marks, (title, STATES), say, language, prefix)


def states_matrix(sheet: Sheet, say: Say, language: str = "en", prefix: str = "matrix") -> str:
    """Draw states against states for one measure and offence as SVG text; those that ask are the rows.

    Args:
        sheet: of one measure and one offence, for as many states as can be read.
        say: names states, measures, offences.
        language: `zh`, else English.
        prefix: begins every id.
    """
    span = sheet.span
    marks = {}
    for row in span.from_states:
        for column in span.to_states:
            cell = sheet.cell(row, column, span.offences[0])
            words = f"{say(f'state:{row}')} → {say(f'state:{column}')}"
            if cell is not None:
                marks[row, column] = _mark(cell, words, say, language)
    measure = say(f"measure:{sheet.measure}")
    title = Words(f"Who may ask whom: {measure}", f"谁可向谁请求：{measure}")
    return matrix(
        [(state, f"{say(f'state:{state}')} {state}") for state in span.from_states],
        [(state, state) for state in span.to_states],
        marks,
        _caption(title, DAYS, span, marks.values(), say, language, offence=True),
        prefix,
    )


def _measures_by_offences(
    span: Span,
    sheets: Sequence[Sheet],
    marks: dict[tuple[str, str], Mark],
    words: tuple[Words, Words],
    say: Say,
    language: str,
    prefix: str,
) -> str:
    rows = [(sheet.measure, say(f"measure:{sheet.measure}")) for sheet in sheets]
    columns = [(str(offence), say(f"offence:{offence}")) for offence in span.offences]
    caption = _caption(*words, span, marks.values(), say, language, offence=False)
    return matrix(rows, columns, marks, caption, prefix)


def _caption(
    title: Words, note: Words, span: Span, marks: Iterable[Mark], say: Say, language: str, *, offence: bool
) -> Caption:
    kinds = [mark.kind for mark in marks]
    return Caption(
        title=title.say(language),
        parts=_parts(span, say, language, offence=offence),
        described=_sentence(
            (f"{NAMES[verdict].say(language)} {kinds.count(verdict)}" for verdict in VERDICTS), language
        ),
        keys=tuple(Key(verdict, _meaning(verdict, language)) for verdict in VERDICTS),
        notes=(note.say(language),),
    )


def _title(reach: Reach, name: str, say: Say, language: str) -> str:
    measure = say(f"measure:{reach.span.measures[0]}")
    if reach.direction == "from":
        return Words(f"How far {name} can reach: {measure}", f"{name}可达何处：{measure}").say(language)
    return Words(f"Who can reach {name}: {measure}", f"谁可达{name}：{measure}").say(language)


def _times(reach: Reach, language: str) -> str:
    found = reach.by_days.items()
    if language.startswith("zh"):
        return "；".join(f"{days}日：{count}国" for days, count in found)
    return "; ".join(f"{days} days: {count} {'state' if count == 1 else 'states'}" for days, count in found)


def _parts(span: Span, say: Say, language: str, *, offence: bool) -> tuple[str, ...]:
    on, as_of = span.pattern.on, span.facts.as_of
    parts = [say(f"offence:{span.offences[0]}")] if offence else []
    parts.append(Words(f"law of {on}, facts of {as_of}", f"{on}的法律，{as_of}的资料").say(language))
    known = [_known(span, key, value, say, language) for key, value in sorted(span.pattern.circumstances.items())]
    return (*parts, *(known or [Words("nothing known of the case", "案情未知").say(language)]))


def _known(span: Span, key: str, value: object, say: Say, language: str) -> str:
    name = say(f"circumstance:{key}")
    words = span.facts.codes.names.get(str(value)) or Words(str(value), str(value))
    if isinstance(value, bool):
        words = YES if value else NO
    return Words(f"{name}: {words.en}", f"{name}：{words.zh}").say(language)


def _mark(cell: Cell, words: str, say: Say, language: str) -> Mark:
    verdict = NAMES[cell.verdict].say(language)
    if cell.verdict == CLOSED:
        return Mark(CLOSED, "", Words(f"{words}: {verdict}", f"{words}：{verdict}").say(language))
    instrument = say(f"instrument:{cell.instrument}")
    title = Words(
        f"{words}: {verdict}, about {cell.days} days, {instrument}",
        f"{words}：{verdict}，约{cell.days}日，{instrument}",
    )
    return Mark(cell.verdict, str(cell.days) if cell.verdict in USABLE else "", title.say(language))


def _count_mark(sheet: Sheet, at: int, words: str, language: str) -> Mark:
    found = sheet.verdicts[:, :, at]
    counts = {verdict: int(np.count_nonzero(found == place)) for place, verdict in enumerate(VERDICTS)}
    usable = counts[OPEN] + counts[CONDITIONAL]
    best = next((verdict for verdict in VERDICTS if counts[verdict]), CLOSED)
    said = _sentence((_counted(verdict, counts[verdict], language) for verdict in VERDICTS), language)
    return Mark(best, str(usable) if usable else "", Words(f"{words}: {said}", f"{words}：{said}").say(language))


def _counted(verdict: str, count: int, language: str) -> str:
    name = NAMES[verdict]
    unit = "state" if count == 1 else "states"
    return Words(f"{name.en}: {count} {unit}", f"{name.zh}：{count}国").say(language)


def _meaning(verdict: str, language: str) -> str:
    name, meaning = NAMES[verdict], VERDICT_WORDS[verdict]
    return Words(f"{name.en}: {meaning.en}", f"{name.zh}：{meaning.zh}").say(language)


def _sentence(parts: Iterable[str], language: str) -> str:
    return "，".join(parts) + "。" if language.startswith("zh") else ", ".join(parts) + "."
