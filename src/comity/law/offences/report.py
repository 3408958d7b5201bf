"""Comparisons, gaps and accessions as plain data for machines: the same shape on the command line and in the REST interface."""

from comity.law.facts import Facts
from comity.law.national import OffenceRow
from comity.law.offences.accession import KINDS, Accession, Change, Way
from comity.law.offences.compare import Comparison, Direction, Line, Provisions
from comity.law.offences.described import Criminality, Judged
from comity.law.offences.gap import STATUSES, Gap, GapItem
from comity.law.report import Json, conduct_json


def comparison_json(comparison: Comparison, facts: Facts, language: str = "en") -> Json:
    """Return a comparison; texts are in the language (`zh`, else English), choices are codes."""
    return {
        "offence": comparison.offence,
        "states": list(comparison.states),
        "as_of": facts.as_of.isoformat(),
        "provisions": [_provisions(item, language) for item in comparison.provisions],
        "elements": [_line(line, facts, language) for line in comparison.lines],
        "directions": [_direction(item, facts, language) for item in comparison.directions],
    }


def criminality_json(answer: Criminality, facts: Facts, language: str = "en") -> Json:
    """Return what several states say of a conduct; `met` is true, false or null: unknown."""
    return {
        "offence": answer.offence,
        "as_of": facts.as_of.isoformat(),
        "conduct": conduct_json(answer.conduct),
        "met": answer.met,
        "states": [_judged(item, facts, language) for item in answer.judged],
    }


def gap_json(answer: Gap, facts: Facts, language: str = "en") -> Json:
    """Return a gap; `counts` has the number of obligations by status."""
    return {
        "state": answer.state,
        "instrument": answer.instrument,
        "title": answer.title.say(language),
        "date": answer.on.isoformat(),
        "as_of": facts.as_of.isoformat(),
        "bound": answer.position.truth,
        "position": answer.position.reason.say(language),
        "counts": {status: answer.count(status) for status in STATUSES},
        "obligations": [_item(item, facts, language) for item in answer.items],
    }


def accession_json(answer: Accession, language: str = "en") -> Json:
    """Return what an accession would change; `summary` counts states by measure, side and kind."""
    return {
        "state": answer.state,
        "instrument": answer.instrument,
        "title": answer.title.say(language),
        "date": answer.on.isoformat(),
        "possible": answer.possible,
        "reason": answer.reason.say(language),
        "how": answer.how.say(language),
        "how_article": answer.how_article,
        "measures": list(answer.measures),
        "offences": list(answer.offences),
        "asked": answer.asked,
        "summary": [
            {
                "measure": measure,
                "side": "requesting" if requesting else "requested",
                **{kind: list(answer.states(kind, measure, requesting=requesting)) for kind in KINDS},
            }
            for measure in answer.measures
            for requesting in answer.sides
        ],
        "changes": [_change(change) for change in answer.changes],
        "limits": [words.say(language) for words in answer.limits],
    }


def _provisions(item: Provisions, language: str) -> Json:
    return {
        "state": item.state,
        "exists": item.exists,
        "reason": item.reason.say(language),
        "rows": [_row(row, language) for row in item.rows],
    }


def _row(row: OffenceRow, language: str) -> Json:
    return {
        "id": row.row,
        "exists": row.exists,
        "provision": row.provision,
        "max_months": row.max_months,
        "aggravated": [{"max_months": form.max_months, "when": list(form.when)} for form in row.aggravations],
        "flags": sorted(row.flags),
        "note": row.note.say(language),
        "confidence": row.confidence,
        "source": row.source,
    }


def _words(tokens: tuple[str, ...], facts: Facts, language: str) -> list[Json]:
    words = facts.codes.elements.words
    return [{"element": token, "words": words(token).say(language)} for token in tokens]


def _line(line: Line, facts: Facts, language: str) -> Json:
    words = facts.codes.elements.words(line.element).say(language)
    return {"element": line.element, "words": words, "part": line.part, "cells": dict(line.cells)}


def _direction(item: Direction, facts: Facts, language: str) -> Json:
    return {
        "here": item.here,
        "there": item.there,
        "verdict": item.verdict,
        "reason": item.reason.say(language),
        "beyond": _words(item.beyond, facts, language),
        "left_open": _words(item.left_open, facts, language),
        "example": conduct_json(item.example),
        "provision": item.provision,
        "closest": item.closest,
        "elsewhere": list(item.elsewhere),
        "confidence": item.confidence,
    }


def _judged(item: Judged, facts: Facts, language: str) -> Json:
    answer = item.answer
    return {
        "state": item.state,
        "met": answer.met,
        "reason": answer.reason.say(language),
        "to_show": _words(answer.to_show, facts, language),
        "provisions": list(answer.provisions),
        "confidence": answer.confidence,
        "source": answer.source,
    }


def _item(item: GapItem, facts: Facts, language: str) -> Json:
    obligation = item.obligation
    return {
        "article": obligation.article,
        "kind": obligation.kind,
        "code": obligation.code,
        "text": obligation.text.say(language),
        "limits": obligation.limits.say(language),
        "status": item.status,
        "reason": item.reason.say(language),
        "provisions": list(item.provisions),
        "uncovered": _words(item.uncovered, facts, language),
        "narrowing": _words(item.narrowing, facts, language),
        "declared": [
            {"article": each.article, "tag": each.tag, "effect": each.effect.say(language), "source": each.source}
            for each in item.declared
        ],
        "note": item.note.say(language),
        "confidence": item.confidence,
        "source": item.source,
        "article_source": obligation.source,
    }


def _change(change: Change) -> Json:
    return {
        "from": change.from_state,
        "to": change.to_state,
        "measure": change.measure,
        "offence": change.offence,
        "kind": change.kind,
        "before": _way(change.before),
        "after": _way(change.after),
        "settled_by": list(change.settled_by),
    }


def _way(way: Way | None) -> Json | None:
    if way is None:
        return None
    return {
        "instrument": way.instrument,
        "article": way.article,
        "verdict": way.verdict,
        "channel": way.channel,
        "days": way.days,
    }
