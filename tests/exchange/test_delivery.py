"""When an envelope is tried again, and what answers mean."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.acts.canonical import digest
from comity.exchange.delivery import (
    FIRST_DELAY,
    LONGEST_DELAY,
    Verdict,
    delay,
    interpret,
    next_attempt,
    overdue,
    parse_retry_after,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ENVELOPE = digest(b"envelope")


def problem(code: str, detail: str = "") -> bytes:
    return json.dumps({"code": code, "detail": detail}).encode()


@given(st.binary(max_size=8).map(digest), st.integers(1, 10_000))
def test_the_pause_grows_up_to_a_limit_and_is_spread_by_a_quarter(envelope: str, attempts: int) -> None:
    plain = min(FIRST_DELAY * 2 ** min(attempts - 1, 40), LONGEST_DELAY)
    assert 0.75 * plain <= delay(envelope, attempts) <= 1.25 * plain


def test_the_pause_is_the_same_after_a_restart_and_another_for_another_envelope() -> None:
    assert delay(ENVELOPE, 5) == delay(ENVELOPE, 5)
    assert len({delay(digest(bytes([n])), 5) for n in range(50)}) == 50


def test_a_new_envelope_goes_out_at_once_and_never_stops_being_tried() -> None:
    assert next_attempt(ENVELOPE, 0, NOW) == NOW
    assert NOW < next_attempt(ENVELOPE, 10**6, NOW) <= NOW + LONGEST_DELAY * 1.25


def test_a_partner_may_ask_for_a_longer_pause_but_not_for_a_shorter_or_endless_one() -> None:
    assert next_attempt(ENVELOPE, 1, NOW, wait=timedelta(hours=1)) == NOW + timedelta(hours=1)
    assert next_attempt(ENVELOPE, 1, NOW, wait=timedelta(0)) == NOW + delay(ENVELOPE, 1)
    assert next_attempt(ENVELOPE, 1, NOW, wait=timedelta(days=400)) == NOW + LONGEST_DELAY


def test_after_three_days_the_desk_is_told() -> None:
    assert not overdue(NOW, NOW + timedelta(days=3) - timedelta(seconds=1))
    assert overdue(NOW, NOW + timedelta(days=3))
    assert overdue(NOW, NOW + timedelta(hours=1), after=timedelta(hours=1))


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, b"receipt", Verdict("done")),
        (201, b"receipt", Verdict("done")),
        (204, b"", Verdict("done")),
        (409, problem("no-such-list"), Verdict("retry", "no-such-list")),
        (None, b"", Verdict("retry", "no-answer")),
        (202, b"", Verdict("retry", "http-202")),
        (302, b"", Verdict("retry", "http-302")),
        (500, b"", Verdict("retry", "http-500")),
        (507, problem("disk-full", "later"), Verdict("retry", "disk-full", "later")),
        (429, b"", Verdict("retry", "http-429", wait=timedelta(seconds=60))),
        (503, b"", Verdict("retry", "http-503", wait=timedelta(seconds=60))),
        (400, problem("not-an-envelope", "no"), Verdict("refused", "not-an-envelope", "no")),
        (413, problem("too-large"), Verdict("refused", "too-large")),
        (422, problem("malformed-parcel"), Verdict("refused", "malformed-parcel")),
        (422, problem("unknown-key"), Verdict("reseal", "unknown-key")),
        (421, problem("not-for-us"), Verdict("reseal", "not-for-us")),
    ],
)
def test_an_answer_means(status: int | None, body: bytes, expected: Verdict) -> None:
    assert interpret(status, body, NOW, retry_after="60" if status in (429, 503) else "") == expected


@pytest.mark.parametrize("status", [400, 403, 404, 413, 422])
@pytest.mark.parametrize(
    "body", [b"<html>Blocked by your firewall</html>", b"", b"[]", b'{"code":7}', b"[" * 9000, problem("x" * 20_000)]
)
def test_a_page_from_somebody_on_the_way_is_never_taken_for_a_refusal(status: int, body: bytes) -> None:
    assert interpret(status, body, NOW).action == "retry"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", timedelta(seconds=120)),
        (" 0 ", timedelta(0)),
        ("Tue, 24 Nov 2026 09:01:00 GMT", timedelta(minutes=1)),
        ("Tue, 24 Nov 2026 09:01:00 -0000", timedelta(minutes=1)),
        ("Tue, 24 Nov 2020 09:01:00 GMT", timedelta(0)),
        ("99999999999999999999", LONGEST_DELAY),
        ("Fri, 24 Nov 2028 09:01:00 GMT", LONGEST_DELAY),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("\u0661", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, expected: timedelta | None) -> None:
    assert parse_retry_after(header, NOW) == expected
