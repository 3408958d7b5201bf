"""What goes into the envelope of one act: the act, the list that it hands over, and the custody of that list with its proofs."""

from collections.abc import Iterator

from comity.acts.act import decode_act
from comity.acts.office import Office
from comity.errors import LocalError
from comity.exchange.envelope import seal
from comity.exchange.parcel import Item, Parcel
from comity.node import resources
from comity.node.models import ActRecord, Custody, Holding
from comity.node.store.custody import chain_to


class NotYetProvenError(LocalError):
    """A custody event that goes with the act is not covered by a published checkpoint yet; it soon will be."""

    code = "not-yet-proven"


def sealed_envelope(record: ActRecord, recipient: Office) -> bytes:
    """Return the envelope for one act.

    Raises:
        NotYetProvenError: wait for the next checkpoint.
        NoEnvelopeKeyError, UnsendableParcelError: it cannot be sealed.
    """
    return seal(Parcel(tuple(_items(record, recipient))), resources.home().office, recipient)


def _items(record: ActRecord, recipient: Office) -> Iterator[Item]:
    yield Item("act", f"{record.id[:16]}.pdf", bytes(record.pdf))
    exhibits = decode_act(bytes(record.payload)).exhibits
    if exhibits is None:
        return
    holding = Holding.objects.filter(list_sha256=exhibits.sha256).exclude(list_bytes=None).first()
    if holding is None or holding.list_bytes is None:
        return
    yield Item("exhibit-list", f"{exhibits.sha256[:16]}.json", bytes(holding.list_bytes))
    given = Custody.objects.filter(list_sha256=exhibits.sha256, kind="handed-over", to=recipient.id)
    last = given.order_by("-position").first()
    for event in chain_to(last) if last else ():
        if event.proof is None:
            raise NotYetProvenError("The custody event is not in a published checkpoint yet.")
        yield Item("custody", f"{event.sha256[:32]}.custody", bytes(event.bytes))
        yield Item("proof", f"{event.sha256[:32]}.proof", bytes(event.proof))
