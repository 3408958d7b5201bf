"""Circumstances that cannot hold together: a question that states both is asked again, because any answer to it would mislead."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from comity.law.question import Question
from comity.law.words import Words

Said = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Circumstances that exclude each other, with the reason in words."""

    keys: tuple[str, ...]
    reason: Words


# what excludes what: keys, whether both hold, why they cannot
RULES: tuple[tuple[tuple[str, ...], Callable[[Said], bool], Words], ...] = (
    (
        ("judicial_validation", "validation_not_obtainable_in_time"),
        lambda said: said.get("judicial_validation") is True and said.get("validation_not_obtainable_in_time") is True,
        Words(
            "A judge validates it, and the validation would come too late: one of the two.",
            "既称由法官核准，又称核准来不及：二者只能取其一。",
        ),
    ),
    (
        ("emergency", "urgent"),
        lambda said: said.get("emergency") is True and said.get("urgent") is False,
        Words("An emergency is always urgent.", "紧急情况必然急迫。"),
    ),
    (
        ("emergency", "threat"),
        lambda said: said.get("emergency") is False and bool(said.get("threat")),
        Words("A threat is named, but no emergency.", "写明了威胁，却称并非紧急情况。"),
    ),
    (
        ("organised_group", "offenders"),
        lambda said: said.get("organised_group") is True and said.get("offenders") in (1, 2),
        Words("An organised group has at least three members.", "有组织集团至少有三名成员。"),
    ),
    (
        ("offenders",),
        lambda said: said.get("offenders") == 0,
        Words(
            "An offence has at least one offender; leave it open if none is known.", "至少有一名犯罪人；不明时请留空。"
        ),
    ),
    (
        ("consent", "consent_lawful_and_voluntary"),
        lambda said: said.get("consent") is False and said.get("consent_lawful_and_voluntary") is True,
        Words("Nobody consents, and yet the consent is lawful.", "既无人同意，又称同意合法。"),
    ),
    (
        ("consent_of_user", "consent_given_by"),
        lambda said: said.get("consent_of_user") is False and said.get("consent_given_by") == "user",
        Words("The user consents, and does not consent.", "既称用户同意，又称用户未同意。"),
    ),
)


def contradictions(question: Question) -> tuple[Contradiction, ...]:
    """Return what in the circumstances of a question cannot hold together; nothing where all of it can."""
    said = question.circumstances
    found = [Contradiction(keys, reason) for keys, holds, reason in RULES if holds(said)]
    return (*found, *_dates(question))


def _dates(question: Question) -> Iterator[Contradiction]:
    said = question.circumstances
    for key in ("eaw_issued", "arrest_date"):
        day = _day(said.get(key))
        if day is not None and day > question.on:
            words = Words(f"{day} lies after the day for which the law is asked.", f"{day}晚于所查询法律的日期。")
            yield Contradiction((key,), words)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
