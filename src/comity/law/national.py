"""National law as a value: offences by their elements, assistance, extradition, powers and rules that block direct answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.law.words import NOTHING, Words

LIFE = 9999


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of an offence: one of `act`, one of `object` (empty: any), every one of `all`, from each group of `any` one."""

    act: tuple[str, ...]
    object: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    any: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Aggravation:
    """An aggravated form: its maximum in months (as in `OffenceRow`), and the grounds, one of which is enough."""

    max_months: int | None
    when: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OffenceRow:
    """One national provision; a conduct is an offence if it meets any row.

    Attributes:
        exists: yes | partial | no | unknown.
        max_months: maximum of the basic form in months of imprisonment; 9999 life or death, 0 none, None unknown.
        aggravated_months: maxima of the aggravated forms; None among them is unknown.
        aggravations: the same forms with their grounds.
        note: what a jurist noted.
    """

    id: str
    row: str
    exists: str
    provision: str
    elements: Elements | None
    max_months: int | None
    aggravated_months: tuple[int | None, ...]
    flags: frozenset[str]
    confidence: str
    source: str
    aggravations: tuple[Aggravation, ...] = ()
    note: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Assistance:
    """The national rules on mutual assistance; each code is `unknown` where nothing is established or the confidence is low."""

    dual_criminality: str = "unknown"
    treaty_required: str = "unknown"
    reciprocity: str = "unknown"
    provisions: str = ""
    notes: Words = NOTHING
    source: str = ""
    confidence: str = "low"


@dataclass(frozen=True, slots=True)
class Extradition:
    """The national rules on extradition, without treaty.

    Attributes:
        min_penalty_in: whose law must reach the minimum: both | requested | requesting | unknown.
        nationals: yes | no | eu-only | by-treaty | conditional | discretionary | consent-only | not-native-born | unknown.
    """

    min_penalty_months: int | None = None
    min_penalty_in: str = "unknown"
    strictly_more: bool = False
    treaty_required: str = "unknown"
    nationals: str = "unknown"
    death_penalty_assurance: str = "unknown"
    provisions: str = ""
    confidence: str = "low"
    source: str = ""


@dataclass(frozen=True, slots=True)
class BlockingRule:
    """A rule that forbids those in the state to answer a foreign authority directly."""

    id: str
    provisions: str
    data: Words
    exception: Words
    confidence: str
    source: str
    text: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Power:
    """A power of investigation.

    Attributes:
        available: yes | partial | no | unknown; unknown too where the confidence is low.
        note: condition and notes of a jurist.
    """

    id: str
    available: str
    provision: str
    confidence: str
    source: str
    note: Words = NOTHING


@dataclass(frozen=True, slots=True)
class NationalLaw:
    """What is known of the law of one state.

    Attributes:
        powers: whether a power exists: yes | partial | no | unknown.
        power_rows: the same powers with provision and source.
    """

    state: str
    powers: Mapping[str, str] = field(default_factory=dict)
    offences: Mapping[str, tuple[OffenceRow, ...]] = field(default_factory=dict)
    assistance: Assistance = field(default_factory=Assistance)
    extradition: Extradition = field(default_factory=Extradition)
    blocking: tuple[BlockingRule, ...] = ()
    power_rows: Mapping[str, Power] = field(default_factory=dict)
