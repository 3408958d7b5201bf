"""The answer on jurisdiction as plain data for machines: the same on the command line, in the REST interface and on pages."""

from comity.law.chain import Chain
from comity.law.facts import Facts
from comity.law.jurisdiction import Basis, Claim, CriterionRow, Ground, JurisdictionAnswer

Json = dict[str, object]


def jurisdiction_json(answer: JurisdictionAnswer, facts: Facts, language: str = "en") -> Json:
    """Return the answer as a JSON value; texts are in the language (`zh`, else English), choices are codes."""
    return {
        "chain": chain_json(answer.chain),
        "as_of": answer.as_of.isoformat(),
        "conflict": answer.conflict,
        "claims": [_claim(claim, language) for claim in answer.claims],
        "order": [
            {
                "rank": rank,
                "state": item.state,
                "name": facts.states[item.state].name.say(language),
                "points": round(float(item.points), 2),
                "reasons": [reason.say(language) for reason in item.reasons],
            }
            for rank, item in enumerate(answer.order, 1)
        ],
        "criteria": [_criterion(row, language) for row in answer.criteria],
        "consultation": [
            {
                "id": duty.rule.id,
                "article": duty.rule.article,
                "force": duty.rule.force,
                "text": duty.rule.text.say(language),
                "states": list(duty.states),
                "unknown": list(duty.unknown),
            }
            for duty in answer.consultation
        ],
        "procedure": answer.procedure,
        "warnings": [
            {"code": item.code, "text": item.text.say(language), "article": item.article} for item in answer.warnings
        ],
        "unknown": list(answer.unknown),
    }


def chain_json(chain: Chain) -> Json:
    """Return the chain as it was understood."""
    return {
        "offence": chain.offence,
        "date": chain.on.isoformat(),
        "organised_group": chain.organised_group,
        "links": [
            {
                "what": link.what,
                "state": link.state,
                "weight": link.weight,
                "date": None if link.on is None else link.on.isoformat(),
            }
            for link in chain.links
        ],
    }


def _claim(claim: Claim, language: str) -> Json:
    return {
        "state": claim.state,
        "name": claim.name.say(language),
        "verdict": claim.verdict,
        "obliged": claim.obliged,
        "punished": claim.punished,
        "bases": [_basis(basis, language) for basis in claim.bases],
    }


def _basis(basis: Basis, language: str) -> Json:
    return {
        "id": basis.id,
        "name": basis.name.say(language),
        "verdict": basis.verdict,
        "links": list(basis.links),
        "grounds": [_ground(ground, language) for ground in basis.grounds],
    }


def _ground(ground: Ground, language: str) -> Json:
    return {
        "id": ground.id,
        "authority": ground.authority,
        "title": ground.title.say(language),
        "article": ground.article,
        "force": ground.force,
        "verdict": ground.verdict,
        "reason": ground.reason.say(language),
        "source": ground.source,
        "confidence": ground.confidence,
    }


def _criterion(row: CriterionRow, language: str) -> Json:
    return {
        "id": row.criterion.id,
        "name": row.criterion.name.say(language),
        "article": row.criterion.article,
        "source": row.criterion.source,
        "points": row.criterion.points,
        "known": bool(row.marks),
        "marks": [
            {
                "state": mark.state,
                "share": None if mark.share is None else round(float(mark.share), 4),
                "text": mark.words.say(language),
            }
            for mark in row.marks
        ],
    }
