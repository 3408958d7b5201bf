from tests.cooperation.making import LAWBOOK, Story
from tests.cooperation.test_linter import REQUEST

from comity.cooperation.dossier import fold
from comity.cooperation.prefill import dossier_facts, prefill
from comity.lawbook.words import load_forms

FORMS = load_forms(LAWBOOK)


def test_what_the_case_knows_stands_in_every_form_that_asks_for_it() -> None:
    facts = {
        "offence_classification": "Illegal access",
        "requesting_state": "GH",
        "max_penalty_months": 60,
        "shoe_size": 42,
    }
    for name in ("budapest-29", "budapest-31-subscriber"):
        assert prefill(FORMS[name], facts) == {
            "requesting_state": "GH",
            "offence_classification": {"text": "Illegal access", "language": "en"},
            "max_penalty_months": 60,
        }


def test_plain_words_take_the_language_they_are_said_to_be_in() -> None:
    filled = prefill(FORMS["budapest-29"], {"facts_summary": "案情"}, language="zh")
    assert filled == {"facts_summary": {"text": "案情", "language": "zh"}}


def test_a_fact_that_does_not_fit_is_left_out_and_never_bent() -> None:
    facts = {
        "request_date": "yesterday",
        "max_penalty_months": "60",
        "request_status": "renewal",
        "urgent": "yes",
        "data_category": "moods",
    }
    assert prefill(FORMS["budapest-29"], facts) == {}


def test_one_code_is_enough_for_a_list_and_unknown_columns_fall_away() -> None:
    row = {"identifier_kind": "ip-address", "identifier_value": "192.0.2.15", "colour": "red"}
    filled = prefill(FORMS["budapest-29"], {"data_category": "traffic", "identifiers": [row, {"colour": "blue"}]})
    assert filled["data_category"] == ["traffic"]
    assert filled["identifiers"] == [{"identifier_kind": "ip-address", "identifier_value": "192.0.2.15"}]


def test_the_production_request_takes_over_what_the_preservation_request_said() -> None:
    story = Story()
    story.act("send", "requesting", form="budapest-29", fields=REQUEST)
    facts = dossier_facts(fold(story.procedure, story.received), "requesting")
    filled = prefill(FORMS["budapest-31-subscriber"], facts)
    for name in ("facts_summary", "identifiers", "data_relation", "contact_email", "requested_state", "reference"):
        assert filled[name] == REQUEST[name]
    assert filled["previous_reference"] == REQUEST["reference"]
    assert not filled.keys() & {"request_date", "signature_date", "request_status", "signatory"}


def test_the_other_side_gets_our_reference_as_theirs_and_not_our_contacts() -> None:
    story = Story()
    story.act("send", "requesting", form="budapest-29", fields=REQUEST)
    filled = prefill(FORMS["receipt"], dossier_facts(fold(story.procedure, story.received), "requested"))
    assert filled == {"their_reference": REQUEST["reference"]}


def test_what_an_act_without_effect_said_is_not_carried_on() -> None:
    story = Story()
    story.act("send", "requesting", fields={"reference": "EX-1"})
    story.act("send", "requesting", fields={"reference": "EX-2", "service_provider": "Mail Example Ltd"})
    assert dossier_facts(fold(story.procedure, story.received), "requesting") == {
        "reference": "EX-1",
        "previous_reference": "EX-1",
    }


def test_an_order_to_a_provider_takes_the_data_from_the_request_but_not_the_law_nor_the_time_of_the_other_state() -> (
    None
):
    story = Story("budapest-production")
    theirs = {"deadline": "2026-10-01T00:00:00Z", "legal_basis": {"text": "Procedure Code of XA", "language": "en"}}
    story.act("send-production-request", "requesting", form="budapest-31-subscriber", fields={**REQUEST, **theirs})
    filled = prefill(FORMS["provider-order"], dossier_facts(fold(story.procedure, story.received), "requested"))
    assert filled["identifiers"] == REQUEST["identifiers"]
    assert filled["confidentiality"] is True
    assert not filled.keys() & {"deadline", "legal_basis", "reference", "contact_email", "signatory"}
