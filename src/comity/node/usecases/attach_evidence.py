"""A custodian takes evidence in: from a path on this machine, or from files that were uploaded."""

import shutil
import uuid
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.core.files import File

from comity.errors import LocalError
from comity.evidence.paths import check_path
from comity.node import clock, resources
from comity.node.access import access_case, access_dossier, require_role
from comity.node.models import Case, Dossier, Holding, Person
from comity.node.models.person import CUSTODIAN, OFFICER


class UnusableSourceError(LocalError):
    """There is nothing at the place that evidence should be taken from, or it may not be taken from there."""

    code = "unusable-source"


def attach_evidence(
    who: Person,
    *,
    title: str,
    case: Case | None = None,
    dossier: Dossier | None = None,
    source: Path | None = None,
    uploads: Iterable[tuple[str, "File[bytes]"]] = (),
    now: datetime | None = None,
) -> Holding:
    """Note what is to be acquired; the worker does it.

    Args:
        who: a custodian or an officer who may see the case or dossier.
        title: one line.
        case: whose evidence it is, or
        dossier: the dossier it was asked for in.
        source: file or folder on this machine, or
        uploads: path in the upload, file.
        now: the present by default.

    Raises:
        NotAllowedError, NotFoundHere: the person may not.
        UnusableSourceError: nothing can be taken from there.
    """
    require_role(who, CUSTODIAN, OFFICER)
    now = now or clock.now()
    case = access_case(who, case.id) if case else None
    dossier = access_dossier(who, dossier.id) if dossier else None
    holding = Holding(
        title=title.strip()[:200],
        state="acquiring",
        case=case or (dossier.case if dossier else None),
        dossier=dossier,
        attached_by=who,
        created_at=now,
        changed_at=now,
    )
    place = _checked(source) if source else _stored(uploads, holding.id)
    holding.source, holding.title = str(place), holding.title or place.name
    holding.save()
    return holding


def _checked(source: Path) -> Path:
    path = source.absolute()
    home = resources.home().path.absolute()
    if not path.exists():
        raise UnusableSourceError("There is no such file or folder on this machine.", where=str(source))
    # the node's own keys and database must never become somebody's evidence
    if path.resolve().is_relative_to(home.resolve()) or home.resolve().is_relative_to(path.resolve()):
        raise UnusableSourceError("This is the node's own folder.", remedy="Choose another place.", where=str(source))
    return path


def _stored(uploads: Iterable[tuple[str, "File[bytes]"]], holding_id: uuid.UUID) -> Path:
    """Keep uploaded files under their paths until they are acquired; all or none of them."""
    folder = resources.home().uploads / str(holding_id)
    try:
        count = _store(uploads, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if not count:
        raise UnusableSourceError("No file came with the upload.", remedy="Choose at least one file or folder.")
    return folder


def _store(uploads: Iterable[tuple[str, "File[bytes]"]], folder: Path) -> int:
    count = 0
    for name, file in uploads:
        check_path(name)
        target = folder / PurePosixPath(name)
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with target.open("xb") as out:
                shutil.copyfileobj(file, out, 1024 * 1024)
        except (FileExistsError, NotADirectoryError) as error:
            raise UnusableSourceError(
                "Two files of the upload have the same path.", remedy="Upload them one after the other.", where=name
            ) from error
        count += 1
    return count
