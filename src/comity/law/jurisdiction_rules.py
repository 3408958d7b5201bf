"""The rules on jurisdiction of `lawbook/jurisdiction.yaml` as values: which link gives which basis, and the criteria of choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from comity.law.parse_values import Row, required_day, strings, text, words
from comity.law.words import Words

MANDATORY, OPTIONAL = "mandatory", "optional"
ANY, OF_INSTRUMENT = "any", "instrument"


@dataclass(frozen=True, slots=True)
class Grant:
    """A rule by which a state has jurisdiction, or must have it.

    Attributes:
        authority: the instrument or text; empty for general international law and for national law.
        state: the only state that it concerns, for national law; empty: whoever is bound.
        links: signs that suffice; `perhaps`: signs that suffice only if they are a part of the offence.
        offences: None: any; the empty tuple: those that the instrument defines.
        reservation: tag of a reservation by which a state can leave it out.
        condition: what must hold beyond the link.
    """

    id: str
    authority: str
    state: str
    basis: str
    links: frozenset[str]
    perhaps: frozenset[str]
    offences: tuple[str, ...] | None
    force: str
    article: str
    reservation: str
    condition: str
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class BindingText:
    """A text that binds states in this matter without being an instrument of cooperation; states not named are unknown."""

    title: Words
    states: frozenset[str] | None
    but_not: frozenset[str]
    starts_on: date
    confidence: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of choice; `points` are its weight in the suggested order, `links` the parts of the chain it looks at."""

    id: str
    name: Words
    points: int
    links: tuple[str, ...]
    article: str
    source: str


@dataclass(frozen=True, slots=True)
class Consultation:
    """A duty to consult between the states that a text binds; `offences` and `condition` as in a grant."""

    id: str
    between: str
    offences: tuple[str, ...] | None
    condition: str
    force: str
    article: str
    text: Words


@dataclass(frozen=True, slots=True)
class Jeopardy:
    """What is said on double jeopardy, with {states}."""

    article: str
    text: Words


@dataclass(frozen=True, slots=True)
class JurisdictionRules:
    """All rules on jurisdiction of one edition of the lawbook.

    Attributes:
        links: code -> words; `units` what its weight counts.
        element_links: code of a link -> offences of which it is an element.
        texts: id -> a text that binds states in this matter.
        procedure: id of the procedure of the consultation.
    """

    links: Mapping[str, Words] = field(default_factory=dict)
    units: Mapping[str, Words] = field(default_factory=dict)
    element_links: Mapping[str, frozenset[str]] = field(default_factory=dict)
    bases: Mapping[str, Words] = field(default_factory=dict)
    grants: tuple[Grant, ...] = ()
    texts: Mapping[str, BindingText] = field(default_factory=dict)
    conditions: Mapping[str, Words] = field(default_factory=dict)
    criteria: tuple[Criterion, ...] = ()
    consultation: tuple[Consultation, ...] = ()
    procedure: str = ""
    jeopardy: Mapping[str, Jeopardy] = field(default_factory=dict)


def jurisdiction_rules(document: Row) -> JurisdictionRules:
    """Make the rules of their document.

    Raises:
        KeyError, TypeError, ValueError: a member is missing or has another shape.
    """
    links = cast(Mapping[str, Row], document["links"])
    sources = {name: text(row["what"]) for name, row in cast(Mapping[str, Row], document["sources"]).items()}
    return JurisdictionRules(
        links={code: words(row) for code, row in links.items()},
        units={code: words(row["unit"]) for code, row in links.items()},
        element_links={code: frozenset(strings(ids)) for code, ids in cast(Row, document["element_links"]).items()},
        bases={code: words(row) for code, row in cast(Row, document["bases"]).items()},
        grants=(
            *(_grant(row, sources) for row in _rows(document["grants"])),
            *(_national(row, sources) for row in _rows(document["national"])),
        ),
        texts={name: _text(row) for name, row in cast(Mapping[str, Row], document["texts"]).items()},
        conditions={code: words(row) for code, row in cast(Row, document["conditions"]).items()},
        criteria=tuple(_criterion(row, sources) for row in _rows(document["criteria"])),
        consultation=tuple(_consultation(row) for row in _rows(document["consultation"])),
        procedure=text(document["procedure"]),
        jeopardy={
            name: Jeopardy(text(row["article"]), words(row["text"]))
            for name, row in cast(Mapping[str, Row], document["double_jeopardy"]).items()
        },
    )


def _rows(value: object) -> list[Row]:
    return cast("list[Row]", value)


def _offences(value: object) -> tuple[str, ...] | None:
    if value is None or value == ANY:
        return None
    return () if value == OF_INSTRUMENT else strings(value)


def _grant(row: Row, sources: Mapping[str, str]) -> Grant:
    return Grant(
        id=text(row["id"]),
        authority=text(row["instrument"]),
        state="",
        basis=text(row["basis"]),
        links=frozenset(strings(row["links"])),
        perhaps=frozenset(strings(row["perhaps"])),
        offences=_offences(row["offences"]),
        force=text(row["force"]),
        article=text(row["article"]),
        reservation=text(row.get("reservation")),
        condition=text(row["condition"]),
        confidence=text(row["confidence"]),
        source=sources[text(row["source"])],
    )


def _national(row: Row, sources: Mapping[str, str]) -> Grant:
    state = text(row["state"])
    return Grant(
        id=f"national:{state}:{row['basis']}:{row['article']}",
        authority="",
        state=state,
        basis=text(row["basis"]),
        links=frozenset(strings(row["links"])),
        perhaps=frozenset(strings(row["perhaps"])),
        offences=_offences(row.get("offences")),
        force=OPTIONAL,
        article=text(row["article"]),
        reservation="",
        condition=text(row["condition"]),
        confidence=text(row["confidence"]),
        source=sources["ex"],
    )


def _text(row: Row) -> BindingText:
    return BindingText(
        title=words(row["title"]),
        states=None if row["states"] == "eu" else frozenset(strings(row["states"])),
        but_not=frozenset(strings(row["except"])),
        starts_on=required_day(row["from"]),
        confidence=text(row["confidence"]),
    )


def _criterion(row: Row, sources: Mapping[str, str]) -> Criterion:
    return Criterion(
        id=text(row["id"]),
        name=words(row["name"]),
        points=int(str(row["points"])),
        links=strings(row["links"]),
        article=text(row["article"]),
        source=sources[text(row["source"])],
    )


def _consultation(row: Row) -> Consultation:
    return Consultation(
        id=text(row["id"]),
        between=text(row["between"]),
        offences=_offences(row["offences"]),
        condition=text(row["condition"]),
        force=text(row["force"]),
        article=text(row["article"]),
        text=words(row["text"]),
    )
