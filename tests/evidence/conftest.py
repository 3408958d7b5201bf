"""Where the shared vectors are, and small things that many tests of evidence need."""

import os
from pathlib import Path

import pytest

from comity.evidence.age import generate_identity, recipient_of
from comity.evidence.folder_vault import FolderVault

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    folder = Path(os.environ.get("COMITY_SHARED_DATA", ROOT.parent / "shared/data"))
    if not folder.is_dir():
        pytest.skip("the shared data are not on this machine (COMITY_SHARED_DATA)")
    return folder


@pytest.fixture
def vault(tmp_path: Path) -> FolderVault:
    return FolderVault(tmp_path / "vault")


@pytest.fixture(scope="session")
def identity() -> str:
    """Cleo's identity; she receives what is sealed in tests."""
    return generate_identity()


@pytest.fixture(scope="session")
def recipient(identity: str) -> str:
    return recipient_of(identity)
