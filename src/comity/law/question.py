"""The question: what one state wants of another, for which offence, on which day, in which circumstances."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from comity.errors import LocalError
from comity.law.facts import Codes
from comity.law.vocabulary import Vocabulary

EARLIEST = date(1900, 1, 1)
LATEST = date(2200, 1, 1)
CONDUCT_KEYS = ("acts", "objects", "facts", "not")
CONDUCT_SHAPE = (
    'It is an object with the lists acts, objects, facts, not, such as {"acts": ["access"], "facts": ["intent"]}.'
)


class UnusableQuestionError(LocalError):
    """A question cannot be asked as it stands."""

    code = "unusable-question"


class UnknownStateError(UnusableQuestionError):
    """A code names no state of the lawbook."""

    code = "unknown-state"


class UnknownMeasureError(UnusableQuestionError):
    """A code names no measure."""

    code = "unknown-measure"


class UnknownOffenceError(UnusableQuestionError):
    """A code names no offence."""

    code = "unknown-offence"


class UnknownElementError(UnusableQuestionError):
    """A token names no element of an offence, or one of another kind than its place asks for."""

    code = "unknown-element"


class UnusableDateError(UnusableQuestionError):
    """A date is no date, or lies outside what any instrument could answer."""

    code = "unusable-date"


class UnusableCircumstanceError(UnusableQuestionError):
    """A circumstance has a value of another type, or a code that does not exist."""

    code = "unusable-circumstance"


@dataclass(frozen=True, slots=True)
class Conduct:
    """What somebody did, as tokens of elements; `absent` are tokens that are known not to hold."""

    acts: tuple[str, ...]
    objects: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What `from_state` may ask of `to_state`.

    Attributes:
        offence: canonical id, or None where it is not said.
        on: the day for which the law is asked.
        circumstances: key of `codes.yaml` -> value; a missing key is unknown.
        conduct: what was done, where the elements are known.
    """

    from_state: str
    to_state: str
    measure: str
    offence: str | None
    on: date
    circumstances: Mapping[str, object] = field(default_factory=dict)
    conduct: Conduct | None = None


def check_question(question: Question, codes: Codes, states: Mapping[str, object]) -> tuple[str, ...]:
    """Check codes, date and circumstances.

    Returns:
        The circumstance keys that no rule knows; they are ignored, and the answer says so.

    Raises:
        UnusableQuestionError: a code, the date or the value of a circumstance cannot be used; subclasses say which.
    """
    for code in (question.from_state, question.to_state):
        if code not in states:
            raise UnknownStateError(
                f"'{code}' is no state of the lawbook.", remedy="Use the ISO 3166-1 code of two letters, such as NL."
            )
    if question.from_state == question.to_state:
        raise UnusableQuestionError(
            f"Both states are {question.from_state}.", remedy="Cooperation needs two states; name the other one."
        )
    if question.measure not in codes.measures:
        raise UnknownMeasureError(f"'{question.measure}' is no measure.", remedy=f"Use {', '.join(codes.measures)}.")
    if question.offence is not None and question.offence not in codes.offences:
        raise UnknownOffenceError(f"'{question.offence}' is no offence.", remedy=f"Use {', '.join(codes.offences)}.")
    if not EARLIEST <= question.on <= LATEST:
        raise UnusableDateError(
            f"{question.on} is outside the years 1900 to 2200.", remedy="Name the day of the request."
        )
    if question.conduct is not None:
        check_conduct(question.conduct, codes.elements)
    return _check_circumstances(question.circumstances, codes, states)


def check_conduct(conduct: Conduct, elements: Vocabulary) -> None:
    """Check that every token of a conduct is known and stands in its place.

    Raises:
        UnknownElementError: a token is not known; the remedy names those that look like it.
        UnusableQuestionError: nothing was done, or something is said both to hold and not to hold.
    """
    for part, kind in (("acts", "act"), ("objects", "object"), ("facts", ""), ("absent", "")):
        for token in getattr(conduct, part):
            base = elements.tokens.get(token) if part == "absent" else None
            found = (base or elements.token(token)) if isinstance(token, str) else None
            if found is None:
                raise _unknown_element(str(token), elements)
            if kind and found.kind != kind:
                raise UnknownElementError(
                    f"'{token}' is no {kind} but of the kind {found.kind}.", where=f"conduct/{part}"
                )
    if not conduct.acts:
        raise UnusableQuestionError("The conduct names no act.", remedy="Say what was done, such as access.")
    both = sorted({*conduct.acts, *conduct.objects, *conduct.facts}.intersection(conduct.absent))
    if both:
        raise UnusableQuestionError(f"'{both[0]}' is said both to hold and not to hold.", where="conduct")


