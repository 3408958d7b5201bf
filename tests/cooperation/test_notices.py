from datetime import datetime, timedelta

import pytest
from tests.cooperation.making import START, Story
from tests.cooperation.test_linter import CATALOGUE, WORDBOOK

from comity.cooperation.dossier import fold
from comity.cooperation.notices import Notice, notices
from comity.cooperation.sentence import places, sentence

KEPT = ("send", "acknowledge", "order-preservation", "report-preserved")


def told(story: Story, now: datetime, actor: str | None = None) -> tuple[Notice, ...]:
    return notices(fold(story.procedure, story.received, now=now), now, actor)


def codes(story: Story, days: float, actor: str | None = None) -> list[tuple[str, str]]:
    return [(notice.code, notice.severity) for notice in told(story, START + timedelta(days=days), actor)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (10, []),
        (35, [("preservation-ending", "advise")]),
        (50, [("preservation-ending", "warn")]),
        (62, [("preservation-over", "stop")]),
    ],
)
def test_the_desk_is_told_before_preserved_data_expire_without_a_request(
    days: int, expected: list[tuple[str, str]]
) -> None:
    story = Story()
    story.walk(*KEPT)
    assert codes(story, days) == expected


def test_once_the_request_for_the_data_is_sent_nobody_worries_about_the_sixty_days() -> None:
    story = Story()
    story.walk(*KEPT, "send-production-request")
    assert codes(story, 62) == []


def test_an_answer_that_was_asked_for_by_a_day_is_due_and_then_overdue() -> None:
    story = Story()
    story.walk("send", "acknowledge")
    story.act("ask-information", "requested", form="question", fields={"expected_by": "2026-09-10"})
    assert codes(story, 8) == [("answer-due", "warn")]
    assert codes(story, 12) == [("answer-overdue", "warn")]
    story.walk("supply-information", days=12)
    assert codes(story, 13) == []


def test_a_desk_is_told_when_it_is_its_turn_and_only_then() -> None:
    story = Story()
    story.walk("send")
    assert codes(story, 0.1, "requested") == [("our-turn", "advise")]
    assert codes(story, 0.1, "requesting") == []
    notice = told(story, START + timedelta(hours=1), "requested")[0]
    assert notice.at == START
    assert sentence(notice, "en", CATALOGUE, WORDBOOK) == "It is our turn: Acknowledge receipt."
    assert sentence(notice, "zh", CATALOGUE, WORDBOOK) == "轮到本方处理：确认收讫。"


def test_acts_that_wait_for_another_are_told() -> None:
    story = Story()
    story.walk("send", "acknowledge", "order-preservation")
    del story.received[1]
    found = told(story, START)
    assert [(notice.code, notice.params) for notice in found] == [("acts-waiting", {"count": 1})]


def test_a_crossing_is_told_until_somebody_has_followed_it() -> None:
    story = Story()
    story.walk("send", "acknowledge")
    head = (story.ids[-1],)
    story.act("ask-information", "requested", after=head)
    story.act("withdraw", "requesting", days=1, after=head)
    story.act("order-preservation", "requested", days=2, after=head)
    assert codes(story, 3) == [("act-crossed", "warn")]


def test_an_act_that_was_not_possible_is_told() -> None:
    story = Story()
    story.walk("send", "report-preserved")
    assert codes(story, 1) == [("act-without-effect", "warn")]


def test_a_finished_dossier_has_nothing_to_tell_about_clocks_and_turns() -> None:
    story = Story()
    story.walk(*KEPT, "withdraw")
    assert codes(story, 400, "requesting") == []


def test_every_notice_has_its_sentence_in_both_languages() -> None:
    story = Story("provider-order")
    story.act("order-preservation", "requested", fields={"deadline": "2026-09-03T00:00:00Z"}, form="provider-order")
    seen = {notice.code for days in (0, 1, 2, 3) for notice in told(story, START + timedelta(days=days), "provider")}
    assert seen == {"our-turn", "answer-due", "answer-overdue"}
    story.walk("acknowledge", "confirm-preservation")
    seen |= {notice.code for days in (80, 95) for notice in told(story, START + timedelta(days=days))}
    assert {"order-ending", "order-over"} <= seen
    params = {"due_at", "days", "actor", "clock", "step", "reason", "count"}
    for code in seen:
        assert all(places(CATALOGUE[code][language]) <= params for language in ("en", "zh"))
