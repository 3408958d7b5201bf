"""Verifies a court package on this node, as anybody else would with `comity verify`."""

from datetime import datetime
from pathlib import Path

from comity.court.verdict import Verdict
from comity.court.verifying import verify_package as verify
from comity.errors import LocalError
from comity.node import clock, law, resources
from comity.node.access import access_package
from comity.node.models import CourtPackage, Person


class PackageNotReadyError(LocalError):
    """The package is still being packed, or failed."""

    code = "package-not-ready"


def verify_package(who: Person, package: CourtPackage, now: datetime | None = None) -> Verdict:
    """Return the verdict on a package that is ready.

    Raises:
        NotFoundHere: the person may not see it.
        PackageNotReadyError: there is nothing to verify yet.
    """
    row = access_package(who, package.id)
    if row.state != "ready":
        raise PackageNotReadyError("This package is not ready.", remedy="Wait until it is, or have it packed again.")
    root = (resources.home().directory_folder / resources.ROOT).read_bytes()
    found = law.lawbook()
    return verify(Path(row.path), found.wordbook, found.procedures, now or clock.now(), root)
