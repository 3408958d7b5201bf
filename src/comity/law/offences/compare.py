"""One offence in several states: who punishes it, what each asks for, and where conduct punishable in one is free in another.

"Free" is said only where the recorded provisions prove it: there is a conduct that a provision of the one state punishes, while
every recorded provision of the other, whatever its offence, asks for something that this conduct lacks. What is not recorded is
unknown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import permutations

from comity.law.conduct import Tried, closure, try_provision
from comity.law.facts import Facts
from comity.law.national import NationalLaw, OffenceRow
from comity.law.offences.minimal import PUNISHED, closed, described, is_punished, minimal_conducts, punishing
from comity.law.question import Conduct, UnknownOffenceError, UnknownStateError, UnusableQuestionError
from comity.law.words import NOTHING, Words

COVERED, GAP, UNKNOWN, NOTHING_PUNISHED = "covered", "gap", "unknown", "nothing-punished"
PARTS = {"act": 0, "object": 1, "circumstance": 2, "mens-rea": 3, "result": 4, "threshold": 5, "aggravator": 6, "": 7}
MOST_STATES = 12
NOT_TRIED = Tried(None)


@dataclass(frozen=True, slots=True)
class Provisions:
    """The provisions of one state on the offence.

    Attributes:
        exists: yes | partial | no | unknown, over all rows.
        rows: as the lawbook has them; of a row with low confidence `exists` is unknown.
        reason: why it is unknown or no; nothing else.
    """

    state: str
    exists: str
    rows: tuple[OffenceRow, ...]
    reason: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Line:
    """One element across the states.

    Attributes:
        part: act | object | circumstance | mens-rea | result | threshold | aggravator.
        cells: state -> `listed` (an act or object that it punishes), `any` (every object), `all` (each provision asks for it),
            `some` (only some provisions do), `or` (one of several that are enough), `-` (not asked for), `?` (unknown).
    """

    element: str
    part: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Direction:
    """Whether what one state punishes is punishable in the other.

    Attributes:
        here: the state whose offence is taken.
        there: the state in which it is looked for.
        verdict: covered | gap | unknown | nothing-punished (here).
        beyond: what the closest provision there asks for and the example lacks; alternatives are written `a / b`.
        left_open: what it asks for and the definition here leaves open.
        example: the least conduct that is punishable here and, where the verdict is `gap`, not there.
        provision: under which it is punishable here.
        closest: the provision there that comes closest.
        elsewhere: provisions there on other offences that punish some of it.
        confidence: the lowest of the provisions compared.
    """

    here: str
    there: str
    verdict: str
    reason: Words
    beyond: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()
    example: Conduct | None = None
    provision: str = ""
    closest: str = ""
    elsewhere: tuple[str, ...] = ()
    confidence: str = "low"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One offence in several states, in the order in which they were named."""

    offence: str
    states: tuple[str, ...]
    provisions: tuple[Provisions, ...]
    lines: tuple[Line, ...]
    directions: tuple[Direction, ...]


def compare_offence(facts: Facts, offence: str, states: Iterable[str]) -> Comparison:
    """Compare one offence across states.

    Args:
        facts: the law.
        offence: canonical id.
        states: two to twelve codes; each is taken once.

    Raises:
        UnusableQuestionError: the offence or a state is not known, or there are fewer than two states or more than twelve.
    """
    named = tuple(dict.fromkeys(states))
    check_states(facts, offence, named)
    found = {state: _provisions(facts, state, offence) for state in named}
    return Comparison(
        offence=offence,
        states=named,
        provisions=tuple(found.values()),
        lines=tuple(_lines(facts, found)),
        directions=tuple(_direction(facts, found[here], found[there]) for here, there in permutations(named, 2)),
    )


def check_states(facts: Facts, offence: str, states: tuple[str, ...]) -> None:
    """Check what is compared.

    Raises:
        UnusableQuestionError: the offence or a state is not known, or there are fewer than two states or more than twelve.
    """
    if offence not in facts.codes.offences:
        raise UnknownOffenceError(f"'{offence}' is no offence.", remedy=f"Use {', '.join(facts.codes.offences)}.")
    for state in states:
        if state not in facts.states:
            raise UnknownStateError(
                f"'{state}' is no state of the lawbook.", remedy="Use the ISO 3166-1 code of two letters, such as NL."
            )
    if not 2 <= len(states) <= MOST_STATES:
        raise UnusableQuestionError(
            f"{len(states)} states cannot be compared.", remedy=f"Name two to {MOST_STATES} different states."
        )


