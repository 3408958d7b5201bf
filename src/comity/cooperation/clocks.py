"""Clocks in force: what the acts of a dossier started, stopped, suspended and prolonged.

A clock is a value that only effective acts change. Whether it has run out is a question to ask with the present instant; the
clock itself does not know what time it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from comity.cooperation.periods import Calendar, last_instant, parse_duration
from comity.cooperation.procedure import ClockRule, Extension

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RunningClock:
    """One clock of a dossier.

    Attributes:
        state: the state in whose calendar it is counted (ISO 3166-1 alpha-2); empty when no party is responsible.
        due_at: the last instant in time; None where neither the law nor the parties fixed an end.
        stopped_at: when an act ended it.
        suspended_at: since when it stands still.
        extensions: how often it was prolonged.
        holidays_known: whether public holidays were counted; without them an end may really lie later.
    """

    rule: ClockRule
    state: str
    started_at: datetime
    due_at: datetime | None
    calendar: Calendar
    stopped_at: datetime | None = None
    suspended_at: datetime | None = None
    extensions: tuple[tuple[str, int], ...] = ()

    @property
    def holidays_known(self) -> bool:
        """Whether public holidays of the state were known when this was counted."""
        return self.calendar.holidays is not None

    @property
    def running(self) -> bool:
        """Whether time passes: neither stopped nor suspended."""
        return self.stopped_at is None and self.suspended_at is None

    def is_over(self, now: datetime) -> bool:
        """Return whether it ran out before anything stopped it."""
        return self.running and self.due_at is not None and now > self.due_at

    def fraction(self, now: datetime) -> float | None:
        """Return which part of the time is gone: 0 at the start, 1 at the end, more when overdue; None without an end."""
        if self.due_at is None:
            return None
        at = self.stopped_at or self.suspended_at or now
        whole = (self.due_at - self.started_at).total_seconds()
        return max(0.0, (at - self.started_at).total_seconds() / whole) if whole > 0 else 1.0

    def left(self, now: datetime) -> timedelta | None:
        """Return the time that is left, negative when overdue; None without an end or after it was stopped."""
        if self.due_at is None or self.stopped_at is not None:
            return None
        return self.due_at - (self.suspended_at or now)


@dataclass(frozen=True, slots=True)
class Moment:
    """An effective act as a clock sees it: the step, its trusted time, when the act before it was made, and what was filled.

    Attributes:
        own: the fields of this act.
        form: its form.
        filled: (form, field) -> value of the latest effective act, this one included.
    """

    step: str
    at: datetime
    before: datetime | None
    form: str
    own: Fields
    filled: Mapping[tuple[str, str], object]


def advance(
    clock: RunningClock | None, rule: ClockRule, moment: Moment, state: str, calendar: Calendar
) -> RunningClock | None:
    """Return the clock after an effective act; None as long as nothing started it."""
    if moment.step in rule.start:
        return _start(rule, moment, state, calendar)
    return clock if clock is None or clock.stopped_at is not None else _change(clock, moment)


def _change(clock: RunningClock, moment: Moment) -> RunningClock:
    rule = clock.rule
    if moment.step in rule.stop:
        return replace(clock, stopped_at=max(moment.at, clock.started_at))
    if moment.step in rule.suspend and clock.suspended_at is None:
        return replace(clock, suspended_at=moment.at)
    if moment.step in rule.resume and clock.suspended_at is not None:
        return _resume(clock, moment.at)
    extension = next((row for row in rule.extend if row.step == moment.step), None)
    return _extend(clock, extension, moment) if extension else clock


def _start(rule: ClockRule, moment: Moment, state: str, calendar: Calendar) -> RunningClock:
    begin = _since(rule, moment)
    due = _counted(rule, rule.duration, begin, calendar)
    return RunningClock(rule, state, begin, _as_filled(rule, moment, begin, due, calendar), calendar)


def _since(rule: ClockRule, moment: Moment) -> datetime:
    """The period begins when the form says, but never after the act itself nor before the act that it answers."""
    said = _instant(moment.own.get(rule.since), UTC_CALENDAR) if rule.since else None
    if said is None or said > moment.at:
        return moment.at
    return max(said, moment.before) if moment.before else said


def _counted(rule: ClockRule, duration: object, begin: datetime, calendar: Calendar) -> datetime | None:
    period = parse_duration(duration) if isinstance(duration, str) else None
    if period is None:
        return None
    return last_instant(begin, period, calendar, counting=rule.counting, computed_by=rule.computed_by)


def _as_filled(
    rule: ClockRule, moment: Moment, begin: datetime, due: datetime | None, calendar: Calendar
) -> datetime | None:
    """Return the end that the form names, if it names one; a minimum is never shortened by it (Budapest 29(7))."""
    value = _source(rule, moment)
    said = _instant(value, calendar) or _counted(rule, value, begin, calendar)
    if said is None or said < begin:
        return due
    return max(said, due) if rule.kind == "minimum" and due else said


def _source(rule: ClockRule, moment: Moment) -> object:
    form, _, name = rule.duration_from.rpartition(".")
    if not name:
        return None
    if name in moment.own and form in ("*", moment.form):
        return moment.own[name]
    found = [value for (of, field), value in moment.filled.items() if field == name and form in ("*", of)]
    return found[-1] if found else None


def _instant(value: object, calendar: Calendar) -> datetime | None:
    """Return the instant that a field names; a date means the end of that day."""
    if not isinstance(value, str):
        return None
    try:
        if len(value) == len("2026-11-24"):
            return calendar.end_of(date.fromisoformat(value))
        found = datetime.fromisoformat(value)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _resume(clock: RunningClock, at: datetime) -> RunningClock:
    stood = max(at - (clock.suspended_at or at), timedelta())
    return replace(clock, due_at=_later(clock, stood), suspended_at=None)


def _later(clock: RunningClock, stood: timedelta) -> datetime | None:
    if clock.due_at is None:
        return None
    try:
        due = clock.due_at + stood
        in_hours = clock.rule.counting == "hours"
        return due if in_hours else clock.calendar.end_of(due.astimezone(clock.calendar.zone).date())
    except OverflowError:
        return None


def _extend(clock: RunningClock, extension: Extension, moment: Moment) -> RunningClock:
    done = dict(clock.extensions)
    count = done.get(extension.step, 0)
    if extension.times is not None and count >= extension.times:
        return clock
    due = clock.due_at
    if extension.by is not None and due is not None:
        due = _counted(clock.rule, extension.by, due, clock.calendar)
    due = _as_filled(clock.rule, moment, clock.started_at, due, clock.calendar)
    done[extension.step] = count + 1
    return replace(clock, due_at=due, extensions=tuple(sorted(done.items())))


UTC_CALENDAR = Calendar()
