"""The order in which the acts of a dossier count: what it names comes first, then the earlier trusted time, then the smaller id.

The order depends on the set of acts only, never on how they arrived. An act is ready when everything it follows is there; the
rest waits.
"""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from comity.acts.act import Act


@dataclass(frozen=True, slots=True)
class Received:
    """An act with its trusted time.

    Attributes:
        at: the time in the signature (RFC 3161), so that it is the same on every node.
    """

    act: Act
    at: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    """An act in its place.

    Attributes:
        position: its bit in `ancestors` of later acts.
        ancestors: bit set of the positions of all acts that it follows, directly or not.
        before: trusted time of the latest act that it follows; None for the first.
    """

    id: str
    act: Act
    at: datetime
    position: int
    ancestors: int
    before: datetime | None


def by_id(received: Iterable[Received]) -> dict[str, Received]:
    """Return the acts by id; of an act that came twice the earliest trusted time counts."""
    known: dict[str, Received] = {}
    for item in received:
        name = item.act.id
        if name not in known or item.at < known[name].at:
            known[name] = item
    return known


def place(known: Mapping[str, Received], opening: str) -> tuple[tuple[Placed, ...], tuple[str, ...]]:
    """Return the acts in the order in which they count, and the ids of those that wait for one before them.

    Args:
        known: the acts of one dossier, by id.
        opening: id of the act that opens it; every other act follows it, named or not.
    """
    before = {name: _before(name, item.act, opening) for name, item in known.items()}
    after: dict[str, list[str]] = {}
    for name, names in before.items():
        for earlier in names:
            after.setdefault(earlier, []).append(name)
    missing = {name: len(names) for name, names in before.items()}
    ready = [(known[name].at, name) for name, count in missing.items() if count == 0]
    heapq.heapify(ready)
    placed: dict[str, Placed] = {}
    while ready:
        _, name = heapq.heappop(ready)
        placed[name] = _placed(name, known[name], placed, before[name])
        for later in after.get(name, ()):
            missing[later] -= 1
            if missing[later] == 0:
                heapq.heappush(ready, (known[later].at, later))
    return tuple(placed.values()), tuple(sorted(known.keys() - placed.keys()))


def _before(name: str, act: Act, opening: str) -> frozenset[str]:
    return frozenset() if name == opening else frozenset(act.after) | {opening}


def _placed(name: str, item: Received, placed: Mapping[str, Placed], before: Iterable[str]) -> Placed:
    earlier = [placed[other] for other in before]
    ancestors = 0
    for other in earlier:
        ancestors |= other.ancestors | 1 << other.position
    latest = max((other.at for other in earlier), default=None)
    return Placed(name, item.act, item.at, len(placed), ancestors, latest)
