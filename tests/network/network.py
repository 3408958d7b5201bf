"""Three real nodes in processes of their own, which a test may kill and start again."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from comity.cli.demo.client import Desk
from comity.cli.demo.evidence import make_evidence
from comity.cli.demo.scenes import Scene, Tale
from comity.cli.demo.story import STORY
from comity.cli.demo.tokens import tokens_for
from comity.cli.demo.world import NODES, free_ports
from comity.cli.practice import found_practice, practice_homes, practice_people
from comity.cli.run import answers, children_of, prepare
from comity.cli.supervisor import Child
from comity.node.home import Home, make_home

GHANA, FRANCE, HOSTING = "gh/practice-prosecutor", "fr/practice-central-authority", "fr/practice-hosting"
UP_SECONDS = 60.0
STOP_SECONDS = 5.0


@dataclass
class Network:
    """Three nodes: their homes, their processes, and a desk for each."""

    folder: Path
    homes: Mapping[str, Home]
    children: Mapping[tuple[str, str], Child]
    desks: dict[str, Desk] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.folder / "directory" / "files" / "1.root.json"

    def start(self) -> None:
        for child in self.children.values():
            child.start()
        self.wait_until_up()

    def wait_until_up(self) -> None:
        deadline = time.monotonic() + UP_SECONDS
        while waiting := [home.office for home in self.homes.values() if not answers(home)]:
            assert time.monotonic() < deadline, f"{waiting} do not answer"
            time.sleep(0.1)

    def kill(self, office: str, name: str) -> None:
        """Kill a process as the power supply would."""
        process = self.children[office, name].process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert process.stdin is not None
        process.stdin.close()

    def restart(self, office: str, name: str) -> None:
        self.children[office, name].start()

    def stop(self) -> None:
        """Ask the workers to stop, then the web processes; who was killed already needs no asking."""
        for desk in self.desks.values():
            desk.close()
        for name in ("worker", "web"):
            children = [child for (_, kind), child in self.children.items() if kind == name]
            for child in children:
                child.end()
            for child in children:
                _wait(child)

    def rows(self, office: str, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into a node's database, without changing anything."""
        place = self.homes[office].database.as_uri() + "?mode=ro"
        connection = sqlite3.connect(place, uri=True, timeout=30)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()


def _wait(child: Child) -> None:
    if child.process is None:
        return
    try:
        child.process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.process.kill()
        child.process.wait()
    if child.process.stdin is not None:
        child.process.stdin.close()


def found(folder: Path, address: Callable[[Home], str] | None = None) -> Network:
    """Found a network and prepare its processes; nothing runs yet.

    Args:
        folder: where.
        address: where partners reach a node, if that is not where it listens.
    """
    port = free_ports(NODES)
    if address is not None:
        for home in practice_homes(folder, port):
            make_home(replace(home, url=address(home)))
    homes = found_practice(folder, port)
    children = {
        (home.office, name): child
        for home in homes
        for name, child in zip(("web", "worker"), children_of(home), strict=True)
    }
    return Network(folder, {home.office: home for home in homes}, children)


def open_desks(network: Network) -> None:
    """Bring the tables up to date, let people in, start the nodes, and have tokens made."""
    links: dict[str, Mapping[str, str]] = {}

    def ready(home: Home) -> None:
        links[home.office] = prepare(home.path, practice_people(home.office))

    threads = [threading.Thread(target=ready, args=(home,)) for home in network.homes.values()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    network.start()
    for office, home in network.homes.items():
        url = f"http://127.0.0.1:{home.port}"
        network.desks[office] = Desk(office, url, tokens_for(url, links[office]))


@contextmanager
def running(folder: Path, address: Callable[[Home], str] | None = None) -> Iterator[Network]:
    network = found(folder, address)
    try:
        open_desks(network)
        yield network
    finally:
        network.stop()


Before = Callable[[int, Scene], None]


def play(network: Network, folder: Path, before: Before = lambda number, scene: None, until: str = "") -> Tale:
    """Play the story (up to a scene, which is played too), with fresh evidence, calling `before` before each scene."""
    source = make_evidence(folder / "evidence")
    (source / "nonce.txt").write_bytes(os.urandom(16).hex().encode())
    tale = Tale(network.desks, source, folder / "package")
    for number, scene in enumerate(STORY):
        before(number, scene)
        scene.play(tale, scene)
        if scene.id == until:
            break
    return tale


HISTORY = ("act", "step", "actor", "from_state", "to_state", "effective", "reason")


def history(network: Network, office: str, person: str, dossier: str) -> list[tuple[object, ...]]:
    """Return what a side says has happened in a dossier."""
    found = network.desks[office].get(person, f"/api/dossiers/{dossier}")
    assert found["waiting"] == []
    return [tuple(event[name] for name in HISTORY) for event in found["history"]]


def assert_both_sides_agree(network: Network, tale: Tale) -> None:
    """Wait until the last acts have arrived, then compare what both sides of both dossiers say."""
    for dossier, first, second, acts in (
        (tale.facts["request"], (GHANA, "ama"), (FRANCE, "claire"), 8),
        (tale.facts["order"], (FRANCE, "claire"), (HOSTING, "lea"), 7),
    ):
        deadline = time.monotonic() + 60
        while (ours := history(network, *first, dossier)) != (theirs := history(network, *second, dossier)):
            assert time.monotonic() < deadline, (ours, theirs)
            time.sleep(0.2)
        assert len(ours) == acts
        assert all(event[5] for event in ours), "an act had no effect"
        assert ours[-1][4] == "executed"


def assert_nothing_twice(network: Network, tale: Tale) -> None:
    """No act, custody event or envelope stands in a ledger twice, and no step was taken twice."""
    for office in network.homes:
        twice = network.rows(
            office, "SELECT kind, digest, COUNT(*) FROM node_ledgerentry GROUP BY kind, digest HAVING COUNT(*) > 1"
        )
        assert twice == [], office
        for kind in ("handed-over", "received", "acquired"):
            events = network.rows(
                office,
                'SELECT COUNT(*) FROM node_custody WHERE list_sha256 = ? AND kind = ? AND office = ? GROUP BY "to"',
                tale.facts["list"], kind, office,
            )  # fmt: skip
            assert all(count == 1 for (count,) in events), (office, kind)


def verify(place: Path, root: Path) -> dict[str, Any]:
    """Have `comity verify` look at a package, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", "from comity.cli import main; main()", "verify", str(place), "--root", str(root), "--json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    verdict: dict[str, Any] = json.loads(done.stdout)
    assert (done.returncode == 0) == (verdict["verdict"] == "verified")
    return verdict
