"""The facts of the law as typed values: states, who is bound by what, reservations, authorities, bilateral treaties, national law.

Every fact carries its source and a confidence. `low`, None and "not listed" mean unknown; nothing here turns that into a no
or a yes. Dates are days in the sense of the instrument; `ends_on` is the last day on which something applies.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from comity.errors import LocalError
from comity.law.caution_rules import CautionRules
from comity.law.holder_rules import HolderRules
from comity.law.instrument import Instrument
from comity.law.jurisdiction_rules import JurisdictionRules
from comity.law.naming import beginning, together
from comity.law.national import NationalLaw
from comity.law.obligation import Obligations
from comity.law.vocabulary import Vocabulary
from comity.law.words import NOTHING, Words

TREATIES = {
    "mla": Words("the treaty on mutual assistance", "司法协助条约"),
    "extradition": Words("the extradition treaty", "引渡条约"),
}
OTHER_TREATY = Words("the treaty", "条约")


class MalformedLawError(LocalError):
    """A file of the lawbook does not have the shape that it should have, or names something that does not exist."""

    code = "malformed-law"


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory.

    Attributes:
        id: ISO 3166-1 alpha-2 (XK for Kosovo).
        groups: names of the organisations it belongs to (`arab_league`, `asean`, ...).
        eu_since: first day as a member of the European Union, or None.
        eu_until: last day as a member, or None.
        interpol: yes | no | sub-bureau.
        death_penalty: abolitionist | abolitionist-ordinary | in-practice | retentionist.
        extradites_nationals: yes | no | conditional | unknown, already unknown where the confidence is low.
    """

    id: str
    name: Words
    groups: frozenset[str] = frozenset()
    eu_since: date | None = None
    eu_until: date | None = None
    interpol: str = "unknown"
    death_penalty: str = "unknown"
    extradites_nationals: str = "unknown"


