"""A test laid out for arrays: which parts look at what, and so how often each has to be asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from comity.law.situation import getter
from comity.law.truth import MalformedTestError, Test, compile_test

FROM, TO, OFFENCE = "from", "to", "offence"
AXES = (FROM, TO, OFFENCE)
NOTHING: frozenset[str] = frozenset()

LOOKS_AT: Mapping[str, frozenset[str]] = {
    "measure": NOTHING,
    "date": NOTHING,
    "from": frozenset({FROM}),
    "to": frozenset({TO}),
    "offence": frozenset({OFFENCE}),
    "from.bound": frozenset({FROM}),
    "to.bound": frozenset({TO}),
    "from.eu_member": frozenset({FROM}),
    "to.eu_member": frozenset({TO}),
    "from.penalty_max_months": NOTHING,
    "to.penalty_max_months": NOTHING,
    "offence.in_instrument": frozenset({OFFENCE}),
    "offence.computer_related": frozenset({OFFENCE}),
    "dual_criminality.met": frozenset({TO, OFFENCE}),
    "to.power": frozenset({TO}),
    "to.mla.treaty_required": frozenset({TO}),
    "to.mla.reciprocity": frozenset({TO}),
    "to.mla.dual_criminality": frozenset({TO}),
    "to.extradition.treaty_required": frozenset({TO}),
    "to.extradition.threshold_met": frozenset({TO}),
    "to.surrenders_national": frozenset({TO}),
    "from.in_interpol": frozenset({FROM}),
    "to.in_interpol": frozenset({TO}),
    "death_penalty": frozenset({FROM, TO}),
    "wanted_for": NOTHING,
    "sentence_at_least": NOTHING,
    "offence.on_list": frozenset({OFFENCE}),
    "to.reserved": frozenset({TO}),
    "from.reserved": frozenset({FROM}),
    "other.applies": frozenset({FROM, TO}),
}
"""What each fact of `comity.law.situation` looks at; a circumstance looks at nothing, for it is the same everywhere."""

ON_DEATH_PENALTY = "death_penalty"
OF_THE_MEASURE = frozenset({"measure", "to.power"})
APPLIES = "other.applies:"


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A test, or a part of one.

    Attributes:
        joined: `all`, `any`, `not` where it joins parts that look at different things; empty where it is asked as a whole.
        ask: the closure of the per-question engine.
        looks_at: the axes along which the answer differs.
        by_death_penalty: whether it looks at two states only for their law on the death penalty, so that many are alike to it.
        other: the instrument whose application between two states it asks for, where it does that and nothing else.
        by_measure: whether the answer may differ from measure to measure.
    """

    ask: Test
    looks_at: frozenset[str]
    by_measure: bool
    joined: str = ""
    parts: tuple["Laid", ...] = ()
    other: str = ""
    by_death_penalty: bool = False


def layout(known: Mapping[str, object]) -> Callable[[object], Laid | None]:
    """Return what lays out a test; what is no test is laid out as None.

    Args:
        known: the circumstance keys of `codes.yaml`.
    """
    return lambda test: _lay(cast("Mapping[str, object]", test), known) if isinstance(test, Mapping) else None


def _lay(test: Mapping[str, object], known: Mapping[str, object]) -> Laid:
    names = frozenset(_names(test))
    ask = compile_test(test, lambda name: getter(name, known))
    axes = frozenset[str]().union(*(_looks_at(name, known) for name in names))
    by_measure = bool(names & OF_THE_MEASURE)
    joined = next((word for word in ("all", "any", "not") if word in test), "")
    if joined and len(axes) > 1:
        parts = tuple(_lay(part, known) for part in _inner(test, joined))
        return Laid(ask, axes, by_measure, joined, parts)
    other = (
        next((name.removeprefix(APPLIES) for name in names if name.startswith(APPLIES)), "") if len(names) == 1 else ""
    )
    return Laid(ask, axes, by_measure, other=other, by_death_penalty=names == {ON_DEATH_PENALTY})


def _inner(test: Mapping[str, object], joined: str) -> Sequence[Mapping[str, object]]:
    inner = test[joined]
    return [cast("Mapping[str, object]", inner)] if joined == "not" else cast("Sequence[Mapping[str, object]]", inner)


def _names(test: Mapping[str, object]) -> list[str]:
    for joined in ("all", "any", "not"):
        if joined in test:
            return [name for part in _inner(test, joined) for name in _names(part)]
    value = test.get("value")
    second = [str(value["fact"])] if isinstance(value, Mapping) else []
    return [str(test["fact"]), *second]


def _looks_at(name: str, known: Mapping[str, object]) -> frozenset[str]:
    head = name.partition(":")[0]
    if name in LOOKS_AT or head in LOOKS_AT:
        return LOOKS_AT[name if name in LOOKS_AT else head]
    if name in known:
        return NOTHING
    raise MalformedTestError(f"The atlas does not know what '{name}' looks at.", remedy="Add it to LOOKS_AT.")
