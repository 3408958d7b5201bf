"""The question and its answer in words: one sentence says what may be done now, by which route, in what time, what is missing."""

from collections.abc import Iterable
from datetime import date

from comity.law.answer import CLOSED, FOR_INTELLIGENCE, MET, OPEN, UNKNOWN, Answer, Finding, Route
from comity.law.facts import Codes
from comity.law.naming import Labels, cited, counted, day_name, named, state_name, within
from comity.law.question import Question
from comity.law.words import NOTHING, Words

LIFE_MONTHS = 999
NAMED_AT_ONCE = 3
LONGEST_CONDITION = 170
# verdict -> shape, word
MARKS: dict[str, tuple[str, Words]] = {
    "open": ("✓", Words("Open", "可用")),
    "conditional": ("◐", Words("Conditional", "附条件")),
    "unknown": ("?", Words("Unknown", "未知")),
    "closed": ("✕", Words("Closed", "不可用")),
    "met": ("✓", Words("Met", "满足")),
    "not-met": ("✕", Words("Not met", "不满足")),
}
GAP = Words("a fact that the lawbook does not hold yet", "法律资料尚未收录的事实")
CONDUCT = Words("what exactly was done", "具体行为")
OFFENCE = Words("the offence", "罪名")


def headline(question: Question, labels: Labels) -> Words:
    """Return the question as a heading: What may Ghana ask of France?"""
    asking, asked = state_name(labels, question.from_state), state_name(labels, question.to_state)
    return Words(f"What may {asking.en} ask of {asked.en}?", f"{asking.zh}可以向{asked.zh}请求什么？")


def question_lines(question: Question, codes: Codes, labels: Labels) -> tuple[tuple[Words, Words], ...]:
    """Return the question line by line: what was asked, and every circumstance that was said."""
    asking, asked = named(labels, "state", question.from_state), named(labels, "state", question.to_state)
    offence = named(labels, "offence", question.offence) if question.offence else Words("not said", "未说明")
    lines = [
        (Words("From → to", "请求国 → 被请求国"), Words(f"{asking.en} → {asked.en}", f"{asking.zh} → {asked.zh}")),
        (Words("Measure", "措施"), named(labels, "measure", question.measure)),
        (Words("Offence", "罪名"), offence),
        (Words("Date", "日期"), day_name(question.on)),
    ]
    said = question.circumstances.items()
    lines += [(named(labels, "circumstance", key), value_words(key, value, codes, labels)) for key, value in said]
    return tuple(lines)


def value_words(key: str, value: object, codes: Codes, labels: Labels) -> Words:
    """Return what was said of a circumstance."""
    kind = codes.circumstances.get(key, {}).get("type")
    if kind == "state":
        return named(labels, "state", str(value))
    if key.startswith("max_penalty") and isinstance(value, int):
        return penalty_words(value)
    if kind == "date" and isinstance(value, str):
        return day_name(date.fromisoformat(value))
    if isinstance(value, bool):
        return named(labels, "answer", str(value).lower())
    return (
        named(labels, "answer", value) if kind == "code" and isinstance(value, str) else Words(str(value), str(value))
    )


