"""The memo of an answer about routes: what may be asked, by which route first and why, and what is missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from comity.law.answer import CLOSED, MET, NOT_MET, Answer, Finding, Need, Risk, Route
from comity.law.facts import Facts
from comity.law.naming import Labels, cited, named, named_all, period_name, within
from comity.law.ranking import reasoning
from comity.law.saying import (
    MARKS,
    conditions,
    for_intelligence,
    headline,
    missing_names,
    pace,
    question_lines,
    sentence,
    tally,
    unknowns,
    value_words,
)
from comity.law.settling import Choice, Settling, settling
from comity.law.words import Words, listed
from comity.memo.memo import Block, Cell, Item, Items, Memo, Rows, Section, Table, Text
from comity.memo.render import render

LIMITS = (
    Words(
        "Not legal advice. The official text of an instrument and what its depositary says prevail over this memo.",
        "非法律意见。法律文书的官方文本及其交存机关的说明优先于本备忘录。",
    ),
    Words(
        "An unknown is not a no: it names what the lawbook or the question does not say. Nothing unknown was counted as met.",
        "“未知”并非“否”：它指明法律资料或问题未说明之处。凡未知者均未计作满足。",
    ),
    Words(
        "The usual time of a channel is an estimate that puts routes in order; it binds nobody.",
        "渠道的通常用时仅为排序所作的估计，对任何人均无约束力。",
    ),
)
QUESTION = Words("The question", "问题")
GLANCE = Words("The routes in order", "途径及次序")
HEAD = (Words("Verdict", "结论"), Words("Route", "途径"), Words("Channel", "渠道"), Words("Usual time", "通常用时"))
SETTLES = Words("What would settle what is unknown", "补充何事实可消除未知")
WARNINGS = Words("Mind this before anything is sent", "发出前请注意")
CLOSED_HEAD = Words("Closed, and why", "不可用及其理由")
SILENT = Words("These do not carry this measure:", "以下法律文书不涵盖该措施：")
NO_ROUTE = Words(
    "No instrument in the lawbook carries this measure between these two states. That does not prove that there is none: "
    "ask the central authority.",
    "法律资料中没有文书在两国间涵盖该措施。这不证明确无此种文书：请询问中央机关。",
)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Says things in one language."""

    language: str
    labels: Labels
    facts: Facts

    def say(self, words: Words) -> str:
        return words.say(self.language)

    def label(self, kind: str, code: str) -> str:
        return self.say(named(self.labels, kind, code))

    def article(self, article: str) -> str:
        return self.say(cited(self.labels, article))

    def listed(self, parts: Iterable[str]) -> str:
        return listed(parts, self.language)

    def joined(self, parts: Iterable[str]) -> str:
        return ("；" if self.language.startswith("zh") else "; ").join(part for part in parts if part)


def routes_memo(
    answer: Answer, facts: Facts, labels: Labels, *, language: str, made_at: datetime, edition: str, office: str = ""
) -> bytes:
    """Return an answer as a PDF to put on file.

    Args:
        answer: of `comity.law.routes`.
        facts: that it was given from; what would settle the unknown is asked of them again.
        labels: the words for codes.
        language: `en` or `zh`.
        made_at: the moment that the memo bears, with its zone.
        edition: of the lawbook.
        office: whose memo it is; empty for none.

    Raises:
        MemoTooLargeError: it is longer than anybody reads.
        UnprintableMemoError: the typesetter refuses it.
    """
    writer = _Writer(language, labels, facts)
    return render(
        Memo(
            title=writer.say(headline(answer.question, labels)),
            answer=writer.say(sentence(answer, labels)),
            sections=tuple(_sections(answer, writer)),
            language=language,
            made_at=made_at,
            as_of=answer.as_of,
            edition=edition,
            office=office,
            limits=tuple(writer.say(limit) for limit in LIMITS),
        )
    )


