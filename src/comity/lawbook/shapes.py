"""Reads the outlines of the states, for maps."""

import json
from functools import lru_cache
from pathlib import Path

from comity.law.facts import MalformedLawError
from comity.pictures.world import Outline, World


@lru_cache(maxsize=4)
def load_world(lawbook: Path) -> World:
    """Return the outlines of a lawbook.

    Raises:
        MalformedLawError: the file is missing or has another shape.
    """
    place = "shapes/world.json"
    try:
        document = json.loads((lawbook / place).read_text(encoding="utf-8"))
        states = {
            code: Outline(row["at"][0], row["at"][1], row.get("room", 0), row.get("path", ""))
            for code, row in document["states"].items()
        }
        return World(document["width"], document["height"], states, document["rest"])
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise MalformedLawError(
            f"The outlines of the states cannot be read: {error}", where=place, remedy="Run scripts/world-shapes."
        ) from error
