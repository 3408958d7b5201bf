"""Publishes the ledger and fetches the proofs that only a published head allows."""

from datetime import datetime

from comity.node import resources
from comity.node.usecases.publish_ledger import publish_ledger
from comity.node.worker import Stopping


def run(now: datetime, stopping: Stopping) -> int:
    """Publish what is new."""
    return int(publish_ledger(resources.ledger_signer(), resources.partners(now), now))
