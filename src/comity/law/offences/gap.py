"""What the law of a state lacks against an instrument: its offences by element, its powers, article by article."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.errors import LocalError
from comity.law.binding import Bound, bound
from comity.law.conduct import Tried, try_provision
from comity.law.facts import Facts, Reservation
from comity.law.naming import beginning
from comity.law.national import Elements, NationalLaw, OffenceRow
from comity.law.obligation import Obligation
from comity.law.offences.minimal import closed, minimal_conducts, punishing
from comity.law.question import EARLIEST, LATEST, Conduct, UnknownStateError, UnusableDateError
from comity.law.words import NOTHING, Words, in_turn

HAS, NARROWER, PARTIAL, LACKS, UNKNOWN = "has", "narrower-as-permitted", "partial", "lacks", "unknown"
STATUSES = (LACKS, PARTIAL, NARROWER, UNKNOWN, HAS)


class NoObligationsError(LocalError):
    """The lawbook does not record what an instrument asks of the law of its parties."""

    code = "no-obligations"


@dataclass(frozen=True, slots=True)
class GapItem:
    """One obligation against the law of the state.

    Attributes:
        status: has | narrower-as-permitted (by what the article lets a party declare or reserve) | partial | lacks | unknown.
        provisions: of the national law.
        uncovered: acts and objects of the article that no provision covers.
        narrowing: elements that the national law asks for beyond the article.
        declared: reservations and declarations of the state to this article that the lawbook knows.
        note: what a jurist noted on the national provisions.
        confidence: the lower of the obligation's and the national provisions'.
    """

    obligation: Obligation
    status: str
    reason: Words
    provisions: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()
    narrowing: tuple[str, ...] = ()
    declared: tuple[Reservation, ...] = ()
    note: Words = NOTHING
    source: str = ""
    confidence: str = "low"


@dataclass(frozen=True, slots=True)
class Gap:
    """All obligations of an instrument against the law of a state.

    Attributes:
        position: whether the instrument binds the state on the day.
    """

    state: str
    instrument: str
    title: Words
    on: date
    position: Bound
    items: tuple[GapItem, ...]

    def count(self, status: str) -> int:
        """Return how many obligations have the status."""
        return sum(item.status == status for item in self.items)


def gap(facts: Facts, state: str, instrument: str, on: date | None = None) -> Gap:
    """Hold the law of a state against an instrument.

    Args:
        facts: the law.
        state: its code.
        instrument: id; its obligations must be in the lawbook.
        on: the day for which it is asked whether the instrument binds the state; None is the day of the facts.

    Raises:
        UnusableQuestionError: the state is not known.
        NoObligationsError: the instrument is not known, or what it asks of national law is not recorded.
    """
    check_place(facts, state, on)
    asked, document = facts.obligations.get(instrument), facts.instruments.get(instrument)
    if asked is None or document is None:
        known = ", ".join(sorted(facts.obligations))
        raise NoObligationsError(
            f"What '{instrument}' asks of national law is not in the lawbook.",
            remedy=f"Use one of {known}, or add a file to lawbook/obligations.",
        )
    day = on or facts.as_of
    law = facts.national.get(state)
    items = tuple(_item(facts, state, instrument, obligation, law) for obligation in asked.items)
    return Gap(state, instrument, document.title, day, bound(facts, document, state, day), items)


def check_place(facts: Facts, state: str, on: date | None) -> None:
    """Check the state and the day.

    Raises:
        UnusableQuestionError: the state is not known, or the day is outside the years 1900 to 2200.
    """
    if state not in facts.states:
        raise UnknownStateError(
            f"'{state}' is no state of the lawbook.", remedy="Use the ISO 3166-1 code of two letters, such as NL."
        )
    if on is not None and not EARLIEST <= on <= LATEST:
        raise UnusableDateError(f"{on} is outside the years 1900 to 2200.", remedy="Name another day.")


def _item(facts: Facts, state: str, instrument: str, obligation: Obligation, law: NationalLaw | None) -> GapItem:
    if law is None:
        name = facts.said(state)
        reason = Words(f"The law of {name.en} is not in the lawbook.", f"法律库未收录{name.zh}法律。")
        return GapItem(obligation, UNKNOWN, reason)
    if obligation.confidence == "low":
        reason = Words("What the article asks for is not sure enough.", "该条要求的内容尚不够确定。")
        return GapItem(obligation, UNKNOWN, reason)
    if obligation.kind == "offence":
        return _offence(facts, state, instrument, obligation, law)
    if obligation.kind == "power":
        return _power(facts.said(state), obligation, law)
    reason = Words("The lawbook does not record national law on this duty.", "法律库未收录有关该项义务的国内法。")
    return GapItem(obligation, UNKNOWN, reason)


def _power(name: Words, obligation: Obligation, law: NationalLaw) -> GapItem:
    power = law.power_rows.get(obligation.code)
    status = {"yes": HAS, "partial": PARTIAL, "no": LACKS}.get(power.available if power else "unknown", UNKNOWN)
    if power is None or status == UNKNOWN:
        reason = Words(f"Whether {name.en} has this power is not established.", f"{name.zh}是否有此权力未确定。")
        return GapItem(obligation, UNKNOWN, reason)
    begun = beginning(name)
    reasons = {
        HAS: Words(f"{begun.en} has it: {power.provision}.", f"{name.zh}有此权力：{power.provision}。"),
        PARTIAL: Words(f"{begun.en} has it in part: {power.provision}.", f"{name.zh}部分具备：{power.provision}。"),
        LACKS: Words(f"{begun.en} has no such power.", f"{name.zh}无此权力。"),
    }
    return GapItem(
        obligation=obligation,
        status=status,
        reason=reasons[status],
        provisions=(power.provision,),
        note=power.note,
        source=power.source,
        confidence=_lowest((obligation.confidence, power.confidence)),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """One act of the article on one of its objects, held against the provision that comes closest."""

    conduct: Conduct
    tried: Tried
    is_core: bool


def _offence(facts: Facts, state: str, instrument: str, obligation: Obligation, law: NationalLaw) -> GapItem:
    rows = law.offences.get(obligation.code, ())
    known = punishing(rows)
    if not known:
        return _no_row(facts.said(state), obligation, rows)
    if obligation.elements is None:
        reason = Words("The elements of the article are not recorded.", "该条的要素未收录。")
        return GapItem(obligation, UNKNOWN, reason, tuple(row.provision for row in known))
    parts = _parts(facts, obligation, obligation.elements, known)
    status = _status(facts, obligation, parts, rows)
    uncovered = _uncovered(parts, obligation.elements)
    narrowing = tuple(dict.fromkeys(token for part in parts for token in _narrowing(part, obligation.elements)))
    unsure = () if status != UNKNOWN else tuple(dict.fromkeys(each for part in parts for each in _unsure(facts, part)))
    return GapItem(
        obligation=obligation,
        status=status,
        reason=_reason(facts, state, status, uncovered, (*narrowing, *unsure)),
        provisions=tuple(dict.fromkeys(row.provision for row in known)),
        uncovered=uncovered,
        narrowing=narrowing,
        declared=_declared(facts, instrument, state, obligation.article),
        note=in_turn(row.note for row in known),
        source="; ".join(dict.fromkeys(row.source for row in known)),
        confidence=_lowest((obligation.confidence, *(row.confidence for row in known))),
    )


def _no_row(name: Words, obligation: Obligation, rows: tuple[OffenceRow, ...]) -> GapItem:
    if not rows or any(row.exists != "no" for row in rows):
        reason = Words(f"Whether {name.en} punishes it is not established.", f"{name.zh}是否处罚该行为未确定。")
        return GapItem(obligation, UNKNOWN, reason)
    reason = Words(f"{beginning(name).en} does not punish it.", f"{name.zh}不处罚该行为。")
    confidence = _lowest((obligation.confidence, *(row.confidence for row in rows)))
    note = in_turn(row.note for row in rows)
    source = "; ".join(dict.fromkeys(row.source for row in rows))
    return GapItem(obligation, LACKS, reason, note=note, source=source, confidence=confidence)


def _parts(facts: Facts, obligation: Obligation, asked: Elements, rows: tuple[OffenceRow, ...]) -> tuple[_Part, ...]:
    parts = []
    for conduct in minimal_conducts(asked, facts):
        exact = closed(conduct, rows, facts)
        tried = [try_provision(row.elements, exact, facts) for row in rows if row.elements]
        best = min(tried, key=lambda each: (_weight(each, obligation), each.excluded))
        is_core = _within(conduct.acts, obligation.core_acts) and _within(conduct.objects, obligation.core_objects)
        parts.append(_Part(conduct, best, is_core))
    return tuple(parts)


def _within(tokens: Iterable[str], core: frozenset[str]) -> bool:
    return not core or any(token in core for token in tokens)


def _weight(tried: Tried, obligation: Obligation) -> tuple[int, int]:
    """Weigh what is asked beyond the article: first what it does not permit."""
    return (sum(not _permits(obligation, element) for element in tried.excluded), len(tried.excluded))


def _permits(obligation: Obligation, element: str) -> bool:
    return any(token in obligation.permitted for token in element.split(" / "))


def _status(facts: Facts, obligation: Obligation, parts: tuple[_Part, ...], rows: tuple[OffenceRow, ...]) -> str:
    beyond = [part for part in parts if part.tried.excluded]
    forbidden = [
        part
        for part in beyond
        if part.is_core and not all(_permits(obligation, element) for element in part.tried.excluded)
    ]
    unsure = any(row.exists == "unknown" for row in rows)
    if forbidden:
        return UNKNOWN if unsure else PARTIAL
    if any(_unsure(facts, part) for part in parts if part.is_core):
        return UNKNOWN
    if not any(row.exists == "yes" for row in rows):
        return PARTIAL
    return NARROWER if beyond else HAS


def _unsure(facts: Facts, part: _Part) -> tuple[str, ...]:
    """Name what narrows and is neither shown nor excluded, such as another age."""
    narrows = facts.codes.elements.narrows
    return tuple(each for each in part.tried.to_show if all(narrows(token) for token in each.split(" / ")))


def _uncovered(parts: tuple[_Part, ...], asked: Elements) -> tuple[str, ...]:
    """Name the acts and objects of the article of which no provision covers one."""
    missing = [part.conduct for part in parts if part.tried.excluded]
    covered = [part.conduct for part in parts if not part.tried.excluded]
    acts = [act for act in asked.act if not any(act in conduct.acts for conduct in covered)]
    objects = [thing for thing in asked.object if not any(thing in conduct.objects for conduct in covered)]
    if not missing or not covered:
        return ()
    return (*acts, *objects)


def _narrowing(part: _Part, asked: Elements) -> tuple[str, ...]:
    own = {*asked.act, *asked.object}
    return tuple(element for element in part.tried.excluded if not own.intersection(element.split(" / ")))


def _declared(facts: Facts, instrument: str, state: str, article: str) -> tuple[Reservation, ...]:
    number = article.partition("(")[0]
    return tuple(
        item
        for item in facts.reservations
        if (item.instrument, item.state) == (instrument, state)
        and item.article.partition(".")[0] == number
        and item.tag != "withdrawn"
        and item.confidence != "low"
    )


def _reason(facts: Facts, state: str, status: str, uncovered: tuple[str, ...], narrowing: tuple[str, ...]) -> Words:
    listed, name = facts.codes.elements.listed, facts.begun(state)
    heads = {
        HAS: Words(f"{name.en} punishes it.", f"{name.zh}处罚该行为。"),
        NARROWER: Words(
            f"{name.en} punishes it, narrower as the article permits.",
            f"{name.zh}处罚该行为，范围较窄，但为该条所允许。",
        ),
        PARTIAL: Words(f"{name.en} punishes it in part only.", f"{name.zh}仅部分处罚该行为。"),
        UNKNOWN: Words(
            f"{name.en} punishes it at least in part; whether all of it is not established.",
            f"{name.zh}至少部分处罚该行为；是否全部处罚未确定。",
        ),
    }
    head = heads[status]
    lacking = (listed(uncovered), "Not covered: {}.", "未涵盖：{}。") if uncovered else (NOTHING, "", "")
    asking = (listed(narrowing), "It also asks for: {}.", "另要求：{}。") if narrowing else (NOTHING, "", "")
    parts = [(words, en, zh) for words, en, zh in (lacking, asking) if words]
    return Words(
        " ".join([head.en, *(en.format(words.en) for words, en, _ in parts)]),
        "".join([head.zh, *(zh.format(words.zh) for words, _, zh in parts)]),
    )


def _lowest(values: Iterable[str]) -> str:
    order = ("low", "medium", "high")
    return min(values, key=order.index, default="low")
