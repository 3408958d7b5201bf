"""How offices get into the directory: their state signs the list of its offices, the operator puts the lists together.

Everything here takes the files of the directory and returns its new files. Nothing is included that a reader would refuse.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from comity.acts.canonical import digest
from comity.acts.office import Office, OfficeCertificate
from comity.exchange.directory_errors import MalformedDirectoryError, translated
from comity.exchange.offices import decode_office, encode_office
from comity.exchange.repository import (
    PERIODS,
    Periods,
    Published,
    UnfoundedDirectoryError,
    head,
    meta,
    office_file,
    sign,
    until,
)
from comity.exchange.tuf_names import Metadata, Signer, TargetFile, Targets


@dataclass(frozen=True, slots=True)
class StateList:
    """What a state hands to the operator: the signed list of its offices, and their files.

    Attributes:
        state: code of the state.
        metadata: the signed list.
        offices: file name in the directory -> octets.
    """

    state: str
    metadata: bytes = field(repr=False)
    offices: Mapping[str, bytes] = field(repr=False, default_factory=lambda: MappingProxyType({}))


def sign_offices(
    files: Mapping[str, bytes],
    state: str,
    offices: Iterable[Office],
    key: Signer,
    now: datetime,
    *,
    periods: Periods = PERIODS,
) -> StateList:
    """Sign the complete list of a state's offices; the state's own part of publishing.

    Args:
        files: the directory so far, which tells the version.
        state: code of the state.
        offices: all its offices; one that is left out is withdrawn.
        key: the state's office key.
        now: when the list is signed.
        periods: how long the list stays valid.

    Raises:
        UnpublishableOfficeError: an entry breaks the schema.
        UnfoundedDirectoryError: an office belongs to another state.
    """
    listed: dict[str, TargetFile] = {}
    octets: dict[str, bytes] = {}
    for office in offices:
        if not office.id.startswith(f"{state}/"):
            raise UnfoundedDirectoryError(
                f"{state} cannot list {office.id}.", remedy="The office's own state lists it."
            )
        data = encode_office(office)
        target = TargetFile.from_data(f"{office.id}.json", data, ["sha256"])
        listed[target.path] = target
        octets[office_file(target.path, target.hashes["sha256"])] = data
    known = Published.read(files).snapshot.meta.get(f"{state}.json")
    version = known.version + 1 if known else 1
    signed = Targets(version=version, expires=until(now, periods.offices), targets=listed)
    return StateList(state, sign(signed, (key,)), MappingProxyType(octets))


def include(
    files: Mapping[str, bytes],
    lists: Iterable[StateList],
    operator: Signer,
    now: datetime,
    *,
    periods: Periods = PERIODS,
) -> dict[str, bytes]:
    """Put states' lists into the directory; the operator's part of publishing. Without lists it renews the operator's files.

    Raises:
        UnsignedDirectoryError: a list is not signed by the key of its state.
        UnfoundedDirectoryError: a list belongs to no state in the directory, or its version does not follow the last one.
    """
    old = Published.read(files)
    metas, added, states = dict(old.snapshot.meta), dict[str, bytes](), list[str]()
    for each in lists:
        version = _verified_version(old, each)
        metas[f"{each.state}.json"] = meta(version, each.metadata)
        added |= {f"{version}.{each.state}.json": each.metadata, **each.offices}
        states.append(each.state)
    return {**old.without(*states), **added, **head(metas, old.timestamp.version + 1, operator, now, periods)}


def _verified_version(old: Published, offered: StateList) -> int:
    """Return the version of a state's list once it is certain that every reader will accept it."""
    delegations = old.targets.delegations
    if delegations is None or offered.state not in (delegations.roles or {}):
        raise UnfoundedDirectoryError(f"{offered.state} is not a state of this directory.", remedy="Admit it first.")
    with translated():
        metadata = Metadata[Targets].from_bytes(offered.metadata)
        old.targets.verify_delegate(offered.state, metadata.signed_bytes, metadata.signatures)
    known = old.snapshot.meta.get(f"{offered.state}.json")
    if metadata.signed.version != (known.version + 1 if known else 1):
        raise UnfoundedDirectoryError(
            f"The list of {offered.state} does not follow the last one.", remedy="Sign it against the newest directory."
        )
    _check_offices(metadata.signed, offered)
    return int(metadata.signed.version)


def _check_offices(listed: Targets, offered: StateList) -> None:
    named = {office_file(path, target.hashes.get("sha256", "")): path for path, target in listed.targets.items()}
    if named.keys() != offered.offices.keys():
        raise MalformedDirectoryError(f"The list of {offered.state} and the entries that came with it do not agree.")
    for name, path in named.items():
        data = offered.offices[name]
        office = decode_office(data)
        if path != f"{office.id}.json" or office.id[:2] != offered.state or digest(data) not in name:
            raise MalformedDirectoryError(f"The list of {offered.state} holds '{path[:128]}', which it has no say in.")


def publish(
    files: Mapping[str, bytes],
    offices: Iterable[Office],
    keys: Mapping[str, Signer],
    operator: Signer,
    now: datetime,
    *,
    periods: Periods = PERIODS,
) -> dict[str, bytes]:
    """Add or replace offices, where one hand holds the keys of their states and of the operator (practice).

    Args:
        files: the directory so far.
        offices: the offices that are new or changed; the others of their states stay.
        keys: code of the state -> its office key.
        operator: signs snapshot and timestamp.
        now: when it is published.
        periods: how long the files stay valid.
    """
    changed: dict[str, dict[str, Office]] = {}
    for office in offices:
        changed.setdefault(office.id[:2], {})[office.id] = office
    old = Published.read(files)
    lists = [
        sign_offices(files, state, {**old.offices(state), **some}.values(), keys[state], now, periods=periods)
        for state, some in sorted(changed.items())
    ]
    return include(files, lists, operator, now, periods=periods)


def renew(
    files: Mapping[str, bytes],
    operator: Signer,
    now: datetime,
    *,
    periods: Periods = PERIODS,
) -> dict[str, bytes]:
    """Return the directory with new snapshot and timestamp, so that readers know that nothing is withheld."""
    return include(files, (), operator, now, periods=periods)


def revoke_certificate(office: Office, der: bytes, at: datetime) -> Office:
    """Return the office with one of its certificates revoked; what was signed before `at` stays good.

    Raises:
        UnfoundedDirectoryError: the office has no such certificate.
    """
    every = (*office.certificates, *office.time_certificates)
    if all(certificate.der != der for certificate in every):
        raise UnfoundedDirectoryError(f"{office.id} has no such certificate.")

    def revoked(certificates: tuple[OfficeCertificate, ...]) -> tuple[OfficeCertificate, ...]:
        return tuple(replace(each, revoked_at=at) if each.der == der else each for each in certificates)

    return replace(
        office, certificates=revoked(office.certificates), time_certificates=revoked(office.time_certificates)
    )
