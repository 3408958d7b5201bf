"""How far a state reaches, and white spots: sums over the same cells."""

from dataclasses import replace
from datetime import date

import pytest

from comity.law.answer import CLOSED, UNKNOWN, VERDICTS
from comity.law.atlas import Span, sheets, whole_world
from comity.law.atlas.reach import USABLE, overview, reach
from comity.law.atlas.report import overview_json, reach_json
from comity.law.facts import Facts
from comity.law.routes import routes

KNOWN = {"data_holder": "provider", "issuing_authority": "judge", "purpose": "investigation"}


@pytest.fixture(scope="module")
def span(facts: Facts) -> Span:
    world = whole_world(facts, date(2026, 11, 24), KNOWN)
    return replace(world, measures=("subscriber",), offences=("illegal-access",))


def test_reach_says_what_single_questions_say_the_usable_and_fast_first(span: Span) -> None:
    found = reach(span, "NO")
    assert [each.state for each in found.others] != sorted(each.state for each in found.others)
    order = [(VERDICTS.index(each.cell.verdict), each.cell.days) for each in found.others]
    assert order == sorted(order)
    assert {each.state for each in found.others} == set(span.to_states) - {"NO"}
    for each in found.others[::20]:
        best = routes(span.facts, span.question("subscriber", "NO", each.state, "illegal-access")).routes[0]
        assert (each.cell.verdict, each.cell.instrument, each.cell.days) == (best.verdict, best.instrument, best.days)


def test_reach_to_a_state_looks_from_the_other_side(span: Span) -> None:
    to_norway = {each.state: each.cell for each in reach(span, "NO", "to").others}
    from_france = {each.state: each.cell for each in reach(span, "FR").others}
    assert to_norway["FR"] == from_france["NO"]


def test_sums_of_a_reach_are_sums_of_its_states(span: Span) -> None:
    found = reach(span, "FR")
    assert sum(found.counts.values()) == len(span.to_states) - 1
    assert sum(found.by_days.values()) == sum(found.counts[verdict] for verdict in USABLE)
    assert list(found.by_days) == sorted(found.by_days)


def test_every_pair_is_usable_or_a_white_spot(span: Span) -> None:
    seen = overview(span)
    (sheet,) = sheets(span)
    states = len(span.from_states)
    assert sum(seen.counts.values()) == states * (states - 1)
    usable = sum(each.reaches for each in seen.states)
    assert usable == sum(each.reached_by for each in seen.states) == sum(seen.by_days.values())
    spots = [(a, b) for spots in (seen.closed, seen.unknown) for a, others in spots.items() for b in others]
    assert len(spots) == len(set(spots)) == states * (states - 1) - usable
    for kind, found in ((CLOSED, seen.closed), (UNKNOWN, seen.unknown)):
        for state, others in list(found.items())[::25]:
            cell = sheet.cell(state, others[0], "illegal-access")
            assert cell is not None
            assert cell.verdict == kind


def test_json_leaves_out_what_a_closed_cell_does_not_have(facts: Facts) -> None:
    world = whole_world(facts, date(1960, 1, 1), {"emergency": False, "urgent": False})
    span = replace(world, measures=("realtime-traffic",), offences=("illegal-access",))
    value = reach_json(reach(span, "NO"), "zh")
    rows = value["to_states"]
    assert isinstance(rows, list)
    assert value["name"] == "挪威"
    closed = [row for row in rows if row["verdict"] == "closed"]
    assert closed
    assert all(row["instrument"] is row["channel"] is row["days"] is None for row in closed)


def test_json_of_the_overview_names_every_state(span: Span) -> None:
    value = overview_json(overview(span))
    states = value["states"]
    assert isinstance(states, list)
    assert {row["state"] for row in states} == set(span.from_states)
    assert set(value) == {
        "measure", "offence", "date", "circumstances", "as_of", "counts", "by_days", "states", "white_spots"
    }  # fmt: skip
