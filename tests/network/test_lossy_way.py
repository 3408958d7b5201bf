"""Between the nodes everything goes wrong that can: the dossiers become equal all the same, and nothing is there twice."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.network.network import Network, assert_both_sides_agree, assert_nothing_twice, play, running, verify
from tests.network.proxy import RATES, Way

from comity.cli.demo.fetching import fetch_package
from comity.cli.demo.world import NODES, free_ports
from comity.node.home import Home

SEED = 20261124


@pytest.fixture
def bad_ways(tmp_path: Path) -> Iterator[tuple[Network, list[Way]]]:
    """A network whose nodes know each other only by addresses that belong to bad ways."""
    ways: list[Way] = []

    def address(home: Home) -> str:
        ways.append(Way(free_ports(NODES) + 7 * NODES + len(ways), home.port, SEED + len(ways)))
        return f"http://127.0.0.1:{ways[-1].server_port}"

    with ExitStack() as stack:
        stack.callback(lambda: [way.stop() for way in ways])
        network = stack.enter_context(running(tmp_path / "network", address))
        yield network, ways


def test_lost_late_doubled_cut_and_repeated_requests_change_nothing_of_the_outcome(
    bad_ways: tuple[Network, list[Way]], tmp_path: Path
) -> None:
    network, ways = bad_ways
    for way in ways:
        way.start()
    tale = play(network, tmp_path)
    assert_both_sides_agree(network, tale)
    assert_nothing_twice(network, tale)
    assert verify(fetch_package(tale), network.root)["verdict"] == "verified"
    suffered = sum((way.done for way in ways), Counter())
    assert sum(suffered[name] for name in RATES) >= 10, suffered
