"""What the engine makes of tests, laid out in tables by asking the engine itself with stand-ins for the tests."""

from dataclasses import dataclass, field, replace
from itertools import product
from typing import cast

import numpy as np

from comity.law.atlas.asking import Asking, Flags, Outcomes, outcome
from comity.law.atlas.layout import Laid
from comity.law.atlas.marks import CODES, CONDUCT, EVERY, FALSE, GAP, OTHER, TRUE, UNKNOWN, Marks, truth_of
from comity.law.book import Candidate, Displacement
from comity.law.domestic_check import domestic_check
from comity.law.dual import DualCriminalityAnswer
from comity.law.facts import Facts
from comity.law.findings import ReadyRule, find
from comity.law.gates import pass_gates
from comity.law.instrument import Instrument, Measure
from comity.law.question import Question
from comity.law.routes import goes_first, gone_before
from comity.law.situation import Situation
from comity.law.truth import Test, Truth
from comity.law.words import NOTHING

NAMES = {GAP: "fact:x", CONDUCT: "conduct", OTHER: "x"}
IMPOSSIBLE = 255
MET = 0
TRUTHS = (True, False, None)


@dataclass(slots=True)
class _StandIn:
    """What `find` and `domestic_check` look at of a situation, besides the tests."""

    dual: DualCriminalityAnswer
    instrument: Instrument | None = None
    facts: Facts | None = None
    question: Question | None = None
    missing: list[str] = field(default_factory=list)

    def seen(self) -> Situation:
        return cast(Situation, self)


def _dual(met: Truth, likely: bool) -> DualCriminalityAnswer:
    return DualCriminalityAnswer(met, likely, NOTHING)


class Tables:
    """Looks outcomes up for arrays; tables are made when first needed and serve every rule of the same shape."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._rules: dict[object, Outcomes] = {}
        self._checks: dict[bytes, Outcomes] = {}

    def rule(self, ready: ReadyRule[Laid], instrument: Instrument) -> Outcomes:
        """Return the outcome of a rule, with places along the axes at which its tests look."""
        tests = (ready.test, ready.applies_if, ready.stated_if)
        table = self._table(ready, tuple(test is not None for test in tests))
        marks = [self._asking.marks(test, instrument) for test in tests if test is not None]
        if not marks:
            return table[:1].reshape(1, 1, 1)
        index = marks[0].astype(np.uint16)
        for more in marks[1:]:
            index = index * np.uint16(CODES) + more
        index = index * np.uint16(2)
        if any(_rests_on_conduct(each) for each in marks):
            index = index + self._asking.likely()
        return table[index]

    def _table(self, ready: ReadyRule[Laid], has: tuple[bool, ...]) -> Outcomes:
        known = tuple(outcome(finding) for finding in (ready.met, ready.not_met, ready.stated))
        key = (has, ready.missing_is_stated, known)
        found = self._rules.get(key)
        if found is None:
            found = self._rules[key] = _lay_out(ready, has)
        return found

    def domestic_check(self, measure: Measure, instrument: Instrument) -> Outcomes:
        """Return the outcome of the check that the requested state's own law makes; met where it makes none."""
        asking = self._asking
        alike = asking.alike_in(asking.law_of)
        table = np.array(
            [
                [[_checked(measure, instrument, asking, to, met, likely) for likely in (False, True)] for met in TRUTHS]
                for to in alike.firsts_to
            ],
            dtype=np.uint8,
        )
        if not table.any():
            return np.zeros((1, 1, 1), dtype=np.uint8)
        found = self._checks.get(table.tobytes())
        if found is None:
            met, likely = asking.dual_met(), asking.likely()
            place = np.where(met == TRUE, 0, np.where(met == FALSE, 1, 2))
            found = self._checks[table.tobytes()] = table[alike.of_to[None, :, None], place, likely.astype(np.uint8)]
        return found

    def before(self, item: Displacement, instrument: Instrument) -> tuple[Outcomes, Flags]:
        """Return the outcome where another instrument goes before this one, and where it is certain that it goes first."""
        asking = self._asking
        outcomes = np.zeros(CODES, dtype=np.uint8)
        first = np.zeros(CODES, dtype=np.bool_)
        for code in EVERY:
            situation = asking.any_situation()
            situation.missing.extend(name for flag, name in NAMES.items() if code & flag)
            finding = gone_before(item, truth_of(code), instrument, situation)
            if finding is not None:
                outcomes[code], first[code] = outcome(finding), goes_first(finding)
        marks = asking.applies(item.other, presumed=item.effect != "excludes")
        return outcomes[marks], first[marks]


def gates_outcome(candidate: Candidate, asking: Asking) -> int:
    """Return the worst outcome of the gates: circumstances alone decide them."""
    return max((outcome(finding) for finding in pass_gates(candidate.gates, asking.known())), default=MET)


def _lay_out(ready: ReadyRule[Laid], has: tuple[bool, ...]) -> Outcomes:
    parts = sum(has)
    table = np.full((*(CODES,) * parts, 2), IMPOSSIBLE, dtype=np.uint8)
    for codes in product(EVERY, repeat=parts):
        said = iter(codes)
        test, applies_if, stated_if = (_saying(next(said)) if there else None for there in has)
        stand_in: ReadyRule[Test] = replace(ready, test=test, applies_if=applies_if, stated_if=stated_if)  # type: ignore[arg-type, assignment]
        for likely in (False, True):
            found = find(stand_in, _StandIn(_dual(None, likely)).seen())
            table[(*codes, int(likely))] = outcome(found)
    return table.reshape(-1)


def _saying(code: int) -> Test:
    """Return a test that says this and nothing else."""
    truth, names = truth_of(code), [name for flag, name in NAMES.items() if code & UNKNOWN and code & flag]

    def test(situation: Situation) -> Truth:
        situation.missing.extend(names)
        return truth

    return test


def _rests_on_conduct(marks: Marks) -> bool:
    return bool(((marks & CONDUCT) > 0).any())


def _checked(measure: Measure, instrument: Instrument, asking: Asking, to: str, met: Truth, likely: bool) -> int:
    offence = asking.span.offences[0]
    question = asking.situation(asking.span.from_states[0], to, offence).question
    stand_in = _StandIn(_dual(met, likely), instrument, asking.facts, question)
    finding = domestic_check(measure, stand_in.seen())
    return MET if finding is None else outcome(finding)
