from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.cooperation.making import START, Story

from comity.cooperation.clocks import RunningClock
from comity.cooperation.dossier import Dossier, fold
from comity.cooperation.periods import Calendar, Calendars
from comity.cooperation.procedure import parse_procedure

PARIS = ZoneInfo("Europe/Paris")
CALENDARS = Calendars({"FR": Calendar(PARIS)})
REPORT = {"preserved_at": "2026-09-01T08:00:00Z"}


def preserved(**fields: object) -> Story:
    story = Story()
    story.walk("send", "acknowledge", "order-preservation")
    story.act("report-preserved", "requested", days=2, form="preservation-report", fields=fields)
    return story


def clock(story: Story, name: str = "preservation-60-days", now: datetime | None = None) -> RunningClock:
    found = folded(story, now).clock(name)
    assert found is not None
    return found


def folded(story: Story, now: datetime | None = None) -> Dossier:
    return fold(story.procedure, story.received, now=now, calendars=CALENDARS)


def test_sixty_days_end_with_the_sixtieth_day_in_the_requested_state() -> None:
    found = clock(preserved())
    assert found.started_at == START + timedelta(days=2, minutes=3)
    assert found.due_at == datetime(2026, 11, 2, 23, 59, 59, tzinfo=PARIS)
    assert found.state == "FR"
    assert not found.holidays_known


