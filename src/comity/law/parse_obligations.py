"""Makes the obligations of an instrument of its document in `lawbook/obligations`."""

from collections.abc import Mapping, Sequence
from typing import cast

from comity.law.obligation import Obligation, Obligations
from comity.law.parse_national import elements
from comity.law.parse_values import Row, strings, text, words


def obligations(document: Row, instrument: Row) -> Obligations:
    """Make the obligations of their document.

    Args:
        document: of `lawbook/obligations`.
        instrument: the document of the instrument itself, which defines the elements of an offence unless the obligation does;
            empty where the lawbook has none.

    Raises:
        KeyError, TypeError, ValueError: a member is missing or has another shape.
    """
    sources = {name: text(row["what"]) for name, row in cast(Mapping[str, Row], document["sources"]).items()}
    defined = {text(row["id"]): row for row in _rows(instrument.get("offences", ()))}
    items = tuple(_obligation(row, defined, sources) for row in _rows(document["obligations"]))
    return Obligations(text(document["instrument"]), items)


def _rows(value: object) -> Sequence[Row]:
    return cast(Sequence[Row], value)


def _obligation(row: Row, defined: Mapping[str, Row], sources: Mapping[str, str]) -> Obligation:
    kind = next((kind for kind in ("offence", "power") if row.get(kind)), "other")
    code = text(row.get(kind))
    definition = row if row.get("elements") else defined.get(code, row)
    core = cast(Row, row.get("core") or {})
    return Obligation(
        article=text(row["article"]),
        kind=kind,
        code=code,
        text=words(row["text"]),
        elements=elements(cast("Row | None", definition.get("elements"))) if kind == "offence" else None,
        permitted=frozenset((*strings(row.get("permitted")), *strings(definition.get("permitted_extra")))),
        core_acts=frozenset(strings(core.get("acts"))),
        core_objects=frozenset(strings(core.get("objects"))),
        limits=words(row.get("limits")),
        confidence=text(row["confidence"]),
        source="; ".join(sources[name] for name in strings(row["source"])),
    )
