"""This node witnesses another node's ledger: it cosigns a head that continues the last one it saw."""

from datetime import datetime

from django.db import transaction

from comity.errors import PeerError
from comity.ledger.checkpoint import Checkpoint, claimed_origin
from comity.ledger.note import NoteVerifier
from comity.ledger.witness import AddCheckpoint, Conflict, Cosigned, WitnessSigner, consider
from comity.node.models import WitnessedLog


class UnknownLogError(PeerError):
    """A checkpoint is of a log that no office in the directory runs."""

    code = "unknown-ledger"


def cosign(data: bytes, vkeys: dict[str, str], signer: WitnessSigner, now: datetime) -> Cosigned | Conflict:
    """Answer an `add-checkpoint` request; what was seen is stored before the answer exists.

    Args:
        data: unverified body of the request.
        vkeys: origin -> verifier key of the logs in the directory.
        signer: our witness key.
        now: time of the cosignature.

    Raises:
        PeerError: the request is refused; `witness.status_of` gives the status, UnknownLogError is 404.
    """
    request = AddCheckpoint.parse(data)
    vkey = vkeys.get(claimed_origin(request.checkpoint))
    if vkey is None:
        raise UnknownLogError("No office in the directory runs this ledger.", remedy="Refresh the directory.")
    log = NoteVerifier.parse(vkey)
    with transaction.atomic():
        row, _ = WitnessedLog.objects.select_for_update().get_or_create(
            origin=log.name, defaults={"size": 0, "root": b"", "checkpoint": b"", "at": now}
        )
        seen = Checkpoint(row.origin, row.size, bytes(row.root)) if row.checkpoint else None
        answer = consider(seen, request, log, signer, now)
        if isinstance(answer, Cosigned):
            row.size, row.root = answer.checkpoint.size, answer.checkpoint.root
            row.checkpoint, row.at = answer.note, now
            row.save()
    return answer
