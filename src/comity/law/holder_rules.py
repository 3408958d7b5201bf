"""Who holds the data of a service, and what recognises identifiers: `lawbook/holders.yaml` and `identifiers.yaml` as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import cast

from comity.law.parse_values import Row, strings, text, words
from comity.law.words import Words

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Entity:
    """A legal entity and whose data it holds.

    Attributes:
        name: empty where it is not established; `state` is None where that is not.
        users_of: codes of states, `eea`, `eu`, `rest` or `world`; none: it stands for another entity and holds nothing.
    """

    name: str
    state: str | None
    region: Words
    users_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """A provider, registry or exchange, and how it takes requests.

    Attributes:
        accepts: category (subscriber, traffic, content) -> what it takes; `accepts_eea` for entities in the EEA.
        keeps: ISO 8601 duration of a preservation on request; empty: not established.
        representative: state of the designated establishment or representative in the EU; it is a presumption.
    """

    id: str
    name: Words
    kind: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    identifiers: frozenset[str]
    entities: tuple[Entity, ...]
    door: Words
    accepts: Mapping[str, Words]
    accepts_eea: Mapping[str, Words]
    emergency: Words
    keeps: str
    keeping: Words
    user_notice: Words
    languages: tuple[str, ...]
    representative: str
    notes: Words
    confidence: str
    source: str
    as_of: str


@dataclass(frozen=True, slots=True)
class AddressForm:
    """The form of an address on a chain; `check` base58check, bech32 or none; `versions` the version bytes of the former."""

    id: str
    name: Words
    pattern: str
    check: str
    versions: frozenset[int]


@dataclass(frozen=True)
class HolderRules:
    """All holders, and what recognises identifiers, of one edition of the lawbook.

    Attributes:
        calling_codes: E.164 code -> states; `area_codes` of the North American plan -> state.
        blocks: network -> id of the registry; `legacy`: networks given out before the registries.
        zones: top-level domain -> id of the registry.
        issuers: chain -> holders that issue a token there and can freeze it.
        rules: what holds for every holder.
    """

    holders: Mapping[str, Holder] = field(default_factory=dict)
    rules: tuple[Words, ...] = ()
    calling_codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    area_codes: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[tuple[Network, str], ...] = ()
    legacy: tuple[Network, ...] = ()
    zones: Mapping[str, str] = field(default_factory=dict)
    chains: tuple[AddressForm, ...] = ()
    issuers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def by_alias(self) -> Mapping[str, str]:
        """Name of a service in small letters -> id of the holder."""
        return {name.casefold(): holder.id for holder in self.holders.values() for name in (holder.id, *holder.aliases)}

    @cached_property
    def by_domain(self) -> Mapping[str, str]:
        """Domain of a service -> id of the holder."""
        return {domain: holder.id for holder in self.holders.values() for domain in holder.domains}


def holder_rules(holders: Row, identifiers: Row) -> HolderRules:
    """Make the rules of their two documents.

    Raises:
        KeyError, TypeError, ValueError: a member is missing or has another shape.
    """
    sources = {name: text(row["what"]) for name, row in cast(Mapping[str, Row], holders["sources"]).items()}
    found = [_holder(row, sources) for row in cast("list[Row]", holders["holders"])]
    return HolderRules(
        holders={holder.id: holder for holder in found},
        rules=tuple(words(row) for row in cast("list[Row]", holders["rules"])),
        calling_codes={text(code): strings(states) for code, states in cast(Row, identifiers["calling_codes"]).items()},
        area_codes={
            code: text(state)
            for state, codes in cast(Row, identifiers["area_codes"]).items()
            for code in strings(codes)
        },
        blocks=tuple(
            (ip_network(block), name)
            for name, blocks in cast(Row, identifiers["address_blocks"]).items()
            for block in strings(blocks)
        ),
        legacy=tuple(ip_network(block) for block in strings(identifiers["legacy_blocks"])),
        zones={text(zone): text(name) for zone, name in cast(Row, identifiers["zones"]).items()},
        chains=tuple(_form(row) for row in cast("list[Row]", identifiers["chains"])),
        issuers={chain: strings(names) for chain, names in cast(Row, identifiers["issuers"]).items()},
    )


def _holder(row: Row, sources: Mapping[str, str]) -> Holder:
    preservation = cast(Row, row.get("preservation") or {})
    representative = cast(Row, row.get("eu_designated_establishment_or_representative") or {})
    return Holder(
        id=text(row["id"]),
        name=words(row["name"]),
        kind=text(row["kind"]),
        aliases=strings(row["aliases"]),
        domains=strings(row["domains"]),
        identifiers=frozenset(strings(row["identifiers"])),
        entities=tuple(_entity(each) for each in cast("list[Row]", row["entities"])),
        door=words(cast(Row, row.get("door") or {}).get("name")),
        accepts=_accepts(row.get("accepts")),
        accepts_eea=_accepts(row.get("accepts_eea")),
        emergency=words(row.get("emergency")),
        keeps=text(preservation.get("duration")),
        keeping=words(preservation.get("note")),
        user_notice=words(row.get("user_notice")),
        languages=strings(row["languages"]),
        representative=text(representative.get("state")),
        notes=words(row.get("notes")),
        confidence=text(row["confidence"]),
        source="; ".join(sources[name] for name in strings(row["source"])),
        as_of=text(row["as_of"]),
    )


def _accepts(value: object) -> Mapping[str, Words]:
    """Lay `traffic_and_content` out for both."""
    said: dict[str, Words] = {}
    for key, pair in cast(Row, value or {}).items():
        for category in key.split("_and_"):
            if pair:
                said[category] = words(pair)
    return said


def _entity(row: Row) -> Entity:
    state = row.get("state")
    return Entity(
        text(row.get("entity")), None if state is None else text(state), words(row["region"]), strings(row["for"])
    )


def _form(row: Row) -> AddressForm:
    versions = frozenset(int(str(version)) for version in cast("list[object]", row["versions"]))
    return AddressForm(text(row["id"]), words(row["name"]), text(row["pattern"]), text(row["check"]), versions)
