"""An instrument as a value: what a treaty, regulation or practice allows, article by article, as `lawbook/instruments` gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from comity.law.words import NOTHING, Words

Test = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rule:
    """What conditions, scopes, clocks, particulars and grounds have in common: an article, words and where they come from."""

    id: str
    article: str
    text: Words
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a measure.

    Attributes:
        test: when it is met; None where no fact decides it: it is then a condition to be stated.
        applies_if: when it is a condition at all; None means always.
        stated_if: where the test fails but this holds, the condition can still be fulfilled (an assurance, an agreement).
        missing_is_stated: True where a missing circumstance is something the request states, not a gap in the facts.
        by_request: True where the request itself fulfils it (a form, a declaration, a channel): a duty, not a doubt.
    """

    rule: Rule
    test: Test | None
    applies_if: Test | None = None
    stated_if: Test | None = None
    missing_is_stated: bool = False
    by_request: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of use. `measures`: those whose results it concerns; empty means all."""

    rule: Rule
    measures: frozenset[str]

    def concerns(self, measure: str) -> bool:
        """Whether it limits the use of what the measure brings."""
        return not self.measures or measure in self.measures


@dataclass(frozen=True, slots=True)
class Scope:
    """Which criminal matters the cooperation covers."""

    rule: Rule
    test: Test | None


@dataclass(frozen=True, slots=True)
class Clock:
    """A period that the instrument sets; `duration` is ISO 8601, None where the text fixes no number."""

    rule: Rule
    duration: str | None
    starts: Words
    stops: Words
    kind: str
    counting: str
    computed_by: str


@dataclass(frozen=True, slots=True)
class Particular:
    """What a request has to say. `required` is "always", a test, or None where the text leaves it open."""

    rule: Rule
    field: str
    required: str | Test | None


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of refusal: `force` mandatory or optional; `test` says when it arises, None where only a person can say."""

    rule: Rule
    ground: str
    force: str
    test: Test | None


@dataclass(frozen=True, slots=True)
class DualCriminality:
    """The rule on dual criminality of a measure, with the list that excludes it, if there is one."""

    rule: str
    article: str
    note: Words
    excluded_by_list: str = ""
    list_min_months: int | None = None


@dataclass(frozen=True, slots=True)
class Validation:
    """Which issuing authorities need the validation of which others."""

    needed_for: tuple[str, ...]
    by: tuple[str, ...]
    article: str
    emergency: bool
    only_if_declared: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that the instrument carries; several rows of one code differ by `variant`.

    Attributes:
        senders: who may ask; `any-competent-authority` sets no bar here.
        channels: the ways it goes, the usual one first.
        holders: whom it reaches; `any` sets no bar.
        works_as: evidence | intelligence | arrest | notification.
    """

    id: str
    variant: str
    article: str
    what: Words
    senders: tuple[str, ...]
    channels: tuple[str, ...]
    addressee: Words
    holders: tuple[str, ...]
    scope: Scope
    dual_criminality: DualCriminality
    conditions: tuple[Condition, ...]
    clocks: tuple[Clock, ...]
    particulars: tuple[Particular, ...]
    grounds: tuple[Ground, ...]
    validation: Validation | None
    languages: Words
    works_as: str
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Relation:
    """How the instrument stands to another one.

    Attributes:
        kind: displaces | displaced-by | replaced | supplements | without-prejudice.
        effect: excludes | subsidiary | procedure; empty where nothing follows for the choice of a route.
        not_for: measures that stay outside the effect.
        only_for: the only measures that the effect concerns; empty means all.
    """

    kind: str
    other: str
    article: str
    when: Words
    effect: str = ""
    not_for: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()

    def concerns(self, measure: str) -> bool:
        """Whether the relation has an effect on the choice of a route for the measure."""
        return bool(self.effect) and measure not in self.not_for and (not self.only_for or measure in self.only_for)


@dataclass(frozen=True, slots=True)
class OffenceList:
    """A list of offences; `others` are categories that have no canonical id here."""

    id: str
    article: str
    offences: frozenset[str]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty, regulation, directive, agreement or practice.

    Attributes:
        called: what a sentence calls it: the Budapest Convention.
        starts_on: first day of application (provisional application and deferred application included); None: not in force.
        needs_start: False for practices and national law, which have no day of entry into force.
        ends_on: last day, or None.
        between: both-bound | any-two-states | listed | provider-and-state | domestic-law-of-requested-state.
        parties_of: the instrument whose list of parties counts here; its own id unless it is a part of another one.
        bound: states bound by the text itself, where it names them.
        term_ends: last day of a term that can be renewed; after it, whether it was is not known.
        bound_since: first day for those of `bound` that came later; None where that day is not established.
        pairs: two sides between which it applies, where it does so whatever the list of parties: codes, or `european_union`.
        addressee_in: circumstances that name a state where the addressee may be instead of the requested one.
        reservations_of: other instruments whose reservations count here too.
        offences: canonical ids of the offences that the instrument itself defines.
    """

    id: str
    kind: str
    title: Words
    called: Words
    reference: str
    starts_on: date | None
    needs_start: bool
    ends_on: date | None
    as_of: date
    between: str
    measures: tuple[Measure, ...]
    relations: tuple[Relation, ...] = ()
    parties_of: str = ""
    bound: frozenset[str] = frozenset()
    term_ends: date | None = None
    bound_since: Mapping[str, date | None] = field(default_factory=dict)
    pairs: tuple[frozenset[str], ...] = ()
    addressee_in: tuple[str, ...] = ()
    reservations_of: tuple[str, ...] = ()
    offences: frozenset[str] = frozenset()
    lists: Mapping[str, OffenceList] = field(default_factory=dict)
    use_limits: tuple[Limit, ...] = ()
    safeguards: tuple[Rule, ...] = ()
    notes: Words = NOTHING
    source: str = ""