def _sections(answer: Answer, writer: _Writer) -> Iterator[Section]:
    say = writer.say
    lines = question_lines(answer.question, writer.facts.codes, writer.labels)
    yield Section(say(QUESTION), (Rows(tuple((say(name), (Item(say(value)),)) for name, value in lines)),))
    usable = [(rank, route) for rank, route in enumerate(answer.routes, 1) if route.verdict != CLOSED]
    yield Section(say(GLANCE), tuple(_glance(answer, usable, writer)))
    settled = settling(writer.facts, answer)
    if settled:
        yield Section(say(SETTLES), (Rows(tuple(_settling(item, writer) for item in settled)),))
    if answer.warnings:
        warnings = (Item(say(each.text), writer.article(each.article)) for each in answer.warnings)
        yield Section(say(WARNINGS), (Items(tuple(warnings)),))
    for rank, route in usable:
        title = f"{rank}. {say(route.title)}"
        yield Section(title, tuple(_route(route, writer)), route.verdict)
    yield from _closed(answer, writer)


def _glance(answer: Answer, usable: list[tuple[int, Route]], writer: _Writer) -> Iterator[Block]:
    if not answer.routes:
        yield Text(writer.say(NO_ROUTE))
        return
    yield Text(writer.say(tally(answer)))
    if usable:
        rows = tuple(_line(rank, route, writer) for rank, route in usable)
        yield Table(tuple(writer.say(name) for name in HEAD), rows, (1.0, 2.6, 1.2, 1.1))


def _line(rank: int, route: Route, writer: _Writer) -> tuple[Cell, ...]:
    cited = writer.article(route.article)
    title = writer.say(route.title)
    return (
        Cell("", route.verdict),
        Cell(f"{rank}. {title}" + ("" if cited == title else f"\n{cited}")),
        Cell(writer.label("channel", route.channel)),
        Cell(writer.say(pace(route))),
    )


def _settling(item: Settling, writer: _Writer) -> tuple[str, tuple[Item, ...]]:
    name = writer.label("question", item.key)
    head = Words(
        f"{item.routes} route{'' if item.routes == 1 else 's'} depend{'s' if item.routes == 1 else ''} on it",
        f"涉及{item.routes}条途径",
    )
    effects: dict[str, list[str]] = {}
    for choice in item.choices:
        if choice.settled:
            effects.setdefault(_effect(choice, writer), []).append(_value(item.key, choice, writer))
    lines = (Item(f"{writer.listed(values)} → {effect}") for effect, values in effects.items())
    return name, (Item(writer.say(head)), *lines)


def _value(key: str, choice: Choice, writer: _Writer) -> str:
    return writer.say(value_words(key, choice.value, writer.facts.codes, writer.labels))


def _effect(choice: Choice, writer: _Writer) -> str:
    parts = ((count, MARKS[verdict][1]) for verdict, count in choice.settled.items())
    return writer.listed(
        writer.say(Words(f"{count} {within(word).en}", f"{word.zh}{count}条")) for count, word in parts
    )


def _route(route: Route, writer: _Writer) -> Iterator[Block]:
    cited = f"{writer.article(route.article)} · {writer.label('channel', route.channel)}"
    yield Text(
        f"{cited}. {writer.say(route.what)}" if writer.language == "en" else f"{cited}。{writer.say(route.what)}"
    )
    named_rows = ((writer.say(name), tuple(items)) for name, items in _rows(route, writer))
    yield Rows(tuple((name, items) for name, items in named_rows if items))


