"""An acquisition failed: a custodian has it tried again, or takes the attempt away. What was acquired is never taken away."""

import shutil
from datetime import datetime
from pathlib import Path

from comity.errors import LocalError
from comity.node import clock, resources
from comity.node.access import access_holding, require_role
from comity.node.models import Holding, Person
from comity.node.models.person import CUSTODIAN, OFFICER


class NotFailedError(LocalError):
    """The acquisition has not failed, or somebody was quicker."""

    code = "not-failed"

    def __init__(self) -> None:
        super().__init__("This acquisition has not failed.", remedy="Look at it again; it may be at work or held.")


def retry_acquisition(who: Person, holding: Holding, now: datetime | None = None) -> Holding:
    """Have a failed acquisition tried again; what is in the vault already is not read twice.

    Raises:
        NotAllowedError, NotFoundHere: the person may not.
        NotFailedError: it has not failed.
    """
    require_role(who, CUSTODIAN, OFFICER)
    found = access_holding(who, holding.id)
    failed = Holding.objects.filter(pk=found.pk, state="failed", list_sha256="")
    if not failed.update(state="acquiring", error="", claimed_until=None, changed_at=now or clock.now()):
        raise NotFailedError
    found.refresh_from_db()
    return found


def remove_acquisition(who: Person, holding: Holding) -> None:
    """Take a failed acquisition away, with what was uploaded for it; nothing at a source on the machine is touched.

    Raises:
        NotAllowedError, NotFoundHere: the person may not.
        NotFailedError: it has not failed.
    """
    require_role(who, CUSTODIAN, OFFICER)
    found = access_holding(who, holding.id)
    if not Holding.objects.filter(pk=found.pk, state="failed", list_sha256="").delete()[0]:
        raise NotFailedError
    uploads = resources.home().uploads
    (uploads / f"{found.pk}.journal").unlink(missing_ok=True)
    if Path(found.source).is_relative_to(uploads):
        shutil.rmtree(found.source, ignore_errors=True)
