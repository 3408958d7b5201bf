"""The names of codes in sentences: states as one says them, articles as one cites them, periods and days in words.

The labels themselves are the lawbook's; whoever speaks hands them in as `Labels`.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Protocol

from comity.law.words import Words

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_UNITS = (("year", "年"), ("month", "个月"), ("week", "周"), ("day", "日"), ("hour", "小时"), ("minute", "分钟"))
_NUMBERED = re.compile(r"\d(?:(?![A-Z]{2}).)*")


class Labels(Protocol):
    """Labels of codes by kind and language, such as a `comity.acts.wordbook.Wordbook`."""

    def label(self, kind: str, code: str, language: str) -> str:
        """Return the label; the code itself where there is none."""


def named(labels: Labels, kind: str, code: str) -> Words:
    """Return the label of a code in both languages."""
    return Words(labels.label(kind, code, "en"), labels.label(kind, code, "zh"))


def named_all(labels: Labels, kind: str, codes: Iterable[str]) -> Words:
    """Return the labels of codes as a list."""
    names = [named(labels, kind, code) for code in codes]
    return Words(", ".join(name.en for name in names), "、".join(name.zh for name in names))


def state_name(labels: Labels, code: str) -> Words:
    """Return a state as a sentence says it: the Netherlands, Iran; most are said as lists have them."""
    said = named(labels, "country", code)
    return named(labels, "state", code) if said.en == code else said


def beginning(name: Words) -> Words:
    """Return words as they stand at the beginning of a sentence."""
    return Words(name.en[:1].upper() + name.en[1:], name.zh)


def alone(name: Words) -> Words:
    """Return the name of a state as it stands alone, in a list or at the head of a column: Netherlands."""
    return beginning(Words(name.en.removeprefix("the "), name.zh))


def together(names: Iterable[Words]) -> Words:
    """Return names as a list within a sentence: Ghana, France and the Netherlands."""
    found = tuple(names)
    english = [name.en for name in found]
    last = f"{', '.join(english[:-1])} and {english[-1]}" if len(english) > 1 else "".join(english)
    return Words(last, "、".join(name.zh for name in found))


def within(name: Words) -> Words:
    """Return a label as it stands within a sentence: a capital that only begins the label is small."""
    plain = name.en[1:2].islower() and not name.en.startswith(("Budapest", "European", "English"))
    return Words(name.en[:1].lower() + name.en[1:] if plain else name.en, name.zh)


def article_name(article: str) -> Words:
    """Return an article as it is cited; some instruments are cited by other words than numbers."""
    return (
        Words(f"art. {article}", f"第{article.replace(', ', '、')}条")
        if _NUMBERED.fullmatch(article)
        else Words(article, article)
    )


def cited(labels: Labels, article: str) -> Words:
    """Return an article as it is cited: by its number, else in the words that the lawbook has for this citation."""
    name = article_name(article)
    return named(labels, "citation", article) if name.en == article else name


def day_name(day: date) -> Words:
    """Return a day in words: 24 November 2026."""
    return Words(f"{day.day} {MONTHS[day.month - 1]} {day.year}", f"{day.year}年{day.month}月{day.day}日")


def period_name(duration: str) -> Words:
    """Return an ISO 8601 duration in words: 60 days; as it is where it is none."""
    match = _PERIOD.fullmatch(duration)
    parts = [
        (int(number), unit) for number, unit in zip(match.groups(), _UNITS, strict=True) if number
    ] if match else []  # fmt: skip
    if not parts:
        return Words(duration, duration)
    english = " ".join(f"{number} {en}{'' if number == 1 else 's'}" for number, (en, _) in parts)
    return Words(english, "".join(f"{number}{zh}" for number, (_, zh) in parts))


def counted(number: int, one: str, many: str, chinese: str) -> Words:
    """Return a number with its noun; `chinese` holds `{}` where the number stands."""
    return Words(f"{number} {one if number == 1 else many}", chinese.format(number))
