"""Who holds the data as text for a terminal: the entity first, then its door, what it takes, and the routes to its state."""

from collections.abc import Iterator

from comity.cli.headings import joined
from comity.law.answer import MET
from comity.law.facts import Facts
from comity.law.holder_report import Ask, left
from comity.law.holder_saying import KINDS, MISSING, ROLES
from comity.law.holders import CATEGORY, SERVICE, Choice, HolderAnswer
from comity.law.saying import MARKS
from comity.law.words import Words

CERTAIN = Words("HOLDER", "持有人")
POSSIBLE = Words("NOT CERTAIN: possible holders", "不确定：可能的持有人")
NOBODY = Words("UNKNOWN: the identifier does not tell who holds the data", "未知：标识本身不表明数据持有人")
RECOGNISED = Words("Recognised as", "识别为")
FACTS = Words("Facts as of {}.", "事实截至{}。")
CHECK = Words("Entities and doors change; check before use.", "实体与渠道会变更，使用前请核实。")
POINTS_TO = Words("Points to", "指向")
SETTLES = Words("What would settle it", "补充以下信息可确定")
DOOR = Words("door", "受理渠道")
NO_ADDRESS = Words("address left out on purpose: look it up at the provider", "有意不列地址：请向服务商查证")
EMERGENCY = Words("emergency", "紧急")
KEEPS = Words("keeps on request", "应请求保全")
NOTICE = Words("tells the user", "通知用户")
LANGUAGES = Words("languages", "语文")
NOTES = Words("note", "说明")
SOURCE = Words("confidence and source", "可信度与来源")
UNNAMED = Words("entity not established", "实体未查明")
NO_STATE = Words("state not established", "国家未查明")
ROUTES = Words("Routes", "途径")
AT_HOME = Words("none needed: the entity is in the asking state; use its own law", "无须：实体在请求国，依本国法办理")
NONE_LEFT = Words("none is left", "无可用途径")


def write_holder(
    answer: HolderAnswer, facts: Facts, language: str, measure: str | None = None, ask: Ask | None = None
) -> str:
    """Return the answer as lines of text."""
    return "\n".join(_lines(answer, facts, language, measure, ask))


def _lines(answer: HolderAnswer, facts: Facts, language: str, measure: str | None, ask: Ask | None) -> Iterator[str]:
    yield _headline(answer, facts, language)
    chains = ", ".join(form.name.say(language) for form in answer.identifier.chains)
    kind = KINDS[answer.identifier.kind].say(language)
    yield f"{RECOGNISED.say(language)}: {kind}{f' ({chains})' if chains else ''}: {answer.identifier.value}"
    yield joined(FACTS.say(language).format(answer.as_of), CHECK.say(language), language)
    if answer.states:
        states = ", ".join(f"{code} {facts.states[code].name.say(language)}" for code in answer.states)
        yield f"{POINTS_TO.say(language)}: {states}"
    for choice in answer.choices:
        yield ""
        yield from _choice(choice, facts, language, measure, ask)
    yield from ("", *(f"- {note.say(language)}" for note in answer.notes)) if answer.notes else ()
    if answer.unknown:
        names = ", ".join(MISSING[key].say(language) if key in MISSING else key for key in answer.unknown)
        yield from ("", f"{SETTLES.say(language)}: {names}")


def _headline(answer: HolderAnswer, facts: Facts, language: str) -> str:
    if answer.certain:
        choice = next(item for item in answer.choices if item.role == SERVICE and item.verdict == MET)
        return f"{CERTAIN.say(language)}: {_entity(choice, facts, language)}"
    if any(choice.role == SERVICE for choice in answer.choices):
        return f"{POSSIBLE.say(language)}:"
    return NOBODY.say(language)


def _entity(choice: Choice, facts: Facts, language: str) -> str:
    state = facts.states.get(choice.entity.state or "")
    where = f"{choice.entity.state} {state.name.say(language)}" if state else NO_STATE.say(language)
    return f"{choice.entity.name or UNNAMED.say(language)}, {where}"


def _choice(choice: Choice, facts: Facts, language: str, measure: str | None, ask: Ask | None) -> Iterator[str]:
    holder = choice.holder
    sign = "●" if choice.verdict == MET else "?"
    said = (holder.name, choice.entity.region, ROLES[choice.role])
    name, region, role = (words.say(language) for words in said)
    yield f"{sign} {name}: {_entity(choice, facts, language)} [{region}] {role}"
    yield f"   {choice.reason.say(language)}"
    if holder.door:
        yield f"   {DOOR.say(language)}: {holder.door.say(language)} ({NO_ADDRESS.say(language)})"
    wanted = CATEGORY.get(measure or "")
    for category, words in choice.accepts.items():
        if wanted is None or category == wanted:
            yield f"   {category}: {words.say(language)}"
    details = {
        EMERGENCY: holder.emergency.say(language),
        KEEPS: f"{holder.keeps} {holder.keeping.say(language)}".strip() if holder.keeps else "",
        NOTICE: holder.user_notice.say(language),
        LANGUAGES: ", ".join(holder.languages),
        NOTES: holder.notes.say(language),
        SOURCE: f"{holder.confidence}; {holder.source}",
    }
    yield from (f"   {name.say(language)}: {text}" for name, text in details.items() if text)
    if ask is not None:
        yield from _routes(choice, ask, language)


def _routes(choice: Choice, ask: Ask, language: str) -> Iterator[str]:
    if choice.entity.state is None:
        yield f"   {ROUTES.say(language)}: {NO_STATE.say(language)}"
        return
    found = ask(choice)
    if found is None:
        yield f"   {ROUTES.say(language)}: {AT_HOME.say(language)}"
        return
    usable = left(found)
    yield f"   {ROUTES.say(language)}:" + ("" if usable else f" {NONE_LEFT.say(language)}")
    for rank, route in enumerate(usable, 1):
        mark, name = MARKS[route.verdict]
        yield f"     {rank}. {mark} {name.say(language)}  {route.instrument}  {route.article}  [{route.channel}]"
