"""Envelopes come in repeated, reordered, hostile and half: the same set of acts gives the same dossier, and nothing is lost."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from tests.node.world import FRANCE, GHANA, HOSTING, NOW, REQUEST, Partner, following

from comity.acts.canonical import digest
from comity.acts.making import SignedAct
from comity.errors import PeerError
from comity.exchange.parcel import Item
from comity.exchange.receipt import VerifiedReceipt, verify_receipt
from comity.ledger.checkpoint import Checkpoint
from comity.ledger.note import NoteVerifier, open_note
from comity.node import ledger_rows
from comity.node.home import Home
from comity.node.keys import describe_office, load_keys
from comity.node.models import ActRecord, Dossier, LedgerEntry, Quarantined, ReceivedEnvelope
from comity.node.usecases.rebuild_projections import rebuild_projections
from comity.node.usecases.receive_envelope import receive_envelope

Who = Callable[[str], Partner]


def read(receipt: bytes, envelope: bytes, home: Home) -> VerifiedReceipt:
    return verify_receipt(receipt, describe_office(home, load_keys(home)), envelope=digest(envelope))


def test_a_request_that_arrives_becomes_a_dossier_with_our_turn(requested: Home, partner: Who, now: datetime) -> None:
    ghana = partner(GHANA)
    made = ghana.make(REQUEST)
    envelope = ghana.send(requested, made)
    receipt = read(receive_envelope(envelope, now), envelope, requested)
    dossier = Dossier.objects.get(id=made.act.id)
    assert (dossier.state, dossier.turn, dossier.our_actor, dossier.partner) == ("sent", "ours", "requested", GHANA)
    assert [(line.id, line.status) for line in receipt.receipt.acts] == [(made.act.id, "stored")]
    assert receipt.proven is not None
    assert bytes(ActRecord.objects.get().pdf) == made.pdf


def test_the_same_envelope_gets_the_same_receipt_and_is_logged_once(
    requested: Home, partner: Who, now: datetime
) -> None:
    ghana = partner(GHANA)
    envelope = ghana.send(requested, ghana.make(REQUEST))
    first = receive_envelope(envelope, now)
    assert receive_envelope(envelope, now + timedelta(hours=1)) == first
    assert LedgerEntry.objects.count() == 2
    assert ReceivedEnvelope.objects.count() == 1


def test_the_same_act_in_another_envelope_is_not_stored_twice(requested: Home, partner: Who, now: datetime) -> None:
    ghana = partner(GHANA)
    made = ghana.make(REQUEST)
    for _ in range(2):
        receive_envelope(ghana.send(requested, made), now)
    assert ActRecord.objects.count() == 1
    assert [row.kind for row in LedgerEntry.objects.order_by("index")] == ["envelope", "act", "envelope"]


@pytest.fixture(scope="module")
def correspondence(homes: dict[str, Home]) -> tuple[SignedAct, ...]:
    """Six acts of one dossier, as both sides signed them."""
    ghana, france = Partner(homes[GHANA]), Partner(homes[FRANCE])
    made = [ghana.make(REQUEST)]
    story = (
        ("acknowledge", FRANCE, "requested"),
        ("ask-information", FRANCE, "requested"),
        ("supply-information", GHANA, "requesting"),
        ("order-preservation", FRANCE, "requested"),
        ("report-preserved", FRANCE, "requested"),
    )
    for minutes, (step, sender, actor) in enumerate(story, 1):
        at = NOW + timedelta(minutes=minutes)
        act = following(REQUEST, step, sender, actor, made[-1].act, at=at)
        made.append((ghana if sender == GHANA else france).make(act, at))
    return tuple(made)


@pytest.mark.parametrize("seed", range(4))
def test_reordered_and_repeated_acts_give_the_same_dossier(
    seed: int, requested: Home, partner: Who, correspondence: tuple[SignedAct, ...]
) -> None:
    sent = [*correspondence, *correspondence[::2]]
    random.Random(seed).shuffle(sent)
    later = NOW + timedelta(hours=1)
    for made in sent:
        receive_envelope(partner(made.act.sender).send(requested, made), later)
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.turn) == ("preserved", "theirs")
    assert ActRecord.objects.count() == len(correspondence)


def test_an_act_before_its_dossier_waits_and_says_so(
    requested: Home, partner: Who, correspondence: tuple[SignedAct, ...]
) -> None:
    later = NOW + timedelta(hours=1)
    envelope = partner(GHANA).send(requested, correspondence[3])
    receipt = read(receive_envelope(envelope, later), envelope, requested)
    assert [line.status for line in receipt.receipt.acts] == ["waiting"]
    assert not Dossier.objects.exists()
    receive_envelope(partner(GHANA).send(requested, correspondence[0]), later)
    assert Dossier.objects.get().state == "sent"


def test_rebuilding_the_projections_changes_nothing(
    requested: Home, partner: Who, correspondence: tuple[SignedAct, ...]
) -> None:
    later = NOW + timedelta(hours=1)
    for made in correspondence:
        receive_envelope(partner(made.act.sender).send(requested, made), later)
    before = list(Dossier.objects.values())
    Dossier.objects.all().update(state="broken", turn="nobody", due_at=None)
    assert rebuild_projections(later) == 1
    assert list(Dossier.objects.values()) == before


def test_what_is_no_envelope_goes_into_quarantine_with_the_reason(requested: Home, now: datetime) -> None:
    with pytest.raises(PeerError) as caught:
        receive_envelope(b"%PDF-1.7 something", now)
    row = Quarantined.objects.get()
    assert (row.code, bytes(row.data)) == (caught.value.code, b"%PDF-1.7 something")
    assert not LedgerEntry.objects.exists()


def test_a_bad_act_beside_a_good_one_is_refused_alone_and_kept(requested: Home, partner: Who, now: datetime) -> None:
    ghana = partner(GHANA)
    good = ghana.make(REQUEST)
    bad = good.pdf.replace(b"harbour", b"HARBOUR") if b"harbour" in good.pdf else good.pdf[:-10] + b"0123456789"
    envelope = ghana.send(requested, good, items=(Item("act", "bad.pdf", bad),))
    receipt = read(receive_envelope(envelope, now), envelope, requested)
    assert [line.status for line in receipt.receipt.acts] == ["stored", "refused"]
    assert bytes(Quarantined.objects.get(sha256=digest(bad)).data) == bad


def test_an_office_without_a_part_in_the_dossier_is_not_heard(
    requested: Home, partner: Who, correspondence: tuple[SignedAct, ...], now: datetime
) -> None:
    receive_envelope(partner(GHANA).send(requested, correspondence[0]), now)
    stranger = partner(HOSTING)
    act = stranger.make(following(REQUEST, "acknowledge", HOSTING, "requested", REQUEST))
    envelope = stranger.send(requested, act)
    receipt = read(receive_envelope(envelope, now), envelope, requested)
    assert [(line.status, line.code) for line in receipt.receipt.acts] == [("refused", "not-a-party")]
    assert Dossier.objects.get().state == "sent"


def test_evidence_that_no_act_names_is_set_aside(requested: Home, partner: Who, now: datetime) -> None:
    from comity.evidence.exhibit import make_list

    ghana = partner(GHANA)
    exhibits = make_list("Nobody asked", ()).encode()
    receive_envelope(ghana.send(requested, ghana.make(REQUEST), items=(Item("exhibit-list", "l.json", exhibits),)), now)
    assert Quarantined.objects.get().code == "unannounced-evidence"


def test_the_ledger_of_the_rows_is_a_tree_that_grows_consistently(
    requested: Home, partner: Who, correspondence: tuple[SignedAct, ...]
) -> None:
    from comity.ledger.merkle import consistency_proof, root, verify_consistency
    from comity.node import resources

    later = NOW + timedelta(hours=1)
    heads = []
    for made in correspondence:
        receive_envelope(partner(made.act.sender).send(requested, made), later)
        heads.append((size := ledger_rows.ledger_size(), root(size, ledger_rows.read_hashes)))
    for (old, old_root), (new, new_root) in pairwise(heads):
        proof = consistency_proof(old, new, ledger_rows.read_hashes)
        verify_consistency(old, old_root, new, new_root, proof)
    signer = resources.ledger_signer()
    note = open_note(ledger_rows.head(heads[-1][0], signer), [NoteVerifier.parse(signer.vkey)])
    assert Checkpoint.parse(note.text).root == heads[-1][1]
