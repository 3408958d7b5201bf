"""The node's clock: read once at the edge of a request or a job, then passed on."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, UTC."""
    return datetime.now(UTC)
