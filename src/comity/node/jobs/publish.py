"""Publishes the ledger and makes the proofs that only a published head allows."""

import time
from datetime import datetime

from django.db import transaction

from comity.acts.office import Office
from comity.node import ledger_rows, resources
from comity.node.claim import Stopping
from comity.node.store.custody import prove_events
from comity.node.usecases.publish_ledger import ask_missing_witnesses, publish_ledger

ASK_AGAIN_SECONDS = 20.0
_asked_at = 0.0


def run(now: datetime, stopping: Stopping) -> int:
    """Publish what is new, then prove the custody events that the checkpoint covers."""
    global _asked_at
    partners = _partners(now)
    done = int(publish_ledger(resources.ledger_signer(), partners, now))
    if not done and time.monotonic() - _asked_at > ASK_AGAIN_SECONDS:
        _asked_at = time.monotonic()
        ask_missing_witnesses(partners, now)
    size, checkpoint = ledger_rows.published()
    if not checkpoint:
        return done
    with transaction.atomic():
        return done + prove_events(size, checkpoint)


def _partners(now: datetime) -> tuple[Office, ...]:
    """Return whom to ask for cosignatures: nobody, as long as the node works alone."""
    try:
        return resources.partners(now)
    except resources.NoDirectoryError:
        return ()
