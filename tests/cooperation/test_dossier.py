from datetime import timedelta

import pytest
from tests.cooperation.making import OFFICES, START, Story
from tests.cooperation.test_clocks import TIMED

from comity.acts.act import Act
from comity.cooperation.dossier import Reason, Received, fold, main_step, next_steps, turn
from comity.cooperation.procedure import parse_procedure

TO_PRESERVED = ("send", "acknowledge", "order-preservation", "report-preserved")
TO_PRODUCED = (*TO_PRESERVED, "send-production-request", "acknowledge", "accept", "order-production", "produce")


def test_a_preservation_goes_on_to_production_in_the_same_dossier() -> None:
    story = Story()
    story.walk(*TO_PRODUCED, "confirm-receipt")
    dossier = fold(story.procedure, story.received)
    assert dossier.state == "executed"
    assert dossier.ended
    assert all(event.effective for event in dossier.history)
    assert dossier.id == story.ids[0]
    assert dossier.heads == (story.ids[-1],)
    assert next_steps(dossier, "requesting") == ()
    assert turn(dossier) == ()


def test_production_alone_begins_at_the_production_request() -> None:
    story = Story("budapest-production")
    story.walk("send-production-request", "acknowledge", "accept", "order-production", "produce", "confirm-receipt")
    assert fold(story.procedure, story.received).state == "executed"


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (
            (
                "order-preservation",
                "acknowledge",
                "confirm-preservation",
                "order-production",
                "acknowledge",
                "deliver",
                "confirm-receipt",
            ),
            "executed",
        ),
        (("order-production", "acknowledge", "ask-information", "supply-information", "deliver"), "delivered"),
        (("order-production", "acknowledge", "contest", "lift-order"), "lifted"),
        (("order-production", "acknowledge", "contest", "maintain-order", "deliver-part", "deliver"), "delivered"),
        (("order-preservation", "acknowledge", "report-nothing-held", "accept-impossibility"), "nothing-found"),
        (
            ("order-production", "acknowledge", "deliver-part", "report-rest-unavailable", "confirm-receipt"),
            "partly-executed",
        ),
    ],
)
def test_an_order_to_a_provider_is_answered_kept_contested_or_delivered(steps: tuple[str, ...], state: str) -> None:
    story = Story("provider-order")
    story.walk(*steps)
    assert fold(story.procedure, story.received).state == state


def test_the_provider_has_no_part_in_what_the_states_do() -> None:
    assert "provider" not in Story().procedure.actors
    assert "provider" not in Story("budapest-production").procedure.actors


def test_the_turn_is_of_whoever_may_take_the_main_step() -> None:
    story = Story()
    story.walk("send")
    dossier = fold(story.procedure, story.received)
    assert turn(dossier) == ("requested",)
    main = main_step(dossier)
    assert main is not None
    assert main.id == "acknowledge"
    assert [step.id for step in next_steps(dossier, "requesting")] == ["withdraw"]


def test_the_main_step_is_offered_first() -> None:
    story = Story()
    story.walk("send", "acknowledge")
    offered = [step.id for step in next_steps(fold(story.procedure, story.received), "requested")]
    assert offered[0] == "order-preservation"
    assert set(offered[1:]) == {"ask-information", "warn-of-risk", "report-preserved", "report-nothing-held", "refuse"}


def test_nothing_known_is_a_draft_that_waits_for_its_opening() -> None:
    story = Story()
    dossier = fold(story.procedure, ())
    assert (dossier.state, dossier.id, dossier.history, dossier.ended) == ("draft", "", (), False)


def test_an_act_whose_predecessor_is_missing_waits_and_counts_once_it_is_here() -> None:
    story = Story()
    story.walk("send", "acknowledge", "order-preservation")
    without = [story.received[0], story.received[2]]
    dossier = fold(story.procedure, without)
    assert dossier.state == "sent"
    assert dossier.waiting == (story.ids[2],)
    assert fold(story.procedure, [*without, story.received[1]]).state == "order-served"


def test_acts_that_cross_in_the_post_count_by_trusted_time_and_the_loser_stays_in_the_history() -> None:
    story = Story()
    story.walk("send", "acknowledge")
    head = (story.ids[-1],)
    story.act("withdraw", "requesting", days=1, after=head)
    story.act("order-preservation", "requested", days=2, after=head)
    dossier = fold(story.procedure, story.received)
    assert dossier.state == "withdrawn"
    lost = dossier.history[-1]
    assert (lost.step, lost.effective, lost.reason) == ("order-preservation", False, Reason.CROSSED)
    assert dossier.heads == tuple(sorted(story.ids[-2:]))


