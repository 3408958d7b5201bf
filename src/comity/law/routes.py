"""What one state may ask of another: every instrument in the facts is asked, and each route carries the reasons for its verdict.

A route is open only if every finding is met. One that is not met closes it. One that is unknown for want of a fact makes it
unknown; one that the request itself has to state or fulfil makes it conditional. A gap in the facts can never open a route.
"""

from collections.abc import Iterator

from comity.law.answer import (
    CLOSED,
    NOT_MET,
    UNKNOWN,
    UNSURE,
    Answer,
    Competent,
    Duty,
    Finding,
    Need,
    Risk,
    Route,
    verdict_of,
)
from comity.law.bilateral import bilateral_routes
from comity.law.book import Candidate, Displacement, book_of
from comity.law.clocks import usual_days
from comity.law.domestic_check import domestic_check
from comity.law.facts import Facts
from comity.law.findings import binding, find
from comity.law.gates import pass_gates
from comity.law.instrument import DualCriminality, Instrument
from comity.law.memory import Before
from comity.law.naming import beginning
from comity.law.question import Question, check_question
from comity.law.ranking import ranked
from comity.law.situation import Situation
from comity.law.truth import Truth
from comity.law.warnings import cautions, route_warnings
from comity.law.words import Words

COMPETENT_BY_CHANNEL = {"network-24-7": "contact_24_7", "central-authority": "central", "diplomatic": "central"}


def routes(facts: Facts, question: Question) -> Answer:
    """Answer a question.

    Raises:
        UnusableQuestionError: a code, the date or the value of a circumstance cannot be used.
    """
    ignored = check_question(question, facts.codes, facts.states)
    book = book_of(facts)
    situation = Situation(facts, question, book.memory)
    carrying, silent = book.candidates(question.measure)
    found = [_route(candidate, situation) for candidate in carrying]
    found.extend(bilateral_routes(situation, _competent(situation, "central-authority")))
    found.extend(silent)
    ordered = ranked(found)
    return Answer(
        question=question,
        as_of=facts.as_of,
        routes=ordered,
        warnings=cautions(situation, ordered, ignored),
        unknown=_unknown(ordered),
        ignored=ignored,
    )


def _route(candidate: Candidate, situation: Situation) -> Route:
    instrument = candidate.instrument
    situation.instrument = instrument
    force = binding(instrument, situation)
    if force.verdict == NOT_MET:
        return _make(candidate, situation, (force,), (), False)
    question, kept = situation.question, situation.memory.before
    key = (id(candidate), question.from_state, question.to_state, question.on)
    before = kept.get(key) or kept.keep(key, _before(candidate, situation))
    findings = (force, *before.findings, *_findings(candidate, situation))
    return _make(candidate, situation, findings, (*_duties(candidate, situation), *before.duties), before.subsidiary)


def _make(
    candidate: Candidate,
    situation: Situation,
    findings: tuple[Finding, ...],
    duties: tuple[Duty, ...],
    subsidiary: bool,
) -> Route:
    instrument, measure = candidate.instrument, candidate.measure
    verdict = verdict_of(findings)
    usable = verdict != CLOSED
    channels = usable_channels(measure.channels, situation)
    dual = _dual_criminality(measure.dual_criminality, situation) if usable else measure.dual_criminality.rule
    return Route(
        instrument=instrument.id,
        title=instrument.title,
        variant=measure.variant,
        article=measure.article,
        measure=measure.id,
        what=measure.what,
        channel=channels[0],
        channels=channels,
        verdict=verdict,
        findings=findings,
        clocks=candidate.clocks,
        dual_criminality=dual,
        dual_criminality_note=measure.dual_criminality.note,
        particulars=tuple(_needs(candidate, situation)) if usable else (),
        duties=duties,
        refusal_risks=_risks(candidate, situation) if usable else (),
        use_limits=candidate.use_limits,
        safeguards=candidate.safeguards,
        warnings=route_warnings(measure, instrument, situation, verdict, dual, findings, duties),
        works_as=measure.works_as,
        addressee=measure.addressee,
        competent=_competent(situation, channels[0]),
        languages=measure.languages,
        confidence=measure.confidence,
        settles=_settles(findings) if verdict == UNKNOWN else (),
        subsidiary=subsidiary,
        days=usual_days(channels[0]),
    )


def _findings(candidate: Candidate, situation: Situation) -> Iterator[Finding]:
    yield from pass_gates(candidate.gates, situation.circumstances)
    for rule in candidate.rules:
        yield find(rule, situation)
    checked = domestic_check(candidate.measure, situation)
    if checked is not None:
        yield checked


