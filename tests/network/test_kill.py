"""kill -9 of any process at any moment, then a restart: the story ends with the same result."""

import random
import threading
import time
from pathlib import Path

import pytest
from tests.network.network import Network, assert_both_sides_agree, assert_nothing_twice, play, verify

from comity.cli.demo.fetching import fetch_package
from comity.cli.demo.scenes import Scene

LATEST_SECONDS = 0.7
"""A scene takes about this long, so a process dies while it drafts, renders, signs, stores, seals, sends or receives."""


class Killer:
    """Before each scene, chooses a process and a moment within the scene, kills it then, and starts it again."""

    def __init__(self, network: Network, kind: str, seed: int) -> None:
        self.network, self.kind = network, kind
        self.random = random.Random(seed)
        self.kills: list[tuple[str, str, str, float]] = []
        self._thread: threading.Thread | None = None

    def __call__(self, number: int, scene: Scene) -> None:
        self.finish()
        offices = [scene.office, *sorted(set(self.network.homes) - {scene.office})]
        office = offices[self.random.choice((0, 0, 1, 2))]
        after = self.random.uniform(0, LATEST_SECONDS)
        self.kills.append((scene.id, office, self.kind, after))
        self._thread = threading.Thread(target=self._kill, args=(office, after))
        self._thread.start()

    def _kill(self, office: str, after: float) -> None:
        time.sleep(after)
        self.network.kill(office, self.kind)
        self.network.restart(office, self.kind)

    def finish(self) -> None:
        if self._thread is not None:
            self._thread.join()


@pytest.mark.parametrize(("kind", "seed"), [("web", 1), ("worker", 2)])
def test_a_process_killed_in_every_scene_changes_nothing_of_the_outcome(
    network: Network, tmp_path: Path, kind: str, seed: int
) -> None:
    killer = Killer(network, kind, seed)
    try:
        tale = play(network, tmp_path, killer)
    finally:
        killer.finish()
        network.wait_until_up()
    assert len(killer.kills) > 20
    assert_both_sides_agree(network, tale)
    assert_nothing_twice(network, tale)
    assert verify(fetch_package(tale), network.root)["verdict"] == "verified", killer.kills