def test_a_crossing_act_still_counts_where_the_table_allows_it() -> None:
    story = Story()
    story.walk("send", "acknowledge")
    head = (story.ids[-1],)
    story.act("ask-information", "requested", days=1, after=head)
    story.act("withdraw", "requesting", days=2, after=head)
    assert fold(story.procedure, story.received).state == "withdrawn"


def test_of_two_acts_at_the_same_instant_the_smaller_id_comes_first() -> None:
    story = Story()
    story.walk("send", "acknowledge")
    head = (story.ids[-1],)
    for step in ("refuse", "report-preserved"):
        story.act(step, "requested", after=head)
    same = [*story.received[:2], *(Received(item.act, START + timedelta(days=1)) for item in story.received[2:])]
    dossier = fold(story.procedure, same)
    assert [event.id for event in dossier.history[2:]] == sorted(story.ids[2:])
    assert [event.effective for event in dossier.history[2:]] == [True, False]


def test_a_step_that_was_never_possible_is_not_called_a_crossing() -> None:
    story = Story()
    story.walk("send", "report-preserved")
    assert fold(story.procedure, story.received).history[-1].reason is Reason.NOT_ALLOWED


def test_an_office_that_does_not_play_the_part_cannot_act() -> None:
    story = Story()
    story.walk("send")
    eve = story.act("acknowledge", "requested", sender="fr/eve")
    dossier = fold(story.procedure, story.received)
    assert dossier.history[-1].reason is Reason.WRONG_SENDER
    assert dossier.state == "sent"
    assert eve not in dossier.heads


def test_a_party_cannot_take_a_step_of_the_other_side() -> None:
    story = Story()
    story.walk("send")
    story.act("acknowledge", "requesting")
    assert fold(story.procedure, story.received).history[-1].reason is Reason.NOT_ALLOWED


@pytest.mark.parametrize(
    ("parties", "reason"),
    [
        ({}, Reason.NO_PARTIES),
        ({"requesting": OFFICES["requesting"]}, Reason.NO_PARTIES),
        ({"requesting": "us/somebody", "requested": OFFICES["requested"]}, Reason.NO_PARTIES),
        ({"requesting": OFFICES["requesting"], "requested": OFFICES["requesting"]}, Reason.NO_PARTIES),
        ({**OFFICES}, Reason.UNKNOWN_ACTOR),
    ],
)
def test_an_opening_act_must_name_the_circle_of_the_procedure(parties: dict[str, str], reason: Reason) -> None:
    story = Story()
    story.act("send", "requesting", parties=parties)
    dossier = fold(story.procedure, story.received)
    assert (dossier.state, dossier.history[0].reason) == ("draft", reason)


def test_acts_of_another_dossier_or_procedure_are_kept_apart() -> None:
    story, other, third = Story(), Story(), Story("provider-order")
    story.walk("send")
    other.act("send", "requesting", days=3)
    third.walk("order-preservation", days=1)
    dossier = fold(story.procedure, [*other.received, *third.received, *story.received])
    assert dossier.id == story.ids[0]
    assert [event.reason for event in dossier.history] == [None, Reason.ANOTHER_DOSSIER, Reason.ANOTHER_DOSSIER]
    assert fold(story.procedure, third.received).history[0].reason is Reason.ANOTHER_PROCEDURE


def test_an_act_that_follows_nothing_has_no_effect() -> None:
    story = Story()
    story.walk("send")
    story.act("acknowledge", "requested", after=())
    assert fold(story.procedure, story.received).history[-1].reason is Reason.FOLLOWS_NOTHING


def test_preservation_ends_before_its_sixty_days_only_by_the_side_that_asked() -> None:
    story = Story()
    story.walk(*TO_PRESERVED)
    story.act("end-preservation", "requested", days=30)
    dossier = fold(story.procedure, story.received)
    assert (dossier.state, dossier.history[-1].reason) == ("preserved", Reason.TOO_EARLY)
    story.act("end-preservation", "requested", days=62)
    assert fold(story.procedure, story.received).state == "expired"


