"""Opens the lawbook: reads the data files and hands them to the pure packages that know what they mean."""

from pathlib import Path


def default_path() -> Path:
    """Return where the lawbook lies: beside the source in a checkout, inside the package when installed."""
    checkout = Path(__file__).parents[3] / "lawbook"
    return checkout if checkout.is_dir() else Path(__file__).parents[1] / "lawbook_data"
