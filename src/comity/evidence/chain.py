"""Whether custody events hold together: the same answer in whatever order, and however often, they came."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from comity.evidence.custody import CustodyEvent
from comity.evidence.exhibit import ExhibitList


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that does not hold.

    Attributes:
        code: no-beginning, two-beginnings, missing-previous, time-backwards, not-handed-over, not-received, wrong-office, fork,
            other-list.
        event: SHA-256 of the event that it was found at.
        params: what a sentence about it needs.
    """

    code: str
    event: str
    params: tuple[tuple[str, str], ...] = ()


def check_chain(events: Iterable[CustodyEvent], lists: Mapping[str, ExhibitList] | None = None) -> tuple[Gap, ...]:
    """Return what does not hold together; nothing when the custody is unbroken.

    Args:
        events: all events at hand, in any order.
        lists: exhibit lists by SHA-256. When a later event names another list than the one before, it must be a selection of it,
            and that can only be seen with both lists.
    """
    known = {event.sha256: event for event in events}
    gaps = _beginnings(known)
    for sha256, event in known.items():
        before = known.get(event.previous or "")
        if event.previous and before is None:
            gaps.append(Gap("missing-previous", sha256, (("previous", event.previous),)))
        if before is not None:
            gaps += _between(sha256, before, event, lists or {})
    gaps += _branches(known)
    return tuple(sorted(gaps, key=lambda gap: (known[gap.event].at, gap.event, gap.code)))


def _beginnings(known: Mapping[str, CustodyEvent]) -> list[Gap]:
    first = [(event.at, sha256, event.kind) for sha256, event in known.items() if event.previous is None]
    gaps = [Gap("no-beginning", sha256, (("kind", kind),)) for _, sha256, kind in first if kind != "acquired"]
    return gaps + [Gap("two-beginnings", sha256) for _, sha256, _ in sorted(first)[1:]]


def _between(sha256: str, before: CustodyEvent, event: CustodyEvent, lists: Mapping[str, ExhibitList]) -> list[Gap]:
    gaps = []
    if event.at < before.at:
        gaps.append(Gap("time-backwards", sha256))
    if event.list != before.list and not _is_selection(event.list, before.list, lists):
        gaps.append(Gap("other-list", sha256, (("list", event.list),)))
    if event.kind == "received" and before.kind != "handed-over":
        gaps.append(Gap("not-handed-over", sha256, (("office", event.office),)))
    elif event.office != (before.to if event.kind == "received" else before.office):
        gaps.append(Gap("wrong-office", sha256, (("office", event.office),)))
    elif event.kind == "acquired":
        gaps.append(Gap("two-beginnings", sha256))
    return gaps


def _branches(known: Mapping[str, CustodyEvent]) -> list[Gap]:
    """At a hand-over the giver and the receiver go on, each in one line; everywhere else there is one line only."""
    gaps = []
    followers: dict[str, list[str]] = {}
    for sha256, event in known.items():
        followers.setdefault(event.previous or "", []).append(sha256)
    for sha256, event in known.items():
        after = sorted(followers.get(sha256, ()), key=lambda each: (known[each].at, each))
        received = [each for each in after if known[each].kind == "received"]
        others = [each for each in after if known[each].kind != "received"]
        gaps += [Gap("fork", each) for line in (received, others) for each in line[1:]]
        if event.kind == "handed-over" and not any(known[each].office == event.to for each in received):
            gaps.append(Gap("not-received", sha256, (("to", event.to or ""),)))
    return gaps


def _is_selection(sha256: str, of: str, lists: Mapping[str, ExhibitList]) -> bool:
    part, whole = lists.get(sha256), lists.get(of)
    return part is not None and whole is not None and set(part.exhibits) <= set(whole.exhibits)
