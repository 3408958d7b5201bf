import pytest

from comity.law.facts import Facts
from comity.lawbook import open_lawbook


@pytest.fixture(scope="session")
def facts() -> Facts:
    return open_lawbook().facts