def _unknown_element(token: str, elements: Vocabulary) -> UnknownElementError:
    found = elements.tokens.get(token.partition(":")[0])
    if found is not None and found.kind == "threshold":
        remedy = "Write it with its value, as in 'threshold-amount:CNY 5000 gain', 'threshold-count:500 systems', 'age-under:18'."
    else:
        near = ", ".join(elements.near(token))
        remedy = f"Near to it: {near}." if near else "See lawbook/offences/elements.yaml for the elements."
    return UnknownElementError(f"'{token}' is no element of an offence.", remedy=remedy, where="conduct")


def _check_circumstances(
    circumstances: Mapping[str, object], codes: Codes, states: Mapping[str, object]
) -> tuple[str, ...]:
    for key, value in circumstances.items():
        rule = codes.circumstances.get(key)
        if rule is not None and not _fits(rule, value, states):
            raise UnusableCircumstanceError(f"'{key}' cannot be {value!r}.", where=key, remedy=f"Give {_wanted(rule)}.")
    return tuple(sorted(key for key in circumstances if key not in codes.circumstances))


def _wanted(rule: Mapping[str, object]) -> str:
    match rule["type"]:
        case "boolean":
            return "true or false"
        case "integer":
            return f"a whole number, {least(rule)} or more"
        case "state":
            return "the ISO 3166-1 code of a state, such as NL"
        case "date":
            return "a day, such as 2026-11-24"
        case "code":
            return f"one of {', '.join(map(str, cast(Iterable[object], rule['values'])))}"
    return "words"


def least(rule: Mapping[str, object]) -> int:
    """Return the least value of a circumstance that is a whole number."""
    found = rule.get("min", 0)
    return found if isinstance(found, int) else 0


def _fits(rule: Mapping[str, object], value: object, states: Mapping[str, object]) -> bool:
    match rule["type"]:
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool) and value >= least(rule)
        case "state":
            return isinstance(value, str) and value in states
        case "code":
            values = rule["values"]
            return isinstance(values, list | tuple) and value in values
        case "date":
            return isinstance(value, str) and _is_date(value)
        case _:
            return isinstance(value, str) and bool(value)


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None


def parse_question(value: Mapping[str, object]) -> Question:
    """Make a question of plain data with the members from, to, measure, offence, date, circumstances, conduct.

    Raises:
        UnusableQuestionError: a member is missing or has another shape.
    """
    on = value.get("date")
    if not isinstance(on, str) or not _is_date(on):
        raise UnusableDateError(f"{on!r} is no date.", remedy="Write it as 2026-11-24.")
    names = {}
    for key in ("from", "to", "measure"):
        name = value.get(key)
        if not isinstance(name, str):
            raise UnusableQuestionError(
                f"The question lacks '{key}'.", remedy="Give from, to, measure, offence and date."
            )
        names[key] = name
    circumstances = value.get("circumstances") or {}
    offence = value.get("offence")
    if not isinstance(circumstances, Mapping) or not (offence is None or isinstance(offence, str)):
        raise UnusableQuestionError("'circumstances' must be an object and 'offence' a code.")
    return Question(
        names["from"].upper(),
        names["to"].upper(),
        names["measure"],
        offence,
        date.fromisoformat(on),
        circumstances,
        parse_conduct(value.get("conduct")),
    )


def parse_conduct(value: object) -> Conduct | None:
    """Make a conduct of plain data with the members acts, objects, facts, not; None of None or of an empty object.

    Raises:
        UnusableQuestionError: it has another shape.
    """
    if value is None or value == {}:
        return None
    if not isinstance(value, Mapping) or set(value) - set(CONDUCT_KEYS):
        raise UnusableQuestionError("'conduct' has another shape.", remedy=CONDUCT_SHAPE, where="conduct")
    parts = [value.get(key) or () for key in CONDUCT_KEYS]
    if not all(isinstance(part, list | tuple) and all(isinstance(token, str) for token in part) for part in parts):
        raise UnusableQuestionError("'conduct' has another shape.", remedy=CONDUCT_SHAPE, where="conduct")
    return Conduct(*(tuple(dict.fromkeys(part)) for part in parts))
