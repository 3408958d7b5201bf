"""What would change if a state became a party: the same questions, asked with the facts as they are and as they would be.

The facts are never changed: a copy has one row more. What depends on facts that nobody knows is unknown before and after. Only ways
with a legal basis that lead to evidence or a person count; police channels and voluntary disclosure stay as they are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from comity.law.answer import CLOSED, CONDITIONAL, OPEN, UNKNOWN, Route
from comity.law.binding import bound, in_force
from comity.law.facts import Coverage, Facts, PartyRow
from comity.law.instrument import Instrument
from comity.law.offences.gap import check_place
from comity.law.question import Conduct, Question, UnknownMeasureError, UnusableQuestionError
from comity.law.routes import routes
from comity.law.words import NOTHING, Words

MEASURES = ("preserve", "subscriber", "traffic", "content", "search-seizure", "extradition")
OFFENCES = ("illegal-access",)
USUAL_CASE: Mapping[str, object] = {
    "issuing_authority": "judge",
    "purpose": "investigation",
    "political": False,
    "death_penalty_possible": False,
    "max_penalty_months_from": 60,
    "max_penalty_months_to": 60,
}
"""An ordinary case, so that not every route stays unknown."""
WITHOUT_OBLIGATION = frozenset({"police", "voluntary", "scheme"})
OF_PERSONS = frozenset({"extradition", "arrest-notice", "video-hearing"})
RATIFIED = "ratified-not-in-force"

YES, ALREADY, NO = "yes", "already", "no"
OPENS, BECOMES_CONDITIONAL, FASTER, ANOTHER, DISPLACED, LEFT_OPEN = (
    "opens",
    "conditional",
    "faster",
    "another",
    "displaced",
    "unknown",
)
KINDS = (OPENS, BECOMES_CONDITIONAL, FASTER, ANOTHER, DISPLACED, LEFT_OPEN)
Progress = Callable[[int, int], None]

RESERVATIONS = Words(
    "Reservations and declarations that the state might make on accession are not taken into account.",
    "未考虑该国加入时可能作出的保留和声明。",
)
NATIONAL_LAW = Words(
    "The national law of the state is taken as it is; what the instrument would make it enact is not assumed.",
    "以该国现行国内法为准；未假设其为履约将制定的法律。",
)
ORDINARY = Words(
    "An ordinary case is asked: a judge asks, the data and their provider (or the person) are in the requested state, no political "
    "offence, no death penalty, a maximum of 60 months in both states.",
    "按一般案件提问：由法官请求，数据及其服务商（或当事人）在被请求国，非政治犯罪，无死刑，两国最高刑均为60个月。",
)
ASSUMED_FORCE = Words(
    "The instrument is not in force on that day; it is assumed to be, for all who have ratified it.",
    "该文书当日尚未生效；此处假设其对所有已批准的国家生效。",
)
NOT_IN_FORCE = Words(
    "The instrument is not in force on that day, so that nothing changes yet.", "该文书当日尚未生效，故暂无变化。"
)
NOT_OPEN = Words("It cannot be acceded to:", "不可加入：")


@dataclass(frozen=True, slots=True)
class Way:
    """The best way with a legal basis for one question: the instrument, its verdict and the usual days of its channel."""

    instrument: str
    article: str
    verdict: str
    channel: str
    days: int


@dataclass(frozen=True, slots=True)
class Change:
    """What changes for one question.

    Attributes:
        kind: `opens`, `conditional` (a way that was not there), `faster`, `another` (one way more, no better than the best before),
            `displaced` (what could be used before takes second place to the new instrument and the best way is worse),
            `unknown` (the new way is there, but a fact is missing).
        before: the best way before; None where none could be used.
        after: the best way after; for `another` and `unknown`, the new one.
        settled_by: what would decide an unknown one.
    """

    from_state: str
    to_state: str
    measure: str
    offence: str
    kind: str
    before: Way | None
    after: Way | None
    settled_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accession:
    """What an accession would change.

    Attributes:
        possible: yes | already | no. Only after `yes` were questions asked.
        reason: why.
        how: how a state becomes a party, with the article; nothing where that is not recorded.
        sides: True: the state asks; False: it is asked.
        asked: how many questions were asked, each before and after.
        limits: what the answer does not know.
    """

    state: str
    instrument: str
    title: Words
    on: date
    possible: str
    reason: Words
    how: Words = NOTHING
    how_article: str = ""
    measures: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()
    sides: tuple[bool, ...] = (True, False)
    asked: int = 0
    changes: tuple[Change, ...] = ()
    limits: tuple[Words, ...] = ()

    def states(self, kind: str, measure: str, *, requesting: bool) -> tuple[str, ...]:
        """Return the other states for which a measure changes in this way, the acceding state asking or being asked."""
        found = {
            change.to_state if requesting else change.from_state
            for change in self.changes
            if (change.kind, change.measure) == (kind, measure) and (change.from_state == self.state) is requesting
        }
        return tuple(sorted(found))


def accession(  # noqa: PLR0913  what is asked has many parts, all but the first four by name
    facts: Facts,
    state: str,
    instrument: str,
    on: date,
    *,
    measures: Iterable[str] = (),
    offences: Iterable[str] = OFFENCES,
    circumstances: Mapping[str, object] | None = None,
    conduct: Conduct | None = None,
    sides: Iterable[bool] = (True, False),
    assume_in_force: bool = False,
    progress: Progress | None = None,
) -> Accession:
    """Say what would change if the state were a party from a day on.

    Args:
        facts: the law; it is not changed.
        state: who accedes.
        instrument: to what.
        on: the first day, for which the questions are asked.
        measures: codes; empty: the usual ones that the instrument carries.
        offences: canonical ids.
        circumstances: added to an ordinary case.
        conduct: what was done, for dual criminality.
        sides: True: the state asks; False: it is asked.
        assume_in_force: take an instrument that is not in force as in force for all who ratified it.
        progress: called with the questions answered and all of them.

    Raises:
        UnusableQuestionError: a state, an instrument, a measure, an offence, the day or a circumstance cannot be used.
    """
    check_place(facts, state, on)
    document = facts.instruments.get(instrument)
    if document is None:
        raise UnusableQuestionError(
            f"'{instrument}' is no instrument of the lawbook.",
            remedy=f"Use one of {', '.join(sorted(facts.instruments))}.",
        )
    chosen = _known(facts, tuple(dict.fromkeys(measures))) or usual_measures(facts, document)
    answer = _possible(facts, document, state, on)
    if answer.possible != YES:
        return answer
    is_assumed = assume_in_force and not in_force(document, on).truth
    before = in_force_from(facts, document, on) if is_assumed else facts
    answer = replace(
        answer,
        measures=chosen,
        offences=tuple(dict.fromkeys(offences)),
        sides=tuple(dict.fromkeys(sides)),
        limits=tuple(_limits(before, document, on, is_assumed)),
    )
    asked = tuple(_questions(before, answer, circumstances or {}, conduct))
    changes = _changes(before, with_party(before, state, instrument, on), instrument, asked, progress)
    return replace(answer, asked=len(asked), changes=tuple(changes))


def _questions(
    facts: Facts, answer: Accession, circumstances: Mapping[str, object], conduct: Conduct | None
) -> Iterator[Question]:
    """Yield what is asked before and after: an ordinary case for each measure, offence and pair of states."""
    for measure in answer.measures:
        for offence in answer.offences:
            for from_state, to_state in _pairs(facts, answer.state, answer.sides):
                known = {**USUAL_CASE, **_subject(measure, to_state), **circumstances}
                yield Question(from_state, to_state, measure, offence, answer.on, known, conduct)


def _limits(facts: Facts, instrument: Instrument, on: date, is_assumed: bool) -> Iterator[Words]:
    if is_assumed:
        yield ASSUMED_FORCE
    elif not in_force(instrument, on).truth:
        yield NOT_IN_FORCE
    yield from (ORDINARY, RESERVATIONS, NATIONAL_LAW)
    if on > facts.as_of:
        yield Words(
            f"The facts were collected until {facts.as_of}; later changes are not in them.",
            f"事实收集截至{facts.as_of}，其后变化未收录。",
        )


def with_party(facts: Facts, state: str, instrument: str, on: date) -> Facts:
    """Return other facts in which the state is a party from the day on; these stay as they are."""
    list_of = facts.instruments[instrument].parties_of or instrument
    kept = tuple(row for row in facts.parties if (row.instrument, row.state) != (list_of, state))
    row = PartyRow(
        instrument=list_of,
        state=state,
        status="party",
        in_force=on,
        ends_on=None,
        as_of=on,
        confidence="high",
        source="assumption of the question",
    )
    return replace(facts, parties=(*kept, row))


def in_force_from(facts: Facts, instrument: Instrument, on: date) -> Facts:
    """Return other facts in which an instrument is in force from the day on for all who ratified it."""
    list_of = instrument.parties_of or instrument.id
    rows = tuple(
        replace(row, status="party", in_force=on) if row.instrument == list_of and row.status == RATIFIED else row
        for row in facts.parties
    )
    instruments = {**facts.instruments, instrument.id: replace(instrument, starts_on=on)}
    return replace(facts, parties=rows, instruments=instruments)


def usual_measures(facts: Facts, instrument: Instrument) -> tuple[str, ...]:
    """Return the measures that are asked for where none is named: the usual ones that the instrument carries, else all of its."""
    carried = {measure.id for measure in instrument.measures}
    usual = tuple(measure for measure in MEASURES if measure in carried)
    return usual or tuple(code for code in facts.codes.measures if code in carried)


def _known(facts: Facts, named: tuple[str, ...]) -> tuple[str, ...]:
    for measure in named:
        if measure not in facts.codes.measures:
            raise UnknownMeasureError(f"'{measure}' is no measure.", remedy=f"Use {', '.join(facts.codes.measures)}.")
    return named


def _possible(facts: Facts, instrument: Instrument, state: str, on: date) -> Accession:
    coverage = facts.coverage.get(instrument.parties_of or instrument.id)
    position = bound(facts, instrument, state, on)
    possible, reason = YES, position.reason
    if position.truth:
        possible = ALREADY
    closed = _not_open(facts, instrument, coverage, state, on)
    if closed:
        possible, reason = NO, closed
    return Accession(
        state=state,
        instrument=instrument.id,
        title=instrument.title,
        on=on,
        possible=possible,
        reason=reason,
        how=coverage.accession if coverage else NOTHING,
        how_article=coverage.accession_article if coverage else "",
    )


def _not_open(facts: Facts, instrument: Instrument, coverage: Coverage | None, state: str, on: date) -> Words:
    """Say why the state cannot become a party; nothing where it can, or where nothing is known against it."""
    name = instrument.called
    if instrument.between != "both-bound" or instrument.pairs or instrument.bound:
        return Words(
            f"{NOT_OPEN.en} {name.en} is no treaty that a state joins by itself.",
            f"{NOT_OPEN.zh}{name.zh}不是一国可自行加入的条约。",
        )
    possible = coverage.possible if coverage else None
    if possible is not None and state not in possible and not possible & facts.states[state].groups:
        who = facts.members(possible)
        return Words(f"{NOT_OPEN.en} {name.en} is open to {who.en} only.", f"{NOT_OPEN.zh}{name.zh}仅对{who.zh}开放。")
    for other in coverage.requires if coverage else ():
        first = facts.instruments.get(other)
        if first is not None and bound(facts, first, state, on).truth is not True:
            return Words(
                f"{NOT_OPEN.en} {name.en} asks for being a party to {first.called.en} first.",
                f"{NOT_OPEN.zh}须先成为{first.called.zh}缔约方，方可加入{name.zh}。",
            )
    return NOTHING


def _pairs(facts: Facts, state: str, sides: tuple[bool, ...]) -> list[tuple[str, str]]:
    others = [other for other in sorted(facts.states) if other != state]
    return [(state, other) if asks else (other, state) for other in others for asks in sides]


def _subject(measure: str, requested: str) -> Mapping[str, object]:
    """Return what is sought: a person, or data with a provider; both in the requested state."""
    if measure in OF_PERSONS:
        return {"data_holder": "person", "person_located_in": requested}
    return {"data_holder": "provider", "data_located_in": requested, "provider_state": requested}


def _changes(
    before: Facts, after: Facts, instrument: str, questions: Sequence[Question], progress: Progress | None
) -> Iterator[Change]:
    for number, question in enumerate(questions, 1):
        found = _change(before, after, instrument, question)
        if found is not None:
            yield found
        if progress is not None:
            progress(number, len(questions))


def _change(before: Facts, after: Facts, instrument: str, question: Question) -> Change | None:
    found = _with_basis(after, question)
    best_before, best_after = _best(_with_basis(before, question)), _best(found)
    kind = _kind(best_before, best_after)
    if kind is not None:
        return _made(question, kind, best_before, best_after)
    ours = [route for route in found if route.instrument == instrument]
    usable, unknown = _best(ours), next((route for route in ours if route.verdict == UNKNOWN), None)
    if usable is not None:
        return _made(question, ANOTHER, best_before, usable)
    return None if unknown is None else _made(question, LEFT_OPEN, best_before, unknown, unknown.settles)


def _kind(before: Route | None, after: Route | None) -> str | None:
    if after is None:
        return None if before is None else DISPLACED
    if before is None:
        return OPENS if after.verdict == OPEN else BECOMES_CONDITIONAL
    if before.verdict != after.verdict:
        return OPENS if after.verdict == OPEN else DISPLACED
    if after.days < before.days:
        return FASTER
    return DISPLACED if after.days > before.days else None


def _with_basis(facts: Facts, question: Question) -> tuple[Route, ...]:
    """Return the ways that have a legal basis and lead to more than intelligence."""
    return tuple(
        route
        for route in routes(facts, question).routes
        if route.carried and route.works_as != "intelligence" and _is_basis(facts, route.instrument)
    )


def _is_basis(facts: Facts, instrument: str) -> bool:
    document = facts.instruments.get(instrument)
    return document is None or document.kind not in WITHOUT_OBLIGATION


def _best(found: Iterable[Route]) -> Route | None:
    return next((route for route in found if route.verdict in {OPEN, CONDITIONAL}), None)


def _made(
    question: Question, kind: str, before: Route | None, after: Route | None, settled_by: tuple[str, ...] = ()
) -> Change:
    return Change(
        from_state=question.from_state,
        to_state=question.to_state,
        measure=question.measure,
        offence=question.offence or "",
        kind=kind,
        before=_way(before),
        after=_way(after),
        settled_by=settled_by,
    )


def _way(route: Route | None) -> Way | None:
    if route is None or route.verdict == CLOSED:
        return None
    return Way(route.instrument, route.article, route.verdict, route.channel, route.days)
