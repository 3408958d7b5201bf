"""The fixed words of the paper in the six languages of the United Nations, with their dates, numbers of things and periods."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import cast

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_PERIOD = re.compile(
    r"P(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,5})M)?(?:(?P<seconds>\d{1,6})S)?)?"
)


@cache
def _phrases() -> Mapping[str, Mapping[str, object]]:
    path = files("comity.acts").joinpath("phrases.json")
    return cast(Mapping[str, Mapping[str, object]], json.loads(path.read_text(encoding="utf-8")))


def _words(language: str) -> Mapping[str, object]:
    return _phrases().get(language) or _phrases().get(language.split("-")[0]) or _phrases()["en"]


def is_right_to_left(language: str) -> bool:
    """Whether the language is written from right to left."""
    return language.split("-")[0] in RIGHT_TO_LEFT


def phrase(language: str, name: str, /, **values: str) -> str:
    """Return a fixed phrase with its values filled in; English where the language has none."""
    return cast(str, _words(language)[name]).format(**values)


def language_name(language: str, of: str) -> str:
    """Return what a language is called in another; its tag when it has no name here."""
    return cast(Mapping[str, str], _words(language)["languages"]).get(of.split("-")[0], of)


def count(language: str, name: str, number: int) -> str:
    """Return a number of things, in the plural form that the language uses for it."""
    forms = cast(Mapping[str, str], _words(language)[name])
    form = forms.get(_plural(language.split("-")[0], number)) or forms["other"]
    return form.format(n=grouped(number))


def grouped(number: int) -> str:
    """Return a whole number with its thousands set apart by a thin gap that every language reads."""
    return f"{number:,}".replace(",", "\u00a0")


def _plural(language: str, number: int) -> str:
    """Return the plural category of a whole number (Unicode CLDR) for the languages of the paper."""
    last, last_two = number % 10, number % 100
    if language == "ar":
        small = {1: "one", 2: "two"}.get(number)
        return small or ("few" if 3 <= last_two <= 10 else "many" if 11 <= last_two <= 99 else "other")
    if language == "ru" and not 11 <= last_two <= 14:
        return "one" if last == 1 else "few" if 2 <= last <= 4 else "other"
    if language == "ru":
        return "other"
    return "one" if number == 1 or (language == "fr" and number == 0) else "other"


def day(language: str, value: date) -> str:
    """Return a date in words."""
    months = cast(list[str], _words(language)["months"])
    return phrase(language, "date", day=str(value.day), month=months[value.month - 1], year=str(value.year))


def instant(language: str, value: datetime) -> str:
    """Return an instant in UTC in words, to the second where it has seconds."""
    clock = value.strftime("%H:%M:%S" if value.second else "%H:%M")
    return phrase(language, "utc", date=day(language, value.date()), time=clock)


def period(language: str, value: str) -> str | None:
    """Return an ISO 8601 duration in words, or None when the text is none."""
    match = _PERIOD.fullmatch(value)
    parts = {name: int(number) for name, number in match.groupdict().items() if number} if match else {}
    if not parts:
        return None
    return ", ".join(
        count(language, "months-long" if name == "months" else name, number) for name, number in parts.items()
    )
