"""A node with its home, its keys and a directory."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from tests.node.world import FRANCE, GHANA, NOW, Partner

from comity.cli.practice import found_practice
from comity.node import resources
from comity.node.home import Home


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Home]:
    """The practice network's three homes, founded once."""
    return {home.office: home for home in found_practice(tmp_path_factory.mktemp("practice"))}


def forget() -> None:
    """Make the process forget which node it is."""
    for kept in (
        resources.keys,
        resources.ledger_signer,
        resources.witness_signer,
        resources.office_signer,
        resources.vault,
    ):
        kept.cache_clear()
    resources.forget_directory()


@pytest.fixture
def become(homes: Mapping[str, Home], settings: LazySettings, tmp_path: Path) -> Iterator[Callable[[str], Home]]:
    """Make this process the node of an office, with a vault of its own."""

    def change(office: str) -> Home:
        settings.HOME = homes[office]
        settings.VAULT = str(tmp_path / "vault" / office)
        forget()
        return homes[office]

    yield change
    forget()


@pytest.fixture
def node(become: Callable[[str], Home], db: None) -> Home:
    """The prosecutor's node in Ghana."""
    return become(GHANA)


@pytest.fixture
def requested(become: Callable[[str], Home], db: None) -> Home:
    """The central authority's node in France."""
    return become(FRANCE)


@pytest.fixture
def partner(homes: Mapping[str, Home]) -> Callable[[str], Partner]:
    return lambda office: Partner(homes[office])
