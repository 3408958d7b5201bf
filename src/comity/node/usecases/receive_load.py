"""A partner's exhibits come in, load by load; when all are here, custody begins with us."""

from datetime import datetime

from django.db import transaction

from comity.errors import PeerError
from comity.evidence.exhibit import ExhibitList, decode_list
from comity.evidence.transfer import loads, missing_loads, open_load
from comity.node import resources
from comity.node.models import Holding
from comity.node.store import custody


class UnknownListError(PeerError):
    """A load belongs to no list that this node expects."""

    code = "no-such-list"


class UnknownLoadError(PeerError):
    """The list has no load of this number."""

    code = "no-such-load"


def loads_missing(list_sha256: str) -> tuple[int, tuple[int, ...]]:
    """Return how many loads a list has and which of them are not here.

    Raises:
        UnknownListError: no act that was taken in names the list.
    """
    holding, exhibits = _expected(list_sha256)
    plan = loads(exhibits)
    if holding.state == "held":
        return len(plan), ()
    return len(plan), tuple(load.number for load in missing_loads(plan, resources.vault()))


def receive_load(list_sha256: str, number: int, data: bytes, now: datetime) -> None:
    """Verify a load and keep it; the last one makes the list held and begins our custody.

    Args:
        list_sha256: names the list.
        number: of the load.
        data: unverified bytes.
        now: when they arrived.

    Raises:
        UnknownListError, UnknownLoadError: not expected here.
        AgeError, WrongLoadError: not what the list says.
        StorageFullError, StorageFailedError: ours to repair; the sender tries again.
    """
    holding, exhibits = _expected(list_sha256)
    if holding.state == "held":
        return
    plan = loads(exhibits)
    if not 0 <= number < len(plan):
        raise UnknownLoadError(
            f"The list has {len(plan)} loads; there is no number {number}.", remedy="Ask which loads are missing."
        )
    open_load(plan[number], data, [resources.keys().age_identity], resources.vault())
    missing = missing_loads(plan, resources.vault())
    if missing:
        here = sum(load.length for load in plan) - sum(load.length for load in missing)
        Holding.objects.filter(pk=holding.pk).exclude(state="held").update(
            state="receiving", progress_bytes=here, changed_at=now
        )
    else:
        complete(holding, now)


@transaction.atomic
def complete(holding: Holding, now: datetime) -> None:
    """Note that all bytes of a list are here and verified, and log that we have received it."""
    row = Holding.objects.select_for_update().get(pk=holding.pk)
    if row.state == "held":
        return
    given = custody.handed_to_us(row.list_sha256)
    custody.record("received", row.list_sha256, now, previous=given)
    row.state, row.progress_bytes, row.changed_at = "held", row.bytes, now
    row.save(update_fields=["state", "progress_bytes", "changed_at"])


def _expected(list_sha256: str) -> tuple[Holding, ExhibitList]:
    holding = Holding.objects.filter(list_sha256=list_sha256).exclude(list_bytes=None).first()
    if holding is None or holding.list_bytes is None:
        raise UnknownListError("This node expects no such list.", remedy="Send the act that names it first.")
    return holding, decode_list(bytes(holding.list_bytes))