@dataclass(frozen=True, slots=True)
class PartyRow:
    """What is known about one state and one instrument: status, dates, source."""

    instrument: str
    state: str
    status: str
    in_force: date | None
    ends_on: date | None
    as_of: date
    confidence: str
    source: str
    signed: date | None = None
    note: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Coverage:
    """How complete the list of parties of an instrument is, and who can be bound at all.

    Attributes:
        accession: how a state becomes a party, and its article; nothing where that is not said.
        requires: instruments to which a state must be a party first.
    """

    complete: bool
    possible: frozenset[str] | None
    confidence: str
    source: str
    accession: Words = NOTHING
    accession_article: str = ""
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reservation:
    """A reservation or declaration of one party, by its machine tag."""

    instrument: str
    state: str
    tag: str
    article: str
    effect: Words
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Authority:
    """Names of the authorities of a state that receive requests, and the languages they take, by their tags."""

    state: str
    central: Words
    extradition: Words
    contact_24_7: Words
    languages: tuple[str, ...]
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Bilateral:
    """A treaty between two states on mutual assistance (`mla`) or extradition."""

    id: str
    states: frozenset[str]
    kind: str
    title: Words
    status: str
    in_force: date | None
    suspended_since: date | None
    as_of: date
    confidence: str
    source: str
    scope_note: Words = NOTHING
    refusal_note: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that questions and answers may use; `elements` are the tokens by which conduct is described."""

    measures: tuple[str, ...]
    offences: tuple[str, ...]
    circumstances: Mapping[str, Mapping[str, object]]
    warnings: tuple[str, ...]
    grounds: tuple[str, ...]
    channels: tuple[str, ...]
    computer_related: Mapping[str, bool | None]
    names: Mapping[str, Words] = field(default_factory=dict)
    elements: Vocabulary = field(default_factory=Vocabulary)

    def listed(self, codes: Iterable[str]) -> Words:
        """Return the words for authorities or holders, as a list."""
        words = [self.names.get(code, Words(code, code)) for code in codes]
        return Words(", ".join(each.en for each in words), "、".join(each.zh for each in words))


@dataclass(frozen=True)
class Facts:
    """All facts of one edition of the lawbook, with the indexes that questions need.

    Attributes:
        as_of: the day until which the facts were collected; a question about a later day is answered with a warning.
        implies: token of an element -> tokens that follow from it.
        narrowing: tokens that only narrow an offence.
        cautions: the warnings, and when each is given.
        jurisdiction: who has jurisdiction over a crime chain, and the criteria of choice.
        holders: who holds the data of a service, and how identifiers are recognised.
        obligations: instrument -> the offences and powers that it asks of the law of its parties.
        terms: `kind:code` -> what people call the code, for kinds such as measure, offence, circumstance.
        derived: what others made of these facts and keep with them; changed facts begin without it.
    """

    as_of: date
    codes: Codes
    states: Mapping[str, State]
    instruments: Mapping[str, Instrument]
    parties: tuple[PartyRow, ...] = ()
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    reservations: tuple[Reservation, ...] = ()
    reservations_as_of: str = ""
    authorities: Mapping[str, Authority] = field(default_factory=dict)
    bilaterals: tuple[Bilateral, ...] = ()
    national: Mapping[str, NationalLaw] = field(default_factory=dict)
    implies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    narrowing: frozenset[str] = frozenset()
    cautions: CautionRules = field(default_factory=CautionRules)
    jurisdiction: JurisdictionRules = field(default_factory=JurisdictionRules)
    holders: HolderRules = field(default_factory=HolderRules)
    obligations: Mapping[str, Obligations] = field(default_factory=dict)
    terms: Mapping[str, Words] = field(default_factory=dict)
    derived: dict[str, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def said(self, code: str) -> Words:
        """Return a state as a sentence says it: the Netherlands; the code itself where the lawbook does not know it."""
        return self._said.get(code) or Words(code, code)

    def begun(self, code: str) -> Words:
        """Return a state as it begins a sentence: The Netherlands."""
        return self._begun.get(code) or Words(code, code)

    def label(self, kind: str, code: str, language: str) -> str:
        """Return what a code of a kind is called, as `comity.law.naming.Labels` do; the code itself where nobody named it."""
        match kind:
            case "state":
                words = self.states[code].name if code in self.states else None
            case "instrument":
                words = self.instruments[code].title if code in self.instruments else self.called(code)
            case _:
                words = self.terms.get(f"{kind}:{code}")
        return words.say(language) if words else code

    def called(self, instrument: str) -> Words:
        """Return what a sentence calls an instrument, or treaties between two states; the id where the lawbook does not know it."""
        document = self.instruments.get(instrument)
        if document:
            return document.called
        return self._treaties.get(instrument) or self.terms.get(f"treaty:{instrument}") or Words(instrument, instrument)

    def members(self, codes: Iterable[str]) -> Words:
        """Return states and members of organisations as a list, organisations first."""
        groups = [
            self.terms.get(f"organisation:{code}", Words(code, code))
            for code in sorted(codes)
            if code not in self.states
        ]
        names = [*groups, *sorted((self.said(code) for code in codes if code in self.states), key=lambda name: name.en)]
        return together(names)

    @cached_property
    def _treaties(self) -> Mapping[str, Words]:
        return {treaty.id: self._treaty(treaty) for treaty in self.bilaterals}

    def _treaty(self, treaty: Bilateral) -> Words:
        sides = together(sorted((self.said(code) for code in treaty.states), key=lambda name: name.en))
        kind = TREATIES.get(treaty.kind, OTHER_TREATY)
        return Words(f"{kind.en} between {sides.en}", f"{sides.zh}{kind.zh}")

    @cached_property
    def _said(self) -> Mapping[str, Words]:
        return {code: self.terms.get(f"country:{code}", state.name) for code, state in self.states.items()}

    @cached_property
    def _begun(self) -> Mapping[str, Words]:
        return {code: beginning(name) for code, name in self._said.items()}

    @cached_property
    def party_index(self) -> Mapping[tuple[str, str], tuple[PartyRow, ...]]:
        """(instrument, state) -> its rows."""
        index: dict[tuple[str, str], tuple[PartyRow, ...]] = {}
        for row in self.parties:
            index[row.instrument, row.state] = (*index.get((row.instrument, row.state), ()), row)
        return index

    @cached_property
    def reservation_index(self) -> Mapping[tuple[str, str, str], tuple[Reservation, ...]]:
        """(instrument, state, tag) -> the items."""
        index: dict[tuple[str, str, str], tuple[Reservation, ...]] = {}
        for item in self.reservations:
            key = (item.instrument, item.state, item.tag)
            index[key] = (*index.get(key, ()), item)
        return index

    @cached_property
    def bilateral_index(self) -> Mapping[frozenset[str], tuple[Bilateral, ...]]:
        """The pair of states -> their treaties, by id."""
        index: dict[frozenset[str], tuple[Bilateral, ...]] = {}
        for treaty in sorted(self.bilaterals, key=lambda treaty: treaty.id):
            index[treaty.states] = (*index.get(treaty.states, ()), treaty)
        return index
