"""Several threads at once: envelopes that race each other, and workers that claim the same rows. Needs a database with connections
of its own for each thread, so it runs inside `test_databases`."""

import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, connections
from tests.node.world import FRANCE, GHANA, NOW, REQUEST, Partner, following

from comity.node import ledger_rows
from comity.node.claim import claim
from comity.node.home import Home
from comity.node.models import ActRecord, Dossier, Holding, LedgerEntry, ReceivedEnvelope
from comity.node.usecases.receive_envelope import receive_envelope

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not (os.environ.get("DATABASE_URL") or os.environ.get("COMITY_TEST_DATABASE")),
        reason="one connection in memory",
    ),
]


def at_once(count: int, what: Callable[[int], object]) -> list[object]:
    """Do something in several threads that begin together; return what came out or was raised."""
    gate = threading.Barrier(count)
    found: list[object] = [None] * count

    def one(number: int) -> None:
        gate.wait()
        try:
            found[number] = what(number)
        except Exception as error:
            found[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.fixture
def france(become: Callable[[str], Home]) -> Home:
    return become(FRANCE)


def test_one_envelope_in_four_threads_is_taken_in_once(
    france: Home, partner: Callable[[str], Partner], transactional_db: None
) -> None:
    ghana = partner(GHANA)
    envelope = ghana.send(france, ghana.make(REQUEST))
    receipts = at_once(4, lambda _: receive_envelope(envelope, NOW))
    assert len(set(receipts)) == 1, receipts
    assert isinstance(receipts[0], bytes)
    assert LedgerEntry.objects.count() == 2
    assert ReceivedEnvelope.objects.count() == ActRecord.objects.count() == 1


def test_acts_that_race_each_other_make_one_dossier_and_one_tree(
    france: Home, partner: Callable[[str], Partner], transactional_db: None
) -> None:
    ghana, ours = partner(GHANA), partner(FRANCE)
    made = [ghana.make(REQUEST)]
    for minute, step in enumerate(("acknowledge", "order-preservation", "report-preserved"), 1):
        at = NOW + timedelta(minutes=minute)
        made.append(ours.make(following(REQUEST, step, FRANCE, "requested", made[-1].act, at=at), at))
    envelopes = [partner(each.act.sender).send(france, each) for each in made]
    receipts = at_once(4, lambda number: receive_envelope(envelopes[number], NOW + timedelta(hours=1)))
    assert all(isinstance(each, bytes) for each in receipts), receipts
    assert Dossier.objects.get().state == "preserved"
    assert ledger_rows.ledger_size() == LedgerEntry.objects.count() == 8
    assert list(LedgerEntry.objects.order_by("index").values_list("index", flat=True)) == list(range(8))


def test_two_workers_never_claim_the_same_row(transactional_db: None, now: datetime) -> None:
    for number in range(20):
        Holding.objects.create(title=str(number), state="acquiring", created_at=now, changed_at=now)

    def take(number: int) -> list[str]:
        due = Holding.objects.filter(state="acquiring").exclude(claimed_until__gt=now).order_by("created_at", "id")
        return [str(row.pk) for _ in range(5) for row in claim(due, "claimed_until", now, limit=1)]

    taken = [name for each in at_once(4, take) for name in (each if isinstance(each, list) else [str(each)])]
    assert len(taken) == len(set(taken))
    assert len(taken) == 20 or connection.features.has_select_for_update_skip_locked
    later = now + timedelta(minutes=1)
    due = Holding.objects.filter(state="acquiring").exclude(claimed_until__gt=later)
    assert len(claim(due, "claimed_until", later, limit=50)) == 20
