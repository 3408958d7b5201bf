"""The answer of the atlas in one sentence, and the question as heading."""

from comity.law.answer import CLOSED, CONDITIONAL, OPEN, UNKNOWN
from comity.law.atlas.reach import Reach
from comity.law.naming import Labels, named, state_name
from comity.law.words import Words


def headline(reach: Reach, labels: Labels) -> Words:
    """Return the question as a heading."""
    state = state_name(labels, reach.state)
    measure = named(labels, "measure", reach.span.measures[0])
    if reach.direction == "from":
        return Words(f"How far does {state.en} reach? {measure.en}", f"{state.zh}可达何处？{measure.zh}")
    return Words(f"Who reaches {state.en}? {measure.en}", f"何国可达{state.zh}？{measure.zh}")


def sentence(reach: Reach, labels: Labels) -> Words:
    """Say how far the state reaches, in what time, and what is left over; every state is counted once."""
    counts = reach.counts
    usable, all_ = counts[OPEN] + counts[CONDITIONAL], len(reach.others)
    if not usable:
        return _nowhere(reach, all_, labels)
    who = _who(reach, usable, all_, labels)
    fast = min(reach.by_days)
    soon = reach.by_days[fast]
    return Words(
        f"{who.en}: {counts[OPEN]} open, {counts[CONDITIONAL]} on conditions; the fastest usual time is "
        f"about {_days(fast)}, with {_states(soon)}. {_rest(reach).en}",
        f"{who.zh}：可用{counts[OPEN]}国，附条件{counts[CONDITIONAL]}国；通常最快约{fast}日，共{soon}国。{_rest(reach).zh}",
    )


def _who(reach: Reach, usable: int, all_: int, labels: Labels) -> Words:
    name = state_name(labels, reach.state)
    if reach.direction == "from":
        return Words(
            f"{_capital(name.en)} reaches {usable} of {all_} states by a usable route",
            f"{name.zh}有可用途径到达{all_}国中的{usable}国",
        )
    verb = "reaches" if usable == 1 else "reach"
    return Words(
        f"{usable} of {all_} states {verb} {name.en} by a usable route",
        f"{all_}国中有{usable}国有可用途径到达{name.zh}",
    )


def _nowhere(reach: Reach, all_: int, labels: Labels) -> Words:
    name = state_name(labels, reach.state)
    rest = _rest(reach)
    if reach.direction == "from":
        return Words(
            f"{_capital(name.en)} has no usable route to any of {all_} states as far as is known. {rest.en}",
            f"据现有资料，{name.zh}对{all_}国均无可用途径。{rest.zh}",
        )
    return Words(
        f"None of {all_} states has a usable route to {name.en} as far as is known. {rest.en}",
        f"据现有资料，{all_}国均无到达{name.zh}的可用途径。{rest.zh}",
    )


def _rest(reach: Reach) -> Words:
    unknown, closed = reach.counts[UNKNOWN], reach.counts[CLOSED]
    return Words(
        f"For {_states(unknown)} facts are missing; for {_states(closed)} every route is closed.",
        f"{unknown}国因缺少事实而未知；{closed}国的途径均不可用。",
    )


def _states(count: int) -> str:
    return f"{count} {'state' if count == 1 else 'states'}"


def _days(count: int) -> str:
    return f"{count} {'day' if count == 1 else 'days'}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
