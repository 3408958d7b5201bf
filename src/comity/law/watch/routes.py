"""Which routes are not what they were, for questions that are asked of both editions.

Most questions are outside the reach of a change and are not asked at all. The rest are asked of editions that hold the measures of
the instruments in reach only, which costs less. What is told is what asking everything would tell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from comity.law.answer import CLOSED, Answer, Route
from comity.law.facts import Facts
from comity.law.question import Question
from comity.law.routes import routes
from comity.law.watch.changes import Change, changes
from comity.law.watch.reach import Links, Reach, Reaches
from comity.law.watch.spoken import SILENT, Spoken, spoken

KEPT_FOCUSES = 64
ONLY = {"clock": "clock", "particular": "particulars", "authority": "authority", "use-limit": "", "safeguard": ""}
"""Kinds of changes that can make one aspect of a route different and no other; the empty ones none."""
Name = tuple[str, str]
Found = Mapping[Name, Route]


@dataclass(frozen=True, slots=True)
class TouchedRoute:
    """A route that is not what it was.

    Attributes:
        old: as it was; None where it is new.
        new: as it is; None where it is gone.
        aspects: what is different: verdict, order (what puts it before or behind others but the verdict), clock, channel,
            particulars, authority.
        causes: the changes that can have touched it.
        spoken: what a sentence calls the states and the measure of the question.
    """

    question: Question
    old: Route | None
    new: Route | None
    aspects: tuple[str, ...]
    causes: tuple[Change, ...] = field(default=(), compare=False)
    spoken: Spoken = field(default=SILENT, compare=False)

    @property
    def route(self) -> Route:
        """The route as it is, or as it was where it is gone."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def closes(self) -> bool:
        """Whether it could be used and cannot any more."""
        return _usable(self.old) and not _usable(self.new)

    @property
    def opens(self) -> bool:
        """Whether it could not be used and now can."""
        return _usable(self.new) and not _usable(self.old)


def touched_routes(
    old: Facts, new: Facts, questions: Iterable[Question], found: tuple[Change, ...] | None = None
) -> tuple[TouchedRoute, ...]:
    """Return the routes of the questions that are not what they were, in the order of the questions.

    A route that cannot be used in either edition is not told. Questions about a state or a code that one edition does not know are
    answered as if that edition had no route.

    Args:
        old: the edition before.
        new: the edition after.
        questions: asked of both editions, for the same day.
        found: the changes between the two where they are known already.
    """
    told = changes(old, new) if found is None else found
    links = Links(old, new)
    comparison = _Comparison(old, new, Reaches.of(told, links), links)
    return tuple(touched for question in questions for touched in comparison.of(question))


class _Comparison:
    """Asks both editions, as little as will do."""

    def __init__(self, old: Facts, new: Facts, reaches: Reaches, links: Links) -> None:
        self._editions = (old, new)
        self._reaches = reaches
        self._links = links
        self._focuses: dict[frozenset[str], tuple[Facts, Facts]] = {}

    def of(self, question: Question) -> tuple[TouchedRoute, ...]:
        """Return the routes for a question that differ between the editions; nothing where no change can touch it."""
        touching = self._reaches.touching(question)
        if not touching:
            return ()
        before, after = (asked(facts, question) for facts in self._focus(reach for reach, _ in touching))
        said = spoken(self._editions[1], question)
        return tuple(
            replace(each, causes=_causes(each, self._links.name(each.route.instrument), touching), spoken=said)
            for each in compared(question, before, after)
        )

    def _focus(self, reaches: Iterable[Reach]) -> tuple[Facts, Facts]:
        """Return both editions with the measures of the instruments in reach only; whole where that would spare nothing."""
        names: set[str] = set()
        for reach in reaches:
            if reach.instruments is None:
                return self._editions
            names |= reach.instruments
        key = frozenset(names)
        found = self._focuses.get(key)
        if found is not None:
            return found
        if len(self._focuses) >= KEPT_FOCUSES:
            return self._editions
        old, new = self._editions
        return self._focuses.setdefault(key, (_only(old, key), _only(new, key)))


def _only(facts: Facts, names: frozenset[str]) -> Facts:
    """Leave the other instruments without measures; whether they apply can still be asked."""
    kept = {
        name: item if name in names else replace(item, measures=()) for name, item in facts.instruments.items()
    }  # fmt: skip
    return replace(facts, instruments=kept)


def asked(facts: Facts, question: Question) -> Found:
    """Return the routes of one edition; none where it does not know a state or a code of the question."""
    return named(routes(facts, question)) if known(facts, question) else {}


def known(facts: Facts, question: Question) -> bool:
    """Whether an edition knows the states and the codes of a question."""
    states = question.from_state in facts.states and question.to_state in facts.states
    offence = question.offence is None or question.offence in facts.codes.offences
    return states and offence and question.measure in facts.codes.measures


def named(answer: Answer) -> Found:
    """Return the routes of an answer by instrument and variant; those that carry nothing are left out."""
    return {(route.instrument, route.variant): route for route in answer.routes if route.carried}


def compared(question: Question, before: Found, after: Found) -> tuple[TouchedRoute, ...]:
    """Return the routes that are different, by instrument and variant."""
    touched = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        aspects = _aspects(old, new) if _usable(old) or _usable(new) else ()
        if aspects:
            touched.append(TouchedRoute(question, old, new, aspects))
    return tuple(touched)


def _aspects(old: Route | None, new: Route | None) -> tuple[str, ...]:
    if old is None or new is None or not (_usable(old) and _usable(new)):
        return ("verdict",)
    differs = {
        "verdict": old.verdict != new.verdict,
        "order": old.order[1:] != new.order[1:],  # the verdict is told already
        "clock": _clocks(old) != _clocks(new),
        "channel": old.channels != new.channels,
        "particulars": _particulars(old) != _particulars(new),
        "authority": old.competent != new.competent,
    }
    return tuple(aspect for aspect, is_so in differs.items() if is_so)


def _usable(route: Route | None) -> bool:
    return route is not None and route.verdict != CLOSED


def _clocks(route: Route) -> tuple[object, ...]:
    return tuple((each.id, each.duration, each.starts, each.stops, each.kind, each.counting) for each in route.clocks)


def _particulars(route: Route) -> tuple[object, ...]:
    return tuple((each.id, each.field, each.required, each.text) for each in route.particulars)


def _causes(touched: TouchedRoute, instrument: str, touching: Iterable[tuple[Reach, Change]]) -> tuple[Change, ...]:
    return tuple(
        change
        for reach, change in touching
        if (reach.instruments is None or instrument in reach.instruments)
        and ONLY.get(change.kind, touched.aspects[0]) in touched.aspects
    )
