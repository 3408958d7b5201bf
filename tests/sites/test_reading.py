from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from comity.sites.desk import reading


@pytest.mark.parametrize(("language", "said"), [("en", "24 November 2026"), ("zh-hans", "2026年11月24日")])
def test_a_date_follows_the_readers_conventions(language: str, said: str) -> None:
    with translation.override(language):
        assert reading.day(date(2026, 11, 24)) == said


@pytest.mark.parametrize(
    ("language", "said"), [("en", "24 Nov 2026, 10:12 CET"), ("zh-hans", "2026年11月24日 10:12 CET")]
)
def test_an_instant_always_names_its_zone(language: str, said: str) -> None:
    with translation.override(language), timezone.override("Europe/Paris"):
        assert reading.moment(datetime(2026, 11, 24, 9, 12, tzinfo=UTC)) == said


def test_a_zone_without_a_name_is_said_as_its_distance() -> None:
    with timezone.override("Asia/Dubai"):
        assert reading.zone(timezone.localtime(datetime(2026, 11, 24, 9, 12, tzinfo=UTC))) == "UTC+04"


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (timedelta(days=44, hours=23), "44 days", "44天"),
        (timedelta(hours=5, minutes=59), "5 hours", "5小时"),
        (timedelta(seconds=40), "1 minute", "1分钟"),
        (timedelta(days=-2), "2 days", "2天"),
    ],
)
def test_a_period_is_rounded_down(value: timedelta, english: str, chinese: str) -> None:
    with translation.override("en"):
        assert reading.period(value) == english
    with translation.override("zh-hans"):
        assert reading.period(value) == chinese


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0 B"), (1023, "1,023 B"), (1024, "1.0 KiB"), (8_482_560_410, "7.9 GiB"), (2**40 * 300, "300 TiB")],
)
def test_a_size_has_a_binary_unit(value: int, said: str) -> None:
    with translation.override("en"):
        assert reading.size(value) == said


def test_a_digest_is_shown_by_head_and_tail() -> None:
    assert reading.digest("91be44d0" + "0" * 52 + "7a21") == "91be 44d0 … 7a21"


def test_arabic_reads_from_the_right() -> None:
    with translation.override("ar"):
        assert reading.direction() == "rtl"