def _provisions(facts: Facts, state: str, offence: str) -> Provisions:
    law, name, begun = facts.national.get(state), facts.said(state), facts.begun(state)
    if law is None:
        reason = Words(f"The criminal law of {name.en} is not in the lawbook.", f"法律库未收录{name.zh}刑法。")
        return Provisions(state, "unknown", (), reason)
    rows = law.offences.get(offence, ())
    exists = _exists(rows)
    reasons = {
        "unknown": Words(f"Whether {name.en} punishes it is not established.", f"{name.zh}是否处罚该行为未确定。"),
        "no": Words(f"{begun.en} does not punish it.", f"{name.zh}不处罚该行为。"),
    }
    return Provisions(state, exists, rows, reasons.get(exists, NOTHING))


def _exists(rows: tuple[OffenceRow, ...]) -> str:
    said = {row.exists for row in rows}
    for code in ("yes", "partial", "unknown"):
        if code in said:
            return code
    return "no" if said else "unknown"


def _lines(facts: Facts, found: Mapping[str, Provisions]) -> Iterator[Line]:
    vocabulary = facts.codes.elements
    places: dict[str, str] = {}
    for item in found.values():
        for row in punishing(item.rows):
            places.update(_places(row, vocabulary.kind))
    order = sorted(places, key=lambda token: (PARTS[places[token]], token))
    for token in order:
        cells = {state: _cell(token, places[token], item) for state, item in found.items()}
        yield Line(token, places[token], cells)


def _places(row: OffenceRow, kind: object) -> dict[str, str]:
    """Return the elements of a row, each with the part of the table where it stands."""
    asked = row.elements
    if asked is None or not callable(kind):
        return {}
    tokens = (*asked.act, *asked.object, *asked.all, *(token for group in asked.any for token in group))
    return {token: str(kind(token)) for token in tokens}


def _cell(token: str, part: str, item: Provisions) -> str:
    rows = punishing(item.rows)
    if not rows:
        return "?" if item.exists in {"unknown", *PUNISHED} else "-"
    uses = [_use(token, row) for row in rows]
    if part == "object" and "-" in uses and any(row.elements and not row.elements.object for row in rows):
        return "any"
    used = [use for use in uses if use != "-"]
    if not used:
        return "-"
    if "listed" in used:
        return "listed"
    return "or" if set(used) == {"or"} else "all" if uses.count("all") == len(rows) else "some"


def _use(token: str, row: OffenceRow) -> str:
    asked = row.elements
    if asked is None:
        return "-"
    if token in asked.all:
        return "all"
    if token in asked.act or token in asked.object:
        return "listed"
    return "or" if any(token in group for group in asked.any) else "-"


def _direction(facts: Facts, here: Provisions, there: Provisions) -> Direction:
    pair = (here.state, there.state)
    if here.exists == "no":
        return Direction(*pair, NOTHING_PUNISHED, here.reason, confidence=_confidence(here.rows))
    unknown = next((item for item in (here, there) if item.exists == "unknown"), None)
    if unknown is not None or not punishing(here.rows):
        return Direction(*pair, UNKNOWN, (unknown or here).reason)
    other_rows = _on_other_offences(facts.national[there.state], here.rows)
    trials = [
        _trial(facts, row, conduct, there, other_rows)
        for row in punishing(here.rows)
        if row.elements
        for conduct in minimal_conducts(row.elements, facts)
    ]
    return _judge(facts, here, there, trials)


@dataclass(frozen=True, slots=True)
class _Trial:
    """A least conduct of a row tried in the other state, with the provision there that comes closest."""

    truth: bool | None
    conduct: Conduct
    row: OffenceRow
    tried: Tried = NOT_TRIED
    closest: OffenceRow | None = None
    elsewhere: str = ""

    @property
    def simplicity(self) -> tuple[object, ...]:
        """What puts the clearest example first: little asked beyond, a plain conduct."""
        conduct = self.conduct
        asked = (len(self.tried.excluded), len(self.tried.to_show))
        return (*asked, len(conduct.acts) + len(conduct.facts), self.tried.excluded, conduct.acts, conduct.objects)


def _on_other_offences(law: NationalLaw, rows: tuple[OffenceRow, ...]) -> tuple[OffenceRow, ...]:
    names = {row.id for row in rows}
    return tuple(row for name, others in law.offences.items() if name not in names for row in punishing(others))


def _trial(
    facts: Facts, row: OffenceRow, conduct: Conduct, there: Provisions, other_rows: tuple[OffenceRow, ...]
) -> _Trial:
    own = punishing(there.rows)
    acts = closure(conduct.acts, facts.implies)
    others = tuple(other for other in other_rows if other.elements and acts.intersection(other.elements.act))
    exact = closed(conduct, (*own, *others), facts)
    tried = [(try_provision(other.elements, exact, facts), other) for other in own if other.elements]
    if any(each.truth is True for each, _ in tried):
        return _Trial(True, conduct, row)
    for other in others:
        if other.elements and try_provision(other.elements, exact, facts).truth is True:
            return _Trial(True, conduct, row, elsewhere=other.provision)
    known_all = all(other.exists != "unknown" for other in there.rows)
    truth = None if not known_all or any(each.truth is None for each, _ in tried) else is_punished(exact, others, facts)
    best = min(tried, key=_distance, default=None)
    if best is None:
        return _Trial(truth, conduct, row)
    example = described(conduct, _decisive(exact, best[0], (*own, *others), facts)) if truth is False else conduct
    return _Trial(truth, example, row, best[0], best[1])


