"""Tries a provision on a conduct: which of its elements are shown, which are known not to hold, which are open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from comity.law.facts import Facts
from comity.law.national import Elements
from comity.law.question import Conduct
from comity.law.vocabulary import reaches

Implied = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Tried:
    """A provision tried on a conduct; alternatives are written `a / b`.

    Attributes:
        truth: True: every element is shown; False: one is known not to hold; None: unknown.
        to_show: elements that are neither shown nor excluded.
        excluded: elements that are known not to hold.
    """

    truth: bool | None
    to_show: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


def closure(tokens: Iterable[str], implies: Implied) -> frozenset[str]:
    """Return the tokens with all that follows from them."""
    found = frozenset(tokens)
    return found.union(*(implies.get(token, frozenset()) for token in found))


def try_provision(elements: Elements, conduct: Conduct, facts: Facts) -> Tried:
    """Try one provision on a conduct.

    The acts of a conduct are all that was done. So are its objects, save narrower kinds of them, of which the description may
    be silent; where it names no object at all, the object is open.
    """
    shown = shown_by(conduct, facts)
    absent = _absent(conduct.absent, shown, facts.implies)
    tried = [_act(elements, conduct, facts.implies)]
    tried += [_group(group, shown, absent) for group in (*((token,) for token in elements.all), *elements.any)]
    if elements.object:
        tried.append(_object(elements, conduct, shown, absent, facts))
    excluded = tuple(sorted({each for truth, each in tried if truth is False}))
    to_show = tuple(sorted({each for truth, each in tried if truth is None}))
    return Tried(False if excluded else None if to_show else True, to_show, excluded)


def shown_by(conduct: Conduct, facts: Facts) -> frozenset[str]:
    """Return all that a conduct shows, with what follows from it."""
    return closure((*conduct.acts, *conduct.objects, *conduct.facts), facts.implies)


def _act(elements: Elements, conduct: Conduct, implies: Implied) -> tuple[bool | None, str]:
    done = closure(conduct.acts, implies).intersection(elements.act)
    return bool(done), alternatives(elements.act)


def _object(
    elements: Elements, conduct: Conduct, shown: frozenset[str], absent: frozenset[str], facts: Facts
) -> tuple[bool | None, str]:
    if shown.intersection(elements.object):
        return True, ""
    left_open = [token for token in elements.object if token not in absent]
    possible = [token for token in left_open if not conduct.objects or token in facts.narrowing]
    return (None, alternatives(possible)) if possible else (False, alternatives(elements.object))


def _group(group: tuple[str, ...], shown: frozenset[str], absent: frozenset[str]) -> tuple[bool | None, str]:
    truths = [_holds(token, shown, absent) for token in group]
    if True in truths:
        return True, ""
    possible = tuple(token for token, truth in zip(group, truths, strict=True) if truth is None)
    return (None, alternatives(possible)) if possible else (False, alternatives(group))


def _holds(token: str, shown: frozenset[str], absent: frozenset[str]) -> bool | None:
    if token in shown:
        return True
    base, _, value = token.partition(":")
    if token in absent or base in absent:
        return False
    if not value:
        return None
    measured = [reaches(fact, token) for fact in shown if fact.startswith(f"{base}:")]
    if True in measured:
        return True
    return False if False in measured else None


def _absent(absent: Iterable[str], shown: frozenset[str], implies: Implied) -> frozenset[str]:
    """What is absent excludes all that would imply it."""
    out = frozenset(absent)
    narrower = {token for token, follows in implies.items() if follows & out}
    return (out | narrower) - shown


def alternatives(group: Iterable[str]) -> str:
    """Write alternatives as one element."""
    return " / ".join(sorted(set(group)))
