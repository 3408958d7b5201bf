"""A rule on warnings that is another one: told with its fields, with the questions whose warnings differ, and with their routes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from comity.law.answer import CLOSED
from comity.law.caution_rules import CautionRule
from comity.law.facts import Facts
from comity.law.question import Question
from comity.law.routes import routes
from comity.law.watch import changes, touched_routes, touched_warnings
from comity.law.watch.report import Watch, summary, warning_words, watch_json
from comity.law.words import Words
from comity.lawbook import open_lawbook

TODAY = date(2026, 11, 24)
STATES = ("GH", "FR", "US", "CN", "RU")
NEW = CautionRule(
    "mind", "mind", {"fact": "to", "op": "in", "value": ["CN"]}, Words("Mind {to}.", "注意{to}。"), "Act 9"
)
URGENT = {"emergency": True, "urgent": False, "purpose": "sentence"}
OTHER = Words("Something else.", "别的话。")


KEPT = {"budapest", "uncc", "provider-voluntary", "police-to-police", "cloud-act-uk-us", "tbtr-32b"}


@lru_cache
def law() -> Facts:
    """The law with a few instruments of every kind, which is quickly made ready."""
    facts = open_lawbook().facts
    kept = {name: item if name in KEPT else replace(item, measures=()) for name, item in facts.instruments.items()}
    return replace(facts, instruments=kept)


@lru_cache
def asking() -> tuple[Question, ...]:
    plain = [Question(a, b, measure, "illegal-access", TODAY) for a in STATES for b in STATES if a != b
             for measure in ("preserve", "content", "extradition")]  # fmt: skip
    known = {"data_holder": "provider", "provider_state": "US", "data_located_in": "CN", **URGENT}
    return (*plain, *(Question("GH", other, "content", "illegal-access", TODAY, known) for other in STATES[1:]))


def rules(part: str, change: Callable[[Any], Any]) -> Callable[[Facts], Facts]:
    """Return what changes every rule of a part of the warnings; None removes it."""

    def edit(facts: Facts) -> Facts:
        changed = (change(rule) for rule in getattr(facts.cautions, part))
        kept = tuple(rule for rule in changed if rule is not None)
        return replace(facts, cautions=replace(facts.cautions, **{part: kept}))

    return edit


def only(code: str, **new: Any) -> Callable[[CautionRule], CautionRule]:
    return lambda rule: replace(rule, **new) if rule.code == code else rule


def without(code: str) -> Callable[[CautionRule], CautionRule | None]:
    return lambda rule: None if rule.code == code else rule


def cautions(**new: Any) -> Callable[[Facts], Facts]:
    return lambda facts: replace(facts, cautions=replace(facts.cautions, **new))


def unblocked(facts: Facts) -> Facts:
    return replace(facts, national={**facts.national, "CN": replace(facts.national["CN"], blocking=())})


ALWAYS = {"fact": "route.kind", "op": "ne", "value": "nothing"}
EDITIONS: dict[str, Callable[[Facts], Facts]] = {
    "a new one": lambda f: replace(f, cautions=replace(f.cautions, questions=(NEW, *f.cautions.questions))),
    "another article": rules("questions", lambda rule: replace(rule, article="Act 9")),
    "other measures": rules("questions", lambda rule: replace(rule, measures=frozenset({"preserve"}))),
    "a route's text": rules("routes", only("intelligence-not-evidence", text=OTHER)),
    "a route's condition": rules("routes", only("intelligence-not-evidence", when=ALWAYS)),
    "a route's is gone": rules("routes", without("not-a-legal-basis")),
    "of closed routes": rules("closed", lambda rule: None),
    "contradictions stop": rules("contradictions", lambda rule: replace(rule, stops=not rule.stops)),
    "contradictions say why": rules("contradictions", lambda rule: replace(rule, why=OTHER)),
    "words of the program": lambda f: cautions(plain=dict.fromkeys(f.cautions.plain, OTHER))(f),
    "what blocks is said": cautions(blocking_text=OTHER),
    "what blocks by which measures": cautions(blocking_measures=frozenset()),
    "nothing blocks in China": unblocked,
}
TOGETHER = (
    ("a new one", "a route's text", "what blocks is said", "contradictions say why"),
    ("another article", "a route's condition", "of closed routes", "what blocks by which measures"),
    ("other measures", "a route's is gone", "nothing blocks in China", "words of the program", "contradictions stop"),
)


def edited(*names: str) -> Facts:
    facts = law()
    for name in names:
        facts = EDITIONS[name](facts)
    return facts


def warned_of(facts: Facts, question: Question) -> dict[str, Any]:
    """What an edition warns of, and which routes carry it."""
    answer = routes(facts, question)
    carried = {
        code: {(r.instrument, r.variant) for r in answer.routes if code in r.warnings}
        for r in answer.routes
        for code in r.warnings
    }
    return {each.code: ([w for w in answer.warnings if w.code == each.code], carried.get(each.code))
            for each in answer.warnings}  # fmt: skip


@pytest.mark.parametrize("names", TOGETHER)
def test_what_is_told_is_what_asking_both_editions_tells(names: tuple[str, ...]) -> None:
    old, new = law(), edited(*names)
    said = [[warned_of(facts, question) for question in asking()] for facts in (old, new)]
    for before, after, was, now in ((old, new, *said), (new, old, *reversed(said))):
        found = changes(before, after)
        touched = touched_warnings(before, after, asking(), found)
        expected = {
            (number, code)
            for number, (first, second) in enumerate(zip(was, now, strict=True))
            for code in first.keys() | second.keys()
            if first.get(code) != second.get(code)
        }
        numbers = {id(question): number for number, question in enumerate(asking())}
        assert {(numbers[id(each.question)], each.code) for each in touched} == expected
        assert expected
        assert all(each.causes and set(each.causes) <= set(found) for each in touched)
        assert touched_routes(before, after, asking()[:4], found) == ()


@pytest.mark.parametrize("name", EDITIONS)
def test_every_change_is_told_and_touches_what_is_asked_unless_it_only_stops(name: str) -> None:
    found = changes(law(), edited(name))
    assert found
    assert {each.kind for each in found} <= {"warning", "blocking-rule"}
    asked = [question for question in asking() if question.from_state == "GH"]
    assert bool(touched_warnings(law(), edited(name), asked, found)) == (name != "contradictions stop")


def test_the_routes_are_those_that_carry_the_warning_or_all_that_are_left() -> None:
    question = Question("GH", "CN", "preserve", "illegal-access", TODAY)
    left = {(r.instrument, r.variant) for r in routes(law(), question).routes if r.verdict != CLOSED}
    for name, routes_touched in (
        ("a new one", left),
        ("a route's text", warned_of(law(), question)["intelligence-not-evidence"][1]),
    ):
        new = edited(name)
        (touched,) = touched_warnings(law(), new, [question], changes(law(), new))
        assert set(touched.routes) == routes_touched


def test_a_stop_is_told_as_what_it_is_and_a_warning_by_its_old_and_new_words() -> None:
    new = edited("contradictions stop")
    assert "(stops the question: no → yes)" in changes(law(), new)[0].words.en + changes(new, law())[0].words.en
    new = edited("a route's text")
    found = changes(law(), new)
    (change,) = found
    assert (change.kind, change.action, change.differences[0].new) == ("warning", "changed", OTHER)
    (touched,) = touched_warnings(law(), new, [Question("GH", "FR", "preserve", None, TODAY)], found)
    assert warning_words(touched).en == (
        "Ghana → France: Expedited preservation of stored data: Intelligence, not evidence: warning says something else: "
        "Something else; routes: Direct police cooperation: INTERPOL I-24/7, Europol, liaison officers"
    )
    watch = Watch("a", "b", TODAY, found, "GH", Words("Ghana", "加纳"), warnings=(touched,))
    assert summary(watch).en.endswith("1 warning changes on 1 route.")
    value: Any = watch_json(watch, "zh")["warnings"]
    assert [(each["code"], each["new"]["text"], each["causes"], each["routes"]) for each in value] == [
        ("intelligence-not-evidence", "别的话。", [0], [{"instrument": "police-to-police", "variant": ""}])
    ]


def test_a_rule_that_asks_for_a_circumstance_of_its_own_edition_only_can_be_compared() -> None:
    asks = replace(NEW, when={"fact": "weather", "op": "eq", "value": "rain"}, warns_if_unknown=True)
    circumstances = {**law().codes.circumstances, "weather": {"type": "text"}}
    more = replace(
        law(), cautions=replace(law().cautions, questions=(asks,)),
        codes=replace(law().codes, circumstances=circumstances),
    )  # fmt: skip
    question = Question("GH", "FR", "preserve", "illegal-access", TODAY)
    for old, new, is_new in ((law(), more, True), (more, law(), False)):
        touched = touched_warnings(old, new, [question], changes(old, new))
        assert ("mind", is_new) in [(each.code, each.old is None) for each in touched]
