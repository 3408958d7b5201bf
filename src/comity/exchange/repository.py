"""The directory's files as those who make it see them: parsed, signed and named by version.

What is read here are the maker's own files; readers go through `directory.open_directory`, which trusts nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tuf.api.serialization import DeserializationError

from comity.acts.canonical import digest
from comity.acts.office import Office
from comity.errors import LocalError
from comity.exchange.advice import AdvisedError
from comity.exchange.offices import decode_office
from comity.exchange.sources import TIMESTAMP
from comity.exchange.tuf_names import Metadata, MetaFile, Root, Signer, Snapshot, Targets, Timestamp


class UnfoundedDirectoryError(AdvisedError, LocalError):
    """The states, keys or files do not make a directory."""

    code = "directory-unfounded"
    advice = "Compare the states, keys and files with what the states agreed."


@dataclass(frozen=True, slots=True)
class Periods:
    """How long signed files stay valid; a reader refuses them afterwards."""

    root: timedelta = timedelta(days=730)
    states: timedelta = timedelta(days=730)
    offices: timedelta = timedelta(days=180)
    snapshot: timedelta = timedelta(days=14)
    timestamp: timedelta = timedelta(days=3)


PERIODS = Periods()


@dataclass(frozen=True, slots=True)
class Published:
    """A directory's files with the four that govern it parsed."""

    files: Mapping[str, bytes] = field(repr=False)
    root: Root
    timestamp: Timestamp
    snapshot: Snapshot
    targets: Targets

    @staticmethod
    def read(files: Mapping[str, bytes]) -> "Published":
        """Parse the newest root, timestamp, snapshot and list of states.

        Raises:
            UnfoundedDirectoryError: one of them is missing or cannot be parsed.
        """
        try:
            newest = max(int(name.split(".")[0]) for name in files if name.endswith(".root.json"))
            timestamp = Metadata[Timestamp].from_bytes(files[TIMESTAMP]).signed
            snapshot = Metadata[Snapshot].from_bytes(files[f"{timestamp.snapshot_meta.version}.snapshot.json"]).signed
            states = files[f"{snapshot.meta['targets.json'].version}.targets.json"]
            root = Metadata[Root].from_bytes(files[f"{newest}.root.json"]).signed
            return Published(files, root, timestamp, snapshot, Metadata[Targets].from_bytes(states).signed)
        except (KeyError, ValueError, DeserializationError) as error:
            raise UnfoundedDirectoryError(
                f"The files are not a whole directory: {error}",
                remedy="Restore the directory's folder from its backup.",
            ) from error

    def state_list(self, state: str) -> Targets | None:
        """Return the list that a state has published, or None."""
        meta = self.snapshot.meta.get(f"{state}.json")
        return Metadata[Targets].from_bytes(self.files[f"{meta.version}.{state}.json"]).signed if meta else None

    def offices(self, state: str) -> dict[str, Office]:
        """Return the offices that a state has published, by id."""
        listed = self.state_list(state)
        names = [
            office_file(path, target.hashes["sha256"]) for path, target in (listed.targets if listed else {}).items()
        ]
        return {office.id: office for office in (decode_office(self.files[name]) for name in names)}

    def without(self, *roles: str) -> dict[str, bytes]:
        """Return the files without snapshot and timestamp and without the lists of the roles, all of which are made anew."""
        gone = {f"{self.snapshot.version}.snapshot.json", TIMESTAMP}
        for role in roles:
            meta = self.snapshot.meta.get(f"{role}.json")
            if meta:
                gone |= {f"{meta.version}.{role}.json", *(f"targets/{role}/{name}" for name in self._bases(role))}
        return {name: data for name, data in self.files.items() if name not in gone}

    def _bases(self, role: str) -> list[str]:
        folder = f"targets/{role}/"
        return [name.removeprefix(folder) for name in self.files if name.startswith(folder)]


def office_file(path: str, sha256: str) -> str:
    """Return the file of an office's entry: the digest stands before the name, as TUF's consistent snapshots have it."""
    folder, base = path.rsplit("/", 1)
    return f"targets/{folder}/{sha256}.{base}"


def sign(signed: Root | Snapshot | Targets | Timestamp, signers: Iterable[Signer]) -> bytes:
    """Return the metadata with one signature per signer."""
    metadata: Metadata[Any] = Metadata(signed)
    for each in signers:
        metadata.sign(each, append=True)
    return metadata.to_bytes()


def meta(version: int, data: bytes) -> MetaFile:
    """Return how a signed file names another one."""
    return MetaFile(version, len(data), {"sha256": digest(data)})


def until(now: datetime, period: timedelta) -> datetime:
    """Return the end of validity, in whole seconds."""
    return (now.astimezone(UTC) + period).replace(microsecond=0)


def head(
    metas: Mapping[str, MetaFile], version: int, operator: Signer, now: datetime, periods: Periods
) -> dict[str, bytes]:
    """Return snapshot and timestamp of one version; the timestamp counts with the snapshot."""
    snapshot = sign(Snapshot(version=version, expires=until(now, periods.snapshot), meta=dict(metas)), (operator,))
    timestamp = Timestamp(version=version, expires=until(now, periods.timestamp), snapshot_meta=meta(version, snapshot))
    return {f"{version}.snapshot.json": snapshot, TIMESTAMP: sign(timestamp, (operator,))}
