"""Which steps an office may take in a dossier now: read from the procedure's table, nowhere else."""

from dataclasses import dataclass
from datetime import datetime

from comity.cooperation.dossier import main_step, next_steps
from comity.cooperation.procedure import Procedure, Step
from comity.node import clock, law, resources
from comity.node.access import access_dossier
from comity.node.models import Dossier, Person
from comity.node.models.person import OFFICER
from comity.node.store.projections import folded


@dataclass(frozen=True, slots=True)
class StepOffer:
    """A step that may be drafted now.

    Attributes:
        step: of the procedure.
        main: whether it is what a careful colleague would do next.
        binding: whether a second person approves it.
    """

    step: Step
    main: bool
    binding: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """A step that opens a dossier, with the parts that both sides play."""

    procedure: Procedure
    step: Step
    actor: str
    recipient_actor: str


def possible_steps(who: Person, dossier: Dossier, now: datetime | None = None) -> tuple[StepOffer, ...]:
    """Return the steps that the office may take now, the main one first; nothing for somebody who drafts nothing.

    Raises:
        NotFoundHere: the person may not see the dossier.
    """
    row = access_dossier(who, dossier.id)
    now = now or clock.now()
    state = folded(row.id, now) if who.has_role(OFFICER) else None
    if state is None:
        return ()
    main = main_step(state)
    steps = next_steps(state, row.our_actor, now)
    return tuple(StepOffer(step, main is not None and step.id == main.id, step.binding) for step in steps)


def possible_openings(measure: str = "", instrument: str = "") -> tuple[Opening, ...]:
    """Return the steps with which this office may open a dossier.

    Args:
        measure: only procedures for this measure, unless empty.
        instrument: only procedures under this instrument, unless empty.
    """
    actors = resources.home().actors
    found = []
    for procedure in law.lawbook().procedures.values():
        if (measure and measure not in procedure.measures) or (instrument and instrument not in procedure.instruments):
            continue
        for step in procedure.opening_steps():
            ours = [actor for actor in step.by if actor in actors]
            if ours:
                found.append(Opening(procedure, step, ours[0], counterpart(procedure, ours[0])))
    return tuple(found)


def opening(procedure_id: str, step_id: str) -> Opening:
    """Return one opening step.

    Raises:
        UnknownProcedureError: there is no such procedure.
        NoSuchStepError: the step does not open a dossier, or is not for an office like this one.
    """
    procedure = law.procedure(procedure_id)
    actors = resources.home().actors
    step = next((each for each in procedure.opening_steps() if each.id == step_id), None)
    ours = [actor for actor in step.by if actor in actors] if step else []
    if step is None or not ours:
        raise law.NoSuchStepError(
            f"This office cannot open a dossier with '{step_id}' of {procedure_id}.", remedy="Choose another route."
        )
    return Opening(procedure, step, ours[0], counterpart(procedure, ours[0]))


def counterpart(procedure: Procedure, actor: str) -> str:
    """Return the part that the other side of a dossier plays: who acts in the table besides us."""
    acting = [row.by for row in procedure.transitions if row.by not in (actor, "clock")]
    others = [each for each in procedure.actors if each != actor]
    return next((each for each in others if each in acting), others[0] if others else "requested")
