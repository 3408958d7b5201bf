"""Makes facts of plain data (what YAML, CSV or JSON hold). Shape errors are named with the place; nothing is guessed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar, cast

from comity.law.caution_rules import caution_rules
from comity.law.facts import (
    Authority,
    Bilateral,
    Codes,
    Coverage,
    Facts,
    MalformedLawError,
    PartyRow,
    Reservation,
    State,
)
from comity.law.holder_rules import HolderRules, holder_rules
from comity.law.jurisdiction_rules import jurisdiction_rules
from comity.law.obligation import Obligations
from comity.law.parse_instrument import instrument
from comity.law.parse_national import national_law
from comity.law.parse_obligations import obligations
from comity.law.parse_values import Row, day, required_day, strings, text, words, words_of
from comity.law.vocabulary import Token, Vocabulary
from comity.law.words import Words

GROUPS = ("schengen", "coe_member", "african_union", "commonwealth", "oas", "asean", "arab_league", "sco")
T = TypeVar("T")


def parse_facts(raw: Mapping[str, object]) -> Facts:
    """Make the facts of the lawbook's data.

    Args:
        raw: the documents by name: codes, elements, warnings, jurisdiction, holders, identifiers, states, parties, coverage,
            reservations, authorities, bilateral (rows or documents), instruments, national, obligations and, where there are any,
            words, more_reservations (lists of documents).

    Raises:
        MalformedLawError: a document lacks a member or has another shape; `where` names it.
    """
    codes = cast(Row, raw["codes"])
    reservations = cast(Row, raw["reservations"])
    coverage = cast(Row, raw["coverage"])["instruments"]
    return Facts(
        as_of=required_day(codes["as_of"]),
        codes=_each("codes.yaml", lambda _: _codes(codes, cast(Row, raw["elements"])), [codes])[0],
        states={state.id: state for state in _each("states.csv", _state, _rows(raw["states"]))},
        instruments={item.id: item for item in _each("instruments", instrument, _rows(raw["instruments"]))},
        parties=_each("parties.csv", _party, _rows(raw["parties"])),
        coverage={name: _coverage(row) for name, row in cast(Mapping[str, Row], coverage).items()},
        reservations=tuple(
            item
            for document in (reservations, *_rows(raw.get("more_reservations", ())))
            for item in _reservations(document)
        ),
        reservations_as_of=text(reservations["as_of"]),
        authorities={item.state: item for item in _each("authorities.csv", _authority, _rows(raw["authorities"]))},
        bilaterals=_each("bilateral.csv", _bilateral, _rows(raw["bilateral"])),
        national={law.state: law for law in _each("states/law", national_law, _rows(raw["national"]))},
        cautions=_each("warnings.yaml", caution_rules, [cast(Row, raw["warnings"])])[0],
        jurisdiction=_each("jurisdiction.yaml", jurisdiction_rules, [cast(Row, raw["jurisdiction"])])[0],
        holders=_holders(cast(Row, raw["holders"]), cast(Row, raw["identifiers"])),
        narrowing=frozenset(name for name, row in _tokens(raw).items() if row["narrows"]),
        obligations=_obligations(raw),
        terms=dict(_terms(cast(Row, raw.get("words") or {}))),
        implies=_implies(cast(Mapping[str, Sequence[str]], cast(Row, raw["elements"]).get("implies", {}))),
    )


def _holders(holders: Row, identifiers: Row) -> HolderRules:
    return _each("holders.yaml, identifiers.yaml", lambda row: holder_rules(row, identifiers), [holders])[0]


def _tokens(raw: Mapping[str, object]) -> Mapping[str, Row]:
    return cast(Mapping[str, Row], cast(Row, raw["elements"])["tokens"])


def _obligations(raw: Mapping[str, object]) -> dict[str, Obligations]:
    instruments = {text(row["id"]): row for row in _rows(raw["instruments"])}

    def make(row: Row) -> Obligations:
        return obligations(row, instruments.get(text(row["instrument"]), {}))

    return {item.instrument: item for item in _each("obligations", make, _rows(raw["obligations"]))}


def _terms(document: Row) -> Iterable[tuple[str, Words]]:
    for kind, codes in cast(Mapping[str, Mapping[str, object]], document.get("terms") or {}).items():
        yield from ((f"{kind}:{code}", words(pair)) for code, pair in codes.items())


def _vocabulary(elements: Row) -> Vocabulary:
    rows = {
        **cast(Mapping[str, Row], elements["tokens"]),
        **cast(Mapping[str, Row], elements.get("parametric_tokens") or {}),
    }
    tokens = {
        name: Token(name, text(row["kind"]), bool(row["narrows"]), words(row["words"])) for name, row in rows.items()
    }
    quantities = cast(Mapping[str, object], elements.get("quantities") or {})
    return Vocabulary(tokens, {name: words(pair) for name, pair in quantities.items()})


def _rows(value: object) -> Sequence[Row]:
    return cast(Sequence[Row], value)


def _each(where: str, make: Callable[[Row], T], rows: Iterable[Row]) -> tuple[T, ...]:
    made = []
    for row in rows:
        try:
            made.append(make(row))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            name = row.get("id") or row.get("iso2") or ""
            raise MalformedLawError(
                f"'{name}' lacks or misshapes {error}.",
                where=where,
                remedy="Compare the entry with its schema in lawbook/schema and run `comity law check`.",
            ) from error
    return tuple(made)


def _codes(codes: Row, elements: Row) -> Codes:
    return Codes(
        measures=tuple(cast(Mapping[str, str], codes["measures"])),
        offences=(*cast(Mapping[str, str], elements["offences"]), "murder"),
        circumstances=cast(Mapping[str, Mapping[str, object]], codes["circumstances"]),
        warnings=strings(codes["warnings"]),
        grounds=strings(codes["grounds"]),
        channels=strings(codes["channels"]),
        computer_related=cast(Mapping[str, bool | None], codes["computer_related"]),
        names={code: words(pair) for code, pair in cast(Mapping[str, object], codes["names"]).items()},
        elements=_vocabulary(elements),
    )


def _state(row: Row) -> State:
    sure = row.get("extradites_nationals_confidence") in {"high", "medium"}
    return State(
        id=text(row["iso2"]),
        name=Words(text(row["name_en"]), text(row["name_zh"])),
        groups=_groups(row),
        eu_since=day(row.get("eu_since")),
        eu_until=day(row.get("eu_until")),
        interpol=text(row["interpol"]),
        death_penalty=text(row["death_penalty"]),
        extradites_nationals=text(row["extradites_nationals"]) if sure else "unknown",
    )


def _groups(row: Row) -> frozenset[str]:
    union = ["european_union"] if row.get("eu_since") else []
    return frozenset([*union, *(group for group in GROUPS if row.get(group) == "yes")])


def _party(row: Row) -> PartyRow:
    return PartyRow(
        instrument=text(row["instrument_id"]),
        state=text(row["iso2"]),
        status=text(row["status"]),
        in_force=day(row.get("in_force")),
        ends_on=day(row.get("ends")),
        as_of=required_day(row["as_of"]),
        confidence=text(row["confidence"]),
        source=text(row["source"]),
        signed=day(row.get("signed")),
        note=words_of(row, "note"),
    )


def _coverage(row: Row) -> Coverage:
    possible = row.get("possible")
    members = None if possible is None else frozenset([possible] if isinstance(possible, str) else strings(possible))
    accession = cast(Row, row.get("accession") or {})
    return Coverage(
        complete=bool(row["complete"]),
        possible=members,
        confidence=text(row["confidence"]),
        source=text(row["source"]),
        accession=words(accession.get("text")),
        accession_article=text(accession.get("article")),
        requires=strings(accession.get("requires")),
    )


def _reservations(document: Row) -> Iterable[Reservation]:
    for party in _rows(document["parties"]):
        for item in _rows(party["items"]):
            yield Reservation(
                instrument=text(document["instrument_id"]),
                state=text(party["iso2"]),
                tag=text(item["rule"]),
                article=text(item["article"]),
                effect=words(item["effect"]),
                confidence=text(item["confidence"]),
                source=text(party["source"]),
            )


def _authority(row: Row) -> Authority:
    languages = tuple(name.strip() for name in text(row.get("languages_accepted")).split(";") if name.strip())
    return Authority(
        state=text(row["iso2"]),
        central=words_of(row, "mla_central_authority"),
        extradition=words_of(row, "extradition_authority"),
        contact_24_7=words_of(row, "contact_247_art35"),
        languages=languages,
        confidence=text(row["confidence"]),
        source=text(row["source"]),
    )


def _bilateral(row: Row) -> Bilateral:
    return Bilateral(
        id=text(row["id"]),
        states=frozenset(text(row["states"]).split(";")),
        kind=text(row["kind"]),
        title=words_of(row, "title"),
        status=text(row["status"]),
        in_force=day(row.get("in_force")),
        suspended_since=day(row.get("suspended_since")),
        as_of=required_day(row["as_of"]),
        confidence=text(row["confidence"]),
        source=text(row["source"]),
        scope_note=words_of(row, "scope_note"),
        refusal_note=words_of(row, "refusal_note"),
    )


def _implies(direct: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """Close the table: what follows from what follows."""
    closed: dict[str, frozenset[str]] = {}
    for token in direct:
        seen: set[str] = set()
        todo = list(direct[token])
        while todo:
            follower = todo.pop()
            if follower not in seen:
                seen.add(follower)
                todo.extend(direct.get(follower, ()))
        closed[token] = frozenset(seen)
    return closed
