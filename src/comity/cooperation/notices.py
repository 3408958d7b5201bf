"""What a desk should be told about a dossier: clocks that end, whose turn it is, acts that wait or crossed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from comity.cooperation.clocks import RunningClock
from comity.cooperation.dossier import Dossier, main_step, turn
from comity.cooperation.draft import SEVERITIES, Severity
from comity.cooperation.procedure import ClockKind

USUAL: Mapping[ClockKind, str] = {
    "maximum": "answer-due",
    "target": "answer-due",
    "minimum": "period-ending",
    "validity": "period-ending",
}
WARN_AT, ADVISE_AT = 0.75, 0.5
SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that a desk should know.

    Attributes:
        code: `answer-due`, `answer-overdue`, `preservation-ending`, `preservation-over`, `period-ending`, `period-over`,
            `our-turn`, `acts-waiting`, `act-crossed`, `act-without-effect`, or what a clock's rule names.
        at: when it becomes or became true: the end of the clock, the act.
        params: for the sentence in the catalogue.
    """

    code: str
    severity: Severity
    at: datetime
    params: Mapping[str, str | int]


def notices(dossier: Dossier, now: datetime, actor: str | None = None) -> tuple[Notice, ...]:
    """Return what a desk should be told, the most pressing first.

    Args:
        dossier: as folded.
        now: the present instant.
        actor: the part that the desk's office plays; without it nothing is said about turns.
    """
    found = [*_clocks(dossier, now), *_turn(dossier, actor), *_waiting(dossier, now), *_without_effect(dossier)]
    return tuple(sorted(found, key=lambda notice: (SEVERITIES.index(notice.severity), notice.at, notice.code)))


def _clocks(dossier: Dossier, now: datetime) -> Iterator[Notice]:
    for clock in dossier.clocks:
        if clock.running and clock.due_at is not None and not dossier.ended:
            yield from _clock(dossier, clock, clock.due_at, now)


def _clock(dossier: Dossier, clock: RunningClock, due: datetime, now: datetime) -> Iterator[Notice]:
    code = clock.rule.notice or USUAL[clock.rule.kind]
    gone, left = clock.fraction(now) or 0.0, due - now
    params: dict[str, str | int] = {
        "due_at": due.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "days": abs(left.days),
        "actor": clock.rule.responsible,
        "clock": f"{dossier.procedure.id}/{clock.rule.id}",
    }
    if left < timedelta():
        params["days"] = (-left).days
        over = code.replace("-ending", "-over").replace("-due", "-overdue")
        yield Notice(over, "warn" if clock.rule.kind == "target" else "stop", due, params)
    elif gone >= WARN_AT or left < SOON:
        yield Notice(code, "warn", due, params)
    elif gone >= ADVISE_AT:
        yield Notice(code, "advise", due, params)


def _turn(dossier: Dossier, actor: str | None) -> Iterator[Notice]:
    step = main_step(dossier)
    if step is not None and actor in turn(dossier) and dossier.history:
        params = {"step": f"{dossier.procedure.id}/{step.id}"}
        yield Notice("our-turn", "advise", _last_move(dossier), params)


def _last_move(dossier: Dossier) -> datetime:
    moves = [event.at for event in dossier.history if event.effective and event.from_state != event.to_state]
    return max(moves, default=dossier.history[0].at)


def _waiting(dossier: Dossier, now: datetime) -> Iterator[Notice]:
    if dossier.waiting:
        at = max((event.at for event in dossier.history), default=now)
        yield Notice("acts-waiting", "warn", at, {"count": len(dossier.waiting)})


def _without_effect(dossier: Dossier) -> Iterator[Notice]:
    """An act without effect is told until a later act follows it, because whoever wrote that one has seen it."""
    for event in dossier.history:
        if event.reason is None or event.act is None or event.id not in dossier.heads:
            continue
        params = {"step": f"{dossier.procedure.id}/{event.step}", "actor": event.actor, "reason": str(event.reason)}
        yield Notice("act-crossed" if event.reason == "crossed" else "act-without-effect", "warn", event.at, params)
