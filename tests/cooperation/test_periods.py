from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.cooperation.periods import Calendar, Duration, last_instant, parse_duration
from comity.cooperation.procedure import Counting

BERLIN = ZoneInfo("Europe/Berlin")
GERMANY = Calendar(BERLIN, holidays=frozenset({date(2026, 12, 25), date(2026, 12, 26)}))


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("P60D", Duration(days=60)),
        ("PT96H", Duration(hours=96)),
        ("P1Y6M", Duration(months=18)),
        ("P2W", Duration(days=14)),
        ("P1DT12H30M", Duration(days=1, hours=12, minutes=30)),
    ],
)
def test_a_duration_of_iso_8601_is_read(text: str, duration: Duration) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize("text", ["", "P", "PT", "60D", "P-1D", "P1.5D", "P60", "P9999999D", "p60d", "P1D\n"])
def test_what_is_no_duration_is_none(text: str) -> None:
    assert parse_duration(text) is None


# The dates were counted by hand on a calendar, with the article that decides.
BY_REGULATION = [
    # 3(1), 3(2)(b): the day of the event does not count, the last day counts to its last hour
    ("2026-08-17T14:00", "P10D", "days", "2026-08-27T23:59:59"),
    # 3(4): Sunday 30 August -> Monday
    ("2026-08-20T14:00", "P10D", "days", "2026-08-31T23:59:59"),
    # 3(4): the last day, 25 December, is a holiday, so is Saturday 26; then Sunday -> Monday 28
    ("2026-12-15T09:00", "P10D", "days", "2026-12-28T23:59:59"),
    # 3(5): two days from Friday: Saturday, Sunday, and at least two working days -> Tuesday
    ("2026-08-21T09:00", "P2D", "days", "2026-08-25T23:59:59"),
    # 3(1), 3(2)(a): hours from the next full hour
    ("2026-08-20T14:20", "PT8H", "hours", "2026-08-20T23:00:00"),
    # 3(2)(c): 31 January and a month: the last day of February, Sunday 28 -> Monday 1 March
    ("2027-01-31T09:00", "P1M", "months", "2027-03-01T23:59:59"),
    # working days: Thursday, Friday, Monday
    ("2026-08-19T09:00", "P3D", "working-days", "2026-08-24T23:59:59"),
]


@pytest.mark.parametrize(("start", "duration", "counting", "end"), BY_REGULATION)
def test_a_period_is_counted_as_regulation_1182_71_says(
    start: str, duration: str, counting: Counting, end: str
) -> None:
    period = parse_duration(duration)
    assert period is not None
    begin = datetime.fromisoformat(start).replace(tzinfo=BERLIN)
    found = last_instant(begin, period, GERMANY, counting=counting, computed_by="reg-1182-71")
    assert found == datetime.fromisoformat(end).replace(tzinfo=BERLIN)


def test_outside_that_regulation_a_period_ends_on_whatever_day_it_ends() -> None:
    sunday = last_instant(local(2026, 8, 20, 14), Duration(days=10), GERMANY, counting="days")
    assert sunday == local(2026, 8, 30, 23, 59, 59)
    assert last_instant(local(2026, 8, 20, 14, 20), Duration(hours=8), GERMANY) == local(2026, 8, 20, 22, 20)


def test_the_day_of_the_event_is_the_day_in_the_state_in_charge() -> None:
    late = datetime(2026, 9, 1, 20, 0, tzinfo=UTC)
    shanghai = Calendar(ZoneInfo("Asia/Shanghai"))
    found = last_instant(late, Duration(days=1), shanghai)
    assert found == datetime(2026, 9, 3, 23, 59, 59, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_a_day_with_the_change_of_the_clock_is_still_a_day() -> None:
    assert last_instant(local(2026, 10, 24, 12), Duration(days=1), GERMANY) == local(2026, 10, 25, 23, 59, 59)


def test_a_period_beyond_the_calendar_has_no_end_that_we_can_name() -> None:
    assert last_instant(datetime(9999, 12, 30, tzinfo=UTC), Duration(days=60), Calendar()) is None
    assert last_instant(datetime(9999, 12, 31, 23, tzinfo=UTC), Duration(hours=60), Calendar()) is None


@given(
    st.integers(0, 36_000 * 24),
    st.integers(1, 400),
    st.integers(0, 400),
)
def test_a_longer_period_never_ends_earlier_and_the_regulation_never_shortens_one(
    hours: int, days: int, more: int
) -> None:
    start = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    ends = [
        last_instant(start, Duration(days=count), GERMANY, computed_by="reg-1182-71") for count in (days, days + more)
    ]
    civil = last_instant(start, Duration(days=days), GERMANY)
    assert ends[0] is not None
    assert ends[1] is not None
    assert civil is not None
    assert start < civil <= ends[0] <= ends[1]
    assert civil - start <= timedelta(days=days + 1, hours=1)
    assert GERMANY.is_working(ends[0].astimezone(BERLIN).date())
