"""How a reader's language writes dates, periods, sizes and digests.

Django's catalogues hold sentences; this module holds conventions, through Babel. Instants are shown in the node's time zone, and
the zone is always named: two states read the same page.
"""

from datetime import date, datetime, timedelta

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from babel.units import format_unit
from django.utils import timezone
from django.utils.translation import get_language

BABEL = {"en": "en_GB", "zh-hans": "zh_Hans_CN", "ar": "ar"}
LAWBOOK = {"zh-hans": "zh"}
HTML = {"zh-hans": "zh-Hans"}
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
SIZES = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")
STEPS = ((86400, "day"), (3600, "hour"), (60, "minute"))


def language() -> str:
    """Return the code of the reader's language as Django names it."""
    return get_language() or "en"


def lawbook_language() -> str:
    """Return the reader's language as the lawbook and the acts name it (BCP 47, without script)."""
    return LAWBOOK.get(language(), language().split("-")[0])


def html_language() -> str:
    """Return the reader's language for the attribute `lang`."""
    return HTML.get(language(), language())


def direction() -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if language().split("-")[0] in RIGHT_TO_LEFT else "ltr"


def locale() -> Locale:
    """Return the conventions of the reader's language."""
    return Locale.parse(BABEL.get(language(), "en_GB"))


def day(value: date) -> str:
    """Return a date in full: 24 November 2026."""
    return format_date(value, "long", locale=locale())


def moment(value: datetime) -> str:
    """Return an instant with its time zone: 24 Nov 2026, 09:12 UTC."""
    local = timezone.localtime(value)
    pattern = "y年M月d日 HH:mm" if language() == "zh-hans" else "d MMM y, HH:mm"
    return f"{format_datetime(local, pattern, locale=locale())} {zone(local)}"


def moment_after(value: datetime, before: datetime) -> str:
    """Return an instant by its time alone where it falls on the day of the one before, which stands beside it."""
    local = timezone.localtime(value)
    same = local.date() == timezone.localtime(before).date()
    return local.strftime("%H:%M") if same else moment(value)


def zone(value: datetime) -> str:
    """Return the short name of an instant's zone, or its distance from UTC where the zone has no name."""
    name = value.tzname() or "UTC"
    return f"UTC{name}" if name[:1] in "+-" else name


def period(value: timedelta) -> str:
    """Return a period as a person says it: 44 days, 5 hours, 12 minutes; rounded down, so that nobody is late by rounding."""
    seconds = int(abs(value.total_seconds()))
    step, unit = next(((step, unit) for step, unit in STEPS if seconds >= step), STEPS[-1])
    return amount(max(seconds // step, 1 if seconds else 0), unit)


def size(value: int) -> str:
    """Return a number of bytes with a binary unit: 7.9 GiB."""
    scaled, unit = float(value), SIZES[0]
    for unit in SIZES:
        if scaled < 1024 or unit == SIZES[-1]:
            break
        scaled /= 1024
    return f"{format_decimal(scaled, '#,##0' if scaled >= 100 or unit == 'B' else '#,##0.0', locale=locale())} {unit}"


def number(value: int | float) -> str:
    """Return a number with the reader's separators."""
    return format_decimal(value, locale=locale())


def digest(value: str, *, short: bool = False) -> str:
    """Return a hexadecimal digest as people compare it: its head, and unless `short`, its tail."""
    head = f"{value[:4]} {value[4:8]}"
    return head if short or len(value) <= 16 else f"{head} … {value[-4:]}"


def amount(count: int, unit: str) -> str:
    """Return a number of units of time. Babel's data have the Chinese words under the short form only."""
    return format_unit(count, f"duration-{unit}", "short" if language() == "zh-hans" else "long", locale=locale())


def years(count: int) -> str:
    """Return a number of years: 5 years."""
    return amount(count, "year")


def months(count: int) -> str:
    """Return a number of months: 18 months."""
    return amount(count, "month")


def days(count: int) -> str:
    """Return a number of days: 10 days."""
    return amount(count, "day")


def language_name(code: str) -> str:
    """Return the name of a language, in the reader's language."""
    try:
        return Locale.parse(code).get_language_name(locale()) or code
    except (ValueError, UnknownLocaleError):
        return code
