"""How much the lawbook knows of each state, so that a gap is seen before it is met in an answer."""

from dataclasses import dataclass

from comity.law.facts import Facts
from comity.law.question import UnknownStateError
from comity.law.words import Words

Json = dict[str, object]
SURE = frozenset({"high", "medium"})
HEADS = {
    "positions": Words("positions towards instruments that are known", "已知缔约地位的文书"),
    "unknown_positions": Words("instruments towards which the position is unknown", "缔约地位未知的文书"),
    "reservations": Words("reservations and declarations", "保留与声明"),
    "bilaterals": Words("treaties with single states", "双边条约"),
    "central_authority": Words("central authority", "中央机关"),
    "extradition_authority": Words("authority for extradition", "引渡机关"),
    "contact_24_7": Words("24/7 contact point", "全天候联络点"),
    "languages": Words("languages of requests", "请求所用语言"),
    "national_offences": Words("provisions of national criminal law", "国内刑法条款"),
    "powers": Words("investigative powers that are known", "已知的侦查权力"),
    "assistance_law": Words("national law of assistance", "国内司法协助法"),
    "extradition_law": Words("national law of extradition", "国内引渡法"),
}


@dataclass(frozen=True, slots=True)
class StateCoverage:
    """What is known of one state.

    Attributes:
        known: head -> how many entries, by the names of HEADS.
        unknown: ids of instruments with a list of parties that does not say whether the state is bound.
    """

    state: str
    name: Words
    known: dict[str, int]
    unknown: tuple[str, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """The heads under which nothing is known."""
        return tuple(head for head, count in self.known.items() if not count and head not in MAY_BE_NONE)


MAY_BE_NONE = frozenset({"reservations", "bilaterals", "unknown_positions"})


def coverage_of(facts: Facts, code: str) -> StateCoverage:
    """Return what is known of a state.

    Raises:
        UnknownStateError: the lawbook has no such state.
    """
    state = facts.states.get(code)
    if state is None:
        raise UnknownStateError(
            f"'{code}' is no state of the lawbook.", remedy="Use a code of two letters, such as NL."
        )
    rows = {row.instrument for row in facts.parties if row.state == code and row.confidence in SURE}
    texts = {name for name, item in facts.instruments.items() if code in item.bound}
    unknown = tuple(name for name in facts.coverage if name not in rows | texts and not _settled(facts, name, code))
    authority, law = facts.authorities.get(code), facts.national.get(code)
    known = {
        "positions": len(rows | texts),
        "unknown_positions": len(unknown),
        "reservations": sum(item.state == code for item in facts.reservations),
        "bilaterals": sum(code in treaty.states for treaty in facts.bilaterals),
        "central_authority": int(bool(authority and authority.central)),
        "extradition_authority": int(bool(authority and authority.extradition)),
        "contact_24_7": int(bool(authority and authority.contact_24_7)),
        "languages": len(authority.languages) if authority else 0,
        "national_offences": sum(len(each) for each in law.offences.values()) if law else 0,
        "powers": sum(each != "unknown" for each in law.powers.values()) if law else 0,
        "assistance_law": int(bool(law and law.assistance.confidence in SURE)),
        "extradition_law": int(bool(law and law.extradition.confidence in SURE)),
    }
    return StateCoverage(code, state.name, known, unknown)


def _settled(facts: Facts, name: str, code: str) -> bool:
    """Whether the list of parties itself says that a state without a row is not bound."""
    coverage = facts.coverage[name]
    possible = coverage.possible
    impossible = possible is not None and code not in possible and possible.isdisjoint(facts.states[code].groups)
    return impossible or (coverage.complete and coverage.confidence in SURE)


def coverage_json(found: StateCoverage, language: str = "en") -> Json:
    """Return the coverage of a state as a JSON value."""
    return {
        "state": found.state,
        "name": found.name.say(language),
        "known": dict(found.known),
        "gaps": list(found.gaps),
        "unknown_positions": list(found.unknown),
    }
