"""One practice network for all tests of the folder, one after the other; one of its own for a test that breaks it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.network.network import Network, play, running

from comity.cli.demo.fetching import fetch_package
from comity.cli.demo.scenes import Tale

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.network)
            item.add_marker(pytest.mark.xdist_group("network"))


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with running(tmp_path_factory.mktemp("network")) as found:
        yield found


@pytest.fixture(scope="session")
def told(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Tale:
    """The story, played once without any trouble, with its package."""
    tale = play(network, tmp_path_factory.mktemp("told"))
    fetch_package(tale)
    return tale


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Callable[[], Network]]:
    """Start one more network, for tests that break things."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(running(tmp_path / "another"))
