"""Gaps and accessions as text for a terminal: the answer in one sentence, the table, then reasons and sources."""

from collections.abc import Iterable, Iterator

from comity.cli.columns import columns
from comity.cli.headings import coded, facts_until, heading, labelled
from comity.law.facts import Facts
from comity.law.naming import alone, day_name, named, within
from comity.law.offences.accession import DISPLACED, FASTER, KINDS, YES, Accession, Way
from comity.law.offences.gap import HAS, LACKS, NARROWER, PARTIAL, STATUSES, Gap, GapItem
from comity.law.offences.labels import CONFIDENCE
from comity.law.offences.labels import KINDS as KIND_WORDS
from comity.law.offences.labels import STATUSES as STATUS_WORDS
from comity.law.offences.saying import GAP_LIMIT, accession_sentence, gap_sentence
from comity.law.saying import MARKS
from comity.law.words import Words, listed

HEAD = (Words("article", "条"), Words("what it asks", "要求"), Words("status", "状态"), Words("national law", "国内法"))
REASONS = Words("Reasons", "理由")
MAY = Words("left to the parties", "允许缔约方")
DECLARED = Words("declared or reserved by the state", "该国所作声明或保留")
SOURCE = Words("source", "来源")
SURE = Words("confidence", "可信度")
LIMITS = Words("Limits", "局限")
DAYS = Words("Usual days of the channel, before and after", "该渠道通常所需日数，前后对比")
NAMES = Words("Which states", "涉及国家")
MEASURE = Words("measure", "措施")
SIDE = Words("side", "地位")
BILATERAL = Words("treaty between the two", "双边条约")
SIDES = {True: Words("asks", "请求国"), False: Words("is asked", "被请求国")}


def write_gap(answer: Gap, facts: Facts, language: str) -> str:
    """Return the gap as lines of text."""
    return "\n".join(_gap(answer, facts, language))


def write_accession(answer: Accession, facts: Facts, language: str) -> str:
    """Return what an accession would change as lines of text."""
    return "\n".join(_accession(answer, facts, language))


def _gap(answer: Gap, facts: Facts, language: str) -> Iterator[str]:
    yield _head(answer, facts, language)
    yield gap_sentence(answer, facts).say(language)
    yield answer.position.reason.say(language)
    yield facts_until(facts, language)
    yield ""
    rows = [
        (
            item.obligation.article,
            item.obligation.text.say(language),
            STATUS_WORDS[item.status].say(language),
            ("；" if language == "zh" else "; ").join(item.provisions) or "-",
        )
        for item in answer.items
    ]
    yield from columns([tuple(words.say(language) for words in HEAD), *rows], "  ")
    yield from ("", heading(REASONS, language))
    for item in sorted(answer.items, key=lambda item: STATUSES.index(item.status)):
        if item.status != HAS:
            yield from _reason(item, language)
    yield from ("", GAP_LIMIT.say(language))


def _reason(item: GapItem, language: str) -> Iterator[str]:
    yield f"  {item.obligation.article}  {labelled(STATUS_WORDS[item.status], item.reason.say(language), language)}"
    if item.obligation.limits and item.status in {NARROWER, PARTIAL, LACKS}:
        yield f"    {labelled(MAY, item.obligation.limits.say(language), language)}"
    for each in item.declared:
        place = f" [{each.article}]"
        declared = Words(f"{DECLARED.en}{place}", f"{DECLARED.zh}{place}")
        yield f"    {labelled(declared, each.effect.say(language), language)}"
    if item.note:
        yield f"    {item.note.say(language)}"
    if item.source:
        level = labelled(SURE, CONFIDENCE[item.confidence].say(language), language)
        yield f"    [{level}{'；' if language == 'zh' else '; '}{labelled(SOURCE, item.source, language)}]"


def _accession(answer: Accession, facts: Facts, language: str) -> Iterator[str]:
    yield _head(answer, facts, language)
    yield accession_sentence(answer, facts).say(language)
    if answer.how:
        yield f"{answer.how.say(language)} [{answer.how_article}]"
    yield facts_until(facts, language)
    if answer.possible != YES:
        return
    yield ""
    head = [MEASURE.say(language), SIDE.say(language), *(KIND_WORDS[kind].say(language) for kind in KINDS)]
    sides = [(measure, requesting) for measure in answer.measures for requesting in (True, False)]
    rows = [
        [
            named(facts, "measure", measure).say(language),
            SIDES[requesting].say(language),
            *(str(len(answer.states(kind, measure, requesting=requesting))) for kind in KINDS),
        ]
        for measure, requesting in sides
    ]
    yield from columns([head, *rows], "  ")
    yield from _names(answer, sides, facts, language)
    yield from _days(answer, facts, language)
    yield from ("", heading(LIMITS, language))
    yield from (f"  - {words.say(language)}" for words in answer.limits)


def _names(answer: Accession, sides: list[tuple[str, bool]], facts: Facts, language: str) -> Iterator[str]:
    """Name the states; sides of measures that concern the same ones stand together."""
    together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for kind in KINDS:
        for measure, requesting in sides:
            found = answer.states(kind, measure, requesting=requesting)
            if found:
                what, side = within(named(facts, "measure", measure)), SIDES[requesting]
                place = Words(f"{what.en} ({side.en})", f"{what.zh}（{side.zh}）")
                together.setdefault((kind, found), []).append(place.say(language))
    if together:
        yield from ("", heading(NAMES, language))
    for (kind, found), places in together.items():
        yield f"  {labelled(KIND_WORDS[kind], listed(places, language), language)}"
        yield f"    {_states(found, facts, language)}"


def _days(answer: Accession, facts: Facts, language: str) -> Iterator[str]:
    """Say from how many days to how many, together for what changes in the same way."""
    together: dict[tuple[str, str, str, str, bool], list[str]] = {}
    for change in answer.changes:
        if change.kind in {FASTER, DISPLACED}:
            asks = change.from_state == answer.state
            ways = [_way(way, facts).say(language) for way in (change.before, change.after)]
            key = (change.kind, change.measure, ways[0], ways[1], asks)
            together.setdefault(key, []).append(change.to_state if asks else change.from_state)
    if together:
        yield from ("", heading(DAYS, language))
    for (kind, measure, before, after, asks), others in together.items():
        what = within(named(facts, "measure", measure)).say(language)
        yield f"  {labelled(KIND_WORDS[kind], labelled(Words(what, what), f'{before} → {after}', language), language)}"
        own, names = alone(facts.said(answer.state)).say(language), _states(others, facts, language)
        yield f"    {f'{own} → {names}' if asks else f'{names} → {own}'}"


def _way(way: Way | None, facts: Facts) -> Words:
    if way is None:
        return Words("-", "-")
    name, verdict = facts.called(way.instrument), within(MARKS[way.verdict][1])
    if way.instrument.startswith("bilateral:"):
        name = BILATERAL
    return Words(f"{name.en} {way.days} ({verdict.en})", f"{name.zh}{way.days}日（{verdict.zh}）")


def _head(answer: Gap | Accession, facts: Facts, language: str) -> str:
    state, day = coded(alone(facts.said(answer.state)), answer.state, language), day_name(answer.on)
    title = Words(f"{answer.title.en}, {day.en}", f"《{answer.title.zh}》，{day.zh}").say(language)
    return labelled(Words(state, state), title, language)


def _states(codes: Iterable[str], facts: Facts, language: str) -> str:
    return listed((alone(facts.said(code)).say(language) for code in codes), language)
