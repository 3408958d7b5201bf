"""Who is bound by an instrument on a day: accession, entry into force, signature only, end, opt-out, gaps in a list."""

from dataclasses import dataclass
from datetime import date

from comity.law.facts import Coverage, Facts, PartyRow, State
from comity.law.instrument import Instrument
from comity.law.naming import beginning
from comity.law.words import Words

BOUND = {"party", "bound", "territorial-extension"}
UNION = Words("the European Union", "欧洲联盟")
NOT_BOUND = {
    "ratified-not-in-force": ("ratified, but the instrument is not in force for it", "已批准，但文书对其尚未生效"),
    "ratification-reported": ("ratification only reported, not deposited as far as known", "仅有批准的报道，未见交存"),
    "reported": ("accession only reported", "仅有加入的报道"),
    "signatory": ("signed only", "仅签署"),
    "invited": ("invited to accede only", "仅受邀加入"),
    "not-bound": ("not bound", "不受约束"),
}


@dataclass(frozen=True, slots=True)
class Bound:
    """Whether a state is bound on a day.

    Attributes:
        truth: True, False or None: unknown.
        inferred: True where "not bound" follows from a gap in a complete list; enough to close the route itself, never enough
            to say that this instrument does not stand in the way of another one.
        status: the status of the row that decides; empty where there is none.
    """

    truth: bool | None
    reason: Words
    source: str
    confidence: str
    inferred: bool = False
    status: str = ""


def in_force(instrument: Instrument, on: date) -> Bound:
    """Say whether the instrument itself applies on the day."""
    source, name = instrument.source, instrument.called
    begun = beginning(name).en
    if not instrument.needs_start and instrument.starts_on is None:
        return Bound(
            True, Words(f"{begun}: a practice, bound to no date.", f"{name.zh}：惯例，无生效日期。"), source, "high"
        )
    if instrument.starts_on is None:
        reason = Words(f"{begun} is not in force ({instrument.as_of}).", f"{name.zh}尚未生效（{instrument.as_of}）。")
        return Bound(False, reason, source, "high")
    if on < instrument.starts_on:
        start = instrument.starts_on
        return Bound(
            False, Words(f"{begun} applies from {start} only.", f"{name.zh}自{start}起才适用。"), source, "high"
        )
    if instrument.ends_on is not None and on > instrument.ends_on:
        end = instrument.ends_on
        return Bound(False, Words(f"{begun} ended on {end}.", f"{name.zh}已于{end}终止。"), source, "high")
    if instrument.term_ends is not None and on > instrument.term_ends:
        return _term_over(instrument, instrument.term_ends)
    start = instrument.starts_on
    return Bound(True, Words(f"{begun} applies since {start}.", f"{name.zh}自{start}起适用。"), source, "high")


def _term_over(instrument: Instrument, end: date) -> Bound:
    name = instrument.called
    reason = Words(
        f"The term of {name.en} ended on {end}; whether it was renewed is not established.",
        f"{name.zh}的期限已于{end}届满，是否续期未确定。",
    )
    return Bound(None, reason, instrument.source, "high")


def bound(facts: Facts, instrument: Instrument, state: str, on: date) -> Bound:
    """Say whether the instrument binds the state on the day."""
    if instrument.bound:
        return _by_text(facts, instrument, state, on)
    rows = facts.party_index.get((instrument.parties_of or instrument.id, state), ())
    if not rows:
        return _unlisted(facts, instrument, state)
    answers = sorted((_by_row(facts, instrument, row, on) for row in rows), key=lambda answer: answer.reason.en)
    for truth in (True, None, False):
        for answer in answers:
            if answer.truth is truth:
                return answer
    return answers[0]


def between(facts: Facts, instrument: Instrument, first: str, second: str, on: date) -> Bound:
    """Say whether the two states are on the two sides of an agreement that names its sides."""
    covered = covers(facts, instrument, first, second, on)
    sides = [_side(facts, side) for side in instrument.pairs]
    verb_en, verb_zh = ("applies", "适用") if covered else ("does not apply", "不适用")
    name, one, other = beginning(instrument.called), facts.said(first), facts.said(second)
    reason = Words(
        f"{name.en} {verb_en} between {one.en} and {other.en} (sides: {' – '.join(side.en for side in sides)}).",
        f"{name.zh}{verb_zh}于{one.zh}与{other.zh}之间（双方：{'—'.join(side.zh for side in sides)}）。",
    )
    return Bound(covered, reason, instrument.source, "high")


def covers(facts: Facts, instrument: Instrument, first: str, second: str, on: date) -> bool:
    """Whether the two states are on the two sides of such an agreement on the day."""
    left, right = instrument.pairs
    return (on_side(facts, left, first, on) and on_side(facts, right, second, on)) or (
        on_side(facts, left, second, on) and on_side(facts, right, first, on)
    )


def _side(facts: Facts, side: frozenset[str]) -> Words:
    names = [UNION if member == "european_union" else facts.said(member) for member in sorted(side)]
    return Words(" or ".join(name.en for name in names), "或".join(name.zh for name in names))


def on_side(facts: Facts, side: frozenset[str], state: str, on: date) -> bool:
    """Whether a state belongs to one side of such an agreement on the day."""
    return state in side or ("european_union" in side and eu_member(facts, state, on))


