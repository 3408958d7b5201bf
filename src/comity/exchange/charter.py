"""The directory's charter: its root and its list of states, signed by a threshold of states.

Keys come in as `securesystemslib` signers, so that a state's key may as well live in a hardware module.

    states' root keys (threshold) -> root, list of states         years
    a state's office key          -> the list of its offices      months
    operator's key                -> snapshot, timestamp          days
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tuf.api.exceptions import RepositoryError

from comity.exchange.repository import PERIODS, Periods, Published, UnfoundedDirectoryError, head, meta, sign, until
from comity.exchange.tuf_names import CryptoSigner, DelegatedRole, Delegations, Metadata, Role, Root, Signer, Targets

TOP_ROLES = ("root", "targets", "snapshot", "timestamp")
STATE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class State:
    """A state in the directory, with the keys that speak for it.

    Attributes:
        code: ISO 3166-1 alpha-2 in lower case; offices of the state have ids that begin with it.
        offices: signs the list of the state's own offices.
        root: where the state is one of those that sign the root and the list of states by threshold; None for the others.
    """

    code: str
    offices: Signer = field(repr=False)
    root: Signer | None = field(repr=False, default=None)


def signer(key: Ed25519PrivateKey) -> Signer:
    """Return the signer for a key in memory."""
    return CryptoSigner(key)


def found_directory(
    states: Sequence[State],
    operator: Signer,
    now: datetime,
    *,
    threshold: int | None = None,
    periods: Periods = PERIODS,
) -> dict[str, bytes]:
    """Make the first version of a directory, without offices.

    Args:
        states: the founding states.
        operator: signs snapshot and timestamp.
        now: when it is founded.
        threshold: how many states must sign root and list of states; more than half when not given.
        periods: how long the files stay valid.

    Returns:
        file name -> octets; `1.root.json` is what every reader must get by a trusted way.

    Raises:
        UnfoundedDirectoryError: no root key, a state twice, or a threshold that cannot be reached.
    """
    files = _root_and_states(_charter(states, operator, threshold, 1, 1), now, periods, ())
    metas = {"targets.json": meta(1, files["1.targets.json"])}
    return {**files, **head(metas, 1, operator, now, periods)}


def rotate(
    files: Mapping[str, bytes],
    states: Sequence[State],
    operator: Signer,
    now: datetime,
    *,
    old_signers: Iterable[Signer],
    threshold: int | None = None,
    periods: Periods = PERIODS,
) -> dict[str, bytes]:
    """Make a new root and list of states: admit a state, replace a key, change the threshold or the operator.

    Args:
        files: the directory so far.
        states: all states from now on, with the keys they have from now on.
        operator: signs snapshot and timestamp from now on.
        now: when the new root is made.
        old_signers: root keys of the old root, at least its threshold, so that readers of the old root accept the new one.
        threshold: of the new root; more than half when not given.
        periods: how long the files stay valid.

    Raises:
        UnfoundedDirectoryError: too few old signers, or the new states do not make a directory.
    """
    old = Published.read(files)
    charter = _charter(states, operator, threshold, old.root.version + 1, old.targets.version + 1)
    made = _root_and_states(charter, now, periods, tuple(old_signers))
    _check_succession(old.root, made[f"{charter.version}.root.json"])
    metas = {**old.snapshot.meta, "targets.json": meta(charter.states_version, made[charter.states_file])}
    return {**old.without("targets"), **made, **head(metas, old.timestamp.version + 1, operator, now, periods)}


@dataclass(frozen=True, slots=True)
class _Charter:
    states: Sequence[State]
    operator: Signer
    roots: tuple[Signer, ...]
    threshold: int
    version: int
    states_version: int

    @property
    def states_file(self) -> str:
        return f"{self.states_version}.targets.json"


def _charter(
    states: Sequence[State], operator: Signer, threshold: int | None, version: int, states_version: int
) -> _Charter:
    codes = {state.code for state in states}
    if len(codes) != len(states) or not all(STATE.fullmatch(code) for code in codes):
        raise UnfoundedDirectoryError("A directory names each of its states once, by its code of two letters.")
    roots = tuple(state.root for state in states if state.root is not None)
    wanted = len(roots) // 2 + 1 if threshold is None else threshold
    if not 1 <= wanted <= len({root.public_key.keyid for root in roots}):
        raise UnfoundedDirectoryError(f"{len(roots)} states with root keys cannot reach a threshold of {wanted}.")
    return _Charter(states, operator, roots, wanted, version, states_version)


def _root_and_states(
    charter: _Charter, now: datetime, periods: Periods, cosigners: tuple[Signer, ...]
) -> dict[str, bytes]:
    """Sign with all root keys; a root that replaces another one also with keys of that one."""
    own = {root.public_key.keyid: root for root in charter.roots}
    every = {**{each.public_key.keyid: each for each in cosigners}, **own}
    root = _root(charter)
    root.expires = until(now, periods.root)
    states = Targets(
        version=charter.states_version, expires=until(now, periods.states), delegations=_delegations(charter)
    )
    return {
        f"{charter.version}.root.json": sign(root, every.values()),
        charter.states_file: sign(states, own.values()),
    }


def _root(charter: _Charter) -> Root:
    of_states = [root.public_key.keyid for root in charter.roots]
    of_operator = [charter.operator.public_key.keyid]
    keys = [*(root.public_key for root in charter.roots), charter.operator.public_key]
    roles = {name: Role(of_states, charter.threshold) for name in TOP_ROLES[:2]}
    roles |= {name: Role(of_operator, 1) for name in TOP_ROLES[2:]}
    return Root(version=charter.version, keys={key.keyid: key for key in keys}, roles=roles, consistent_snapshot=True)


def _delegations(charter: _Charter) -> Delegations:
    keys = {state.offices.public_key.keyid: state.offices.public_key for state in charter.states}
    roles = {
        state.code: DelegatedRole(
            state.code, [state.offices.public_key.keyid], 1, terminating=True, paths=[f"{state.code}/*"]
        )
        for state in sorted(charter.states, key=lambda state: state.code)
    }
    return Delegations(keys=keys, roles=roles)


def _check_succession(old: Root, new: bytes) -> None:
    metadata = Metadata[Root].from_bytes(new)
    try:
        old.verify_delegate(Root.type, metadata.signed_bytes, metadata.signatures)
    except RepositoryError as error:
        raise UnfoundedDirectoryError(
            f"The new root lacks signatures of the old one: {error}", remedy="More of the old root's states must sign."
        ) from error
