"""Clocks as pages show them: what ends, how much is left, on which day and hour, in whose calendar."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.cooperation.clocks import RunningClock
from comity.sites.desk import reading, words

SOON = timedelta(days=3)
LATE_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class ClockShown:
    """One clock; `tone` is empty, `soon`, `over` or `still`."""

    name: str
    left: str
    fraction: float | None
    tone: str
    due_at: datetime | None
    why: str = ""
    running: bool = True


def left_word(due_at: datetime, now: datetime) -> str:
    """Return "44 days", "today 18:00" or "2 days late"."""
    if due_at < now:
        return _("%(period)s late") % {"period": reading.period(now - due_at)}
    local, today = timezone.localtime(due_at), timezone.localtime(now)
    if local.date() == today.date():
        return _("today %(time)s") % {"time": local.strftime("%H:%M")}
    return reading.period(due_at - now)


def tone(due_at: datetime | None, fraction: float | None, now: datetime) -> str:
    """Return the tone in which a clock is drawn."""
    if due_at is None:
        return "still"
    if due_at < now or due_at - now < timedelta(hours=24):
        return "over"
    return "soon" if due_at - now < SOON or (fraction or 0) > LATE_SHARE else ""


def plain_clock(name: str, started_at: datetime, due_at: datetime, now: datetime) -> ClockShown:
    """Return a clock of which only beginning and end are known, for the line of an inbox."""
    whole = (due_at - started_at).total_seconds()
    fraction = (now - started_at).total_seconds() / whole if whole > 0 else 1.0
    return ClockShown(name, left_word(due_at, now), fraction, tone(due_at, fraction, now), due_at)


def shown_clock(clock: RunningClock, now: datetime) -> ClockShown:
    """Return a clock of a dossier with its reason."""
    return ClockShown(
        name=words.said(clock.rule.what),
        left=_left(clock, now),
        fraction=clock.fraction(now),
        tone=tone(clock.due_at, clock.fraction(now), now) if clock.running else "still",
        due_at=clock.due_at,
        running=clock.stopped_at is None,
        why=" · ".join(part for part in (_why(clock), _article(clock.rule.article)) if part),
    )


def _left(clock: RunningClock, now: datetime) -> str:
    if clock.stopped_at is not None:
        return _("stopped")
    if clock.suspended_at is not None:
        return _("suspended")
    return left_word(clock.due_at, now) if clock.due_at else _("no fixed end")


def _article(article: str) -> str:
    return _("art. %(article)s") % {"article": article} if article[:1].isdigit() else article


def _why(clock: RunningClock) -> str:
    """Say whose calendar counts, and whether its holidays are known."""
    if not clock.state:
        return ""
    place = words.word("state", clock.state)
    if clock.rule.counting == "working-days" and not clock.holidays_known:
        return _("calendar of %(place)s, its holidays not counted") % {"place": place}
    return _("calendar of %(place)s") % {"place": place}
