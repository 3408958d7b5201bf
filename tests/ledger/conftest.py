"""Keys with fixed seeds, and where the published vectors lie."""

import os
from pathlib import Path

import pytest
from tests.ledger.memory import a_key

from comity.ledger.cosignature import WitnessSigner
from comity.ledger.note import NoteSigner

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def ana() -> NoteSigner:
    """Ana's office signs its log."""
    return NoteSigner("gh.example/ana", a_key("ana"))


@pytest.fixture(scope="session")
def ben() -> WitnessSigner:
    """Ben's office witnesses it."""
    return WitnessSigner("fr.example/ben", a_key("ben"))


@pytest.fixture(scope="session")
def cleo() -> WitnessSigner:
    """So does Cleo's."""
    return WitnessSigner("pv.example/cleo", a_key("cleo"))


@pytest.fixture(scope="session")
def eve() -> NoteSigner:
    """Eve has a key that nobody trusts."""
    return NoteSigner("gh.example/eve", a_key("eve"))


@pytest.fixture(scope="session")
def tlog() -> Path:
    """The published vectors and the real log, where they lie beside the project."""
    folder = Path(os.environ.get("COMITY_SHARED_DATA") or ROOT.parent / "shared/data") / "tlog"
    if not folder.is_dir():
        pytest.skip("the published vectors are not here")
    return folder
