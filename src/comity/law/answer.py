"""The answer as values: routes, each with the findings behind its verdict. Texts are in English and Chinese, choices are codes."""

from dataclasses import dataclass, field
from datetime import date

from comity.law.clocks import RouteClock
from comity.law.question import Question
from comity.law.words import NOTHING, Words

OPEN, CONDITIONAL, UNKNOWN, CLOSED = "open", "conditional", "unknown", "closed"
VERDICTS = (OPEN, CONDITIONAL, UNKNOWN, CLOSED)
MET, NOT_MET, UNSURE = "met", "not-met", "unknown"
CONFIDENCE = ("high", "medium", "low")
FOR_INTELLIGENCE = frozenset({"spontaneous-information", "arrest-notice", "joint-team"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition evaluated.

    Attributes:
        id: of the rule in the instrument, or of the general rule (`in-force`, `holder`, `sender`, ...).
        verdict: met | not-met | unknown.
        settles: what would settle an unknown one: keys of circumstances, `offence`, `conduct`, or `fact:...` for a gap in
            the lawbook.
        stated: True where an unknown one is a condition to be stated or fulfilled in the request, not a missing fact.
        findings: the findings that it rests on.
    """

    id: str
    verdict: str
    article: str
    reason: Words
    source: str
    confidence: str
    settles: tuple[str, ...] = ()
    stated: bool = False
    findings: tuple["Finding", ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """What the request itself has to declare, contain or follow, for the route to be used lawfully."""

    id: str
    article: str
    text: Words


@dataclass(frozen=True, slots=True)
class Need:
    """A particular of the request. `required`: always | yes | no | unknown, as far as the question tells."""

    id: str
    article: str
    field: str
    text: Words
    required: str


@dataclass(frozen=True, slots=True)
class Risk:
    """A ground on which the requested state may refuse. `arises`: yes | unknown."""

    id: str
    article: str
    ground: str
    force: str
    text: Words
    arises: str


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning, by code, with words and the article it rests on."""

    code: str
    text: Words
    article: str


@dataclass(frozen=True, slots=True)
class Competent:
    """Who receives the request in the requested state, as far as established, and the languages it takes."""

    name: Words
    languages: tuple[str, ...]
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Route:
    """Instrument, article and channel by which the measure may be asked for, with verdict and reasons.

    Attributes:
        instrument: id of the lawbook, or `bilateral:<id>`.
        channel: the usual way; `channels` are all of them.
        dual_criminality: never | optional | required | not-needed-list-offence.
        works_as: evidence | intelligence | arrest | notification.
        settles: what would settle the unknown findings.
        subsidiary: True where another instrument goes first and this one only fills gaps.
        days: usual time of the channel, an estimate for the order only.
        order: what puts routes in order.
        carried: False where the instrument does not carry the measure at all.
    """

    instrument: str
    title: Words
    variant: str
    article: str
    measure: str
    what: Words
    channel: str
    channels: tuple[str, ...]
    verdict: str
    findings: tuple[Finding, ...]
    clocks: tuple[RouteClock, ...] = ()
    dual_criminality: str = "optional"
    dual_criminality_note: Words = NOTHING
    particulars: tuple[Need, ...] = ()
    duties: tuple[Duty, ...] = ()
    refusal_risks: tuple[Risk, ...] = ()
    use_limits: tuple[Duty, ...] = ()
    safeguards: tuple[Duty, ...] = ()
    warnings: tuple[str, ...] = ()
    works_as: str = "evidence"
    addressee: Words = NOTHING
    competent: Competent | None = None
    languages: Words = NOTHING
    confidence: str = "medium"
    settles: tuple[str, ...] = ()
    subsidiary: bool = False
    carried: bool = True
    days: int = 0
    order: tuple[object, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "order", order_of(self))


def order_of(route: Route) -> tuple[object, ...]:
    """Return what puts routes in order: lawfulness, evidence before intelligence, what goes first in law, the faster channel."""
    return (
        VERDICTS.index(route.verdict),
        not route.carried,
        route.works_as == "intelligence" and route.measure not in FOR_INTELLIGENCE,
        route.subsidiary,
        route.days,
        CONFIDENCE.index(route.confidence) if route.confidence in CONFIDENCE else len(CONFIDENCE),
        route.instrument,
        route.variant,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """All routes in the order in which to consider them, the warnings, and what would settle what is unknown.

    Attributes:
        as_of: the day until which the facts were collected.
        unknown: keys of circumstances and gaps of the lawbook that keep routes from being decided.
        ignored: circumstance keys that no rule knows.
    """

    question: Question
    as_of: date
    routes: tuple[Route, ...]
    warnings: tuple[Caution, ...] = ()
    unknown: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


def verdict_of(findings: tuple[Finding, ...]) -> str:
    """Return the verdict that the findings carry: one that is not met closes; open only if every one is met."""
    verdict = OPEN
    for finding in findings:
        if finding.verdict == NOT_MET:
            return CLOSED
        if finding.verdict == UNSURE:
            if not finding.stated:
                verdict = UNKNOWN
            elif verdict == OPEN:
                verdict = CONDITIONAL
    return verdict
