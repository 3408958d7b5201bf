"""Brings the finished court package from the node to the folder where it should be."""

import shutil
import zipfile
from pathlib import Path, PurePosixPath

from comity.cli.demo.scenes import Scene, Tale
from comity.errors import PeerError

CHUNK = 4 * 1024 * 1024


class WildArchiveError(PeerError):
    """A path in the archive leads out of the folder."""

    code = "wild-archive"


def fetch_package(tale: Tale, scene: Scene) -> Path:
    """Download the package and unpack it into the folder, which appears whole or not at all."""
    archive = tale.out.with_name(f".{tale.out.name}.zip")
    part = tale.out.with_name(f".{tale.out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        tale.desks[scene.office].download(scene.person, f"/api/packages/{tale.facts['package']}/download", archive)
        unpack(archive, part, tale)
        part.replace(tale.out)
    finally:
        archive.unlink(missing_ok=True)
        shutil.rmtree(part, ignore_errors=True)
    return tale.out


def unpack(archive: Path, folder: Path, tale: Tale) -> None:
    """Unpack a package's archive; the one folder at its top is taken off.

    Raises:
        WildArchiveError: a path leads out of the folder.
    """
    with zipfile.ZipFile(archive) as found:
        members = [each for each in found.infolist() if not each.is_dir()]
        total, done = sum(each.file_size for each in members), 0
        for each in members:
            parts = PurePosixPath(each.filename).parts[1:]
            if not parts or ".." in parts or each.filename.startswith("/"):
                raise WildArchiveError("A path in the archive leads out of it.", where=each.filename)
            target = folder.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with found.open(each) as source, target.open("xb") as out:
                shutil.copyfileobj(source, out, CHUNK)
            done += each.file_size
            tale.progress(done, total)
