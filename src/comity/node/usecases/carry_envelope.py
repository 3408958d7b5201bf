"""The same envelope by another way: written out as a file for a medium, taken in from one."""

from datetime import datetime

from comity.node import clock, resources
from comity.node.access import access_act, require_role
from comity.node.models import ActRecord, Person
from comity.node.models.person import CUSTODIAN, OFFICER
from comity.node.sealing import sealed_envelope
from comity.node.usecases.receive_envelope import receive_envelope


def export_envelope(who: Person, act: ActRecord, recipient: str, now: datetime | None = None) -> bytes:
    """Return an envelope with the act for an office, to be carried there.

    Args:
        who: an officer or custodian who may see the dossier.
        act: as it was accessed.
        recipient: id of the office.
        now: the present by default.

    Raises:
        NotAllowedError, NotFoundHere: the person may not.
        UnlistedOfficeError, NotYetProvenError, NoEnvelopeKeyError: it cannot be sealed (now).
    """
    require_role(who, OFFICER, CUSTODIAN)
    record = access_act(who, act.id)
    return sealed_envelope(record, resources.office(recipient, now or clock.now()))


def import_envelope(who: Person, data: bytes, now: datetime | None = None) -> bytes:
    """Take in an envelope that was carried here and return the receipt to carry back.

    Raises:
        NotAllowedError: the person may not.
        PeerError: it is no envelope for us; it was put into quarantine.
    """
    require_role(who, OFFICER, CUSTODIAN)
    return receive_envelope(data, now or clock.now())
