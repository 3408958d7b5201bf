import copy
from typing import Any

import pytest
from tests.cooperation.test_clocks import TIMED

from comity.acts.form import parse_form
from comity.acts.wordbook import Wordbook
from comity.cooperation.checking import check_form, check_procedure
from comity.cooperation.procedure import MalformedProcedureError, parse_procedure


def faults(change: Any) -> str:
    value: dict[str, Any] = copy.deepcopy(TIMED)
    change(value)
    return "\n".join(check_procedure(parse_procedure(value)))


def test_a_sound_procedure_has_no_fault() -> None:
    assert faults(lambda value: None) == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda v: v["states"].append({"id": "lost"}), "lost cannot be reached"),
        (lambda v: v["states"].append({"id": "lost"}), "no way leads from lost"),
        (lambda v: v["transitions"].append({"from": "sent", "step": "send", "by": "requesting", "to": "trap"}), "no state trap"),
        (lambda v: v["transitions"].append({"from": "executed", "step": "send", "by": "requesting", "to": "sent"}), "is final"),
        (lambda v: v["transitions"].append({"from": "sent", "step": "send", "by": "requested", "to": "sent"}), "may not take"),
        (lambda v: v["transitions"].append({"from": "sent", "step": "vanish", "by": "requested", "to": "sent"}), "no step vanish"),
        (lambda v: v["steps"].append({"id": "idle", "by": ["requested"], "article": "1"}), "no row uses the step idle"),
        (lambda v: v["states"][1].update(main="send"), "main step send has no row"),
        (lambda v: v["clocks"][0].update(start=[]), "nothing starts it"),
        (lambda v: v["clocks"][0].update(stop=["send"], id="other"), "nothing can stop it"),
        (lambda v: v["clocks"][0].update(duration="10 days"), "is no duration"),
        (lambda v: v["clocks"][0].update(responsible="provider"), "provider has no part"),
        (lambda v: v["clocks"][0].update(suspend=["extend"]), "must be resumed"),
        (lambda v: v["clocks"][0].update(id="other"), "needs a clock"),
        (lambda v: v["transitions"][1].update(after="never"), "no clock never"),
        (lambda v: v.update(refusal=[{"ground": "security", "article": "1", "by": "court"}]), "who has no part here"),
        (lambda v: v["states"][3].update(final=False), "nothing ends it"),
    ],
)  # fmt: skip
def test_a_fault_is_found_and_named(change: Any, said: str) -> None:
    assert said in faults(change)


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v.pop("steps"),
        lambda v: v["states"].append({"id": "draft", "initial": True}),
        lambda v: v["states"][0].pop("initial"),
        lambda v: v["steps"][0].update(exhibits="perhaps"),
        lambda v: v["clocks"][0].update(kind="eternal"),
        lambda v: v["clocks"][0].update(counting="moons"),
        lambda v: v.update(transitions={}),
        lambda v: v["steps"][0].pop("by"),
        lambda v: v.update(refusal=[{"ground": "g", "article": "1", "by": "requested", "force": "maybe"}]),
    ],
)
def test_data_of_another_shape_are_refused_with_the_name_of_the_procedure(change: Any) -> None:
    value = copy.deepcopy(TIMED)
    change(value)
    with pytest.raises(MalformedProcedureError) as caught:
        parse_procedure(value)
    assert caught.value.where == "timed"
    assert caught.value.remedy


def test_forms_and_words_are_looked_for_in_the_wordbook() -> None:
    value: dict[str, Any] = copy.deepcopy(TIMED)
    value["steps"][0]["forms"] = ["no-such-form"]
    found = "\n".join(check_procedure(parse_procedure(value), Wordbook()))
    assert "there is no form no-such-form" in found
    assert "step timed/send lacks words" in found


def form(**field: Any) -> str:
    value = {"id": "a", "label": {"en": "A"}, "type": "text", **field}
    section = {"id": "s", "title": {"en": "S"}, "fields": [value]}
    return "\n".join(check_form(parse_form({"id": "f", "title": {"en": "F"}, "reference": "r", "sections": [section]})))


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ({"type": "table"}, "has no columns"),
        ({"type": "code"}, "offers no choice"),
        ({"required": "sometimes"}, "required 'sometimes'"),
        ({"required": {"when": 1}}, "under no test"),
        ({"required": {"if": {"field": "b", "op": "eq", "value": 1}}}, "looks at b"),
        ({"required": {"if": {"field": "a", "op": "like", "value": 1}}}, "no test on fields"),
    ],
)
def test_a_fault_in_a_form_is_found(field: dict[str, Any], said: str) -> None:
    assert said in form(**field)


def test_a_sound_form_has_no_fault() -> None:
    assert form(required={"if": {"field": "a", "op": "known", "value": True}}) == ""
