"""Dual criminality: is the conduct an offence in the requested state too? Elements are compared, never names.

With a conduct, each provision of the requested state is tried: every element must be shown; one that is known not to hold
fails it; the rest is unknown. Without a conduct nothing is ever met: the definitions of both states can only make it likely,
and what the request must show is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from comity.law.conduct import Implied, Tried, alternatives, closure, try_provision
from comity.law.facts import Facts
from comity.law.national import Elements, NationalLaw, OffenceRow
from comity.law.question import Conduct
from comity.law.words import Words


@dataclass(frozen=True, slots=True)
class DualCriminalityAnswer:
    """Whether the conduct is an offence in the requested state.

    Attributes:
        met: True, False or None: unknown.
        likely: the definitions of both states match, so that a request which shows the elements meets it.
        to_show: elements that the facts do not show yet, by the provision that comes closest.
        provisions: provisions of the requested state that were compared.
    """

    met: bool | None
    likely: bool
    reason: Words
    to_show: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    source: str = ""
    confidence: str = "low"


def dual_criminality(
    facts: Facts, from_state: str, to_state: str, offence: str | None, conduct: Conduct | None = None
) -> DualCriminalityAnswer:
    """Compare the conduct, or else the two definitions, with the law of the requested state."""
    law = facts.national.get(to_state)
    if law is None or offence is None:
        return _unknown(facts, to_state, offence)
    rows = law.offences.get(offence, ())
    if conduct is not None:
        return _by_conduct(to_state, rows, conduct, facts)
    punishing = tuple(row for row in rows if row.exists in {"yes", "partial"} and row.elements)
    if not punishing:
        return _no_row(facts, to_state, rows)
    return _by_definition(facts.national.get(from_state), to_state, offence, punishing, facts)


def _unknown(facts: Facts, to_state: str, offence: str | None) -> DualCriminalityAnswer:
    if offence is None:
        return DualCriminalityAnswer(None, False, Words("No offence is named.", "未指明犯罪。"))
    there = facts.said(to_state)
    reason = Words(f"The criminal law of {there.en} is not in the lawbook.", f"法律库未收录{there.zh}刑法。")
    return DualCriminalityAnswer(None, False, reason)


def _no_row(facts: Facts, to_state: str, rows: tuple[OffenceRow, ...]) -> DualCriminalityAnswer:
    certain = bool(rows) and all(row.exists == "no" for row in rows)
    if not certain:
        there = facts.said(to_state)
        reason = Words(f"Whether {there.en} punishes it is not established.", f"{there.zh}是否处罚该行为未确定。")
        return DualCriminalityAnswer(None, False, reason)
    there = facts.begun(to_state)
    reason = Words(f"{there.en} does not punish it.", f"{there.zh}不处罚该行为。")
    return DualCriminalityAnswer(False, False, reason, (), _provisions(rows), _source(rows), _confidence(rows))


def _by_conduct(to_state: str, rows: tuple[OffenceRow, ...], conduct: Conduct, facts: Facts) -> DualCriminalityAnswer:
    compared = tuple(row for row in rows if row.exists in {"yes", "partial"} and row.elements)
    there = facts.begun(to_state)
    answers = [(try_provision(row.elements, conduct, facts), row) for row in compared if row.elements]
    for tried, row in answers:
        if tried.truth is True:
            reason = Words(f"{there.en} punishes it: {row.provision}.", f"{there.zh}处罚该行为：{row.provision}。")
            return DualCriminalityAnswer(True, True, reason, (), (row.provision,), row.source, row.confidence)
    other = _under_another_offence(to_state, rows, conduct, facts)
    if other is not None:
        reason = Words(
            f"{there.en} punishes it under another offence: {other.provision}.",
            f"{there.zh}以另一罪名处罚该行为：{other.provision}。",
        )
        return DualCriminalityAnswer(True, True, reason, (), (other.provision,), other.source, other.confidence)
    if not answers:
        return _no_row(facts, to_state, rows)
    common = (_provisions(compared), _source(compared), _confidence(compared))
    if any(tried.truth is None for tried, _ in answers) or any(row.exists == "unknown" for row in rows):
        show = _closest_to_show(tried for tried, _ in answers)
        return DualCriminalityAnswer(None, False, _if_shown(to_state, show, facts), show, *common)
    return DualCriminalityAnswer(False, False, _not_covered(to_state, answers, facts), (), *common)


def _under_another_offence(
    to_state: str, rows: tuple[OffenceRow, ...], conduct: Conduct, facts: Facts
) -> OffenceRow | None:
    """Return a provision on another offence that punishes the conduct: elements are compared, not names."""
    for others in facts.national[to_state].offences.values():
        for row in others:
            known = row.exists in {"yes", "partial"} and row.elements is not None and row not in rows
            if known and row.elements and try_provision(row.elements, conduct, facts).truth is True:
                return row
    return None


def _closest_to_show(tried: Iterable[Tried]) -> tuple[str, ...]:
    return min((each.to_show for each in tried if each.truth is None), key=lambda show: (len(show), show), default=())


def _if_shown(to_state: str, show: tuple[str, ...], facts: Facts) -> Words:
    words = facts.codes.elements.listed(show) if show else Words("not established", "未确定")
    there = facts.begun(to_state)
    return Words(
        f"{there.en} punishes it if this is shown: {words.en}.", f"如能证明以下要素，{there.zh}即处罚：{words.zh}。"
    )


def _not_covered(to_state: str, answers: list[tuple[Tried, OffenceRow]], facts: Facts) -> Words:
    tried, row = min(answers, key=lambda item: (len(item[0].excluded), item[0].excluded))
    words = facts.codes.elements.listed(tried.excluded)
    there = facts.said(to_state)
    return Words(
        f"No provision of {there.en} covers the conduct as described; {row.provision} asks for: {words.en}.",
        f"{there.zh}没有条款涵盖所述行为；{row.provision}要求：{words.zh}。",
    )


def _by_definition(
    law: NationalLaw | None, to_state: str, offence: str, rows: tuple[OffenceRow, ...], facts: Facts
) -> DualCriminalityAnswer:
    asking = [row for row in (law.offences.get(offence, ()) if law else ()) if row.elements]
    gaps = [_closest_gap(row.elements, rows, facts.implies) for row in asking if row.elements]
    there = facts.said(to_state)
    likely = bool(gaps) and all(gap == () for gap in gaps)
    show = max(gaps, key=lambda gap: (len(gap), gap), default=())
    if likely:
        reason = Words(
            f"The definition of {there.en} covers that of the requesting state; the request must show the elements.",
            f"{there.zh}的定义涵盖请求国的定义；请求须说明各要素。",
        )
    else:
        words = facts.codes.elements.listed(show)
        needs = words if show else Words("the elements of the offence there", "该国犯罪要素")
        reason = Words(
            f"Depends on the conduct: {there.en} also asks for: {needs.en}.",
            f"取决于行为：{there.zh}另要求：{needs.zh}。",
        )
    return DualCriminalityAnswer(None, likely, reason, show, _provisions(rows), _source(rows), _confidence(rows))


def _closest_gap(asked: Elements, rows: Iterable[OffenceRow], implies: Implied) -> tuple[str, ...]:
    gaps = (_gap(asked, row.elements, implies) for row in rows if row.elements)
    return min(gaps, key=lambda gap: (len(gap), gap), default=())


def _gap(asked: Elements, there: Elements, implies: Implied) -> tuple[str, ...]:
    """Name what the definition there asks for beyond the one here."""
    shown = closure((*asked.all, "intent"), implies)
    gap = {token for token in there.all if token not in shown}
    gap.update(alternatives(group) for group in there.any if not shown.intersection(group))
    if not all(closure((act,), implies).intersection(there.act) for act in asked.act):
        gap.add(alternatives(there.act))
    objects = asked.object or ("any-object",)
    if there.object and not all(closure((item,), implies).intersection(there.object) for item in objects):
        gap.add(alternatives(there.object))
    return tuple(sorted(gap))


def _provisions(rows: tuple[OffenceRow, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.provision for row in rows if row.provision))


def _source(rows: tuple[OffenceRow, ...]) -> str:
    return "; ".join(dict.fromkeys(row.source for row in rows))


def _confidence(rows: tuple[OffenceRow, ...]) -> str:
    order = ("low", "medium", "high")
    return min((row.confidence for row in rows), key=order.index, default="low")
