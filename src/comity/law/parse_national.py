"""Makes the law of one state of its document in `lawbook/states/law`."""

from collections.abc import Mapping, Sequence
from typing import cast

from comity.law.national import (
    Aggravation,
    Assistance,
    BlockingRule,
    Elements,
    Extradition,
    NationalLaw,
    OffenceRow,
    Power,
)
from comity.law.parse_values import Row, strings, text, words
from comity.law.words import in_turn


def national_law(document: Row) -> NationalLaw:
    """Make the national law of its document; what has low confidence becomes unknown here, once for all.

    Raises:
        KeyError, TypeError, ValueError: a member is missing or has another shape.
    """
    statutes = {name: text(row["title_en"]) for name, row in cast(Mapping[str, Row], document["statutes"]).items()}
    sources = {name: text(row["what"]) for name, row in cast(Mapping[str, Row], document["sources"]).items()}
    offences: dict[str, tuple[OffenceRow, ...]] = {}
    for row in _rows(document["offences"]):
        name = text(row["id"])
        offences[name] = (*offences.get(name, ()), _offence(row, statutes, sources))
    procedure = cast(Row, document["procedure"])
    blocking = _rows(procedure["blocking"] or [])
    return NationalLaw(
        state=text(document["iso2"]),
        powers={text(row["power"]): _available(row) for row in _rows(procedure["powers"])},
        offences=offences,
        assistance=_assistance(cast(Row, document["mla"]), statutes, sources),
        extradition=_extradition(cast(Row, document["extradition"]), statutes, sources),
        blocking=tuple(_blocking(row, statutes, sources) for row in blocking),
        power_rows={text(row["power"]): _power(row, statutes, sources) for row in _rows(procedure["powers"])},
    )


def _rows(value: object) -> Sequence[Row]:
    return cast(Sequence[Row], value)


def _available(row: Row) -> str:
    return "unknown" if row["confidence"] == "low" else text(row["available"])


def _power(row: Row, statutes: Mapping[str, str], sources: Mapping[str, str]) -> Power:
    return Power(
        id=text(row["power"]),
        available=_available(row),
        provision=_provision(row, statutes),
        confidence=text(row["confidence"]),
        source=_source(row, sources),
        note=in_turn((words(row.get("condition")), words(row.get("notes")))),
    )


def _source(row: Row, sources: Mapping[str, str]) -> str:
    return "; ".join(sources[name] for name in strings(row["source"]))


def _provision(row: Row, statutes: Mapping[str, str]) -> str:
    title = statutes.get(text(row.get("statute")), "")
    return f"{title} {', '.join(strings(row.get('provisions')))}".strip()


def _offence(row: Row, statutes: Mapping[str, str], sources: Mapping[str, str]) -> OffenceRow:
    penalty = cast(Row, row.get("penalty") or {})
    basic = cast(Row, penalty.get("basic") or {})
    aggravated = _rows(penalty.get("aggravated") or [])
    return OffenceRow(
        id=text(row["id"]),
        row=text(row["row"]),
        exists="unknown" if row["confidence"] == "low" else text(row["exists"]),
        provision=_provision(row, statutes),
        elements=elements(cast("Row | None", row.get("elements"))),
        max_months=cast("int | None", basic.get("max_months")),
        aggravated_months=tuple(cast("int | None", part.get("max_months")) for part in aggravated),
        flags=frozenset(strings(row.get("flags"))),
        confidence=text(row["confidence"]),
        source=_source(row, sources),
        aggravations=tuple(_aggravation(part) for part in aggravated),
        note=words(row.get("notes")),
    )


def _aggravation(row: Row) -> Aggravation:
    return Aggravation(cast("int | None", row.get("max_months")), strings(row.get("when")))


def elements(row: Row | None) -> Elements | None:
    """Return the elements of an offence; None where they are not recorded."""
    if not row:
        return None
    groups = tuple(strings(group) for group in cast(Sequence[object], row.get("any") or ()))
    return Elements(strings(row["act"]), strings(row.get("object")), strings(row.get("all")), groups)


def _assistance(row: Row, statutes: Mapping[str, str], sources: Mapping[str, str]) -> Assistance:
    low = row["confidence"] == "low"

    def sure(key: str) -> str:
        return "unknown" if low else text(row[key])

    return Assistance(
        dual_criminality=sure("dual_criminality"),
        treaty_required=sure("treaty_required"),
        reciprocity=sure("reciprocity"),
        provisions=_provision(row, statutes),
        notes=words(row.get("notes")),
        source=_source(row, sources),
        confidence=text(row["confidence"]),
    )


def _extradition(row: Row, statutes: Mapping[str, str], sources: Mapping[str, str]) -> Extradition:
    low = row["confidence"] == "low"

    def sure(key: str) -> str:
        return "unknown" if low else text(row[key])

    return Extradition(
        min_penalty_months=None if low else cast("int | None", row["min_penalty_months"]),
        min_penalty_in="unknown" if low else text(row.get("min_penalty_in") or "unknown"),
        strictly_more=bool(row["min_penalty_strictly_more"]),
        treaty_required=sure("treaty_required"),
        nationals=sure("nationals"),
        death_penalty_assurance=sure("death_penalty_assurance"),
        provisions=_provision(row, statutes),
        confidence=text(row["confidence"]),
        source=_source(row, sources),
    )


def _blocking(row: Row, statutes: Mapping[str, str], sources: Mapping[str, str]) -> BlockingRule:
    return BlockingRule(
        id=text(row["id"]),
        provisions=_provision(row, statutes),
        data=words(row["data"]),
        exception=words(row["exception"]),
        confidence=text(row["confidence"]),
        source=_source(row, sources),
    )
