"""The home folder of a node: where its keys, database, vault and directory lie, and what `node.toml` says of it."""

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import cast

from comity.errors import LocalError

FILE = "node.toml"
FOLDERS = ("keys", "vault", "directory", "outbox", "inbox", "packages", "uploads")


class HomeError(LocalError):
    """The home folder is missing or its `node.toml` cannot be read."""

    code = "home"


@dataclass(frozen=True, slots=True)
class Home:
    """One node's folder and what its `node.toml` holds.

    Attributes:
        path: the folder.
        office: id of the office in the directory, for example `gh/practice-prosecutor`.
        state: ISO 3166-1 alpha-2 code of the office's state.
        names: language -> name of the office.
        actors: parts the office may play in procedures.
        languages: languages the office accepts, best first.
        url: where partners and people reach the node.
        port: where its web process listens.
        time_zone: IANA name; for showing instants to people.
        practice: True for a node of the practice network; pages say so.
        directory: where the directory is fetched from (a folder or a URL); empty keeps what is in the home.
    """

    path: Path
    office: str
    state: str
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    actors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    url: str = ""
    host: str = "127.0.0.1"
    port: int = 8701
    time_zone: str = "UTC"
    practice: bool = False
    directory: str = ""

    def name(self, language: str) -> str:
        """Return the office's name in the language, or in English, or its id."""
        return self.names.get(language) or self.names.get("en") or self.office

    @property
    def keys(self) -> Path:
        """Folder of the private keys."""
        return self.path / "keys"

    @property
    def database(self) -> Path:
        """File of the embedded database."""
        return self.path / "db.sqlite3"

    @property
    def vault(self) -> Path:
        """Folder of the exhibits, unless COMITY_VAULT names another place."""
        return self.path / "vault"

    @property
    def directory_folder(self) -> Path:
        """Folder of the trusted root and the last good metadata of the directory."""
        return self.path / "directory"

    @property
    def packages(self) -> Path:
        """Folder of court packages."""
        return self.path / "packages"

    @property
    def uploads(self) -> Path:
        """Folder where evidence that people upload waits for the worker."""
        return self.path / "uploads"


def make_home(home: Home) -> Home:
    """Create the folders (readable by the owner only) and write `node.toml`."""
    home.path.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in FOLDERS:
        (home.path / name).mkdir(exist_ok=True, mode=0o700)
    (home.path / FILE).write_text(_toml(home), encoding="utf-8")
    return home


def read_home(path: Path) -> Home:
    """Read the home that `comity init` made.

    Raises:
        HomeError: there is none, or `node.toml` is broken.
    """
    try:
        value = tomllib.loads((path / FILE).read_text(encoding="utf-8"))
        return Home(
            path=path.absolute(),
            office=str(value["office"]),
            state=str(value["state"]),
            names=dict(value.get("names", {})),
            actors=tuple(value.get("actors", ())),
            languages=tuple(value.get("languages", ("en",))),
            url=str(value.get("url", "")).rstrip("/"),
            host=str(value.get("host", "127.0.0.1")),
            port=int(value.get("port", 8701)),
            time_zone=str(value.get("time_zone", "UTC")),
            practice=bool(value.get("practice", False)),
            directory=str(value.get("directory", "")),
        )
    except FileNotFoundError as error:
        raise HomeError(f"{path} is no home of a node.", remedy="Make one with `comity init --home DIR`.") from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise HomeError(f"{path / FILE} cannot be used: {error}", remedy="Repair it or restore it.") from error


def current_home() -> Home:
    """Return the home that the environment names with COMITY_HOME.

    Raises:
        HomeError: COMITY_HOME is not set, or there is no home.
    """
    name = os.environ.get("COMITY_HOME", "")
    if not name:
        raise HomeError("COMITY_HOME is not set.", remedy="Name the node's folder: `comity run --home DIR`.")
    return read_home(Path(name))


def _toml(home: Home) -> str:
    """Write the few kinds of values there are; JSON strings, numbers and lists of strings are also TOML."""
    names = ("office", "state", "actors", "languages", "url", "host", "port", "time_zone", "practice", "directory")
    lines = [f"{name} = {_value(getattr(home, name))}" for name in names]
    labels = [f"{json.dumps(language)} = {_value(name)}" for language, name in home.names.items()]
    return "\n".join([*lines, "", "[names]", *labels, ""])


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return json.dumps(list(cast("tuple[str, ...]", value)), ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)
