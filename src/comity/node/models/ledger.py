"""The node's own log, as rows, and the last heads it has seen of other nodes' logs."""

from django.db import models


class LedgerEntry(models.Model):
    """One entry: the digest of an act, a custody event, an envelope or a list."""

    index = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, db_index=True)


class LedgerHash(models.Model):
    """One stored hash of the Merkle tree, at its position in the log's layout; never changed once written."""

    position = models.PositiveBigIntegerField(primary_key=True)
    hash = models.BinaryField()


class LedgerState(models.Model):
    """The one row (id 1) that every writer of the ledger locks.

    Attributes:
        size: number of entries.
        published_size: number of entries in the last published checkpoint.
        checkpoint: the last published checkpoint, a signed note with the witnesses' cosignatures.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.PositiveBigIntegerField(default=0)
    published_size = models.PositiveBigIntegerField(default=0)
    checkpoint = models.BinaryField(default=b"")
    published_at = models.DateTimeField(null=True)


class WitnessedLog(models.Model):
    """The last head of another node's log that this node cosigned; it never goes back."""

    origin = models.CharField(max_length=200, primary_key=True)
    size = models.PositiveBigIntegerField()
    root = models.BinaryField()
    checkpoint = models.BinaryField()
    at = models.DateTimeField()
