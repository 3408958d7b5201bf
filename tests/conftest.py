"""What every test may use: the four people, and an instant to be at."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from comity.node.models import Person


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 24, 9, 12, tzinfo=UTC)


@pytest.fixture
def person(db: None) -> "Callable[..., Person]":
    """Make a person: `person("ana", "officer")`."""
    from comity.node.usecases.add_person import add_person

    def make(username: str, *roles: str) -> "Person":
        return add_person(None, username=username, name=username.capitalize(), roles=roles, function=roles[0])

    return make


@pytest.fixture
def ana(person: "Callable[..., Person]") -> "Person":
    """The officer."""
    return person("ana", "officer")


@pytest.fixture
def ben(person: "Callable[..., Person]") -> "Person":
    """The approver."""
    return person("ben", "approver")


@pytest.fixture
def cleo(person: "Callable[..., Person]") -> "Person":
    """The custodian."""
    return person("cleo", "custodian")


@pytest.fixture
def eve(person: "Callable[..., Person]") -> "Person":
    """An officer of the same office who has no right to the case."""
    return person("eve", "officer")


@pytest.fixture
def ada(person: "Callable[..., Person]") -> "Person":
    """The administrator, who sees no case and no act."""
    return person("ada", "administrator")