def _distance(item: tuple[Tried, OffenceRow]) -> tuple[object, ...]:
    tried, row = item
    return (len(tried.excluded), len(tried.to_show), row.row)


def _decisive(exact: Conduct, closest: Tried, rows: tuple[OffenceRow, ...], facts: Facts) -> tuple[str, ...]:
    """Return what has to be said to be lacking: all that the closest provision asks for, and the least that decides the others."""
    asked = {token for group in closest.excluded for token in group.split(" / ")}
    kept = list(exact.absent)
    for token in exact.absent:
        fewer = tuple(other for other in kept if other != token)
        if token not in asked and is_punished(replace(exact, absent=fewer), rows, facts) is False:
            kept.remove(token)
    return tuple(kept)


def _judge(facts: Facts, here: Provisions, there: Provisions, trials: list[_Trial]) -> Direction:
    elsewhere = tuple(sorted({trial.elsewhere for trial in trials if trial.elsewhere}))
    free = sorted((trial for trial in trials if trial.truth is False), key=lambda trial: trial.simplicity)
    unsure = sorted((trial for trial in trials if trial.truth is None), key=lambda trial: trial.simplicity)
    confidence = _confidence((*punishing(here.rows), *there.rows))
    chosen = next(iter(free or unsure), None)
    if chosen is None:
        return _covered(facts, here, there, elsewhere, confidence)
    verdict = GAP if free else UNKNOWN
    return Direction(
        here=here.state,
        there=there.state,
        verdict=verdict,
        reason=_reason(facts, here.state, there.state, verdict, chosen),
        beyond=_simplified(chosen.tried.excluded),
        left_open=_simplified(chosen.tried.to_show),
        example=chosen.conduct,
        provision=chosen.row.provision,
        closest=chosen.closest.provision if chosen.closest else "",
        elsewhere=elsewhere,
        confidence=confidence,
    )


def _covered(
    facts: Facts, here: Provisions, there: Provisions, elsewhere: tuple[str, ...], confidence: str
) -> Direction:
    one, other = facts.said(here.state), facts.said(there.state)
    if any(row.exists == "unknown" for row in here.rows):
        reason = Words(
            f"What is established of the law of {one.en} is punishable in {other.en} too; the rest of it is not known.",
            f"{one.zh}法律已查明的部分，{other.zh}亦处罚；其余部分未查明。",
        )
        return Direction(here.state, there.state, UNKNOWN, reason, elsewhere=elsewhere, confidence=confidence)
    reason = Words(
        f"What {one.en} punishes, {other.en} punishes too, as far as the elements are recorded.",
        f"就已收录的要素而言，{one.zh}处罚的行为，{other.zh}亦处罚。",
    )
    return Direction(here.state, there.state, COVERED, reason, elsewhere=elsewhere, confidence=confidence)


def _reason(facts: Facts, here: str, there: str, verdict: str, chosen: _Trial) -> Words:
    elements = _simplified(chosen.tried.excluded if verdict == GAP else chosen.tried.to_show)
    words, one, other = facts.codes.elements.listed(elements), facts.said(here), facts.said(there)
    closest = chosen.closest
    by = Words(closest.provision, closest.provision) if closest else Words(f"the law of {other.en}", f"{other.zh}法律")
    if verdict == GAP and closest is None:
        return Words(f"{facts.begun(there).en} has no provision for it.", f"{other.zh}没有相应条款。")
    if verdict == GAP:
        return Words(
            f"Not all that {one.en} punishes is punishable in {other.en}: {by.en} also asks for: {words.en}.",
            f"{one.zh}处罚的行为，{other.zh}未必处罚：{by.zh}另要求：{words.zh}。",
        )
    if not elements:
        return Words(
            f"Whether {other.en} punishes all of it is not established.", f"{other.zh}是否处罚全部此类行为未确定。"
        )
    return Words(
        f"Depends on the conduct: {by.en} asks for: {words.en}; the definition of {one.en} leaves that open.",
        f"取决于具体行为：{by.zh}要求：{words.zh}；{one.zh}法律的定义对此未作规定。",
    )


def _simplified(elements: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out alternatives of which one is asked for anyway."""
    single = {element for element in elements if " / " not in element}
    return tuple(element for element in elements if element in single or not single.intersection(element.split(" / ")))


def _confidence(rows: Iterable[OffenceRow]) -> str:
    order = ("low", "medium", "high")
    return min((row.confidence for row in rows), key=order.index, default="low")
