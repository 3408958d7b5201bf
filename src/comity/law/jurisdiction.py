"""Which states have jurisdiction over a crime chain, on which basis and by which article, and which of them is usually preferred.

A claim is met only where the link is certain, a rule that binds the state is known, and its law is known to punish the offence.
A treaty that obliges the state to have jurisdiction is no proof that its law gives it: such a claim is `obliged`, and unknown.
The order of the states is a suggestion with its reasons, never a verdict: no instrument forces a result.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from comity.law.answer import MET, NOT_MET, UNSURE, Caution
from comity.law.binding import bound, eu_member, in_force
from comity.law.chain import Chain, Link, check_chain
from comity.law.facts import Facts
from comity.law.jurisdiction_rules import MANDATORY, Consultation, Criterion, Grant, JurisdictionRules
from comity.law.naming import together
from comity.law.words import NOTHING, Words

Truth = bool | None
VERDICTS: Mapping[Truth, str] = {True: MET, False: NOT_MET, None: UNSURE}
RANK = {MET: 0, UNSURE: 1, NOT_MET: 2}


@dataclass(frozen=True, slots=True)
class Ground:
    """One rule that gives the state jurisdiction on a basis, evaluated.

    Attributes:
        authority: the instrument or text, `national` or `custom`.
        force: mandatory (the state must have it) | optional (it may).
        verdict: met | not-met | unknown.
    """

    id: str
    authority: str
    title: Words
    article: str
    force: str
    verdict: str
    reason: Words
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Basis:
    """A basis of jurisdiction of one state, with the links of the chain that point to it; the best ground first."""

    id: str
    name: Words
    verdict: str
    links: tuple[str, ...]
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a state can rest jurisdiction on.

    Attributes:
        verdict: met | not-met | unknown.
        obliged: whether a treaty in force certainly obliges it to have jurisdiction.
        punished: whether its law punishes the offence: met | not-met | unknown.
    """

    state: str
    name: Words
    verdict: str
    obliged: bool
    punished: str
    bases: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What speaks for a state under one criterion; `share` None: it speaks for it, but how much is not stated."""

    state: str
    share: Fraction | None
    words: Words


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion with its marks; no marks: unknown, because the chain says nothing on it."""

    criterion: Criterion
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place in the suggested order: the points gathered and the reasons, in words."""

    state: str
    points: Fraction
    reasons: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class ConsultationDuty:
    """A duty to consult: between which states it certainly holds, and for which it is not established."""

    rule: Consultation
    states: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JurisdictionAnswer:
    """Who can prosecute, by which criteria one is usually preferred, and how the states have to settle it.

    Attributes:
        conflict: met: two or more have (or must have) jurisdiction; unknown: perhaps; not-met: at most one.
        order: the suggested order, states without any claim left out.
        unknown: what is missing: criteria on which the chain says nothing, `fact:...` for gaps of the lawbook.
    """

    chain: Chain
    as_of: date
    claims: tuple[Claim, ...]
    conflict: str
    criteria: tuple[CriterionRow, ...]
    order: tuple[Suggestion, ...]
    consultation: tuple[ConsultationDuty, ...]
    procedure: str
    warnings: tuple[Caution, ...]
    unknown: tuple[str, ...]


def jurisdiction(facts: Facts, chain: Chain) -> JurisdictionAnswer:
    """Say which states have jurisdiction over the chain, and what speaks for which.

    Raises:
        UnusableQuestionError: a code, a day or a weight cannot be used.
    """
    check_chain(chain, facts)
    finder = _Finder(facts, chain)
    claims = tuple(sorted(finder.claims(), key=lambda claim: (RANK[claim.verdict], not claim.obliged, claim.state)))
    able = tuple(claim for claim in claims if claim.verdict != NOT_MET)
    criteria = tuple(_row(criterion, chain, facts) for criterion in facts.jurisdiction.criteria)
    return JurisdictionAnswer(
        chain=chain,
        as_of=facts.as_of,
        claims=claims,
        conflict=_conflict(able),
        criteria=criteria,
        order=_order(able, criteria),
        consultation=tuple(finder.duties([claim.state for claim in able])),
        procedure=facts.jurisdiction.procedure,
        warnings=tuple(_warnings(facts, chain, able)),
        unknown=_unknown(chain, claims, criteria),
    )


class _Finder:
    """Evaluates the rules for one chain."""

    def __init__(self, facts: Facts, chain: Chain) -> None:
        self.facts = facts
        self.chain = chain
        self.rules: JurisdictionRules = facts.jurisdiction
        self.by_state: dict[str, set[str]] = {}
        for link in chain.links:
            self.by_state.setdefault(link.state, set()).add(link.what)

    def claims(self) -> Iterator[Claim]:
        """Yield what each state of the chain can rest its jurisdiction on; states without any basis are left out."""
        for state, links in sorted(self.by_state.items()):
            bases = tuple(self._bases(state, links))
            if not bases:
                continue
            punished = self.punished(state)
            best = min((basis.verdict for basis in bases), key=RANK.__getitem__)
            obliged = any(
                ground.force == MANDATORY and ground.verdict == MET for basis in bases for ground in basis.grounds
            )
            verdict = _and(_truth(best), punished)
            yield Claim(state, self.facts.states[state].name, VERDICTS[verdict], obliged, VERDICTS[punished], bases)

    def _bases(self, state: str, links: set[str]) -> Iterator[Basis]:
        grounds: dict[str, list[Ground]] = {}
        signs: dict[str, set[str]] = {}
        for grant in self.rules.grants:
            signs_here = links & (grant.links | grant.perhaps)
            if grant.state not in ("", state) or not signs_here:
                continue
            ground = self._ground(grant, state, signs_here)
            if ground is not None:
                grounds.setdefault(grant.basis, []).append(ground)
                signs.setdefault(grant.basis, set()).update(signs_here)
        for basis, name in self.rules.bases.items():
            if basis in grounds:
                found = sorted(grounds[basis], key=lambda ground: (RANK[ground.verdict], ground.force, ground.id))
                yield Basis(basis, name, found[0].verdict, tuple(sorted(signs[basis])), tuple(found))

    def _ground(self, grant: Grant, state: str, signs: set[str]) -> Ground | None:
        covered = self._covered(grant.authority, grant.offences)
        binds, reason = self._binds(grant, state)
        if covered is False or binds is False:
            return None
        certain = bool(signs & grant.links) or any(
            self.chain.offence in self.rules.element_links.get(sign, ()) for sign in signs
        )
        holds, condition = self._condition(grant.condition)
        reserved = self._reserved(grant, state)
        truth = _and(covered, binds, certain or None, holds, None if reserved else True)
        truth = None if grant.confidence == "low" else truth
        reasons = [reason, condition, reserved, NOTHING if certain else _perhaps(signs, self.rules)]
        return Ground(
            id=grant.id,
            authority=grant.authority or ("national" if grant.state else "custom"),
            title=self._title(grant),
            article=grant.article,
            force=grant.force,
            verdict=VERDICTS[truth],
            reason=_joined(reasons),
            source=grant.source,
            confidence=grant.confidence,
        )

    def _title(self, grant: Grant) -> Words:
        if grant.authority in self.facts.instruments:
            return self.facts.instruments[grant.authority].title
        if grant.authority in self.rules.texts:
            return self.rules.texts[grant.authority].title
        return Words("National law", "国内法") if grant.state else Words("General international law", "一般国际法")

    def _covered(self, authority: str, offences: tuple[str, ...] | None) -> Truth:
        if offences is None:
            return True
        if self.chain.offence is None:
            return None
        instrument = self.facts.instruments.get(authority)
        return self.chain.offence in (offences or (instrument.offences if instrument else ()))

    def _binds(self, grant: Grant, state: str) -> tuple[Truth, Words]:
        if not grant.authority:
            return True, NOTHING
        return binds(self.facts, grant.authority, state, self.chain.on)

    def _reserved(self, grant: Grant, state: str) -> Words:
        items = self.facts.reservation_index.get((grant.authority, state, grant.reservation), ())
        if not grant.reservation or not items:
            return NOTHING
        effect = items[0].effect
        name = self.facts.begun(state)
        return Words(f"{name.en} has a reservation: {effect.en}", f"{name.zh}有保留：{effect.zh}")

    def _condition(self, name: str) -> tuple[Truth, Words]:
        if not name:
            return True, NOTHING
        words = self.rules.conditions[name]
        if name == "organised-group":
            return self.chain.organised_group, words
        if name == "punishable-where-done":
            places = [state for state, links in self.by_state.items() if "conducted" in links]
            answers = [self.punished(place) for place in places]
            known = True if True in answers else False if answers and all(a is False for a in answers) else None
            return known, words
        return None, words

    def punished(self, state: str) -> Truth:
        """Whether the law of the state is known to punish the offence."""
        law = self.facts.national.get(state)
        if law is None or self.chain.offence is None:
            return None
        rows = law.offences.get(self.chain.offence, ())
        if any(row.exists == "yes" for row in rows):
            return True
        return False if rows and all(row.exists == "no" for row in rows) else None

    def duties(self, states: list[str]) -> Iterator[ConsultationDuty]:
        """Yield the duties to consult that bind two of the states at least, certainly or perhaps."""
        for rule in self.rules.consultation:
            covered = _and(self._covered(rule.between, rule.offences), self._condition(rule.condition)[0])
            answers = {
                state: _and(covered, binds(self.facts, rule.between, state, self.chain.on)[0])
                for state in sorted(states)
            }
            certain = tuple(state for state, truth in answers.items() if truth)
            unsure = tuple(state for state, truth in answers.items() if truth is None)
            if len(certain) > 1 or (covered is None and len(unsure) > 1):
                yield ConsultationDuty(rule, certain, unsure)


def binds(facts: Facts, name: str, state: str, on: date) -> tuple[Truth, Words]:
    """Say whether an instrument, or a text of the rules on jurisdiction, binds the state on the day."""
    instrument = facts.instruments.get(name)
    if instrument is not None:
        force = in_force(instrument, on)
        found = bound(facts, instrument, state, on) if force.truth else force
        return found.truth, found.reason
    text = facts.jurisdiction.texts[name]
    if on < text.starts_on or state in text.but_not:
        return False, NOTHING
    member = eu_member(facts, state, on) if text.states is None else state in text.states or None
    if text.confidence == "low":
        member = None
    return member, NOTHING if member else Words(
        f"Whether {text.title.en} binds {facts.said(state).en} is not established.",
        f"{text.title.zh}是否约束{facts.said(state).zh}尚未查明。",
    )


def _perhaps(signs: set[str], rules: JurisdictionRules) -> Words:
    names = [rules.links[sign] for sign in sorted(signs)]
    en, zh = ", ".join(name.en for name in names), "、".join(name.zh for name in names)
    return Words(
        f"Only if its law counts this as a part of the offence: {en}.",
        f"仅在该国法律将其视为犯罪组成部分时成立：{zh}。",
    )


def _joined(parts: Iterable[Words]) -> Words:
    said = [part for part in parts if part]
    return Words(" ".join(part.en for part in said), "".join(part.zh for part in said))


def _truth(verdict: str) -> Truth:
    return {MET: True, NOT_MET: False}.get(verdict)


def _and(*truths: Truth) -> Truth:
    if any(truth is False for truth in truths):
        return False
    return None if any(truth is None for truth in truths) else True


def _conflict(able: tuple[Claim, ...]) -> str:
    certain = sum(claim.verdict == MET or claim.obliged for claim in able)
    return MET if certain > 1 else UNSURE if len(able) > 1 else NOT_MET


def _row(criterion: Criterion, chain: Chain, facts: Facts) -> CriterionRow:
    kinds = [what for what in criterion.links if any(link.what == what for link in chain.links)]
    states = sorted({link.state for link in chain.links if link.what in kinds})
    shares = {what: _shares([link for link in chain.links if link.what == what]) for what in kinds}
    marks = []
    for state in states:
        parts = {what: shares[what][state] for what in kinds if state in shares[what]}
        known = [share for share in parts.values() if share is not None]
        share = sum(known, Fraction(0)) / len(kinds) if len(known) == len(parts) else None
        marks.append(Mark(state, share, _said(state, list(parts), chain, facts)))
    return CriterionRow(criterion, tuple(marks))


def _shares(links: list[Link]) -> dict[str, Fraction | None]:
    """Return what part of the whole lies in each state; unknown where some weights are stated and others are not."""
    weights = [link.weight for link in links]
    known = [weight for weight in weights if weight is not None]
    if known and len(known) < len(weights) and len({link.state for link in links}) > 1:
        return {link.state: None for link in links}
    total = sum(known) or len({link.state for link in links})
    shares: dict[str, Fraction | None] = {}
    for state in {link.state for link in links}:
        mine = sum(link.weight or 0 for link in links if link.state == state) or 1
        shares[state] = Fraction(mine, total) if known else Fraction(1, total)
    return shares


def _said(state: str, kinds: list[str], chain: Chain, facts: Facts) -> Words:
    """Say what the chain has of these kinds in the state, such as `victims: 40 of 50`."""
    rules, parts = facts.jurisdiction, []
    for what in kinds:
        links = [link for link in chain.links if link.what == what]
        name, weights = rules.links[what], [link.weight for link in links]
        if any(weight is None for weight in weights):
            parts.append(name)
            continue
        mine = sum(link.weight or 0 for link in links if link.state == state)
        total = sum(weight or 0 for weight in weights)
        parts.append(Words(f"{name.en}: {mine} of {total}", f"{name.zh}：{mine}/{total}"))
    return Words("; ".join(part.en for part in parts), "；".join(part.zh for part in parts))


def _order(able: tuple[Claim, ...], criteria: tuple[CriterionRow, ...]) -> tuple[Suggestion, ...]:
    found = []
    for claim in able:
        points, reasons = Fraction(0), []
        for row in criteria:
            for mark in row.marks:
                if mark.state == claim.state and row.criterion.points:
                    points += row.criterion.points * (mark.share or Fraction(0))
                    name = row.criterion.name
                    reasons.append(Words(f"{name.en} ({mark.words.en})", f"{name.zh}（{mark.words.zh}）"))
        found.append((RANK[claim.verdict], Suggestion(claim.state, points, tuple(reasons))))
    found.sort(key=lambda item: (-item[1].points, item[0], item[1].state))
    return tuple(suggestion for _, suggestion in found)


def _warnings(facts: Facts, chain: Chain, able: tuple[Claim, ...]) -> Iterator[Caution]:
    judged = sorted({link.state for link in chain.links if link.what == "judged"})
    if judged:
        yield _jeopardy(facts, "judged", judged)
    inside = [claim.state for claim in able if _in_area(facts, claim.state, chain.on)]
    if len(inside) > 1:
        yield _jeopardy(facts, "schengen", sorted(inside))
    if len(able) > max(len(inside), 1):
        yield _jeopardy(facts, "elsewhere", sorted(claim.state for claim in able))
    if chain.on > facts.as_of:
        plain = facts.cautions.plain["date-after-facts"]
        day = str(facts.as_of)
        yield Caution("date-after-facts", Words(plain.en.format(as_of=day), plain.zh.format(as_of=day)), "")


def _in_area(facts: Facts, state: str, on: date) -> bool:
    return eu_member(facts, state, on) or "schengen" in facts.states[state].groups


def _jeopardy(facts: Facts, name: str, states: list[str]) -> Caution:
    rule = facts.jurisdiction.jeopardy[name]
    names = together(facts.said(state) for state in states)
    text = Words(rule.text.en.format(states=names.en), rule.text.zh.format(states=names.zh))
    return Caution("double-jeopardy", text, rule.article)


def _unknown(chain: Chain, claims: tuple[Claim, ...], criteria: tuple[CriterionRow, ...]) -> tuple[str, ...]:
    names = ["offence"] if chain.offence is None else []
    names += [f"criterion:{row.criterion.id}" for row in criteria if not row.marks]
    names += [f"fact:national:{claim.state}" for claim in claims if claim.punished == UNSURE]
    return tuple(names)
