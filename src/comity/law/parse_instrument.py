"""Makes an instrument of its document in `lawbook/instruments`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from comity.law.instrument import (
    Clock,
    Condition,
    DualCriminality,
    Ground,
    Instrument,
    Limit,
    Measure,
    OffenceList,
    Particular,
    Relation,
    Rule,
    Scope,
    Test,
    Validation,
)
from comity.law.parse_values import Row, day, required_day, strings, text, words

PRACTICES = {"police", "domestic", "voluntary", "scheme"}


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts that measures name by id."""

    scope: Mapping[str, Scope]
    conditions: Mapping[str, Condition]
    clocks: Mapping[str, Clock]
    particulars: Mapping[str, Particular]
    grounds: Mapping[str, Ground]
    sources: Mapping[str, str]


def instrument(document: Row) -> Instrument:
    """Make an instrument of its document.

    Raises:
        KeyError, TypeError, ValueError: a member is missing, has another shape, or names a part that does not exist.
    """
    parts = _parts(document)
    title = cast(Row, document["title"])
    kind = text(document["kind"])
    bound_since = cast(Row, document.get("bound_since") or {})
    return Instrument(
        id=text(document["id"]),
        kind=kind,
        title=words(title),
        called=words(title.get("said")) or words(title),
        reference=text(document["reference"]),
        starts_on=day(document["applies_from"]) or day(document["in_force"]),
        needs_start=kind not in PRACTICES,
        ends_on=day(document["ends"]),
        as_of=required_day(document["as_of"]),
        between=text(document["applies_between"]),
        measures=tuple(_measure(row, parts) for row in _rows(document["measures"])),
        relations=tuple(_relation(row) for row in _rows(document["relations"])),
        parties_of=text(document.get("parties_of") or document["id"]),
        bound=frozenset(strings(document.get("bound"))),
        term_ends=day(document.get("term_ends")),
        bound_since={state: day(value) for state, value in bound_since.items()},
        pairs=tuple(frozenset(strings(side)) for side in cast(Sequence[object], document.get("pairs") or ())),
        addressee_in=strings(document.get("addressee_in")),
        reservations_of=(text(document["id"]), *strings(document.get("reservations_of"))),
        offences=frozenset(text(row["id"]) for row in _rows(document["offences"])),
        lists={text(row["id"]): _list(row) for row in _rows(document.get("lists") or [])},
        use_limits=tuple(_limit(row, parts.sources) for row in _rows(document["use_limits"])),
        safeguards=tuple(_rule(row, parts.sources) for row in _rows(document["safeguards"])),
        notes=words(document.get("notes")),
        source="; ".join(parts.sources.values()),
    )


def _rows(value: object) -> Sequence[Row]:
    return cast(Sequence[Row], value)


def _parts(document: Row) -> _Parts:
    sources = {name: text(row["what"]) for name, row in cast(Mapping[str, Row], document["sources"]).items()}
    return _Parts(
        scope={text(row["id"]): Scope(_rule(row, sources), _test(row, "test")) for row in _rows(document["scope"])},
        conditions={text(row["id"]): _condition(row, sources) for row in _rows(document["conditions"])},
        clocks={text(row["id"]): _clock(row, sources) for row in _rows(document["clocks"])},
        particulars={text(row["id"]): _particular(row, sources) for row in _rows(document["particulars"])},
        grounds={text(row["id"]): _ground(row, sources) for row in _rows(document["refusal_grounds"])},
        sources=sources,
    )


def _rule(row: Row, sources: Mapping[str, str]) -> Rule:
    return Rule(
        id=text(row["id"]),
        article=text(row["article"]),
        text=words(row.get("text") or row.get("what")),
        confidence=text(row.get("confidence") or "medium"),
        source=_source(row, sources),
    )


def _limit(row: Row, sources: Mapping[str, str]) -> Limit:
    return Limit(_rule(row, sources), frozenset(strings(row.get("for"))))


def _source(row: Row, sources: Mapping[str, str]) -> str:
    return "; ".join(sources[name] for name in strings(row.get("source")))


def _test(row: Row, key: str) -> Test | None:
    return cast("Test | None", row.get(key))


def _condition(row: Row, sources: Mapping[str, str]) -> Condition:
    return Condition(
        rule=_rule(row, sources),
        test=_test(row, "test"),
        applies_if=_test(row, "applies_if"),
        stated_if=_test(row, "stated_if"),
        missing_is_stated=row["if_missing"] == "conditional",
        by_request=row.get("fulfilled_by") == "request",
    )


def _clock(row: Row, sources: Mapping[str, str]) -> Clock:
    return Clock(
        rule=_rule(row, sources),
        duration=cast("str | None", row["duration"]),
        starts=words(row["from"]),
        stops=words(row.get("to")),
        kind=text(row["kind"]),
        counting=text(row.get("counting")),
        computed_by=text(row.get("computed_by")),
    )


def _particular(row: Row, sources: Mapping[str, str]) -> Particular:
    return Particular(_rule(row, sources), text(row["field"]), cast("str | Test | None", row["required"]))


def _ground(row: Row, sources: Mapping[str, str]) -> Ground:
    return Ground(_rule(row, sources), text(row["ground"]), text(row["force"]), _test(row, "test"))


def _dual_criminality(row: Row) -> DualCriminality:
    exception = cast(Row, row.get("exception") or {})
    if exception.get("only_if"):  # a list that works by notification alone, and none is known
        exception = {}
    return DualCriminality(
        rule=text(row["rule"]),
        article=text(row.get("article")),
        note=words(row.get("note")),
        excluded_by_list=text(exception.get("list")),
        list_min_months=cast("int | None", exception.get("from_penalty_max_months")),
    )


def _validation(value: object) -> Validation | None:
    if not value:
        return None
    row = cast(Row, value)
    return Validation(
        needed_for=strings(row["needed_for"]),
        by=strings(row["by"]),
        article=text(row["article"]),
        emergency=bool(row.get("emergency")),
        only_if_declared=bool(row.get("only_if")),
    )


def _measure(row: Row, parts: _Parts) -> Measure:
    return Measure(
        id=text(row["id"]),
        variant=text(row.get("variant")),
        article=text(row["article"]),
        what=words(row["what"]),
        senders=strings(row["from"]),
        channels=strings(row["to"]),
        addressee=words(row["addressee"]),
        holders=strings(row["holder"]),
        scope=parts.scope[text(row["scope"])],
        dual_criminality=_dual_criminality(cast(Row, row["dual_criminality"])),
        conditions=tuple(parts.conditions[name] for name in strings(row["conditions"])),
        clocks=tuple(parts.clocks[name] for name in strings(row["clocks"])),
        particulars=tuple(parts.particulars[name] for name in strings(row["particulars"])),
        grounds=tuple(parts.grounds[name] for name in strings(row["refusal"])),
        validation=_validation(row.get("validation")),
        languages=words(cast(Row, row.get("languages") or {}).get("rule")),
        works_as=text(row["works_as"]),
        confidence=text(row["confidence"]),
        source=_source(row, parts.sources),
    )


def _relation(row: Row) -> Relation:
    return Relation(
        kind=text(row["kind"]),
        other=text(row["other"]),
        article=text(row["article"]),
        when=words(row["when"]),
        effect=text(row.get("effect")),
        not_for=strings(row.get("not_for")),
        only_for=strings(row.get("only_for")),
    )


def _list(row: Row) -> OffenceList:
    return OffenceList(text(row["id"]), text(row["article"]), frozenset(strings(row["offences"])))
