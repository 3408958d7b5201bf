"""A procedure as a value: who may do what in which state, which clocks that starts and stops, and how it may end.

Procedures are data (`lawbook/procedures`); `docs/procedures.md` says how to add one. Everything about a step that a desk needs to
know is in the table: who may take it, under which article, with which forms, whether two persons must approve it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, cast

from comity.acts.form import Labels
from comity.errors import LocalError

CLOCK = "clock"
TIME_RUNS_OUT = "time-runs-out"
Exhibits = Literal["required", "optional", "no"]
ClockKind = Literal["maximum", "minimum", "target", "validity"]
Counting = Literal["hours", "days", "working-days", "months"]
Value = Mapping[str, object]


class MalformedProcedureError(LocalError):
    """A procedure in the lawbook does not have the shape of a procedure."""

    code = "malformed-procedure"


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of act in a procedure.

    Attributes:
        by: actors that may take it.
        article: what it rests on; `practice` where no text says it.
        forms: ids of forms that it may use; the first is the usual one.
        binding: two persons must approve it, because it binds a state (a request, an order, a refusal, a transfer of evidence).
        exhibits: whether evidence goes with it.
        label: own words for this step; None where those of the vocabulary serve.
    """

    id: str
    by: tuple[str, ...]
    article: str
    forms: tuple[str, ...] = ()
    binding: bool = True
    exhibits: Exhibits = "no"
    label: Labels | None = None
    note: Labels | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A state of the procedure; `main` is the step a careful colleague would take next, None in a final state."""

    id: str
    initial: bool = False
    final: bool = False
    main: str | None = None
    label: Labels | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table: in `from_state`, `step` by `by` leads to `to_state`.

    Attributes:
        clock: the clock whose end is the step (`time-runs-out` by `clock`).
        after: a clock that must have run out before the step counts.
        when: a condition of the procedure that must hold.
    """

    from_state: str
    step: str
    by: str
    to_state: str
    clock: str = ""
    after: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """A step that prolongs a clock: by a duration, or (None) as the step itself says; at most `times`, None for no limit."""

    step: str
    by: str | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A period that the law sets.

    Attributes:
        duration: ISO 8601; None where the text fixes no period.
        duration_from: `form.field` (or `*.field`) that sets or lengthens the period in the single case.
        since: field of the starting act that says when the period really began (`received_at`), never later than the act.
        kind: `maximum` and `validity` end something; `minimum` protects somebody until then; `target` is a wish.
        responsible: the actor who must act, or who loses the right.
        computed_by: `reg-1182-71`, `requested-state-law`, `issuing-state-law` or empty.
        notice: code of the notice a desk gets as the end comes near; empty for the usual one of its kind.
    """

    id: str
    article: str
    what: Labels
    kind: ClockKind
    responsible: str
    start: tuple[str, ...]
    stop: tuple[str, ...] = ()
    suspend: tuple[str, ...] = ()
    resume: tuple[str, ...] = ()
    extend: tuple[Extension, ...] = ()
    duration: str | None = None
    duration_from: str = ""
    since: str = ""
    counting: Counting | None = None
    computed_by: str = ""
    when: str = ""
    instrument: str = ""
    notice: str = ""
    confidence: str = "low"


@dataclass(frozen=True, slots=True)
class RefusalGround:
    """A ground on which an actor may (optional) or must (mandatory) refuse, with its article."""

    ground: str
    article: str
    by: str
    force: Literal["optional", "mandatory"] = "optional"
    note: Labels | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """The whole table of one procedure.

    Attributes:
        actors: actor -> who that is here, language -> words.
        conditions: name -> test on the fields filled so far; a row or clock with `when` counts only where it holds.
        leads_to: (ending, procedure that may follow).
    """

    id: str
    title: Labels
    instruments: tuple[str, ...]
    measures: tuple[str, ...]
    reference: str
    as_of: str
    confidence: str
    actors: Mapping[str, Labels]
    states: Mapping[str, State]
    steps: Mapping[str, Step]
    transitions: tuple[Transition, ...]
    clocks: tuple[ClockRule, ...] = ()
    refusal: tuple[RefusalGround, ...] = ()
    conditions: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    leads_to: tuple[tuple[str, str], ...] = ()
    notes: Labels = field(default_factory=lambda: MappingProxyType({}))

    @property
    def initial(self) -> str:
        """The state before the first act."""
        return next(state.id for state in self.states.values() if state.initial)

    def rows(self, state: str) -> Iterator[Transition]:
        """Yield the rows that lead out of a state (or record something in it), in the order of the table."""
        return (row for row in self.transitions if row.from_state == state)

    def main_row(self, state: str) -> Transition | None:
        """Return the row of the state's main step; without one named, the first that leads on by somebody's act."""
        main = self.states[state].main
        rows = [row for row in self.rows(state) if row.by != CLOCK]
        on = [row for row in rows if row.step == main] or [row for row in rows if row.to_state != state]
        return on[0] if on else None

    def opening_steps(self) -> tuple[Step, ...]:
        """Return the steps that may open a dossier."""
        names = dict.fromkeys(row.step for row in self.rows(self.initial) if row.by != CLOCK)
        return tuple(self.steps[name] for name in names)


def parse_procedure(value: Value) -> Procedure:
    """Make a procedure of its data; whether it makes sense is for `check_procedure`.

    Raises:
        MalformedProcedureError: a member is missing or has another shape.
    """
    name = str(value.get("id", ""))
    try:
        return _procedure(value)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        message = f"A procedure lacks {error} or it has another shape."
        raise MalformedProcedureError(message, where=name, remedy="See docs/procedures.md.") from error


def _procedure(value: Value) -> Procedure:
    states = tuple(map(_state, _rows(value["states"])))
    steps = tuple(map(_step, _rows(value["steps"])))
    if sum(state.initial for state in states) != 1:
        raise ValueError("one initial state")
    if len({state.id for state in states}) != len(states) or len({step.id for step in steps}) != len(steps):
        raise ValueError("unique ids of states and steps")
    return Procedure(
        id=str(value["id"]),
        title=_labels(value["title"]),
        instruments=_names(value["instruments"]),
        measures=_names(value["measures"]),
        reference=str(value["reference"]),
        as_of=str(value["as_of"]),
        confidence=str(value["confidence"]),
        actors={name: _labels(words) for name, words in cast(Value, value["actors"]).items()},
        states={state.id: state for state in states},
        steps={step.id: step for step in steps},
        transitions=tuple(map(_transition, _rows(value["transitions"]))),
        clocks=tuple(map(_clock, _rows(value.get("clocks") or []))),
        refusal=tuple(map(_ground, _rows(value.get("refusal") or []))),
        conditions=cast("Mapping[str, Value]", value.get("conditions") or {}),
        leads_to=tuple((str(row["ending"]), str(row["procedure"])) for row in _rows(value.get("leads_to") or [])),
        notes=_labels(value.get("notes") or {}),
    )


def _state(row: Value) -> State:
    main = str(row["main"]) if row.get("main") else None
    return State(str(row["id"]), bool(row.get("initial")), bool(row.get("final")), main, _maybe(row.get("label")))


def _step(row: Value) -> Step:
    exhibits = row.get("exhibits") or "no"
    if exhibits not in ("required", "optional", "no"):
        raise ValueError(f"exhibits: {exhibits}")
    return Step(
        id=str(row["id"]),
        by=_names(row["by"]),
        article=str(row["article"]),
        forms=_names(row.get("forms")),
        binding=bool(row.get("binding", True)),
        exhibits=exhibits,
        label=_maybe(row.get("label")),
        note=_maybe(row.get("note")),
    )


def _transition(row: Value) -> Transition:
    more = (str(row.get(name) or "") for name in ("clock", "after", "when"))
    return Transition(str(row["from"]), str(row["step"]), str(row["by"]), str(row["to"]), *more)


def _clock(row: Value) -> ClockRule:
    if row["kind"] not in ("maximum", "minimum", "target", "validity"):
        raise ValueError(f"kind: {row['kind']}")
    if row.get("counting") not in ("hours", "days", "working-days", "months", None):
        raise ValueError(f"counting: {row['counting']}")
    return ClockRule(
        id=str(row["id"]),
        article=str(row["article"]),
        what=_labels(row["what"]),
        kind=row["kind"],
        responsible=str(row["responsible"]),
        start=_names(row["start"]),
        stop=_names(row.get("stop")),
        suspend=_names(row.get("suspend")),
        resume=_names(row.get("resume")),
        extend=tuple(map(_extension, _rows(row.get("extend") or []))),
        duration=cast("str | None", row.get("duration")),
        counting=cast("Counting | None", row.get("counting")),
        confidence=str(row.get("confidence", "low")),
        **{n: str(row.get(n) or "") for n in ("duration_from", "since", "computed_by", "when", "instrument", "notice")},
    )


def _extension(row: Value) -> Extension:
    return Extension(str(row["step"]), cast("str | None", row.get("by")), cast("int | None", row.get("times")))


def _ground(row: Value) -> RefusalGround:
    force = row.get("force", "optional")
    if force not in ("optional", "mandatory"):
        raise ValueError(f"force: {force}")
    words = (str(row["ground"]), str(row["article"]), str(row["by"]))
    return RefusalGround(*words, force, _maybe(row.get("note")))


def _rows(value: object) -> list[Value]:
    if not isinstance(value, list):
        raise TypeError("a list")
    return value


def _names(value: object) -> tuple[str, ...]:
    return tuple(str(name) for name in cast("list[object]", value or []))


def _labels(value: object) -> Labels:
    return {str(language): str(words) for language, words in cast(Value, value).items()}


def _maybe(value: object) -> Labels | None:
    return _labels(value) if value else None
