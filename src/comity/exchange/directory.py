"""The directory as a reader opens it: verified by The Update Framework, then immutable.

A threshold of states signs the root and the list of states; each state's own key signs the list of its offices and no other; the
operator's key signs snapshot and timestamp, which protect against old, mixed and withheld files. python-tuf decides all of that on
bytes; this module brings it the files in order and applies what is ours: a role is a state, and speaks for that state alone.

A state whose list has expired or holds something unreadable loses its own offices, nobody else's: see `Directory.problems`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from tuf.api.exceptions import EqualVersionNumberError, ExpiredMetadataError, LengthOrHashMismatchError, RepositoryError
from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet
from tuf.ngclient.config import EnvelopeType

from comity.acts.act import DIGEST, OFFICE_ID
from comity.exchange.directory_errors import (
    DirectoryTooLargeError,
    IncompleteDirectoryError,
    MalformedDirectoryError,
    translated,
)
from comity.exchange.listing import MAX_OFFICES, Directory, Problem
from comity.exchange.offices import MAX_BYTES as MAX_OFFICE_BYTES
from comity.exchange.offices import MalformedOfficeError
from comity.exchange.sources import TIMESTAMP, Source
from comity.exchange.tuf_names import DelegatedRole, MetaFile, Root, Snapshot, Targets, Timestamp

__all__ = ["Directory", "Problem", "open_directory"]

MAX_ROOTS = 256
MAX_ROOT_BYTES = 512 * 1024
MAX_TIMESTAMP_BYTES = 16 * 1024
MAX_SNAPSHOT_BYTES = 2 * 1024 * 1024
MAX_TARGETS_BYTES = 4 * 1024 * 1024
MAX_STATE_BYTES = 1024 * 1024
STATE = re.compile(r"[a-z]{2}")


def open_directory(source: Source, trusted_root: bytes, now: datetime, *, seen: Directory | None = None) -> Directory:
    """Verify a directory's files and return what they list.

    Args:
        source: gives the files; nothing in them is trusted.
        trusted_root: root metadata that came by a trusted way, best the first one, so that `files` holds the whole chain after it.
        now: the time at which the files must be valid; for a court package the time in question.
        seen: the directory that was opened before; older files than these are refused, and unchanged ones are not read again.

    Raises:
        IncompleteDirectoryError: a file is missing.
        UnsignedDirectoryError: a file lacks the signatures it needs.
        ExpiredDirectoryError: the files were valid until before `now`: the source is stale, or somebody withholds newer ones.
        RolledBackDirectoryError: the files are older than those seen before.
        DamagedDirectoryError: a file is not the one that the signed files name.
        DirectoryTooLargeError: a file is longer than it may be.
        MalformedDirectoryError: signed rightly, but not a directory of states and offices.
    """
    with translated():
        opening = _Opening(source, trusted_root, now, seen)
        opening.load_roots()
        opening.load_timestamp()
        opening.load_snapshot()
        opening.load_targets()
        return opening.directory()


class _Opening:
    """The order of the TUF client workflow (specification 5.3 to 5.6); TrustedMetadataSet decides, this brings the files."""

    def __init__(self, source: Source, trusted_root: bytes, now: datetime, seen: Directory | None) -> None:
        if len(trusted_root) > MAX_ROOT_BYTES:
            raise DirectoryTooLargeError("The trusted root is longer than a root may be.")
        self.trusted = TrustedMetadataSet(trusted_root, EnvelopeType.METADATA)
        self.trusted.reference_time = now
        self.source = source
        self.seen: Mapping[str, bytes] = seen.files if seen else {}
        self.root = trusted_root
        self.files = {f"{self.trusted.root.version}.root.json": trusted_root}
        self.problems: list[Problem] = []

    def load_roots(self) -> None:
        """Follow the chain of roots to its end (5.3)."""
        for version in range(self.trusted.root.version + 1, self.trusted.root.version + 1 + MAX_ROOTS):
            name = f"{version}.root.json"
            data = self.seen.get(name) or self.find(name, MAX_ROOT_BYTES)
            if data is None:
                break
            self.trusted.update_root(data)
            self.root = self.files[name] = data
        if not self.trusted.root.consistent_snapshot:
            raise MalformedDirectoryError("The directory does not keep its versions apart (consistent snapshots).")

    def load_timestamp(self) -> None:
        """Load the timestamp seen before, as the lower limit, then the one offered (5.4)."""
        old = self.seen.get(TIMESTAMP)
        if old is not None:
            self.try_old(lambda: self.trusted.update_timestamp(old))
        data = self.read(TIMESTAMP, MAX_TIMESTAMP_BYTES)
        try:
            self.trusted.update_timestamp(data)
        except EqualVersionNumberError:
            data = self.seen[TIMESTAMP]
        self.files[TIMESTAMP] = data

    def load_snapshot(self) -> None:
        """Load the snapshot seen before, as the lower limit for every list, then the one the timestamp names (5.5)."""
        old = next((data for name, data in self.seen.items() if name.endswith(".snapshot.json")), None)
        if old is not None:
            self.try_old(lambda: self.trusted.update_snapshot(old, trusted=True))
        meta = self.trusted.timestamp.snapshot_meta
        name, data = self.versioned(Snapshot.type, meta, MAX_SNAPSHOT_BYTES)
        self.trusted.update_snapshot(data)
        self.files[name] = data

    def load_targets(self) -> None:
        """Load the list of states, which may list nothing else (5.6)."""
        self.load_role(Targets.type, Root.type, MAX_TARGETS_BYTES)
        targets = self.trusted.targets
        if targets.targets or targets.delegations is None or targets.delegations.roles is None:
            raise MalformedDirectoryError("The list of states must list states and nothing else.")
        for role in targets.delegations.roles.values():
            name = str(role.name)  # python-tuf does not check that it is text
            if not STATE.fullmatch(name) or role.paths != [f"{name}/*"] or role.terminating is not True:
                raise MalformedDirectoryError(f"The list of states gives '{name[:64]}' more than its own offices.")

    def directory(self) -> Directory:
        """Load each state's list and offices, and put everything together."""
        entries: dict[str, bytes] = {}
        for role in self.roles():
            self.load_state(role, entries)
        if len(entries) > MAX_OFFICES:
            raise DirectoryTooLargeError(f"The directory lists more than {MAX_OFFICES} offices.")
        top = (self.trusted.root, self.trusted.timestamp, self.trusted.snapshot, self.trusted.targets)
        return Directory(
            files=MappingProxyType(dict(sorted(self.files.items()))),
            root=self.root,
            version=self.trusted.snapshot.version,
            expires_at=min(each.expires for each in top),
            entries=MappingProxyType(dict(sorted(entries.items()))),
            list_problems=tuple(self.problems),
        )

    def roles(self) -> list[DelegatedRole]:
        """Return the states that have published a list, in the order of their codes."""
        delegations = self.trusted.targets.delegations
        roles = delegations.roles.values() if delegations and delegations.roles else ()
        known = self.trusted.snapshot.meta
        return sorted((role for role in roles if f"{role.name}.json" in known), key=lambda role: role.name)

    def load_state(self, role: DelegatedRole, entries: dict[str, bytes]) -> None:
        """Add a state's offices; what only that state got wrong is noted and costs only its own offices."""
        state = role.name
        try:
            self.load_role(state, Targets.type, MAX_STATE_BYTES)
        except ExpiredMetadataError:
            self.problems.append(Problem(state, "state-list-expired", f"The list of {state} has expired."))
            return
        listed = self.trusted[state]
        assert isinstance(listed, Targets)
        if listed.delegations is not None:
            self.problems.append(
                Problem(state, "state-delegates", f"The list of {state} delegates further; that is not read.")
            )
        for path, target in listed.targets.items():
            office_id = path.removesuffix(".json")
            if path != f"{office_id}.json" or not OFFICE_ID.fullmatch(office_id) or not role.is_delegated_path(path):
                detail = f"The list of {state} holds '{path[:128]}', which it has no say in."
                self.problems.append(Problem(state, "foreign-office", detail))
                continue
            sha256 = target.hashes.get("sha256", "")
            if target.length > MAX_OFFICE_BYTES or not DIGEST.fullmatch(sha256):
                detail = (
                    f"The entry of {office_id} is longer than {MAX_OFFICE_BYTES} octets or named without its SHA-256."
                )
                self.problems.append(Problem(state, MalformedOfficeError.code, detail, office_id))
                continue
            entries[office_id] = self.load_office(path, sha256, target.length)

    def load_office(self, path: str, sha256: str, length: int) -> bytes:
        """Return an office's file once its length and digest are those that its state signed."""
        folder, base = path.rsplit("/", 1)
        name = f"targets/{folder}/{sha256}.{base}"
        data = self.seen.get(name)
        if data is None:
            data = self.read(name, length)
        MetaFile(1, length, {"sha256": sha256}).verify_length_and_hashes(data)
        self.files[name] = data
        return data

    def load_role(self, role: str, delegator: str, limit: int) -> None:
        meta = self.trusted.snapshot.meta.get(f"{role}.json")
        if meta is None:
            raise IncompleteDirectoryError(f"The snapshot does not name the list '{role}'.")
        name, data = self.versioned(role, meta, limit)
        self.files[name] = data
        self.trusted.update_delegated_targets(data, role, delegator)

    def versioned(self, role: str, meta: MetaFile, limit: int) -> tuple[str, bytes]:
        """Return a file by the version that a signed file gives it; the one seen before if it is the same."""
        name = f"{meta.version}.{role}.json"
        old = self.seen.get(name)
        if old is not None and _is(meta, old):
            return name, old
        return name, self.read(name, min(limit, meta.length or limit))

    def read(self, name: str, limit: int) -> bytes:
        data = self.find(name, limit)
        if data is None:
            raise IncompleteDirectoryError(f"The directory lacks {name}.", where=name)
        return data

    def find(self, name: str, limit: int) -> bytes | None:
        data = self.source(name, limit)
        if data is not None and len(data) > limit:
            raise DirectoryTooLargeError(f"{name} is longer than {limit} octets.", where=name)
        return data

    @staticmethod
    def try_old(load: Callable[[], Timestamp | Snapshot]) -> None:
        """Load a file seen before; one that the present root does not bear out any more sets no limit (5.3.11)."""
        try:
            load()
        except RepositoryError:
            return


def _is(meta: MetaFile, data: bytes) -> bool:
    try:
        meta.verify_length_and_hashes(data)
    except LengthOrHashMismatchError:
        return False
    return bool(meta.hashes)
