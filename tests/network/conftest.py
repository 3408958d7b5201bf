"""One practice network for the tests of the folder, which run one after the other."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.network.network import Network, play, running

import comity
from comity.cli.demo.fetching import fetch_package
from comity.cli.demo.scenes import Tale

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.network)
            item.add_marker(pytest.mark.xdist_group("network"))


@pytest.fixture(scope="session", autouse=True)
def _processes_run_this_code() -> None:
    os.environ["PYTHONPATH"] = str(Path(comity.__file__).parent.parent)


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
