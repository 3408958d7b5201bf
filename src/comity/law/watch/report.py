"""What the watch found, as plain data and as sentences: the same on the command line, in the REST interface, on pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from comity.law.answer import Caution, Route
from comity.law.naming import article_name
from comity.law.report import question_json
from comity.law.saying import way_name
from comity.law.watch.changes import Change
from comity.law.watch.dossiers import OPENED, TouchedDossier
from comity.law.watch.routes import TouchedRoute
from comity.law.watch.warnings import TouchedWarning
from comity.law.watch.words import ACTIONS, ASPECTS, KINDS
from comity.law.words import Words

Json = dict[str, object]
GONE = Words("gone", "不复存在")
NEW = Words("new", "新增")
VERDICTS = {
    "open": Words("open", "可用"),
    "conditional": Words("conditional", "附条件"),
    "unknown": Words("unknown", "未知"),
    "closed": Words("closed", "不可用"),
}
BECAME = {
    (False, True): Words("warning is new", "新增警示"),
    (True, False): Words("warning is gone", "警示取消"),
    (True, True): Words("warning says something else", "警示内容变更"),
}
"""By whether the earlier and the later edition warn."""


@dataclass(frozen=True, slots=True)
class TemplateChange:
    """An entry of a procedure, a form or the words that is not what it was.

    Attributes:
        kind: procedure | form | words | calendar.
        file: of the lawbook.
        entry: the place in it: `steps/issue`, `sections/what/fields/reference`; empty where the whole file came or went.
        action: added | removed | changed.
        steps: the steps of procedures that use it, `procedure/step`.
        dossiers: ids of open dossiers that go by a procedure that uses it.
    """

    kind: str
    file: str
    entry: str
    action: str
    steps: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Watch:
    """All that was found between two editions.

    Attributes:
        old: name of the edition before; `new` that of the edition after.
        on: the day for which both were asked.
        state: whose routes were compared; empty where none were.
    """

    old: str
    new: str
    on: date
    changes: tuple[Change, ...]
    state: str = ""
    state_name: Words = field(default=Words("", ""))
    routes: tuple[TouchedRoute, ...] = ()
    templates: tuple[TemplateChange, ...] = ()
    dossiers: tuple[TouchedDossier, ...] = ()
    warnings: tuple[TouchedWarning, ...] = ()

    @property
    def touched_dossier_ids(self) -> tuple[str, ...]:
        """Ids of the open dossiers that are touched, by their route or by a template."""
        names = [each.dossier.id for each in self.dossiers]
        names += [name for each in self.templates for name in each.dossiers]
        return tuple(dict.fromkeys(names))


def summary(watch: Watch) -> Words:
    """Say in one or two sentences what was found."""
    changed, templates = len(watch.changes), len(watch.templates)
    if not changed and not templates:
        return Words("Nothing changed between the two editions.", "两个版本之间没有变化。")
    en = [_count(changed, "change of the law", "changes of the law")] if changed else []
    zh = [f"法律变更{changed}项"] if changed else []
    if templates:
        en.append(_count(templates, "change of procedures, forms or words", "changes of procedures, forms or words"))
        zh.append(f"程序、表格或用语变更{templates}项")
    if watch.state:
        closing, opening = sum(each.closes for each in watch.routes), sum(each.opens for each in watch.routes)
        count = _count(len(watch.routes), "route", "routes")
        verb = "changes" if len(watch.routes) == 1 else "change"
        en.append(
            f"{count} of {watch.state_name.en} {verb}: {closing} can no longer be used, {opening} can be used now"
        )
        zh.append(f"{watch.state_name.zh}有{len(watch.routes)}条途径变化：{closing}条不再可用，{opening}条新可用")
    if watch.warnings:
        codes, routes = len({each.code for each in watch.warnings}), warned_routes(watch.warnings)
        en.append(f"{_count(codes, 'warning changes', 'warnings change')} on {_count(routes, 'route', 'routes')}")
        zh.append(f"警示变更{codes}项，涉及途径{routes}条")
    touched = len(watch.touched_dossier_ids)
    if touched:
        en.append(f"{_count(touched, 'open dossier is', 'open dossiers are')} touched")
        zh.append(f"涉及未结卷宗{touched}件")
    return Words("; ".join(en) + ".", "；".join(zh) + "。")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def route_words(touched: TouchedRoute) -> Words:
    """Say in one line what a route was and is."""
    pair, what = touched.spoken.pair, became(touched)
    return Words(f"{pair.en}: {what.en}", f"{pair.zh}：{what.zh}")


def became(touched: TouchedRoute) -> Words:
    """Say what became of a route, without the two states: many pairs share that."""
    what, way, article = touched.spoken.measure, way_name(touched.route), article_name(touched.route.article)
    was, now = _verdict(touched.old, NEW), _verdict(touched.new, GONE)
    aspects = [ASPECTS[aspect] for aspect in touched.aspects if aspect != "verdict"]
    en = [f"{was.en} → {now.en}"] if "verdict" in touched.aspects else [was.en]
    zh = [f"{was.zh} → {now.zh}"] if "verdict" in touched.aspects else [was.zh]
    en += [f"{each.en} changed" for each in aspects]
    zh += [f"{each.zh}变更" for each in aspects]
    return Words(
        f"{what.en}: {way.en}, {article.en}: {', '.join(en)}", f"{what.zh}：{way.zh}{article.zh}：{'，'.join(zh)}"
    )


def _verdict(route: Route | None, missing: Words) -> Words:
    return missing if route is None else VERDICTS[route.verdict]


def warned_routes(warnings: Iterable[TouchedWarning]) -> int:
    """Count the routes of all questions that warnings touch, each once."""
    return len({(id(each.question), name) for each in warnings for name in each.routes})


def warning_words(touched: TouchedWarning) -> Words:
    """Say in one line what became of a warning and which routes it touches."""
    pair, what = touched.spoken.pair, warned(touched)
    if not touched.routes:
        return Words(f"{pair.en}: {what.en}; no route is left", f"{pair.zh}：{what.zh}；无可用途径")
    ways = Words("; ".join(each.en for each in touched.ways), "、".join(each.zh for each in touched.ways))
    return Words(f"{pair.en}: {what.en}; routes: {ways.en}", f"{pair.zh}：{what.zh}；途径：{ways.zh}")


def warned(touched: TouchedWarning) -> Words:
    """Say what became of a warning, without the two states and the routes: many pairs share that."""
    now = BECAME[touched.old is not None, touched.new is not None]
    measure, name, said = touched.spoken.measure, touched.name, touched.new or touched.old
    assert said is not None
    en, zh = said.text.en.rstrip("."), said.text.zh.rstrip("。")
    return Words(f"{measure.en}: {name.en}: {now.en}: {en}", f"{measure.zh}：{name.zh}：{now.zh}：{zh}")


def dossier_words(touched: TouchedDossier) -> Words:
    """Say in one line what became of the route of a dossier."""
    route = route_words(touched.route)
    dossier = touched.dossier
    if touched.when == OPENED:
        return Words(
            f"Dossier {dossier.id}: on {dossier.opened_on}, the day of the request: {route.en}",
            f"卷宗{dossier.id}：请求当日（{dossier.opened_on}）：{route.zh}",
        )
    return Words(f"Dossier {dossier.id}: today: {route.en}", f"卷宗{dossier.id}：今日：{route.zh}")


def watch_json(watch: Watch, language: str = "en") -> Json:
    """Return the watch as a JSON value; texts are in the language (`zh`, else English), choices are codes."""
    return {
        "old": watch.old,
        "new": watch.new,
        "date": watch.on.isoformat(),
        "state": watch.state or None,
        "summary": summary(watch).say(language),
        "changes": [_change(change, language) for change in watch.changes],
        "routes": [_route(touched, watch.changes, language) for touched in watch.routes],
        "warnings": [_warning(touched, watch.changes, language) for touched in watch.warnings],
        "templates": [_template(each) for each in watch.templates],
        "dossiers": [_dossier(each, watch.changes, language) for each in watch.dossiers],
    }


def _change(change: Change, language: str) -> Json:
    return {
        "kind": change.kind,
        "action": change.action,
        "key": list(change.key),
        "name": change.name.say(language),
        "text": change.words.say(language),
        "instrument": change.instrument or None,
        "states": None if change.states is None else sorted(change.states),
        "measures": None if change.measures is None else sorted(change.measures),
        "differences": [
            {"field": each.field, "old": each.old.say(language), "new": each.new.say(language)}
            for each in change.differences
        ],
        "article": change.article,
        "source": change.source,
    }


def _route(touched: TouchedRoute, every: Sequence[Change], language: str) -> Json:
    route = touched.route
    return {
        "question": question_json(touched.question),
        "instrument": route.instrument,
        "variant": route.variant,
        "article": route.article,
        "old": touched.old.verdict if touched.old else None,
        "new": touched.new.verdict if touched.new else None,
        "aspects": list(touched.aspects),
        "text": route_words(touched).say(language),
        "causes": [every.index(change) for change in touched.causes if change in every],
    }


def _warning(touched: TouchedWarning, every: Sequence[Change], language: str) -> Json:
    return {
        "question": question_json(touched.question),
        "code": touched.code,
        "old": _caution(touched.old, language),
        "new": _caution(touched.new, language),
        "routes": [{"instrument": instrument, "variant": variant} for instrument, variant in touched.routes],
        "text": warning_words(touched).say(language),
        "causes": [every.index(change) for change in touched.causes if change in every],
    }


def _caution(caution: Caution | None, language: str) -> Json | None:
    return None if caution is None else {"text": caution.text.say(language), "article": caution.article}


def _template(each: TemplateChange) -> Json:
    return {
        "kind": each.kind,
        "file": each.file,
        "entry": each.entry,
        "action": each.action,
        "steps": list(each.steps),
        "dossiers": list(each.dossiers),
    }


def _dossier(each: TouchedDossier, every: Sequence[Change], language: str) -> Json:
    return {
        "id": each.dossier.id,
        "when": each.when,
        "text": dossier_words(each).say(language),
        "route": _route(each.route, every, language),
    }


def change_heading(change: Change, language: str) -> str:
    """Return kind and action of a change, as a heading."""
    kind, action = KINDS[change.kind], ACTIONS[change.action]
    return f"{kind.zh}{action.zh}" if language.startswith("zh") else f"{kind.en.capitalize()} {action.en}"