def test_the_clock_runs_from_the_moment_that_the_report_names() -> None:
    assert clock(preserved(preserved_at="2026-09-02T10:00:00Z")).started_at == datetime(2026, 9, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize("said", ["2030-01-01T00:00:00Z", "nonsense", 7, None])
def test_a_moment_after_the_report_or_none_at_all_counts_from_the_report(said: object) -> None:
    assert clock(preserved(preserved_at=said)).started_at == START + timedelta(days=2, minutes=3)


def test_a_moment_before_the_order_counts_from_the_order() -> None:
    assert clock(preserved(preserved_at="2020-01-01T00:00:00Z")).started_at == START + timedelta(minutes=2)


def test_the_requested_side_may_keep_longer_than_sixty_days_but_not_shorter() -> None:
    assert clock(preserved(preserved_until="2026-12-01")).due_at == datetime(2026, 12, 1, 23, 59, 59, tzinfo=PARIS)
    assert clock(preserved(preserved_until="2026-09-10")).due_at == datetime(2026, 11, 2, 23, 59, 59, tzinfo=PARIS)


def test_the_production_request_stops_the_sixty_days() -> None:
    story = preserved()
    story.act("send-production-request", "requesting", days=40)
    found = clock(story)
    assert found.stopped_at == START + timedelta(days=40, minutes=4)
    assert not found.is_over(START + timedelta(days=400))
    assert found.left(START) is None


def test_an_extension_moves_the_end_to_where_it_says() -> None:
    story = preserved()
    story.act("ask-extension", "requesting", days=50)
    story.act(
        "grant-extension", "requested", days=51, form="preservation-report", fields={"preserved_until": "2027-01-31"}
    )
    assert clock(story).due_at == datetime(2027, 1, 31, 23, 59, 59, tzinfo=PARIS)


def test_the_fraction_says_how_much_of_the_time_is_gone() -> None:
    found = clock(preserved())
    assert found.due_at is not None
    half = found.started_at + (found.due_at - found.started_at) / 2
    assert found.fraction(half) == pytest.approx(0.5)
    assert found.fraction(found.started_at - timedelta(days=1)) == 0
    assert (found.fraction(found.due_at + timedelta(days=30)) or 0) > 1
    assert found.left(found.due_at - timedelta(hours=1)) == timedelta(hours=1)


def test_in_the_last_second_one_is_still_in_time() -> None:
    found = clock(preserved())
    assert found.due_at is not None
    assert not found.is_over(found.due_at)
    assert found.is_over(found.due_at + timedelta(seconds=1))


def test_a_question_makes_the_deadline_stand_still_and_the_answer_lets_it_go_on() -> None:
    story = Story("budapest-production")
    fields = {"deadline": "2026-10-01T12:00:00Z"}
    story.act("send-production-request", "requesting", form="budapest-31-subscriber", fields=fields)
    story.walk("acknowledge", days=1)
    assert clock(story, "execution").due_at == datetime(2026, 10, 1, 12, tzinfo=UTC)
    story.walk("ask-information", days=2)
    standing = clock(story, "execution")
    assert not standing.running
    assert standing.fraction(START + timedelta(days=3)) == standing.fraction(START + timedelta(days=90))
    story.walk("supply-information", days=12)
    assert clock(story, "execution").due_at == datetime(2026, 10, 11, 23, 59, 59, tzinfo=PARIS)


def test_a_clock_without_a_period_in_the_text_has_no_end_and_never_runs_out() -> None:
    story = Story()
    story.walk("send")
    found = clock(story, "first-answer")
    assert found.due_at is None
    assert found.fraction(START + timedelta(days=9999)) is None
    assert not found.is_over(START + timedelta(days=9999))


def test_an_order_to_preserve_may_be_renewed_by_ninety_days_again_and_again() -> None:
    story = Story("provider-order")
    story.walk("order-preservation", "acknowledge", "confirm-preservation", "renew-order", "renew-order")
    assert clock(story, "domestic-order-90-days").due_at == datetime(
        2026, 11, 30, 23, 59, 59, tzinfo=PARIS
    ) + timedelta(days=180)


TIMED = {
    "schema": "comity-procedure/1",
    "id": "timed",
    "title": {"en": "Timed", "zh": "计时"},
    "instruments": ["budapest"],
    "measures": ["preserve"],
    "reference": "none",
    "as_of": "2026-11-24",
    "confidence": "high",
    "actors": {"requesting": {"en": "A"}, "requested": {"en": "B"}},
    "states": [
        {"id": "draft", "initial": True},
        {"id": "sent"},
        {"id": "overdue"},
        {"id": "executed", "final": True},
    ],
    "steps": [
        {"id": "send", "by": ["requesting"], "article": "1"},
        {"id": "deliver", "by": ["requested"], "article": "2"},
        {"id": "extend", "by": ["requesting"], "article": "3"},
    ],
    "transitions": [
        {"from": "draft", "step": "send", "by": "requesting", "to": "sent"},
        {"from": "sent", "step": "extend", "by": "requesting", "to": "sent"},
        {"from": "sent", "step": "deliver", "by": "requested", "to": "executed"},
        {"from": "sent", "step": "time-runs-out", "by": "clock", "to": "overdue", "clock": "ten-days"},
        {"from": "overdue", "step": "deliver", "by": "requested", "to": "executed"},
    ],
    "clocks": [
        {
            "id": "ten-days", "article": "4", "what": {"en": "x"}, "duration": "P10D", "kind": "maximum", "counting": "days",
            "responsible": "requested", "start": ["send"], "stop": ["deliver"],
            "extend": [{"step": "extend", "by": "P10D", "times": 1}],
        }
    ],
}  # fmt: skip


def timed() -> Story:
    story = Story()
    story.procedure = parse_procedure(TIMED)
    return story


def test_time_runs_out_when_the_present_or_a_later_act_shows_that_it_has() -> None:
    story = timed()
    story.walk("send")
    assert folded(story).state == "sent"
    assert folded(story, START + timedelta(days=9)).state == "sent"
    late = folded(story, START + timedelta(days=20))
    assert late.state == "overdue"
    assert late.history[-1].clock == "ten-days"
    story.walk("deliver", days=20)
    assert [event.from_state for event in folded(story).history] == ["draft", "sent", "overdue"]


def test_a_clock_is_prolonged_only_as_often_as_the_law_allows() -> None:
    story = timed()
    story.walk("send", "extend", "extend")
    assert clock(story, "ten-days").due_at == datetime(2026, 9, 21, 23, 59, 59, tzinfo=PARIS)


def test_an_end_beyond_all_calendars_is_no_end() -> None:
    story = Story("budapest-production")
    fields = {"deadline": "9999-12-31T00:00:00Z"}
    story.act("send-production-request", "requesting", form="budapest-31-subscriber", fields=fields)
    story.walk("acknowledge", "ask-information")
    story.walk("supply-information", days=30)
    assert clock(story, "execution").due_at is None