def _rows(route: Route, writer: _Writer) -> Iterator[tuple[Words, Iterable[Item]]]:
    say = writer.say
    yield Words("Why in this place", "何以居此次序"), [Item(_capital(say(reasoning(route))))]
    if for_intelligence(route):
        yield (
            Words("Mind", "注意"),
            [Item(say(Words("Intelligence only, not evidence.", "仅作情报，不作证据。")))],
        )
    yield Words("Conditions", "条件"), [_finding(item, writer, "conditional") for item in conditions(route.findings)]
    yield Words("Unknown, and what would settle it", "未知及可消除之事实"), _unknown(route, writer)
    yield Words("Established", "已满足"), list(_met(route.findings, writer))
    yield Words("Clocks", "期限"), _clocks(route, writer)
    dual = writer.joined((writer.label("dual-criminality", route.dual_criminality), say(route.dual_criminality_note)))
    yield Words("Dual criminality", "双重犯罪"), [Item(dual)]
    yield Words("Goes to", "送交"), _receivers(route, writer)
    yield Words("Languages", "语言"), [Item(say(route.languages))] if route.languages else []
    yield (
        Words("Must be said", "必须写明"),
        [_need(need, writer) for need in route.particulars if need.required != "no"],
    )
    yield (
        Words("The request declares", "请求须声明"),
        [_cited(each.text, each.article, writer) for each in route.duties],
    )
    yield Words("May be refused for", "可能的拒绝理由"), [_risk(risk, writer) for risk in route.refusal_risks]
    yield Words("Limits of use", "用途限制"), [_cited(each.text, each.article, writer) for each in route.use_limits]
    yield Words("Warnings", "警示"), [Item(writer.label("warning", code)) for code in route.warnings]


def _finding(finding: Finding, writer: _Writer, verdict: str) -> Item:
    return Item(writer.say(finding.reason), writer.article(finding.article), verdict, finding.source)


def _unknown(route: Route, writer: _Writer) -> list[Item]:
    found = []
    for finding in unknowns(route.findings):
        found.append(_finding(finding, writer, "unknown"))
        missing = missing_names(finding.settles, writer.labels, most=8)
        if missing:
            found.append(Item(writer.say(Words(f"Settled by: {missing.en}", f"可由此确定：{missing.zh}")), depth=1))
    return found


def _met(findings: Iterable[Finding], writer: _Writer) -> Iterator[Item]:
    for finding in findings:
        if finding.verdict == MET:
            if not finding.findings:
                yield _finding(finding, writer, "met")
            yield from _met(finding.findings, writer)


def _clocks(route: Route, writer: _Writer) -> list[Item]:
    found = []
    for clock in route.clocks:
        period = writer.say(period_name(clock.duration)) if clock.duration else ""
        text = writer.say(clock.what)
        found.append(
            Item(f"{period}{writer.say(Words(': ', '：'))}{text}" if period else text, writer.article(clock.article))
        )
    return found


def _receivers(route: Route, writer: _Writer) -> list[Item]:
    found = [Item(writer.say(route.addressee))] if route.addressee else []
    if route.competent is not None:
        languages = writer.say(named_all(writer.labels, "language", route.competent.languages))
        found.append(
            Item(
                f"{writer.say(route.competent.name)} ({languages})" if languages else writer.say(route.competent.name),
                source=route.competent.source,
            )
        )
    return found


def _need(need: Need, writer: _Writer) -> Item:
    return _cited(need.text, need.article, writer)


def _risk(risk: Risk, writer: _Writer) -> Item:
    return Item(
        f"{writer.label('ground', risk.ground)}{writer.say(Words(': ', '：'))}{writer.say(risk.text)}",
        writer.article(risk.article),
    )


def _cited(text: Words, article: str, writer: _Writer) -> Item:
    return Item(writer.say(text), writer.article(article))


def _closed(answer: Answer, writer: _Writer) -> Iterator[Section]:
    closed = [route for route in answer.routes if route.verdict == CLOSED]
    if not closed:
        return
    lines = [item for route in closed if route.carried for item in _closing(route, writer)]
    blocks: list[Block] = [Items(tuple(lines))] if lines else []
    silent = list(dict.fromkeys(writer.say(route.title) for route in closed if not route.carried))
    if silent:
        blocks.append(Text(f"{writer.say(SILENT)} {writer.joined(silent)}"))
    yield Section(writer.say(CLOSED_HEAD), tuple(blocks))


def _closing(route: Route, writer: _Writer) -> Iterator[Item]:
    finding = next((each for each in route.findings if each.verdict == NOT_MET), None)
    if finding is not None:
        reason = next((part for part in finding.findings if part.verdict == NOT_MET), finding)
        text = f"{writer.say(route.title)}{writer.say(Words(': ', '：'))}{writer.say(reason.reason)}"
        yield Item(text, writer.article(reason.article), "closed", reason.source)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