def penalty_words(months: int) -> Words:
    """Return a penalty in years where it is a whole number of years, else in months."""
    if months >= LIFE_MONTHS:
        return Words("life or death", "终身监禁或死刑")
    if months and months % 12 == 0:
        return counted(months // 12, "year", "years", "{}年")
    return counted(months, "month", "months", "{}个月")


def sentence(answer: Answer, labels: Labels) -> Words:
    """Return the answer in one sentence."""
    question = answer.question
    asking, asked = state_name(labels, question.from_state), state_name(labels, question.to_state)
    best = answer.routes[0] if answer.routes else None
    if best is None or best.verdict == CLOSED:
        return Words(
            f"No route from {asking.en} to {asked.en} is open: every one that the lawbook knows is closed, for the reasons below.",
            f"{asking.zh}对{asked.zh}没有可用途径：法律资料所知的途径均不可用，理由见下。",
        )
    way, missing = _way(best, labels), _missing(best, labels)
    match best.verdict:
        case "open":
            return Words(
                f"{_capital(asking.en)} may ask {asked.en} now: {way.en}; no fact is missing.",
                f"{asking.zh}现在即可向{asked.zh}提出请求：{way.zh}；不缺事实。",
            )
        case "conditional":
            return Words(
                f"{_capital(asking.en)} may ask {asked.en} by this route: {way.en}, {missing.en}.",
                f"{asking.zh}可向{asked.zh}提出请求，途径为：{way.zh}；{missing.zh}。",
            )
        case _:
            return Words(
                f"Whether {asking.en} may ask {asked.en} cannot be said yet, because facts are missing: {missing.en}; "
                f"the first route to consider is {way.en}.",
                f"{asking.zh}能否向{asked.zh}提出请求尚不能断定，缺少以下事实：{missing.zh}；首先应考虑：{way.zh}。",
            )


def conditions(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what the request has to state or fulfil."""
    return tuple(finding for finding in findings if finding.stated and finding.verdict != MET)


def unknowns(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what is unknown for want of a fact."""
    return tuple(finding for finding in findings if finding.verdict == UNKNOWN and not finding.stated)


def tally(answer: Answer) -> Words:
    """Return how many routes there are of each verdict."""
    counts = {verdict: sum(route.verdict == verdict for route in answer.routes) for verdict in MARKS}
    parts = [(MARKS[verdict][1], count) for verdict, count in counts.items() if count]
    return Words(
        ", ".join(f"{count} {within(word).en}" for word, count in parts),
        "，".join(f"{word.zh}{count}条" for word, count in parts),
    )


def missing_name(key: str, labels: Labels) -> Words:
    """Return in words what would settle something: a circumstance, the offence, the conduct, or a gap in the lawbook."""
    if key.startswith("fact:"):
        return GAP
    if key in ("offence", "conduct"):
        return OFFENCE if key == "offence" else CONDUCT
    return within(named(labels, "circumstance", key))


def missing_names(keys: Iterable[str], labels: Labels, most: int = NAMED_AT_ONCE) -> Words:
    """Return in words what would settle something, the first few by name."""
    names = list(dict.fromkeys(missing_name(key, labels) for key in keys))
    shown, more = names[:most], len(names) - most
    english = ", ".join(name.en for name in shown) + (f" and {more} more" if more > 0 else "")
    return Words(english, "、".join(name.zh for name in shown) + (f"等{len(names)}项" if more > 0 else ""))


def for_intelligence(route: Route) -> bool:
    """Whether what comes this way is intelligence where evidence was asked for."""
    return route.works_as == "intelligence" and route.measure not in FOR_INTELLIGENCE


def way_name(route: Route) -> Words:
    """Return what a route is called; with what it does where its instrument has several ways for the measure."""
    if not route.variant:
        return route.title
    return Words(
        f"{route.title.en} ({within(route.what).en.rstrip('.')})", f"{route.title.zh}（{route.what.zh.rstrip('。')}）"
    )


def pace(route: Route) -> Words:
    """Return the usual time of the channel; an estimate for the order of routes."""
    if not route.days or route.verdict == CLOSED:
        return NOTHING
    days = counted(route.days, "day", "days", "{}日")
    return Words(f"usually about {days.en}", f"通常约{days.zh}")


def _way(route: Route, labels: Labels) -> Words:
    channel, time = within(named(labels, "channel", route.channel)), pace(route)
    kind = Words(", as intelligence only", "，仅作情报") if for_intelligence(route) else NOTHING
    article = _cited(route, labels)
    usual = Words(f", {time.en}", f"，{time.zh}") if time else NOTHING
    return Words(
        f"{route.title.en}{article.en} ({channel.en}{usual.en}){kind.en}",
        f"{route.title.zh}{article.zh}（{channel.zh}{usual.zh}）{kind.zh}",
    )


def _cited(route: Route, labels: Labels) -> Words:
    """Return the article as it follows the title; nothing where it only repeats the title."""
    if route.article == route.title.en:
        return NOTHING
    article = cited(labels, route.article)
    return Words(f", {article.en}", article.zh if article.zh.startswith("第") else f"，{article.zh}")


def _missing(route: Route, labels: Labels) -> Words:
    if route.verdict == OPEN:
        return NOTHING
    if route.verdict == UNKNOWN:
        return missing_names(route.settles, labels)
    stated = conditions(route.findings)
    if len(stated) == 1 and len(stated[0].reason.en) <= LONGEST_CONDITION:
        reason = stated[0].reason
        return Words(f"on one condition: {reason.en.rstrip('.')}", f"条件：{reason.zh.rstrip('。')}")
    count = counted(len(stated), "condition", "conditions", "{}项条件")
    return Words(f"on {count.en}", f"须满足{count.zh}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