def test_ending_the_preservation_is_offered_only_after_its_time() -> None:
    story = Story()
    story.walk(*TO_PRESERVED)
    dossier = fold(story.procedure, story.received)
    for days, offered in ((30, False), (62, True)):
        steps = next_steps(dossier, "requested", START + timedelta(days=days))
        assert ("end-preservation" in [step.id for step in steps]) is offered


def test_a_twice_received_act_counts_once_with_its_earliest_time() -> None:
    story = Story()
    story.walk("send", "acknowledge")
    late = [Received(item.act, item.at + timedelta(days=9)) for item in story.received]
    assert fold(story.procedure, [*late, *story.received]) == fold(story.procedure, story.received)


def test_the_forms_of_an_act_that_had_no_effect_tell_nothing() -> None:
    story = Story()
    story.act("send", "requesting", form="budapest-29", fields={"reference": "EX-1"})
    story.act("report-preserved", "requested", fields={"reference": "FR-9"})
    assert fold(story.procedure, story.received).fields == {"reference": "EX-1"}


def test_a_later_act_cannot_change_the_parties() -> None:
    story = Story()
    story.walk("send")
    sent = story.received[0].act
    act = Act(
        **{
            **{name: getattr(sent, name) for name in Act.__slots__},
            "act": "acknowledge",
            "actor": "requested",
            "sender": "fr/eve",
            "parties": {"requesting": "gh/prosecutor", "requested": "fr/eve"},
            "dossier": story.ids[0],
            "after": (story.ids[0],),
        }
    )
    dossier = fold(story.procedure, [*story.received, Received(act, START + timedelta(hours=1))])
    assert dossier.parties["requested"] == OFFICES["requested"]
    assert dossier.state == "sent"


def test_a_part_or_a_step_that_the_procedure_does_not_know_has_no_effect() -> None:
    story = Story()
    story.walk("send")
    story.act("acknowledge", "court", sender="fr/court")
    story.act("applaud", "requested")
    reasons = [event.reason for event in fold(story.procedure, story.received).history]
    assert reasons == [None, Reason.UNKNOWN_ACTOR, Reason.UNKNOWN_STEP]


def test_an_office_finds_its_part() -> None:
    story = Story()
    story.walk("send")
    dossier = fold(story.procedure, story.received)
    assert dossier.actor_of(OFFICES["requested"]) == "requested"
    assert dossier.actor_of("fr/eve") is None


CONDITIONAL = {
    **TIMED,
    "transitions": [
        {"from": "draft", "step": "send", "by": "requesting", "to": "sent"},
        {"from": "sent", "step": "deliver", "by": "requested", "to": "executed", "when": "urgent"},
        {"from": "sent", "step": "extend", "by": "requesting", "to": "overdue", "when": "never-defined"},
        {"from": "overdue", "step": "deliver", "by": "requested", "to": "executed"},
    ],
    "conditions": {"urgent": {"field": "urgent", "op": "eq", "value": True}},
    "clocks": [{**TIMED["clocks"][0], "when": "urgent"}],  # type: ignore[index]
}


@pytest.mark.parametrize(
    ("fields", "state", "offered", "clocks"),
    [
        ({"urgent": True}, "executed", ["deliver"], 1),
        ({"urgent": False}, "sent", [], 0),
        ({}, "sent", [], 0),
        ({"urgent": "yes"}, "sent", ["deliver"], 0),
    ],
)
def test_a_condition_that_is_not_known_to_hold_does_not_hold(
    fields: dict[str, object], state: str, offered: list[str], clocks: int
) -> None:
    story = Story()
    story.procedure = parse_procedure(CONDITIONAL)
    story.act("send", "requesting", fields=fields)
    sent = fold(story.procedure, story.received)
    assert [step.id for step in next_steps(sent, "requested")] == offered
    assert next_steps(sent, "requesting") == ()
    assert len(sent.clocks) == clocks
    story.act("deliver", "requested")
    dossier = fold(story.procedure, story.received)
    assert dossier.state == state
    assert dossier.history[-1].reason is (None if state == "executed" else Reason.CONDITION_OPEN)


def test_the_act_itself_may_tell_that_its_condition_holds() -> None:
    story = Story()
    story.procedure = parse_procedure(CONDITIONAL)
    story.act("send", "requesting")
    story.act("deliver", "requested", fields={"urgent": True})
    assert fold(story.procedure, story.received).state == "executed"
