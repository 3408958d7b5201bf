"""What is wrong with a procedure or a form of the lawbook, in sentences for the jurist who edits it."""

from collections.abc import Iterable, Iterator

from comity.acts.form import Form
from comity.acts.wordbook import Wordbook
from comity.cooperation.condition import MalformedConditionError, evaluate, fields_named
from comity.cooperation.periods import parse_duration
from comity.cooperation.procedure import CLOCK, TIME_RUNS_OUT, ClockRule, Procedure, Transition


def check_procedure(procedure: Procedure, wordbook: Wordbook | None = None) -> tuple[str, ...]:
    """Return what is wrong with the procedure; nothing when it is sound. With a wordbook, forms and labels must be known too."""
    faults = [*_names(procedure), *_ways(procedure), *_mains(procedure)]
    for clock in procedure.clocks:
        faults += _clock(procedure, clock)
    if wordbook is not None:
        faults += [*_forms(procedure, wordbook), *_words(procedure, wordbook)]
    return tuple(faults)


def check_form(form: Form) -> tuple[str, ...]:
    """Return what is wrong with the form: a field twice, a table without columns, a choice without codes, a broken test."""
    names = [field.id for field in form.fields()]
    faults = [f"{form.id}: field {name} is there twice" for name in sorted({n for n in names if names.count(n) > 1})]
    for field in form.fields():
        if field.type == "table" and not field.columns:
            faults.append(f"{form.id}: table {field.id} has no columns")
        if field.type in ("code", "codes") and not (field.codes or field.codes_from):
            faults.append(f"{form.id}: {field.id} offers no choice")
        if not isinstance(field.required, str):
            faults += _required(form, field.id, field.required.get("if"), names)
        elif field.required not in ("always", "no"):
            faults.append(f"{form.id}: {field.id} is required '{field.required}'")
    return tuple(faults)


def _required(form: Form, name: str, test: object, names: list[str]) -> Iterator[str]:
    if not isinstance(test, dict):
        yield f"{form.id}: {name} is required under no test"
        return
    try:
        evaluate(test, {})
    except MalformedConditionError as error:
        yield f"{form.id}: {name}: {error.message}"
    for other in fields_named(test):
        if other not in names:
            yield f"{form.id}: the test of {name} looks at {other}, which is not in the form"


def _names(procedure: Procedure) -> Iterator[str]:
    clocks = {clock.id for clock in procedure.clocks}
    for row in procedure.transitions:
        where = f"{procedure.id}: {row.from_state} {row.step}"
        for state in {row.from_state, row.to_state} - procedure.states.keys():
            yield f"{where}: there is no state {state}"
        if row.by == CLOCK:
            if row.step != TIME_RUNS_OUT or row.clock not in clocks:
                yield f"{where}: time that runs out needs a clock"
        else:
            yield from _actor_of(procedure, row, where)
        if row.after and row.after not in clocks:
            yield f"{where}: there is no clock {row.after}"
    used = {row.step for row in procedure.transitions}
    yield from (f"{procedure.id}: no row uses the step {name}" for name in procedure.steps if name not in used)
    for ground in procedure.refusal:
        if ground.by not in procedure.actors:
            yield f"{procedure.id}: {ground.ground} is for {ground.by}, who has no part here"


def _actor_of(procedure: Procedure, row: Transition, where: str) -> Iterator[str]:
    step = procedure.steps.get(row.step)
    if step is None:
        yield f"{where}: there is no step {row.step}"
    elif row.by not in step.by:
        yield f"{where}: {row.by} may not take this step"
    if row.by not in procedure.actors:
        yield f"{where}: {row.by} has no part here"


def _ways(procedure: Procedure) -> Iterator[str]:
    finals = {name for name, state in procedure.states.items() if state.final}
    if not finals:
        yield f"{procedure.id}: nothing ends it"
    reached = _closure({procedure.initial}, ((row.from_state, row.to_state) for row in procedure.transitions))
    ending = _closure(finals, ((row.to_state, row.from_state) for row in procedure.transitions))
    for name in procedure.states:
        if name not in reached:
            yield f"{procedure.id}: {name} cannot be reached"
        if name not in ending:
            yield f"{procedure.id}: no way leads from {name} to an ending"
        if name in finals and any(row.to_state != name for row in procedure.rows(name)):
            yield f"{procedure.id}: {name} is final but a row leads out of it"


def _mains(procedure: Procedure) -> Iterator[str]:
    for state in procedure.states.values():
        if state.main and not any(row.step == state.main for row in procedure.rows(state.id)):
            yield f"{procedure.id}: {state.id}: the main step {state.main} has no row there"
        if not state.final and procedure.main_row(state.id) is None:
            yield f"{procedure.id}: {state.id}: nobody's step leads on"


def _closure(start: set[str], edges: Iterable[tuple[str, str]]) -> set[str]:
    pairs, reached = tuple(edges), set(start)
    while more := {end for begin, end in pairs if begin in reached} - reached:
        reached |= more
    return reached


def _clock(procedure: Procedure, clock: ClockRule) -> Iterator[str]:
    where = f"{procedure.id}: clock {clock.id}"
    named = {*clock.start, *clock.stop, *clock.suspend, *clock.resume, *(row.step for row in clock.extend)}
    yield from (f"{where}: there is no step {name}" for name in sorted(named - procedure.steps.keys()))
    if clock.responsible not in procedure.actors:
        yield f"{where}: {clock.responsible} has no part here"
    for duration in (clock.duration, *(row.by for row in clock.extend)):
        if duration is not None and parse_duration(duration) is None:
            yield f"{where}: {duration} is no duration"
    started = {row.to_state for row in procedure.transitions if row.step in clock.start}
    if not started:
        yield f"{where}: nothing starts it"
    begun = _closure(started, ((row.from_state, row.to_state) for row in procedure.transitions))
    ends = (row for row in procedure.transitions if row.step in clock.stop or row.clock == clock.id)
    if started and not any(row.from_state in begun for row in ends):
        yield f"{where}: nothing can stop it once it runs"
    if bool(clock.suspend) != bool(clock.resume):
        yield f"{where}: what is suspended must be resumed"


def _forms(procedure: Procedure, wordbook: Wordbook) -> Iterator[str]:
    for step in procedure.steps.values():
        for name in step.forms:
            form = wordbook.forms.get(name)
            if form is None:
                yield f"{procedure.id}: {step.id}: there is no form {name}"
            elif form.filled_by and set(step.by) - set(form.filled_by):
                yield f"{procedure.id}: {step.id}: form {name} is not filled by {', '.join(step.by)}"


def _words(procedure: Procedure, wordbook: Wordbook) -> Iterator[str]:
    wanted = [("procedure", procedure.id), *(("actor", name) for name in procedure.actors)]
    wanted += [("step", f"{procedure.id}/{name}") for name in procedure.steps]
    wanted += [("state-of-procedure", f"{procedure.id}/{name}") for name in procedure.states]
    for kind, code in wanted:
        labels = wordbook.terms.get(f"{kind}:{code}", {})
        if not (labels.get("en") and labels.get("zh")):
            yield f"{procedure.id}: {kind} {code} lacks words in English or Chinese"
