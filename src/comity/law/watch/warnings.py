"""What a change of the rules on warnings does to the warnings of questions, and to which of their routes each belongs.

Rules on warnings are those of `warnings.yaml` and the blocking rules of national law. The later edition is asked twice, once with
the rules of the earlier one: all else is equal, so every difference comes from a change of such a rule.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from comity.law.answer import CLOSED, Answer, Caution, Route
from comity.law.caution_rules import USUAL, CautionRules
from comity.law.facts import Facts
from comity.law.naming import named
from comity.law.question import Question
from comity.law.routes import routes
from comity.law.saying import way_name
from comity.law.watch.changes import Change
from comity.law.watch.reach import facts_in
from comity.law.watch.routes import Name, known
from comity.law.watch.spoken import SILENT, Spoken, spoken
from comity.law.words import NOTHING, Words

KINDS = frozenset({"warning", "blocking-rule"})
CONTRADICTORY = "contradictory-circumstances"


@dataclass(frozen=True, slots=True)
class TouchedWarning:
    """A warning of a question that is not what it was.

    Attributes:
        old: as it was; None where it is new, or said of none of these routes.
        new: as it is; None where it is gone.
        routes: the routes that it touches, instrument and variant: those that carry it, or every one that is left where it is about
            the question. None may be left.
        ways: what these routes are called.
        causes: the changes that it rests on.
        spoken: what a sentence calls the states and the measure of the question.
        name: what a sentence calls the warning.
    """

    question: Question
    code: str
    old: Caution | None
    new: Caution | None
    routes: tuple[Name, ...]
    ways: tuple[Words, ...] = field(default=(), compare=False)
    causes: tuple[Change, ...] = field(default=(), compare=False)
    spoken: Spoken = field(default=SILENT, compare=False)
    name: Words = field(default=NOTHING, compare=False)


def touched_warnings(
    old: Facts, new: Facts, questions: Iterable[Question], found: Iterable[Change]
) -> tuple[TouchedWarning, ...]:
    """Return the warnings that are not what they were, in the order of the questions.

    Args:
        old: the edition before.
        new: the edition after.
        questions: those that the edition after does not know have no warnings.
        found: the changes between the two.
    """
    told = tuple(change for change in found if change.kind in KINDS)
    if not told:
        return ()
    before, causes = with_rules_of(old, new), _causes_by_code(told, old.cautions, new.cautions)
    return tuple(
        replace(
            each,
            causes=causes.get(each.code, told),
            spoken=spoken(new, question),
            name=named(new, "warning", each.code),
        )
        for question in questions
        if known(new, question) and any(_meets(change, question) for change in told)
        for each in compared_warnings(routes(before, question), routes(new, question))
    )


def with_rules_of(old: Facts, new: Facts) -> Facts:
    """Return the later edition with the rules on warnings of the earlier one, and the circumstances that these ask for."""
    blocking = {
        code: replace(law, blocking=old.national[code].blocking if code in old.national else ())
        for code, law in new.national.items()
    }
    circumstances = {**old.codes.circumstances, **new.codes.circumstances}
    return replace(new, cautions=old.cautions, national=blocking, codes=replace(new.codes, circumstances=circumstances))


def compared_warnings(before: Answer, after: Answer) -> Iterator[TouchedWarning]:
    """Yield what is different between the warnings of two answers that have the same routes."""
    called = {_name(route): way_name(route) for answer in (before, after) for route in answer.routes}
    for each in _compared(before, after):
        yield replace(each, ways=tuple(called[name] for name in each.routes))


def _compared(before: Answer, after: Answer) -> Iterator[TouchedWarning]:
    old, new = _by_code(before), _by_code(after)
    carried = [(_carriers(answer), _left(answer)) for answer in (before, after)]
    for code in dict.fromkeys([*old, *new]):
        was, now = old.get(code, ()), new.get(code, ())
        (had, left), (have, _) = carried
        on, ons = had.get(code, ()), have.get(code, ())
        if was != now:
            for first, second in _pairs(was, now):
                yield TouchedWarning(after.question, code, first, second, tuple(dict.fromkeys((*on, *ons))) or left)
        elif set(on) != set(ons):
            gained, lost = _without(ons, on), _without(on, ons)
            if gained:
                yield TouchedWarning(after.question, code, None, now[0], gained)
            if lost:
                yield TouchedWarning(after.question, code, was[0], None, lost)


def _pairs(was: tuple[Caution, ...], now: tuple[Caution, ...]) -> Iterator[tuple[Caution | None, Caution | None]]:
    """Pair what a code says in both: one text that became another is one change; of several, those that only one has."""
    if len(was) == len(now) == 1:
        yield was[0], now[0]
        return
    yield from ((each, None) for each in was if each not in now)
    yield from ((None, each) for each in now if each not in was)


def _by_code(answer: Answer) -> Mapping[str, tuple[Caution, ...]]:
    found: dict[str, tuple[Caution, ...]] = {}
    for each in answer.warnings:
        found[each.code] = (*found.get(each.code, ()), each)
    return found


def _carriers(answer: Answer) -> Mapping[str, tuple[Name, ...]]:
    found: dict[str, tuple[Name, ...]] = {}
    for route in answer.routes:
        for code in route.warnings:
            found[code] = (*found.get(code, ()), _name(route))
    return found


def _left(answer: Answer) -> tuple[Name, ...]:
    return tuple(_name(route) for route in answer.routes if route.verdict != CLOSED)


def _name(route: Route) -> Name:
    return route.instrument, route.variant


def _without(names: Iterable[Name], others: Iterable[Name]) -> tuple[Name, ...]:
    left = set(others)
    return tuple(name for name in names if name not in left)


def _meets(change: Change, question: Question) -> bool:
    """Whether a change may give the question another warning. The holder may obey the law of any state that is named."""
    if change.measures is not None and question.measure not in change.measures:
        return False
    named = {question.from_state, question.to_state, *question.circumstances.values()} if change.states else set()
    return change.states is None or not change.states.isdisjoint(each for each in named if isinstance(each, str))


def _causes_by_code(told: Iterable[Change], *editions: CautionRules) -> Mapping[str, tuple[Change, ...]]:
    found: dict[str, dict[int, Change]] = {}
    for change in told:
        for rules in editions:
            for code in _codes_of(change, rules):
                found.setdefault(code, {})[id(change)] = change
    return {code: tuple(each.values()) for code, each in found.items()}


def _codes_of(change: Change, rules: CautionRules) -> Iterator[str]:
    """Yield the codes of the warnings that rest on the rule that changed."""
    part, name = ("blocking", change.key[2]) if change.kind == "blocking-rule" else change.key[1:3]
    match part:
        case "plain":
            yield name
        case "contradictions":
            yield CONTRADICTORY
        case "questions" | "routes" | "closed":
            yield from (each.code for each in getattr(rules, part) if each.id == name)
        case _:  # one blocking rule, or what is said of all of them
            said = rules.blocking
            yield from {
                each.code for each in ([said.get(name, USUAL)] if part == "blocking" else [USUAL, *said.values()])
            }
            yield from (each.code for each in rules.questions if "place.blocks" in facts_in(each.when))
