"""The machine inside the fold: it takes acts one after the other, in the order in which they count, and judges each."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from comity.acts.act import Act
from comity.cooperation.clocks import Moment, RunningClock, advance
from comity.cooperation.condition import evaluate
from comity.cooperation.history import Event, Reason
from comity.cooperation.order import Placed
from comity.cooperation.periods import Calendars
from comity.cooperation.procedure import CLOCK, TIME_RUNS_OUT, ClockRule, Procedure, Transition

ROUTE_FIELDS = ("instrument", "measure", "channel")
IN_CHARGE = {"requested-state-law": "requested", "issuing-state-law": "requesting"}


class Folding:
    """The state of one fold; used once, by `comity.cooperation.dossier.fold`, and thrown away."""

    def __init__(self, procedure: Procedure, dossier: str, calendars: Calendars) -> None:
        self.procedure = procedure
        self.dossier = dossier
        self.calendars = calendars
        self.state = procedure.initial
        self.parties: Mapping[str, str] = {}
        self.history: list[Event] = []
        self.clocks: dict[str, RunningClock] = {}
        self.fields: dict[str, object] = {}
        self._filled: dict[tuple[str, str], object] = {}
        self._moved = 0  # bit set of the positions of acts that had an effect on the state

    def take(self, item: Placed) -> None:
        """Judge the next act and let it have its effect."""
        self.let_time_pass(item.at)
        reason = self._unfit(item) or None
        row = None if reason else self._row(item)
        if isinstance(row, Transition):
            self._effect(item, row)
        else:
            self._note(item, self.state, reason or row or Reason.NOT_ALLOWED)

    def let_time_pass(self, until: datetime) -> None:
        """Let every clock that runs out before the instant, and whose end the table foresees, take effect."""
        for _ in self.procedure.transitions:  # no table can move on more often by time alone without an act between
            ends = [(clock.due_at, row) for clock, row in self._time_rows() if clock.due_at and clock.is_over(until)]
            if not ends:
                return
            due, row = min(ends, key=lambda end: (end[0], end[1].clock))
            self.history.append(Event("", row.step, CLOCK, due, self.state, row.to_state, True, clock=row.clock))
            self.state = row.to_state
            self.clocks[row.clock] = replace(self.clocks[row.clock], stopped_at=due)

    def conditions(self) -> dict[str, bool | None]:
        """Return which conditions of the procedure hold by what was filled so far."""
        return {name: evaluate(test, self.fields) for name, test in self.procedure.conditions.items()}

    def _time_rows(self) -> list[tuple[RunningClock, Transition]]:
        rows = [row for row in self.procedure.rows(self.state) if row.step == TIME_RUNS_OUT and self._holds(row.when)]
        return [(self.clocks[row.clock], row) for row in rows if row.clock in self.clocks]

    def _unfit(self, item: Placed) -> Reason | None:
        """Return why an act cannot count in any state."""
        act = item.act
        if act.procedure != self.procedure.id:
            return Reason.ANOTHER_PROCEDURE
        if act.actor not in self.procedure.actors:
            return Reason.UNKNOWN_ACTOR
        if act.act not in self.procedure.steps:
            return Reason.UNKNOWN_STEP
        if item.id == self.dossier:
            return self._unfit_to_open(act)
        if self.parties.get(act.actor) != act.sender:
            return Reason.WRONG_SENDER
        return None if act.after else Reason.FOLLOWS_NOTHING

    def _unfit_to_open(self, act: Act) -> Reason | None:
        shared = act.dossier is None and len(set(act.parties.values())) > 1
        if not shared or act.parties.get(act.actor) != act.sender:
            return Reason.NO_PARTIES
        return None if act.parties.keys() <= self.procedure.actors.keys() else Reason.UNKNOWN_ACTOR

    def _row(self, item: Placed) -> Transition | Reason:
        """Return the row of the table that the act takes, or why there is none."""
        rows = [row for row in self.procedure.rows(self.state) if row.step == item.act.act and row.by == item.act.actor]
        if not rows:
            return Reason.CROSSED if self._moved & ~item.ancestors else Reason.NOT_ALLOWED
        rows = [row for row in rows if self._holds(row.when, item.act)]
        if not rows:
            return Reason.CONDITION_OPEN
        ripe = [row for row in rows if self._is_ripe(row.after, item.at)]
        return ripe[0] if ripe else Reason.TOO_EARLY

    def _is_ripe(self, clock: str, at: datetime) -> bool:
        return not clock or (clock in self.clocks and self.clocks[clock].is_over(at))

    def _holds(self, condition: str, act: Act | None = None) -> bool:
        """A condition holds only when it is known to; the act itself may be what tells."""
        if not condition:
            return True
        test = self.procedure.conditions.get(condition)
        return test is not None and evaluate(test, {**self.fields, **(_told(act) if act else {})}) is True

    def _effect(self, item: Placed, row: Transition) -> None:
        act = item.act
        if item.id == self.dossier:
            self.parties = dict(act.parties)
        self._note(item, row.to_state, None)
        if row.to_state != self.state:
            self._moved |= 1 << item.position
        self.state = row.to_state
        self.fields.update(_told(act))
        self._filled.update({(act.form or "", name): value for name, value in act.fields.items()})
        moment = Moment(act.act, item.at, item.before, act.form or "", act.fields, self._filled)
        for rule in self.procedure.clocks:
            self._tick(rule, moment)

    def _tick(self, rule: ClockRule, moment: Moment) -> None:
        if moment.step in rule.start and not self._holds(rule.when):
            return
        office = self.parties.get(IN_CHARGE.get(rule.computed_by, rule.responsible), "")
        state = office.partition("/")[0].upper()
        clock = advance(self.clocks.get(rule.id), rule, moment, state, self.calendars.of(state))
        if clock is not None:
            self.clocks[rule.id] = clock

    def _note(self, item: Placed, to_state: str, reason: Reason | None) -> None:
        act = item.act
        event = Event(item.id, act.act, act.actor, item.at, self.state, to_state, reason is None, reason, act)
        self.history.append(event)


def _told(act: Act) -> dict[str, object]:
    """Return what an act tells: its fields, and how its route goes under the names `route_instrument`, `route_measure` ..."""
    route = {f"route_{name}": getattr(act.route, name) for name in ROUTE_FIELDS} if act.route else {}
    return {**route, **act.fields}
