"""Who is bound: rows that overlap, and two files that say different things about the same state."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from comity.law.binding import BOUND
from comity.law.facts import Coverage, Facts, PartyRow, State

DECLARING = frozenset({*BOUND, "ended", "signatory", "ratified-not-in-force", "ratification-reported"})


def bound_problems(facts: Facts) -> Iterator[str]:
    """Yield overlaps and contradictions about who is bound."""
    for (instrument, state), rows in facts.party_index.items():
        where = f"parties.csv: {instrument} {state}"
        if any(_overlap(one, other) for one, other in combinations(rows, 2)):
            yield f"{where} has {len(rows)} rows whose periods overlap"
        for row in rows:
            yield from (f"{where} {problem}" for problem in _of_row(facts, row))
    yield from _bilaterals(facts)
    yield from _union(facts)
    yield from _reservations(facts)


def _overlap(one: PartyRow, other: PartyRow) -> bool:
    first, second = sorted((one, other), key=lambda row: row.in_force or date.min)
    return first.ends_on is None or second.in_force is None or second.in_force <= first.ends_on


def _of_row(facts: Facts, row: PartyRow) -> Iterator[str]:
    bound = row.status in BOUND
    if row.in_force and row.ends_on and row.ends_on < row.in_force:
        yield "ends before it begins"
    if row.status == "ended" and row.ends_on is None:
        yield "has ended, but no day says when"
    if row.signed and row.in_force and row.in_force < row.signed:
        yield f"is bound from {row.in_force}, before it signed on {row.signed}"
    instrument = facts.instruments.get(row.instrument)
    if instrument is None:
        return
    start = instrument.starts_on
    if bound and row.in_force and start and row.in_force < start:
        yield f"is bound from {row.in_force}, before the instrument applies"
    if instrument.bound and row.state in instrument.bound and not bound and row.status != "ended":
        yield f"is {row.status}, but the instrument's own text binds it"
    if instrument.bound and row.state not in instrument.bound and bound:
        yield "is bound, but the instrument's own text does not name it"
    state, coverage = facts.states.get(row.state), facts.coverage.get(row.instrument)
    if bound and state and coverage and _impossible(coverage, state):
        yield "is bound, but coverage.yaml says that it cannot be"
    if bound and state and coverage and coverage.possible == frozenset({"european_union"}):
        yield from _of_member(row, state)


def _impossible(coverage: Coverage, state: State) -> bool:
    possible = coverage.possible
    return possible is not None and state.id not in possible and possible.isdisjoint(state.groups)


def _of_member(row: PartyRow, state: State) -> Iterator[str]:
    """A text of the Union binds from membership to its end."""
    if state.eu_until and (row.ends_on is None or row.ends_on > state.eu_until):
        yield f"is bound, but states.csv says that it left the European Union on {state.eu_until}"
    if state.eu_since and row.in_force and row.in_force < state.eu_since:
        yield f"is bound from {row.in_force}, but states.csv says that it joined the European Union on {state.eu_since}"


def _bilaterals(facts: Facts) -> Iterator[str]:
    for treaty in facts.bilaterals:
        if len(treaty.states) != 2:
            yield f"bilateral.csv: {treaty.id} does not name two states"
        if treaty.status == "suspended" and treaty.suspended_since is None:
            yield f"bilateral.csv: {treaty.id} is suspended, but no day says since when"
        if treaty.in_force and treaty.suspended_since and treaty.suspended_since < treaty.in_force:
            yield f"bilateral.csv: {treaty.id} is suspended before it is in force"
        if treaty.status == "signed" and treaty.in_force:
            yield f"bilateral.csv: {treaty.id} is signed only, but has a day of entry into force"
    counted = Counter(treaty.id for treaty in facts.bilaterals)
    yield from (f"bilateral.csv: {name} twice" for name, count in counted.items() if count > 1)


def _union(facts: Facts) -> Iterator[str]:
    for state in facts.states.values():
        if state.eu_until and (state.eu_since is None or state.eu_until <= state.eu_since):
            yield f"states.csv: {state.id} leaves the European Union before it joins"


def _reservations(facts: Facts) -> Iterator[str]:
    told = set()
    for item in facts.reservations:
        rows = facts.party_index.get((item.instrument, item.state), ())
        instrument = facts.instruments.get(item.instrument)
        by_text = instrument is not None and item.state in instrument.bound
        if not by_text and not any(row.status in DECLARING for row in rows):
            told.add(f"reservations.yaml: {item.instrument} {item.state} has a reservation but is no party")
    yield from sorted(told)
