"""An answer as plain data for machines: the same shape on the command line, in a batch and in the REST interface."""

from comity.law.answer import Answer, Caution, Duty, Finding, Need, Risk, Route
from comity.law.clocks import RouteClock
from comity.law.question import CONDUCT_KEYS, Conduct, Question
from comity.law.ranking import reasoning

Json = dict[str, object]


def as_json(answer: Answer, language: str = "en") -> Json:
    """Return the answer as a JSON value; texts are in the language (`zh`, else English), choices are codes."""
    return {
        "question": question_json(answer.question),
        "as_of": answer.as_of.isoformat(),
        "routes": [_route(route, rank, language) for rank, route in enumerate(answer.routes, 1)],
        "warnings": [_caution(caution, language) for caution in answer.warnings],
        "unknown": list(answer.unknown),
    }


def question_json(question: Question) -> Json:
    """Return the question as it was understood."""
    return {
        "from": question.from_state,
        "to": question.to_state,
        "measure": question.measure,
        "offence": question.offence,
        "date": question.on.isoformat(),
        "circumstances": dict(question.circumstances),
        "conduct": conduct_json(question.conduct),
    }


def conduct_json(conduct: Conduct | None) -> Json | None:
    """Return a conduct in the shape in which a question gives it."""
    if conduct is None:
        return None
    parts = (conduct.acts, conduct.objects, conduct.facts, conduct.absent)
    return {key: list(part) for key, part in zip(CONDUCT_KEYS, parts, strict=True)}


def _route(route: Route, rank: int, language: str) -> Json:
    return {
        "instrument": route.instrument,
        "title": route.title.say(language),
        "variant": route.variant,
        "article": route.article,
        "measure": route.measure,
        "what": route.what.say(language),
        "channel": route.channel,
        "channels": list(route.channels),
        "verdict": route.verdict,
        "rank": rank,
        "rank_reason": reasoning(route).say(language),
        "findings": [_finding(finding, language) for finding in route.findings],
        "clocks": [_clock(clock, language) for clock in route.clocks],
        "dual_criminality": route.dual_criminality,
        "dual_criminality_note": route.dual_criminality_note.say(language),
        "particulars": [_need(need, language) for need in route.particulars],
        "duties": [_duty(duty, language) for duty in route.duties],
        "refusal_risks": [_risk(risk, language) for risk in route.refusal_risks],
        "use_limits": [_duty(duty, language) for duty in route.use_limits],
        "safeguards": [_duty(duty, language) for duty in route.safeguards],
        "warnings": list(route.warnings),
        "works_as": route.works_as,
        "addressee": route.addressee.say(language),
        "authority": _authority(route, language),
        "languages": route.languages.say(language),
        "confidence": route.confidence,
        "settled_by": list(route.settles),
    }


def _authority(route: Route, language: str) -> Json | None:
    found = route.competent
    if found is None:
        return None
    return {
        "name": found.name.say(language),
        "languages": list(found.languages),
        "confidence": found.confidence,
        "source": found.source,
    }


def _finding(finding: Finding, language: str) -> Json:
    value: Json = {
        "id": finding.id,
        "verdict": finding.verdict,
        "article": finding.article,
        "reason": finding.reason.say(language),
        "source": finding.source,
        "confidence": finding.confidence,
    }
    if finding.verdict == "unknown":
        value["settled_by"] = list(finding.settles)
        value["to_be_stated"] = finding.stated
    if finding.findings:
        value["findings"] = [_finding(part, language) for part in finding.findings]
    return value


def _clock(clock: RouteClock, language: str) -> Json:
    return {
        "id": clock.id,
        "article": clock.article,
        "what": clock.what.say(language),
        "duration": clock.duration,
        "from": clock.starts.say(language),
        "to": clock.stops.say(language),
        "kind": clock.kind,
        "counting": clock.counting,
    }


def _need(need: Need, language: str) -> Json:
    return {
        "id": need.id,
        "article": need.article,
        "field": need.field,
        "text": need.text.say(language),
        "required": need.required,
    }


def _duty(duty: Duty, language: str) -> Json:
    return {"id": duty.id, "article": duty.article, "text": duty.text.say(language)}


def _risk(risk: Risk, language: str) -> Json:
    return {
        "id": risk.id,
        "article": risk.article,
        "ground": risk.ground,
        "force": risk.force,
        "text": risk.text.say(language),
        "arises": risk.arises,
    }


def _caution(caution: Caution, language: str) -> Json:
    return {"code": caution.code, "text": caution.text.say(language), "article": caution.article}
