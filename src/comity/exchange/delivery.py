"""When an envelope is tried again, and what an answer over HTTP means. Pure: the node keeps the rows and holds the sockets.

An envelope without a receipt is tried for ever, ever more slowly; after some days the desk is told as well. Only a refusal in the
protocol's own words ends it: the error page of a proxy on the way is never taken for the partner's answer.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Literal

FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(hours=6)
JITTER = 0.25
OVERDUE_AFTER = timedelta(days=3)
MAX_PROBLEM_BYTES = 16 * 1024

Action = Literal["done", "retry", "reseal", "refused"]

STALE_KEY_CODES = frozenset({"unknown-key", "not-for-us"})
REFUSALS = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.MISDIRECTED_REQUEST,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an attempt means for an envelope.

    Attributes:
        action: `done` (verify the receipt in the body), `retry`, `reseal` (refresh the directory, then seal again),
            `refused` (for good: a person must look).
        code: why, for the catalogues: the partner's code, `http-<status>` or `no-answer`.
        detail: the partner's sentence, or empty.
        wait: how long the partner asks us to wait, at most LONGEST_DELAY; None when it does not say.
    """

    action: Action
    code: str = ""
    detail: str = ""
    wait: timedelta | None = None


def delay(envelope_sha256: str, attempts: int) -> timedelta:
    """Return the pause after a number of failed attempts: doubling, capped, spread by up to a quarter either way.

    The spread follows from the envelope's digest, so that a thousand envelopes do not knock in the same second when a partner comes
    back, and a restarted node keeps to the times it had set.

    Args:
        envelope_sha256: names the envelope.
        attempts: how many have failed, at least 1.
    """
    doubled = FIRST_DELAY * (1 << min(max(attempts, 1) - 1, 32))
    seed = hashlib.sha256(f"{envelope_sha256} {attempts}".encode()).digest()
    spread = 1 + JITTER * (2 * int.from_bytes(seed[:4], "big") / 0xFFFFFFFF - 1)
    return min(doubled, LONGEST_DELAY) * spread


def next_attempt(envelope_sha256: str, attempts: int, now: datetime, *, wait: timedelta | None = None) -> datetime:
    """Return when to try again.

    Args:
        envelope_sha256: names the envelope.
        attempts: how many have failed; 0 means that it was never tried.
        now: the time of the last attempt.
        wait: what the partner asked for; it lengthens the pause but never shortens it.
    """
    if attempts == 0:
        return now
    return now + max(delay(envelope_sha256, attempts), min(wait or timedelta(0), LONGEST_DELAY))


def overdue(queued_at: datetime, now: datetime, *, after: timedelta = OVERDUE_AFTER) -> bool:
    """Tell whether the desk should be told that an envelope still has no receipt; the attempts go on."""
    return now - queued_at >= after


def interpret(status: int | None, body: bytes, now: datetime, *, retry_after: str = "") -> Verdict:
    """Say what an answer to the sending of an envelope or of a load means; an envelope is done only with a good receipt.

    Args:
        status: of the HTTP answer, or None when there was none.
        body: of the answer; unverified.
        now: to read a `Retry-After` that names a time.
        retry_after: the header, or empty.
    """
    if status is None:
        return Verdict("retry", "no-answer")
    if status in (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.NO_CONTENT):
        return Verdict("done")
    code, detail = _problem(body)
    if status in REFUSALS and code:
        return Verdict("reseal" if code in STALE_KEY_CODES else "refused", code, detail)
    return Verdict("retry", code or f"http-{status}", detail, parse_retry_after(retry_after, now))


def parse_retry_after(value: str, now: datetime) -> timedelta | None:
    """Read a `Retry-After` header (RFC 9110, 10.2.3): seconds or a date; None when it is neither."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST_DELAY)
    try:
        named = parsedate_to_datetime(text)
    except ValueError:
        return None
    at = named if named.tzinfo else named.replace(tzinfo=UTC)
    return min(max(at - now, timedelta(0)), LONGEST_DELAY)


def _problem(body: bytes) -> tuple[str, str]:
    """Return code and detail of a problem document (RFC 9457) with our member `code`; empty when it is something else."""
    if len(body) > MAX_PROBLEM_BYTES:
        return "", ""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(value, dict) or not isinstance(value.get("code"), str):
        return "", ""
    return value["code"][:64], str(value.get("detail", ""))[:1000]
