"""Publishes the ledger and makes the proofs that only a published head allows."""

from datetime import datetime

from django.db import transaction

from comity.node import ledger_rows, resources
from comity.node.store.custody import prove_events
from comity.node.usecases.publish_ledger import publish_ledger
from comity.node.worker import Stopping


def run(now: datetime, stopping: Stopping) -> int:
    """Publish what is new, then prove the custody events that the checkpoint covers."""
    done = int(publish_ledger(resources.ledger_signer(), resources.partners(now), now))
    size, checkpoint = ledger_rows.published()
    if not checkpoint:
        return done
    with transaction.atomic():
        return done + prove_events(size, checkpoint)
