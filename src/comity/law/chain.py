"""A crime chain: where each part of one offence happened, and where the people, the harm, the money and the evidence are."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from comity.law.facts import Facts
from comity.law.question import (
    EARLIEST,
    LATEST,
    UnknownOffenceError,
    UnknownStateError,
    UnusableDateError,
    UnusableQuestionError,
)

MAX_LINKS = 1000
MAX_WEIGHT = 10**18


class UnusableLinkError(UnusableQuestionError):
    """A link of a chain cannot be used as it stands."""

    code = "unusable-link"


@dataclass(frozen=True, slots=True)
class Link:
    """One part of the chain.

    Attributes:
        what: a code of `lawbook/jurisdiction.yaml`, such as conducted, victims, suspect-located.
        weight: how much of it (victims, systems, an amount of money in one currency); None: not stated.
        on: when it happened; None: not stated.
    """

    what: str
    state: str
    weight: int | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """One offence and its links.

    Attributes:
        offence: canonical id, or None where it is not said.
        on: the day for which the law is asked.
        organised_group: whether an organised criminal group takes part; None is unknown.
    """

    offence: str | None
    on: date
    links: tuple[Link, ...]
    organised_group: bool | None = None


def parse_link(value: str) -> Link:
    """Make a link of `what:STATE` or `what:STATE:weight`.

    Raises:
        UnusableLinkError: it has another shape.
    """
    found = re.fullmatch(r"([a-z-]+):([A-Za-z]{2})(?::([0-9]{1,18}))?", value)
    if found is None:
        raise UnusableLinkError(f"'{value}' is no link.", remedy="Write it as victims:DE or victims:DE:40.")
    what, state, weight = found.groups()
    return Link(what, state.upper(), int(weight) if weight else None)


def parse_chain(value: Mapping[str, object]) -> Chain:
    """Make a chain of plain data with the members offence, date, links, organised_group.

    Raises:
        UnusableQuestionError: a member has another shape; subclasses say which.
    """
    offence, links, group = value.get("offence"), value.get("links"), value.get("organised_group")
    if not (offence is None or isinstance(offence, str)):
        raise UnknownOffenceError(f"{offence!r} is no offence.", remedy="Give its code, such as computer-fraud.")
    if not isinstance(links, list | tuple):
        raise UnusableLinkError("The chain has no links.", remedy="Give links: [{what, state, weight, date}, ...].")
    if not (group is None or isinstance(group, bool)):
        raise UnusableLinkError("'organised_group' is neither true nor false.", where="organised_group")
    return Chain(offence, _day(value.get("date")), tuple(_link(item) for item in links), group)


def _link(value: object) -> Link:
    if isinstance(value, str):
        return parse_link(value)
    if not isinstance(value, Mapping):
        raise UnusableLinkError(f"{value!r} is no link.", remedy="Write {what, state, weight, date} or victims:DE:40.")
    what, state, weight, on = (value.get(key) for key in ("what", "state", "weight", "date"))
    if not isinstance(what, str) or not isinstance(state, str):
        raise UnusableLinkError(f"The link {dict(value)!r} lacks 'what' or 'state'.")
    if weight is not None and (not isinstance(weight, int) or isinstance(weight, bool)):
        raise UnusableLinkError(f"The weight {weight!r} is no whole number.", remedy="Count victims, systems or money.")
    return Link(what, state.upper(), weight, None if on is None else _day(on))


def _day(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise UnusableDateError(f"{value!r} is no date.", remedy="Write it as 2026-11-24.")


def check_chain(chain: Chain, facts: Facts) -> None:
    """Check the codes, the days and the weights of a chain.

    Raises:
        UnusableQuestionError: something cannot be used; subclasses say what.
    """
    if chain.offence is not None and chain.offence not in facts.codes.offences:
        raise UnknownOffenceError(f"'{chain.offence}' is no offence.", remedy=f"Use {', '.join(facts.codes.offences)}.")
    if not chain.links:
        raise UnusableLinkError("The chain has no links.", remedy="Name at least one, such as conducted:GH.")
    if len(chain.links) > MAX_LINKS:
        raise UnusableLinkError(
            f"The chain has more than {MAX_LINKS} links.", remedy="Add up victims and money by state."
        )
    _check_days([chain.on, *(link.on for link in chain.links if link.on is not None)])
    for link in chain.links:
        _check_link(link, facts)


def _check_days(days: Iterable[date]) -> None:
    for day in days:
        if not EARLIEST <= day <= LATEST:
            raise UnusableDateError(f"{day} is outside the years 1900 to 2200.")


def _check_link(link: Link, facts: Facts) -> None:
    if link.what not in facts.jurisdiction.links:
        raise UnusableLinkError(f"'{link.what}' is no link.", remedy=f"Use {', '.join(facts.jurisdiction.links)}.")
    if link.state not in facts.states:
        raise UnknownStateError(
            f"'{link.state}' is no state of the lawbook.", remedy="Use the ISO 3166-1 code of two letters, such as NL."
        )
    if link.weight is not None and not 0 < link.weight <= MAX_WEIGHT:
        raise UnusableLinkError(f"The weight {link.weight} cannot be used.", remedy="Give a whole number above zero.")
