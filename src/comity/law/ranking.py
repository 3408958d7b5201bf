"""The order of routes: what is lawful first, evidence before intelligence, what goes first in law, then the faster channel."""

from collections.abc import Iterable
from operator import attrgetter

from comity.law.answer import Route
from comity.law.words import Words

VERDICT_WORDS = {
    "open": Words("may be used now", "可立即使用"),
    "conditional": Words("may be used once the stated conditions are met", "满足所述条件后可用"),
    "unknown": Words("a fact is missing", "缺少事实"),
    "closed": Words("may not be used", "不可使用"),
}


def ranked(found: Iterable[Route]) -> tuple[Route, ...]:
    """Return the routes in the order in which to consider them."""
    return tuple(sorted(found, key=attrgetter("order")))


def reasoning(route: Route) -> Words:
    """Say why a route stands where it stands."""
    verdict = VERDICT_WORDS[route.verdict]
    if not route.channel:
        return verdict
    kind = ("intelligence only", "仅供情报") if route.works_as == "intelligence" else ("usable as evidence", "可作证据")
    after = ("; another instrument goes first", "；另有文书优先") if route.subsidiary else ("", "")
    return Words(
        f"{verdict.en}; {kind[0]}; usually about {route.days} days by this channel{after[0]}",
        f"{verdict.zh}；{kind[1]}；该渠道通常约{route.days}日{after[1]}",
    )
