"""The least conduct that a provision punishes: one of its acts, on one of its objects, with every element and nothing more."""

from collections.abc import Iterable, Iterator
from itertools import islice, product

from comity.law.conduct import shown_by, try_provision
from comity.law.facts import Facts
from comity.law.national import Elements, OffenceRow
from comity.law.question import Conduct

MOST = 400
PUNISHED = frozenset({"yes", "partial"})


def punishing(rows: Iterable[OffenceRow]) -> tuple[OffenceRow, ...]:
    """Return the rows that punish something and whose elements are recorded."""
    return tuple(row for row in rows if row.exists in PUNISHED and row.elements)


def minimal_conducts(elements: Elements, facts: Facts) -> Iterator[Conduct]:
    """Return the least conducts that a provision punishes, at most 400.

    Where the provision asks for no state of mind, intent is assumed, as the files of national law do.
    """
    kind = facts.codes.elements.kind
    also = tuple(token for token in elements.all if kind(token) == "act")
    kept = tuple(token for token in elements.all if kind(token) != "act")
    for act, thing, *chosen in islice(product(elements.act, elements.object or ("",), *elements.any), MOST):
        acts = dict.fromkeys((act, *also, *(token for token in chosen if kind(token) == "act")))
        rest = dict.fromkeys((*kept, *(token for token in chosen if kind(token) != "act")))
        if not any(kind(token) == "mens-rea" for token in rest):
            rest["intent"] = None
        yield Conduct(tuple(acts), (thing,) if thing else (), tuple(rest))


def closed(conduct: Conduct, against: Iterable[OffenceRow], facts: Facts) -> Conduct:
    """Return the conduct with what it lacks said: every element that provisions ask for, that narrows, and that it does not show.

    An element that does not narrow (`without-right`, `computer-data`) is left open: many provisions ask for it without saying so,
    and one object does not exclude another; so the objects stand among the facts. Open too is a threshold that measures something
    else than the one that is shown, and whether a person below one age is below another.
    """
    shown = shown_by(conduct, facts)
    asked = dict.fromkeys(token for row in against if row.elements for token in _asked(row.elements, conduct))
    measured = {token.partition(":")[0] for token in shown if ":" in token}
    lacking = (
        token
        for token in asked
        if token not in shown and facts.codes.elements.narrows(token) and token.partition(":")[0] not in measured
    )
    return Conduct(conduct.acts, (), (*conduct.objects, *conduct.facts), tuple(lacking))


def _asked(elements: Elements, conduct: Conduct) -> Iterator[str]:
    yield from elements.all
    for group in elements.any:
        yield from group
    if conduct.objects:
        yield from elements.object


def described(conduct: Conduct, absent: Iterable[str]) -> Conduct:
    """Return the conduct as a question would describe it, with what is known not to hold."""
    return Conduct(conduct.acts, conduct.objects, conduct.facts, tuple(absent))


def is_punished(conduct: Conduct, rows: Iterable[OffenceRow], facts: Facts) -> bool | None:
    """Say whether one of the provisions punishes the conduct; None where one might."""
    truths = [try_provision(row.elements, conduct, facts).truth for row in rows if row.elements]
    return True if True in truths else None if None in truths else False
