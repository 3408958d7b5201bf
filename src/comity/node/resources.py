"""What a process of the node opens once and keeps: keys, signers, the directory, the vault."""

import threading
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate
from django.conf import settings

from comity.acts.office import Office
from comity.errors import LocalError
from comity.evidence.vault import Vault, open_vault
from comity.exchange.directory import Directory, open_directory
from comity.exchange.keys import OfficeKeys
from comity.exchange.sources import TIMESTAMP, folder_source
from comity.ledger.cosignature import WitnessSigner
from comity.ledger.note import NoteSigner
from comity.node import clock
from comity.node.home import Home
from comity.node.keys import load_keys

if TYPE_CHECKING:  # signing brings much into memory that a worker never uses
    from comity.acts.signing import OfficeSigner
    from comity.acts.timestamp import TimeAuthority

ROOT = "root.json"
FILES = "files"


class NoDirectoryError(LocalError):
    """The node has no directory yet, or lost it."""

    code = "no-directory"


class UnlistedOfficeError(LocalError):
    """An office is not in the directory."""

    code = "unlisted-office"


def home() -> Home:
    """Return the home of this process's node."""
    found: Home = settings.HOME
    return found


@lru_cache(maxsize=1)
def keys() -> OfficeKeys:
    """Return the private keys of the office, read once."""
    return load_keys(home())


@lru_cache(maxsize=1)
def ledger_signer() -> NoteSigner:
    """Return what signs this node's checkpoints and receipts; the log's origin is the office's id."""
    return NoteSigner(home().office, keys().ledger_key)


@lru_cache(maxsize=1)
def witness_signer() -> WitnessSigner:
    """Return what cosigns other nodes' checkpoints."""
    return WitnessSigner(witness_name(home().office), keys().witness_key)


def witness_name(office: str) -> str:
    """Return the name under which an office cosigns; another one than that of its log, since the keys differ too."""
    return f"{office}/witness"


class _Opened:
    """The directory as it was opened last, with the file's time that it was opened from."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.stamp = -1
        self.directory: Directory | None = None


_opened = _Opened()


def directory(now: datetime) -> Directory:
    """Return the directory, verified; opened again whenever its files changed or it has expired.

    Raises:
        NoDirectoryError: the home holds none.
        ExpiredDirectoryError, and the others of `open_directory`: it cannot be trusted now.
    """
    folder = home().directory_folder
    try:
        stamp = (folder / FILES / TIMESTAMP).stat().st_mtime_ns
        root = (folder / ROOT).read_bytes()
    except OSError as error:
        raise NoDirectoryError(
            "This node has no directory.", remedy="Set `directory` in node.toml and run `comity work` once."
        ) from error
    with _opened.lock:
        known = _opened.directory
        if known is None or stamp != _opened.stamp or known.expires_at <= now:
            _opened.directory = known = open_directory(folder_source(folder / FILES), root, now)
            _opened.stamp = stamp
        return known


def office(office_id: str, now: datetime) -> Office:
    """Return an office of the directory.

    Raises:
        UnlistedOfficeError: the directory does not list it.
    """
    found = directory(now).office(office_id)
    if found is None:
        raise UnlistedOfficeError(
            f"The directory does not list {office_id}.", remedy="Check the id, or ask that state to publish the office."
        )
    return found


def find_office(now: datetime) -> Callable[[str], Office | None]:
    """Return the look-up that opening an act wants."""
    return directory(now).office


def our_office(now: datetime) -> Office:
    """Return this node's own office as the directory lists it."""
    return office(home().office, now)


def partners(now: datetime) -> tuple[Office, ...]:
    """Return all other offices."""
    return tuple(each for each in directory(now).offices() if each.id != home().office)


@lru_cache(maxsize=1)
def office_signer() -> "OfficeSigner":
    """Return what signs acts for the office, with time stamps of the authority that the settings name."""
    from comity.acts.signing import OfficeSigner

    own = keys()
    return OfficeSigner(_p256(own.signing_key), load_pem_x509_certificate(own.signing_certificate), time_authority())


def time_authority() -> "TimeAuthority":
    """Return the time-stamping authority: a remote one by setting, else the node's own."""
    from comity.acts.timestamp import LocalTimeAuthority, RemoteTimeAuthority

    if settings.TIME_AUTHORITY_URL:
        return RemoteTimeAuthority(settings.TIME_AUTHORITY_URL)
    own = keys()
    return LocalTimeAuthority(_p256(own.time_key), load_pem_x509_certificate(own.time_certificate), clock.now)


@lru_cache(maxsize=1)
def vault() -> Vault:
    """Return where exhibits are kept."""
    return open_vault(settings.VAULT)


def _p256(pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(pem, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def forget_directory() -> None:
    """Open the directory anew at the next question."""
    with _opened.lock:
        _opened.stamp, _opened.directory = -1, None
