"""The dossier: what two or more authorities have done about one request, as a fold over the set of their acts.

There is no other truth. The same acts give the same dossier on every node, in whatever order and however often they arrived.
An act that the procedure does not allow in the state reached stays in the history, without effect and with the reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from comity.cooperation.clocks import RunningClock
from comity.cooperation.folding import Folding
from comity.cooperation.history import Event, Reason
from comity.cooperation.order import Placed, Received, by_id, place
from comity.cooperation.periods import Calendars
from comity.cooperation.procedure import CLOCK, Procedure, Step, Transition

__all__ = ["Dossier", "Event", "Reason", "Received", "fold", "main_step", "next_steps", "turn"]

OUTSIDERS = frozenset({Reason.ANOTHER_DOSSIER, Reason.ANOTHER_PROCEDURE, Reason.UNKNOWN_ACTOR, Reason.WRONG_SENDER})


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the acts known so far amount to.

    Attributes:
        id: id of the opening act; empty while no act is known.
        parties: actor -> office id, as the opening act names them.
        state: the state of the procedure reached.
        history: every act that counts, was refused or came at the wrong moment, in the order in which they count.
        waiting: ids of acts that follow an act which is not here yet.
        heads: ids that the next act names in `after`.
        clocks: every clock that was started, stopped ones included.
        fields: what the effective acts filled, latest value of each field.
        ended: whether the state is final.
    """

    id: str
    procedure: Procedure
    parties: Mapping[str, str]
    state: str
    history: tuple[Event, ...]
    waiting: tuple[str, ...]
    heads: tuple[str, ...]
    clocks: tuple[RunningClock, ...]
    conditions: Mapping[str, bool | None]
    fields: Mapping[str, object]
    ended: bool

    def actor_of(self, office: str) -> str | None:
        """Return the part that an office plays here, or None."""
        return next((actor for actor, party in self.parties.items() if party == office), None)

    def clock(self, name: str) -> RunningClock | None:
        """Return a clock by the id of its rule; None when nothing started it."""
        return next((clock for clock in self.clocks if clock.rule.id == name), None)


def fold(
    procedure: Procedure,
    acts: Iterable[Received],
    *,
    dossier: str | None = None,
    now: datetime | None = None,
    calendars: Calendars | None = None,
) -> Dossier:
    """Return the dossier that a set of acts makes.

    Args:
        procedure: the table that says what may follow what.
        acts: opened, verified acts with their trusted times, in any order, any of them more than once.
        dossier: id of the dossier; without it the one whose opening act is the earliest.
        now: lets clocks that have run out by then take effect; without it only time that an act proves has passed counts.
        calendars: in which clocks are counted; it must be the same lawbook on every node for the same due dates.
    """
    known = by_id(acts)
    name = dossier or _opening(known)
    own = {key: item for key, item in known.items() if key == name or item.act.dossier == name}
    placed, waiting = place(own, name)
    folding = Folding(procedure, name, calendars or Calendars())
    for item in placed:
        folding.take(item)
    if now is not None:
        folding.let_time_pass(now)
    strangers = tuple(_stranger(known[key], key, folding.state) for key in sorted(known.keys() - own.keys()))
    history = (*folding.history, *strangers)
    return Dossier(
        id=name,
        procedure=procedure,
        parties=folding.parties,
        state=folding.state,
        history=history,
        waiting=waiting,
        heads=_heads(placed, folding.history),
        clocks=tuple(folding.clocks.values()),
        conditions=folding.conditions(),
        fields=folding.fields,
        ended=procedure.states[folding.state].final,
    )


def next_steps(dossier: Dossier, actor: str, now: datetime | None = None) -> tuple[Step, ...]:
    """Return the steps that an actor may take now: the main one first, then as the table lists them.

    A step that must await the end of a clock is offered only when `now` is given and the clock is over; one whose condition is
    unknown is offered, because the act itself may tell.
    """
    rows = [row for row in dossier.procedure.rows(dossier.state) if row.by == actor and _open(dossier, row, now)]
    main = dossier.procedure.states[dossier.state].main
    names = dict.fromkeys(row.step for row in sorted(rows, key=lambda row: row.step != main))
    return tuple(dossier.procedure.steps[name] for name in names)


def main_step(dossier: Dossier) -> Step | None:
    """Return what a careful colleague would do next, whoever's turn it is; None when the dossier has ended."""
    row = dossier.procedure.main_row(dossier.state)
    return dossier.procedure.steps[row.step] if row else None


def turn(dossier: Dossier) -> tuple[str, ...]:
    """Return the actors whose turn it is: those who may take the main step. Nobody's when the dossier has ended."""
    main = dossier.procedure.main_row(dossier.state)
    if main is None:
        return ()
    rows = dossier.procedure.rows(dossier.state)
    return tuple(dict.fromkeys(row.by for row in rows if row.step == main.step and row.by != CLOCK))


def _open(dossier: Dossier, row: Transition, now: datetime | None) -> bool:
    if row.when and dossier.conditions.get(row.when, False) is False:
        return False
    if not row.after:
        return True
    clock = dossier.clock(row.after)
    return now is not None and clock is not None and clock.is_over(now)


def _opening(known: Mapping[str, Received]) -> str:
    """The earliest opening act names the dossier; without one, the dossier that the acts speak of."""
    openings = [(item.at, name) for name, item in known.items() if item.act.dossier is None]
    return min(openings)[1] if openings else min((item.act.dossier_id for item in known.values()), default="")


def _stranger(item: Received, name: str, state: str) -> Event:
    return Event(name, item.act.act, item.act.actor, item.at, state, state, False, Reason.ANOTHER_DOSSIER, item.act)


def _heads(placed: tuple[Placed, ...], history: Iterable[Event]) -> tuple[str, ...]:
    outside = {event.id for event in history if event.reason in OUTSIDERS}
    inside = [item for item in placed if item.id not in outside]
    followed = {name for item in inside for name in item.act.after}
    return tuple(sorted(item.id for item in inside if item.id not in followed))