def eu_member(facts: Facts, code: str, on: date) -> bool:
    """Whether a state was a member of the European Union on the day."""
    state = facts.states.get(code)
    if state is None or state.eu_since is None:
        return False
    return state.eu_since <= on and (state.eu_until is None or on <= state.eu_until)


def _by_text(facts: Facts, instrument: Instrument, state: str, on: date) -> Bound:
    begun = facts.begun(state)
    if state not in instrument.bound:
        reason = Words(
            f"{begun.en} is not among the states of {instrument.called.en}.",
            f"{begun.zh}不在{instrument.called.zh}所列国家之中。",
        )
        return Bound(False, reason, instrument.source, "medium")
    since = instrument.bound_since.get(state, instrument.starts_on)
    joined = facts.states[state].eu_since if state in facts.states else None
    since = max(since, joined) if since and joined else since
    if since is None:
        reason = Words(
            f"Since when {facts.said(state).en} is bound is not established.", f"{begun.zh}何时起受约束未确定。"
        )
        return Bound(None, reason, instrument.source, "low")
    truth = on >= since
    reason = Words(f"{begun.en} is bound from {since}.", f"{begun.zh}自{since}起受约束。")
    return Bound(truth, reason, instrument.source, "medium")


def _by_row(facts: Facts, instrument: Instrument, row: PartyRow, on: date) -> Bound:
    truth, en, zh = _row_says(instrument, row, on)
    if row.confidence not in {"high", "medium"}:
        truth, en, zh = None, f"{en} (the source is weak, so unknown)", f"{zh}（来源不足，视为未知）"
    name = instrument.called
    state = facts.begun(row.state)
    reason = Words(f"{state.en} and {name.en}: {en}.", f"{state.zh}与{name.zh}：{zh}。")
    return Bound(truth, reason, row.source, row.confidence, status=row.status)


def _row_says(instrument: Instrument, row: PartyRow, on: date) -> tuple[bool | None, str, str]:
    if row.status in NOT_BOUND:
        en, zh = NOT_BOUND[row.status]
        return False, f"{en} (as of {row.as_of})", f"{zh}（截至{row.as_of}）"
    if row.status == "ended":
        return _ended(row, on)
    if row.status in BOUND:
        return _since(row, on)
    if row.status == "non-binding" and instrument.kind == "scheme":
        return True, "takes part in the scheme, which binds nobody", "参加该安排，但无约束力"
    return None, f"position not established ({row.status or 'no status'})", f"地位未确定（{row.status or '无'}）"


def _ended(row: PartyRow, on: date) -> tuple[bool | None, str, str]:
    if row.ends_on is None:
        return None, "bound once; the day on which that ended is not established", "曾受约束，终止日期未确定"
    if on > row.ends_on:
        return False, f"no longer bound after {row.ends_on}", f"自{row.ends_on}后不再受约束"
    return _since(row, on)


def _since(row: PartyRow, on: date) -> tuple[bool | None, str, str]:
    if row.ends_on is not None and on > row.ends_on:
        return False, f"no longer bound after {row.ends_on}", f"自{row.ends_on}后不再受约束"
    if row.in_force is not None:
        if on >= row.in_force:
            return True, f"in force since {row.in_force}", f"自{row.in_force}起生效"
        return False, f"in force from {row.in_force} only", f"自{row.in_force}起才生效"
    if on >= row.as_of:
        return True, f"in force by {row.as_of}, since when is not established", f"截至{row.as_of}已生效，起始日未确定"
    if row.signed is not None and on < row.signed:
        return False, f"signed on {row.signed} only", f"{row.signed}才签署"
    return (
        None,
        f"in force by {row.as_of}; whether before is not established",
        f"截至{row.as_of}已生效，此前是否生效未确定",
    )


def _unlisted(facts: Facts, instrument: Instrument, state: str) -> Bound:
    coverage = facts.coverage.get(instrument.parties_of or instrument.id)
    name, said, begun = instrument.called, facts.said(state), facts.begun(state)
    if coverage is None:
        reason = Words(
            f"Whether {said.en} is bound by {name.en} is not established.", f"{said.zh}是否受{name.zh}约束未确定。"
        )
        return Bound(None, reason, "", "low")
    if _impossible(coverage, facts.states.get(state), state):
        reason = Words(f"{begun.en} cannot be a party to {name.en}.", f"{begun.zh}不可能成为{name.zh}缔约方。")
        return Bound(False, reason, coverage.source, coverage.confidence)
    if coverage.complete and coverage.confidence != "low":
        reason = Words(f"{begun.en} is not among the parties to {name.en}.", f"{begun.zh}不在{name.zh}缔约方名单之中。")
        return Bound(False, reason, coverage.source, coverage.confidence, inferred=True)
    reason = Words(
        f"{begun.en} is not listed for {name.en}; the list is not known to be complete.",
        f"{begun.zh}未列入{name.zh}名单；该名单未必完整。",
    )
    return Bound(None, reason, coverage.source, coverage.confidence)


def _impossible(coverage: Coverage, known: State | None, state: str) -> bool:
    if coverage.possible is None or known is None:
        return False
    return state not in coverage.possible and not (coverage.possible & known.groups)
