"""From a case to an act on its way: drafted by one person, approved by another, signed, logged, sealed, receipted."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.node.world import FRANCE, GHANA, REQUEST, Partner, following

from comity.acts.canonical import digest
from comity.acts.opening import open_act
from comity.exchange.delivery import Verdict
from comity.node import law, resources
from comity.node.access import NotAllowedError, NotFoundHere
from comity.node.home import Home
from comity.node.jobs import deliver
from comity.node.models import ActRecord, Case, Delivery, Dossier, Draft, LedgerEntry, Person
from comity.node.sealing import sealed_envelope
from comity.node.sending import DecidedMeanwhileError
from comity.node.usecases.draft_step import draft_step
from comity.node.usecases.open_case import open_case
from comity.node.usecases.receive_envelope import receive_envelope
from comity.node.usecases.save_draft import DraftClosedError, check_draft, discard_draft, preview_draft, save_draft
from comity.node.usecases.steps import possible_openings, possible_steps
from comity.node.usecases.submit_draft import (
    DraftStopsError,
    OwnDraftError,
    approve_draft,
    return_draft,
    submit_draft,
)

ROUTE = {"instrument": "budapest", "article": "29", "measure": "preserve", "channel": "network-24-7"}
ANSWERS = {
    "data_category": ["traffic"],
    "identifiers": [{"identifier_kind": "ip-address", "identifier_value": "192.0.2.15"}],
    "contact_phone": "+233 30 255 0143",
    "contact_email": "desk@prosecutor.example",
    "data_description": {"text": "Logs of the server", "language": "en"},
    "data_relation": {"text": "The intruder used it.", "language": "en"},
    "necessity": {"text": "Logs are overwritten.", "language": "en"},
    "service_provider": {"text": "Practice Hosting", "language": "en"},
    "intends_mla": True,
    "confidentiality": False,
}


@pytest.fixture
def case(node: Home, ana: Person, ben: Person, cleo: Person, now: datetime) -> Case:
    return open_case(
        ana, now, reference="PV-1", title="Intrusion at the harbour office", offence="illegal-access",
        summary="Somebody logged in.", provisions="Act 1038, s. 118", max_penalty_months=60,
    )  # fmt: skip


@pytest.fixture
def draft(case: Case, ana: Person, now: datetime) -> Draft:
    begun = draft_step(
        ana, now, case=case, procedure="budapest-preservation", step="send", recipient=FRANCE, route=ROUTE
    )
    return save_draft(ana, begun, {**begun.fields, **ANSWERS})


def test_a_draft_begins_with_what_the_case_knows(case: Case, ana: Person, now: datetime) -> None:
    begun = draft_step(
        ana, now, case=case, procedure="budapest-preservation", step="send", recipient=FRANCE, route=ROUTE
    )
    assert begun.fields["reference"] == "PV-1"
    assert begun.fields["requesting_state"] == "GH"
    assert begun.fields["requested_state"] == "FR"
    assert begun.fields["offence_code"] == ["illegal-access"]
    assert begun.subject == case.title
    assert begun.languages[:2] == ["en", "zh"]
    stopping = {each.field for each in check_draft(ana, begun, now) if each.severity == "stop"}
    assert "identifiers" in stopping
    with pytest.raises(DraftStopsError):
        submit_draft(ana, begun, now)


def test_two_persons_make_an_act_that_the_partner_opens(
    draft: Draft, ana: Person, ben: Person, now: datetime, partner: Callable[[str], Partner]
) -> None:
    assert submit_draft(ana, draft, now).state == "submitted"
    record = approve_draft(ben, draft, now)
    draft.refresh_from_db()
    assert (draft.state, draft.act_id, draft.decided_by) == ("sent", record.id, ben)
    dossier = Dossier.objects.get(id=record.dossier_id)
    assert (dossier.case, dossier.state, dossier.turn) == (draft.case, "sent", "theirs")
    assert list(LedgerEntry.objects.values_list("kind", "digest")) == [("act", record.id)]
    delivery = Delivery.objects.get()
    parcel = partner(FRANCE).open(sealed_envelope(delivery.act, resources.office(FRANCE, now)))
    opened = open_act(parcel.items[0].data, resources.find_office(now), law.wordbook(), now)
    assert opened.act.drafted_by is not None
    assert opened.act.approved_by is not None
    assert (opened.id, opened.act.drafted_by.name, opened.act.approved_by.name) == (record.id, "Ana", "Ben")


def test_nobody_approves_the_own_draft(draft: Draft, ana: Person, now: datetime) -> None:
    submit_draft(ana, draft, now)
    ana.roles = ["officer", "approver"]
    ana.save()
    with pytest.raises(OwnDraftError):
        approve_draft(ana, draft, now)
    assert not ActRecord.objects.exists()


def test_an_officer_does_not_approve_and_an_approver_does_not_draft(
    draft: Draft, ana: Person, ben: Person, eve: Person, now: datetime
) -> None:
    submit_draft(ana, draft, now)
    with pytest.raises(NotAllowedError):
        approve_draft(ana, draft, now)
    with pytest.raises(NotAllowedError):
        save_draft(ben, draft, {})
    eve.roles = ["officer", "approver"]
    eve.save()
    with pytest.raises(NotFoundHere):
        approve_draft(eve, draft, now)


def test_a_draft_is_approved_once(draft: Draft, ana: Person, ben: Person, now: datetime) -> None:
    submit_draft(ana, draft, now)
    approve_draft(ben, draft, now)
    with pytest.raises(DecidedMeanwhileError):
        approve_draft(ben, draft, now)
    assert ActRecord.objects.count() == 1


def test_a_returned_draft_is_changed_and_submitted_again(draft: Draft, ana: Person, ben: Person, now: datetime) -> None:
    submit_draft(ana, draft, now)
    with pytest.raises(DraftClosedError):
        save_draft(ana, draft, {})
    assert return_draft(ben, draft, "Name the server.", now).remark == "Name the server."
    save_draft(ana, draft, draft.fields, "The server is in Lille.")
    submit_draft(ana, draft, now)
    assert approve_draft(ben, draft, now).step == "send"


def test_a_draft_can_be_previewed_and_thrown_away(draft: Draft, ana: Person, now: datetime) -> None:
    assert preview_draft(ana, draft, now).startswith(b"%PDF")
    discard_draft(ana, draft)
    assert not Draft.objects.exists()


def test_a_step_that_does_not_bind_is_sent_by_one_person(
    requested: Home, ana: Person, partner: Callable[[str], Partner], now: datetime
) -> None:
    ghana = partner(GHANA)
    receive_envelope(ghana.send(requested, ghana.make(REQUEST)), now)
    dossier = Dossier.objects.get()
    offers = possible_steps(ana, dossier, now)
    assert offers[0].step.id == "acknowledge"
    assert (offers[0].main, offers[0].binding) == (True, False)
    begun = draft_step(ana, now, dossier=dossier, step="acknowledge")
    answers = {
        **begun.fields,
        "outcome": "accepted-for-processing",
        "reference": "FR-7",
        "contact_email": "a@b.example",
    }
    sent = submit_draft(ana, save_draft(ana, begun, answers), now)
    assert sent.state == "sent"
    dossier.refresh_from_db()
    assert (dossier.state, dossier.turn) == ("received", "ours")


def test_only_steps_of_the_table_can_be_drafted(node: Home, case: Case, ana: Person, now: datetime) -> None:
    with pytest.raises(law.NoSuchStepError):
        draft_step(ana, now, case=case, procedure="budapest-preservation", step="acknowledge", recipient=FRANCE)
    names = {(each.procedure.id, each.step.id) for each in possible_openings("preserve", "budapest")}
    assert ("budapest-preservation", "send") in names


def test_a_receipt_ends_the_delivery_and_a_wrong_one_does_not(
    draft: Draft, ana: Person, ben: Person, now: datetime, homes: dict[str, Home], monkeypatch: pytest.MonkeyPatch
) -> None:
    submit_draft(ana, draft, now)
    approve_draft(ben, draft, now)
    monkeypatch.setattr(deliver, "send", lambda attempt: (Verdict("done"), b"not a receipt"))
    assert deliver.run(now, lambda: False) == 1
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("sealed", 1)
    assert row.next_at > now
    assert row.envelope_sha256 == digest(bytes(row.envelope or b""))


def test_following_acts_name_what_they_follow(
    draft: Draft, ana: Person, ben: Person, now: datetime, node: Home, partner: Callable[[str], Partner]
) -> None:
    submit_draft(ana, draft, now)
    record = approve_draft(ben, draft, now)
    france = partner(FRANCE)
    opening = open_act(bytes(record.pdf), resources.find_office(now), law.wordbook(), now).act
    answer = france.make(following(opening, "acknowledge", FRANCE, "requested", opening))
    receive_envelope(france.send(node, answer), now)
    asked = france.make(following(opening, "ask-information", FRANCE, "requested", answer.act))
    receive_envelope(france.send(node, asked), now)
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.turn, dossier.case) == ("information-asked", "ours", draft.case)
