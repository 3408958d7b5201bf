"""The lawbook as one value, and where it lies."""

from dataclasses import dataclass
from pathlib import Path

from comity.law.facts import Facts
from comity.lawbook.facts import load_facts


@dataclass(frozen=True)
class Lawbook:
    """One edition of the lawbook.

    Attributes:
        facts: the law, for `comity.law.routes`.
        edition: the day of the facts and the beginning of the digest of all data files: `2026-11-24+1f2e3d4c`.
    """

    facts: Facts
    edition: str


def default_path() -> Path:
    """Return where the lawbook lies: beside the source in a checkout, inside the package when installed."""
    checkout = Path(__file__).parents[3] / "lawbook"
    return checkout if checkout.is_dir() else Path(__file__).parents[1] / "lawbook_data"


def open_lawbook(path: Path | None = None) -> Lawbook:
    """Open the lawbook.

    Args:
        path: the folder; None means the one that comes with Comity.

    Raises:
        MalformedLawError: a file is missing, is no YAML or CSV, or does not have the shape it should have.
    """
    facts, digest = load_facts(path or default_path())
    return Lawbook(facts, f"{facts.as_of}+{digest[:8]}")
