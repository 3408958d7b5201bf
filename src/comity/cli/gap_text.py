"""Gaps and accessions as text for a terminal: the answer in one sentence, the table, then reasons and sources."""

from collections.abc import Iterator

from comity.cli.columns import columns
from comity.cli.headings import facts_until, heading, labelled
from comity.law.facts import Facts
from comity.law.offences.accession import DISPLACED, FASTER, KINDS, YES, Accession, Way
from comity.law.offences.gap import HAS, LACKS, NARROWER, PARTIAL, STATUSES, Gap, GapItem
from comity.law.offences.labels import CONFIDENCE
from comity.law.offences.labels import KINDS as KIND_WORDS
from comity.law.offences.labels import STATUSES as STATUS_WORDS
from comity.law.offences.saying import GAP_LIMIT, accession_sentence, gap_sentence
from comity.law.words import Words

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
SIDES = {True: Words("asks", "请求国"), False: Words("is asked", "被请求国")}


def write_gap(answer: Gap, facts: Facts, language: str) -> str:
    """Return the gap as lines of text."""
    return "\n".join(_gap(answer, facts, language))


def write_accession(answer: Accession, facts: Facts, language: str) -> str:
    """Return what an accession would change as lines of text."""
    return "\n".join(_accession(answer, facts, language))


def _gap(answer: Gap, facts: Facts, language: str) -> Iterator[str]:
    yield f"{answer.state}  {answer.title.say(language)}  {answer.on}"
    yield gap_sentence(answer).say(language)
    yield answer.position.reason.say(language)
    yield facts_until(facts, language)
    yield ""
    rows = [
        (
            item.obligation.article,
            item.obligation.text.say(language),
            STATUS_WORDS[item.status].say(language),
            "; ".join(item.provisions) or "-",
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
    status = STATUS_WORDS[item.status].say(language)
    yield f"  {item.obligation.article}  {status}: {item.reason.say(language)}"
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
        yield f"    [{level}; {labelled(SOURCE, item.source, language)}]"


def _accession(answer: Accession, facts: Facts, language: str) -> Iterator[str]:
    yield f"{answer.state}  {answer.title.say(language)}  {answer.on}"
    yield accession_sentence(answer).say(language)
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
            measure,
            SIDES[requesting].say(language),
            *(str(len(answer.states(kind, measure, requesting=requesting))) for kind in KINDS),
        ]
        for measure, requesting in sides
    ]
    yield from columns([head, *rows], "  ")
    yield from _names(answer, sides, language)
    yield from _days(answer, language)
    yield from ("", heading(LIMITS, language))
    yield from (f"  - {words.say(language)}" for words in answer.limits)


def _names(answer: Accession, sides: list[tuple[str, bool]], language: str) -> Iterator[str]:
    """Name the states; sides of measures that concern the same ones stand together."""
    together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for kind in KINDS:
        for measure, requesting in sides:
            found = answer.states(kind, measure, requesting=requesting)
            if found:
                place = f"{measure} ({SIDES[requesting].say(language)})"
                together.setdefault((kind, found), []).append(place)
    if together:
        yield from ("", heading(NAMES, language))
    for (kind, found), places in together.items():
        yield f"  {KIND_WORDS[kind].say(language)}: {', '.join(places)}"
        yield f"    {' '.join(found)}"


def _days(answer: Accession, language: str) -> Iterator[str]:
    """Say from how many days to how many, together for what changes in the same way."""
    together: dict[tuple[str, str, str, str], list[str]] = {}
    for change in answer.changes:
        if change.kind in {FASTER, DISPLACED}:
            key = (change.kind, change.measure, _way(change.before), _way(change.after))
            together.setdefault(key, []).append(f"{change.from_state}→{change.to_state}")
    if together:
        yield from ("", heading(DAYS, language))
    for (kind, measure, before, after), pairs in together.items():
        yield f"  {KIND_WORDS[kind].say(language)}: {measure}: {before} → {after}"
        yield f"    {' '.join(pairs)}"


def _way(way: Way | None) -> str:
    if way is None:
        return "-"
    name = "bilateral" if way.instrument.startswith("bilateral:") else way.instrument
    return f"{name} {way.days} ({way.verdict})"
