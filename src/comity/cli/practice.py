"""The practice network: three offices of two states with one directory, founded in one folder."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.acts.office import Office
from comity.exchange.charter import State, found_directory, signer
from comity.exchange.publishing import publish, renew
from comity.exchange.sources import write_folder
from comity.exchange.tuf_names import Signer
from comity.node.home import FILE, Home, make_home, read_home
from comity.node.keys import create_keys, describe_office

RENEW_SECONDS = 12 * 60 * 60
STATES = ("fr", "gh")
ROLE_WORDS = {
    "officer": "officer 承办人",
    "approver": "approver 批准人",
    "custodian": "custodian 证据保管人",
    "administrator": "administrator 管理员",
}
PEOPLE: dict[str, tuple[tuple[str, str, str, tuple[str, ...]], ...]] = {
    "gh/practice-prosecutor": (
        ("ama", "Ama Mensah", "Investigating officer", ("officer",)),
        ("kofi", "Kofi Boateng", "Chief State Attorney", ("approver",)),
        ("efua", "Efua Owusu", "Forensic custodian", ("custodian",)),
        ("yaw", "Yaw Darko", "Administrator", ("administrator",)),
    ),
    "fr/practice-central-authority": (
        ("claire", "Claire Moreau", "Magistrat de liaison", ("officer",)),
        ("julien", "Julien Lefèvre", "Chef de bureau", ("approver",)),
        ("ines", "Inès Bernard", "Responsable des scellés", ("custodian",)),
        ("hugo", "Hugo Petit", "Administrateur", ("administrator",)),
    ),
    "fr/practice-hosting": (
        ("lea", "Léa Garnier", "Chargée des réquisitions", ("officer",)),
        ("marc", "Marc Dubois", "Directeur juridique", ("approver",)),
        ("nora", "Nora Haddad", "Équipe forensique", ("custodian",)),
        ("paul", "Paul Roche", "Administrateur", ("administrator",)),
    ),
}


def practice_homes(folder: Path, port: int) -> tuple[Home, ...]:
    """Return the three homes as they are founded; the first one listens on `port`, the others on the next ones."""
    directory = str(folder / "directory" / "files")

    def home(name: str, number: int, office: str, actors: tuple[str, ...], language: str, **names: str) -> Home:
        return Home(
            path=folder / name,
            office=office,
            state=office[:2].upper(),
            names=names,
            actors=actors,
            languages=tuple(dict.fromkeys((language, "en"))),
            url=f"http://127.0.0.1:{port + number}",
            port=port + number,
            time_zone="Africa/Accra" if language == "en" else "Europe/Paris",
            practice=True,
            directory=directory,
        )

    return (
        home(
            "prosecutor", 0, "gh/practice-prosecutor", ("requesting", "requested"), "en",
            en="Practice Prosecutor's Office, Ghana", zh="加纳检察官办公室（演练）",
        ),
        home(
            "central-authority", 1, "fr/practice-central-authority", ("requesting", "requested"), "fr",
            en="Practice Central Authority, France", fr="Autorité centrale d'exercice, France", zh="法国中央机关（演练）",
        ),
        home(
            "hosting", 2, "fr/practice-hosting", ("provider",), "fr",
            en="Practice Hosting, France", fr="Hébergeur d'exercice, France", zh="法国托管服务商（演练）",
        ),
    )  # fmt: skip


def practice_people(office: str) -> list[dict[str, object]]:
    """Return the people of an office, as `comity.node.prepare` takes them."""
    return [
        {"username": username, "name": name, "function": function, "roles": list(roles), "language": "en"}
        for username, name, function, roles in PEOPLE[office]
    ]


def practice_roles(office: str) -> dict[str, str]:
    """Return username -> roles in English and Chinese, for the list that greets people."""
    return {username: ", ".join(ROLE_WORDS[role] for role in roles) for username, _, _, roles in PEOPLE[office]}


def found_practice(folder: Path, port: int = 8701) -> tuple[Home, ...]:
    """Found the network, or finish what an interrupted founding began, or just return the homes.

    Args:
        folder: absolute.
        port: of the first node.
    """
    now = datetime.now(UTC)
    homes = practice_homes(folder, port)
    for home in homes:
        if not (home.path / FILE).is_file():
            make_home(home)
    homes = tuple(read_home(home.path) for home in homes)
    offices = [describe_office(home, create_keys(home, now)) for home in homes]
    _directory(folder, offices, now)
    for home in homes:
        _pin(home, folder)
    return homes


def renew_practice(folder: Path) -> None:
    """Sign the directory's short-lived files again when they are half a day old; called every second."""
    stamp = folder / "directory" / "files" / "timestamp.json"
    if time.time() - stamp.stat().st_mtime > RENEW_SECONDS:
        _renew(folder, datetime.now(UTC))


def _directory(folder: Path, offices: list[Office], now: datetime) -> None:
    place = folder / "directory" / "files"
    if (place / "timestamp.json").is_file():
        _renew(folder, now)
        return
    keys = {name: _signer(folder, name) for name in _names()}
    states = [State(code, root=keys[f"{code}-root"], offices=keys[f"{code}-offices"]) for code in STATES]
    files = found_directory(states, keys["operator"], now)
    by_state = {code: keys[f"{code}-offices"] for code in STATES}
    write_folder(publish(files, offices, by_state, keys["operator"], now), place)


def _renew(folder: Path, now: datetime) -> None:
    place = folder / "directory" / "files"
    files = {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*.json")}
    write_folder(renew(files, _signer(folder, "operator"), now), place)


def _pin(home: Home, folder: Path) -> None:
    """Give a node the root that it trusts, once, and the newest files."""
    place = folder / "directory" / "files"
    root = home.directory_folder / "root.json"
    if not root.exists():
        root.write_bytes((place / "1.root.json").read_bytes())
    files = {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*.json")}
    write_folder(files, home.directory_folder / "files")


def _names() -> tuple[str, ...]:
    return (*(f"{code}-{kind}" for code in STATES for kind in ("root", "offices")), "operator")


def _signer(folder: Path, name: str) -> Signer:
    """Return one of the keys that speak for the practice states; made when it is not there."""
    path = folder / "directory" / "keys" / f"{name}.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(path, Ed25519PrivateKey.generate().private_bytes_raw)
    return signer(Ed25519PrivateKey.from_private_bytes(path.read_bytes()))


def _write(path: Path, make: Callable[[], bytes]) -> None:
    part = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(make())
    part.replace(path)
