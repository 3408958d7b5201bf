import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from vectors.acts.generate import Bench, bench


@pytest.fixture(scope="session")
def offices() -> Bench:
    """Offices with keys, among them eve's, whom no directory lists."""
    return bench()