def _before(candidate: Candidate, situation: Situation) -> Before:
    """Say what goes before the instrument, which procedure of another it follows, and whether it only fills gaps."""
    findings: list[Finding] = []
    duties: list[Duty] = []
    for item in candidate.displaced_by:
        situation.missing.clear()
        truth = situation.applies(item.other, presumed=item.effect != "excludes")
        finding = gone_before(item, truth, candidate.instrument, situation)
        if finding is not None:
            findings.append(finding)
        elif truth:
            duties.append(Duty(f"procedure-of:{item.other}", item.article, item.when))
    return Before(tuple(findings), tuple(duties), any(goes_first(finding) for finding in findings))


def gone_before(item: Displacement, truth: Truth, instrument: Instrument, situation: Situation) -> Finding | None:
    """Return the finding that another instrument goes before this one; None where it does not, or lends its procedure only.

    Args:
        item: how the other one stands to this one.
        truth: whether the other one applies between the two states.
        instrument: this one.
        situation: with the names of what is missing where that is unknown.
    """
    if truth is False or item.effect == "procedure":
        return None
    return _displaced(item, situation.facts.called(item.other), truth, instrument, tuple(situation.missing))


def goes_first(finding: Finding) -> bool:
    """Whether the finding says for certain that another instrument goes first and this one fills its gaps."""
    return finding.id.startswith("after:") and not finding.settles


def _displaced(
    item: Displacement, other: Words, truth: bool | None, instrument: Instrument, missing: tuple[str, ...]
) -> Finding:
    if item.effect == "subsidiary":
        reason = Words(
            f"Where {other.en} applies, it goes first and this one fills its gaps. {item.when.en}",
            f"{other.zh}适用时优先，本文书仅补其不足。{item.when.zh}",
        )
        name = f"after:{item.other}"
        return Finding(name, UNSURE, item.article, reason, instrument.source, "medium", missing, stated=True)
    reason = Words(f"{beginning(other).en} takes its place. {item.when.en}", f"由{other.zh}取代。{item.when.zh}")
    verdict = NOT_MET if truth else UNSURE
    return Finding(f"displaced-by:{item.other}", verdict, item.article, reason, instrument.source, "high", missing)


def _duties(candidate: Candidate, situation: Situation) -> Iterator[Duty]:
    """Leave out a duty only where it is certain that it does not apply."""
    for duty, applies in candidate.duties:
        if applies is None or applies(situation) is not False:
            yield duty


def _needs(candidate: Candidate, situation: Situation) -> Iterator[Need]:
    for needs, test in candidate.needs:
        yield needs[None if test is None else test(situation)]


def _risks(candidate: Candidate, situation: Situation) -> tuple[Risk, ...]:
    arising = [(risks, test(situation)) for risks, test in candidate.tested_risks]
    return (*(risks[truth] for risks, truth in arising if truth is not False), *candidate.static_risks)


def _dual_criminality(rule: DualCriminality, situation: Situation) -> str:
    """Return the code; the list excludes the check only where the offence is on it and its threshold is shown to be reached."""
    if not rule.excluded_by_list or rule.list_min_months is None:
        return rule.rule
    months = situation.circumstances.get("max_penalty_months_from")
    listed = situation.instrument.lists.get(rule.excluded_by_list)
    offence = situation.question.offence
    on_list = (listed is not None and offence in listed.offences) or situation.circumstances.get(
        "list_box_ticked"
    ) is True
    reached = isinstance(months, int) and months >= rule.list_min_months
    return "not-needed-list-offence" if on_list and reached else rule.rule


def usable_channels(channels: tuple[str, ...], situation: Situation) -> tuple[str, ...]:
    """Leave out the channel of INTERPOL where one of the two is known not to be a member."""
    states = situation.facts.states
    pair = (situation.question.from_state, situation.question.to_state)
    if "interpol" not in channels or all(states[code].interpol != "no" for code in pair):
        return channels
    return tuple(channel for channel in channels if channel != "interpol") or channels


def _competent(situation: Situation, channel: str) -> Competent | None:
    authority = situation.facts.authorities.get(situation.question.to_state)
    if authority is None or channel not in COMPETENT_BY_CHANNEL:
        return None
    extradition = situation.question.measure == "extradition"
    name = authority.extradition if extradition else getattr(authority, COMPETENT_BY_CHANNEL[channel])
    if not name:
        return None
    return Competent(name, authority.languages, authority.confidence, authority.source)


def _settles(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for finding in findings for key in finding.settles))


def _unknown(found: tuple[Route, ...]) -> tuple[str, ...]:
    return tuple(sorted({key for route in found if route.verdict == UNKNOWN for key in route.settles}))
