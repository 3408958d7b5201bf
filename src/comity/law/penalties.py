"""What national law threatens for an offence, as a hint for thresholds. Only the maximum that the question states decides one."""

from comity.law.facts import Facts
from comity.law.national import LIFE
from comity.law.words import NOTHING, Words


def penalty_range(facts: Facts, state: str, offence: str | None) -> tuple[int, int] | None:
    """Return the lowest basic and the highest aggravated maximum in months, or None where that is not established.

    9999 is life or death. A provision whose maximum is unknown makes the whole unknown.
    """
    law = facts.national.get(state)
    rows = law.offences.get(offence, ()) if law and offence else ()
    rows = tuple(row for row in rows if row.exists in {"yes", "partial"})
    basic = [row.max_months for row in rows]
    every = basic + [months for row in rows for months in row.aggravated_months]
    if not rows or any(months is None for months in every):
        return None
    known = [months for months in every if months is not None]
    return min(months for months in basic if months is not None), max(known)


def penalty_hint(facts: Facts, state: str, offence: str | None) -> Words:
    """Say what the law of the state threatens; nothing where that is not established."""
    found = penalty_range(facts, state, offence)
    if found is None:
        return NOTHING
    low, high = (("life" if months >= LIFE else f"{months} months") for months in found)
    zh_low, zh_high = (("终身" if months >= LIFE else f"{months}个月") for months in found)
    name = facts.said(state)
    return Words(
        f"The law of {name.en} knows maxima from {low} to {high}: state the one that applies.",
        f"{name.zh}法律的最高刑为{zh_low}至{zh_high}：请注明适用者。",
    )
