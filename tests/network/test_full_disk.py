"""A disk that is full for a while: a clear error, nothing lost, and on it goes when there is room again."""

import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

from tests.network.network import (
    FRANCE,
    HOSTING,
    Network,
    assert_both_sides_agree,
    assert_nothing_twice,
    play,
    verify,
)

from comity.cli.demo.fetching import fetch_package
from comity.cli.demo.scenes import Scene, Tale
from comity.cli.demo.story import STORY

ROOM = 24 * 1024 * 1024
"""More than the database file needs, less than one load of the evidence."""
LARGE = 40 * 1024 * 1024


def limit(network: Network, office: str, name: str, size: int) -> None:
    """Let a running process write no file beyond a size, as if the disk were full."""
    process = network.children[office, name].process
    assert process is not None
    hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, hard))


def wait_for(look: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 60
    while not look():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def test_a_receiver_without_room_says_so_and_takes_the_evidence_when_there_is_room(
    network: Network, tmp_path: Path
) -> None:
    met: list[str] = []

    def full() -> bool:
        rows = network.rows(HOSTING, "SELECT last_error FROM node_transfer WHERE last_error != ''")
        met.extend(text for (text,) in rows)
        return bool(rows)

    def before(number: int, scene: Scene) -> None:
        if scene.id == "attach":
            (tmp_path / "evidence" / "account" / "disk.img").write_bytes(os.urandom(LARGE))
            limit(network, FRANCE, "web", ROOM)
        if scene.id == "received-in-france":
            wait_for(full, "The sender was not told that there is no room.")
            limit(network, FRANCE, "web", resource.RLIM_INFINITY)

    tale = play(network, tmp_path, before)
    assert any("503" in text or "storage-full" in text for text in met), met
    assert_both_sides_agree(network, tale)
    assert_nothing_twice(network, tale)
    assert verify(fetch_package(tale), network.root)["verdict"] == "verified"


def test_a_provider_without_room_says_so_and_acquires_when_there_is_room(network: Network, tmp_path: Path) -> None:
    tale = play(network, tmp_path, until="provider-acknowledges-production")
    (tale.evidence / "disk.img").write_bytes(os.urandom(LARGE))
    desk = network.desks[HOSTING]
    limit(network, HOSTING, "worker", ROOM)
    body = {"source": str(tale.evidence), "title": "no room", "dossier": tale.facts["order"]}
    holding = desk.send("nora", "POST", "/api/evidence", body)

    def told() -> bool:
        return bool(desk.get("nora", f"/api/evidence/{holding['id']}")["error"])

    wait_for(told, "Nobody was told that there is no room.")
    assert "no room" in desk.get("nora", f"/api/evidence/{holding['id']}")["error"]
    limit(network, HOSTING, "worker", resource.RLIM_INFINITY)
    finish(tale)
    assert_both_sides_agree(network, tale)
    assert verify(fetch_package(tale), network.root)["verdict"] == "verified"


def finish(tale: Tale) -> None:
    """Play what is left of the story."""
    names = [scene.id for scene in STORY]
    for scene in STORY[names.index("attach") :]:
        scene.play(tale, scene)
