"""Loads the facts of the law: reads and compiles the files, then has `comity.law` make typed values of them."""

from pathlib import Path

from comity.law.facts import Facts, MalformedLawError
from comity.law.parse import parse_facts
from comity.lawbook.reading import (
    Document,
    cache_folder,
    compiled,
    digest_of,
    read_folder,
    read_table,
    read_yaml,
    sources,
    without_collection,
)

PATTERNS = (
    "codes.yaml",
    "warnings.yaml",
    "holders.yaml",
    "identifiers.yaml",
    "jurisdiction.yaml",
    "offences/elements.yaml",
    "states/states.csv",
    "states/authorities.csv",
    "states/law/*.yaml",
    "parties/*.csv",
    "parties/*.yaml",
    "instruments/*.yaml",
    "obligations/*.yaml",
    "words/law.yaml",
)


def load_facts(folder: Path, cache: Path | None = None) -> tuple[Facts, str]:
    """Load the facts.

    Args:
        folder: the lawbook.
        cache: where compiled data lie; None means the user's cache folder, where there is one.

    Returns:
        The facts, and the digest of the files they come from.

    Raises:
        MalformedLawError: a file is missing, cannot be read or has another shape.
    """
    with without_collection():
        raw, digest = read_compiled(folder, cache)
        return facts_of(raw), digest


def facts_of(raw: Document, where: str = "lawbook") -> Facts:
    """Make facts of plain data, whatever shape the data have.

    Raises:
        MalformedLawError: a document lacks a member or has another shape.
    """
    try:
        return parse_facts(raw)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MalformedLawError(
            f"A document lacks or misshapes {error}.",
            where=where,
            remedy="Run `comity law check`: it names the file and the place.",
        ) from error


def read_compiled(folder: Path, cache: Path | None = None) -> tuple[Document, str]:
    """Return the facts as plain data, from the cache where they are compiled already, and the digest of their files.

    Raises:
        MalformedLawError: a file is missing or cannot be read.
    """
    digest = digest_of(sources(folder, PATTERNS))
    with without_collection():
        return compiled("facts", digest, lambda: read_facts(folder), cache or cache_folder()), digest


def read_facts(folder: Path) -> Document:
    """Read all documents and tables of the facts as plain data, by the names that `parse_facts` knows.

    Raises:
        MalformedLawError: a file is missing or cannot be read.
    """
    return {
        "codes": read_yaml(folder / "codes.yaml"),
        "jurisdiction": read_yaml(folder / "jurisdiction.yaml"),
        "holders": read_yaml(folder / "holders.yaml"),
        "identifiers": read_yaml(folder / "identifiers.yaml"),
        "warnings": read_yaml(folder / "warnings.yaml"),
        "elements": read_yaml(folder / "offences/elements.yaml"),
        "states": read_table(folder / "states/states.csv"),
        "authorities": read_table(folder / "states/authorities.csv"),
        "national": read_folder(folder / "states/law"),
        "parties": read_table(folder / "parties/parties.csv"),
        "bilateral": read_table(folder / "parties/bilateral.csv"),
        "reservations": read_yaml(folder / "parties/reservations.yaml"),
        "more_reservations": [read_yaml(path) for path in sorted(folder.glob("parties/reservations-*.yaml"))],
        "coverage": read_yaml(folder / "parties/coverage.yaml"),
        "instruments": read_folder(folder / "instruments"),
        "obligations": read_folder(folder / "obligations"),
        "words": read_yaml(folder / "words/law.yaml"),
    }
