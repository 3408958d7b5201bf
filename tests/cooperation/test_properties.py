"""What must hold of every set of acts, sensible or not."""

import random
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cooperation.making import OFFICES, PROCEDURES, START

from comity.acts.act import Act, Text
from comity.cooperation.dossier import Dossier, Received, fold, next_steps

NASTY: st.SearchStrategy[object] = st.sampled_from(
    [
        "2026-12-24",
        "2026-10-01T00:00:00Z",
        "P3D",
        "PT999999H",
        "P99999D",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31",
        "x",
        7,
        None,
        {},
    ]
)
FIRST = ("budapest-preservation", "budapest-production", "provider-order")
NAMES = (*FIRST, "epoc")  # whose table moves on by time alone and asks for conditions


@st.composite
def graphs(draw: st.DrawFn, names: tuple[str, ...] = NAMES) -> tuple[str, list[Received]]:
    """Draw a graph of acts: mostly by the table, partly nonsense, with branches, missing and foreign predecessors."""
    name = draw(st.sampled_from(names))
    procedure = PROCEDURES[name]
    opening = procedure.opening_steps()[0]
    parties = {actor: OFFICES.get(actor, f"xx/{actor}") for actor in procedure.actors}
    acts: list[Received] = []
    state = procedure.initial
    ids: list[str] = []
    for number in range(draw(st.integers(0, 14))):
        rows = [row for row in procedure.rows(state) if row.by in procedure.actors]
        if number == 0:
            rows = [row for row in rows if row.step == opening.id]
        if draw(st.integers(0, 5)):  # most dossiers go on
            rows = [row for row in rows if not procedure.states[row.to_state].final] or rows
        if rows and (number == 0 or draw(st.integers(0, 3))):
            row = draw(st.sampled_from(rows))
            step, actor, state = row.step, row.by, row.to_state
        else:
            step = draw(st.sampled_from([*procedure.steps, "no-such-step"]))
            actor = draw(st.sampled_from([*procedure.actors, "nobody"]))
        branches = ids and draw(st.integers(0, 3)) == 0
        branch = draw(st.lists(st.sampled_from([*ids, "0" * 64]), max_size=2, unique=True)) if branches else []
        acts.append(
            _received(name, step, actor, parties, ids, branch or ids[-1:], draw(st.integers(-5, 200)), draw(NASTY))
        )
        ids.append(acts[-1].act.id)
    return name, acts


def _received(
    name: str,
    step: str,
    actor: str,
    parties: dict[str, str],
    ids: list[str],
    after: list[str],
    days: int,
    value: object,
) -> Received:
    at = START + timedelta(days=days)
    act = Act(
        procedure=name,
        act=step,
        actor=actor,
        sender=parties.get(actor, "xx/eve"),
        made_at=at,
        subject=Text(str(len(ids)), "en"),
        parties={} if ids else parties,
        dossier=ids[0] if ids else None,
        after=tuple(sorted(after)) if ids else (),
        form="preservation-report",
        fields={"preserved_until": value, "preserved_at": value, "deadline": value, "expected_by": value},
    )
    return Received(act, at)


def folded(graph: tuple[str, list[Received]], dossier: str | None = None) -> Dossier:
    return fold(PROCEDURES[graph[0]], graph[1], dossier=dossier)


@settings(max_examples=60, deadline=None)
@given(graphs(), st.randoms(use_true_random=True))
def test_the_dossier_does_not_depend_on_order_nor_on_repetition(
    graph: tuple[str, list[Received]], shuffle: random.Random
) -> None:
    name, acts = graph
    again = [*acts, *acts[::2]]
    shuffle.shuffle(again)
    assert folded((name, again)) == folded(graph)


@settings(max_examples=60, deadline=None)
@given(graphs(), st.integers(0, 14))
def test_more_acts_never_drop_what_was_known(graph: tuple[str, list[Received]], count: int) -> None:
    name, acts = graph
    if not acts:
        return
    opening = acts[0].act.id
    before, after = (folded((name, some), opening) for some in (acts[:count], acts))
    seen = {event.id for event in before.history if event.id}
    assert seen <= {event.id for event in after.history}
    assert seen | set(before.waiting) <= {event.id for event in after.history} | set(after.waiting)


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_every_act_is_in_the_history_or_waits_and_the_state_is_one_of_the_procedure(
    graph: tuple[str, list[Received]],
) -> None:
    dossier = folded(graph)
    procedure = PROCEDURES[graph[0]]
    ids = [event.id for event in dossier.history if event.id]
    assert sorted([*ids, *dossier.waiting]) == sorted({item.act.id for item in graph[1]})
    assert dossier.state in procedure.states
    assert dossier.ended == procedure.states[dossier.state].final
    state = procedure.initial
    for event in dossier.history:
        if event.effective:
            assert event.from_state == state
            state = event.to_state
        else:
            assert event.reason is not None
    assert state == dossier.state


@settings(max_examples=60, deadline=None)
@given(graphs(FIRST))
def test_what_is_offered_is_allowed_and_has_its_effect_when_taken(graph: tuple[str, list[Received]]) -> None:
    dossier = folded(graph)
    procedure = PROCEDURES[graph[0]]
    for actor in dossier.parties:
        for step in next_steps(dossier, actor):
            at = max(event.at for event in dossier.history) + timedelta(seconds=1)
            act = Act(
                procedure=procedure.id,
                act=step.id,
                actor=actor,
                sender=dossier.parties[actor],
                made_at=at,
                subject=Text("next", "en"),
                dossier=dossier.id,
                after=dossier.heads,
            )
            event = next(e for e in fold(procedure, [*graph[1], Received(act, at)]).history if e.id == act.id)
            assert event.effective
