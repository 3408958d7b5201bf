"""Periods of time as the law counts them: ISO 8601 durations, and the last instant of a period in a state's calendar.

The day or hour of the event does not count, and a period in days ends with the last second of its last day. Regulation (EEC,
Euratom) 1182/71 adds: hours count from the next full hour (art. 3(1)-(2)(a)), a period that would end on a holiday, a Sunday or a
Saturday ends with the next working day (3(4)), and two days or more hold at least two working days (3(5)). Elsewhere the law of
the state decides; without it we count civil days and move nothing.
"""

import calendar as months_of
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from types import MappingProxyType

from comity.cooperation.procedure import Counting

PATTERN = re.compile(
    r"P(?=.)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?)?"
)
END_OF_DAY = time(23, 59, 59)
REGULATION = "reg-1182-71"


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration of ISO 8601; years are twelve months, weeks seven days."""

    months: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0

    @property
    def in_hours(self) -> bool:
        """Whether it counts hours or minutes and no days."""
        return not (self.months or self.days)


def parse_duration(text: str) -> Duration | None:
    """Parse `P60D`, `PT96H`, `P1Y6M`; None when the text is no duration, or longer than a thousand years."""
    found = PATTERN.fullmatch(text)
    if found is None:
        return None
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
    return Duration(12 * years + months, 7 * weeks + days, hours, minutes)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar of one state.

    Attributes:
        zone: its main time zone.
        weekend: days without work, Monday is 0.
        holidays: None where nobody has told us, which is not the same as none.
    """

    zone: tzinfo = UTC
    weekend: frozenset[int] = frozenset({5, 6})
    holidays: frozenset[date] | None = None

    def is_working(self, day: date) -> bool:
        """Return whether offices work on the day, as far as we know."""
        return day.weekday() not in self.weekend and day not in (self.holidays or ())

    def next_working(self, day: date) -> date:
        """Return the day itself when it is a working day, else the next one that is."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def end_of(self, day: date) -> datetime:
        """Return the last second of the day, in UTC."""
        return datetime.combine(day, END_OF_DAY, self.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendars of states: ISO 3166-1 alpha-2 in upper case -> calendar. A state that is not listed gets UTC."""

    states: Mapping[str, Calendar] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, state: str) -> Calendar:
        """Return the calendar of the state."""
        return self.states.get(state, Calendar())


def last_instant(
    start: datetime, duration: Duration, calendar: Calendar, *, counting: Counting | None = None, computed_by: str = ""
) -> datetime | None:
    """Return the last instant of a period that begins with an event.

    Args:
        start: when the event happened.
        duration: how long the period is.
        calendar: of the state in whose time the period ends.
        counting: how the law counts; None follows the duration.
        computed_by: `reg-1182-71` for that regulation, anything else for civil days.

    Returns:
        The last second in which one is still in time, UTC; None where it lies beyond the year 9999.
    """
    by_regulation = computed_by == REGULATION
    try:
        if duration.in_hours:
            return _hours(start, duration, by_regulation)
        if counting == "working-days":
            return calendar.end_of(_working_days(start, duration.days, calendar))
        return calendar.end_of(_days(start, duration, calendar, by_regulation))
    except (OverflowError, ValueError):
        return None


def _hours(start: datetime, duration: Duration, by_regulation: bool) -> datetime:
    begin = start.astimezone(UTC)
    if by_regulation:
        begin = begin.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return begin + timedelta(hours=duration.hours, minutes=duration.minutes)


def _working_days(start: datetime, count: int, calendar: Calendar) -> date:
    day = start.astimezone(calendar.zone).date()
    for _ in range(count):
        day = calendar.next_working(day + timedelta(days=1))
    return day


def _days(start: datetime, duration: Duration, calendar: Calendar, by_regulation: bool) -> date:
    first = start.astimezone(calendar.zone).date()
    last = _add_months(first, duration.months) + timedelta(days=duration.days)
    if not by_regulation:
        return last
    if duration.months or duration.days > 1:
        last = max(last, _working_days(start, 2, calendar))
    return calendar.next_working(last)


def _add_months(day: date, count: int) -> date:
    """The same date of a later month, or the last day of that month where it has no such date (1182/71 art. 3(2)(c))."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months_of.monthrange(year, month + 1)[1]))
