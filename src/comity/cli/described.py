"""A conduct as a command line describes it: by flags or a JSON file."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from comity.law.question import CONDUCT_KEYS, CONDUCT_SHAPE, UnusableQuestionError

F = TypeVar("F", bound=Callable[..., Any])
FLAGS = {"acts": "act", "objects": "object", "facts": "fact", "not": "absent"}


def conduct_options(command: F) -> F:
    """Add the flags --act, --object, --fact, --not."""
    for option in (
        click.option(
            "--not", "absent", multiple=True, metavar="ELEMENT", help="What is known not to hold, repeatable."
        ),
        click.option("--fact", multiple=True, metavar="ELEMENT", help="What else holds: without-right, intent, ..."),
        click.option("--object", multiple=True, metavar="ELEMENT", help="What it was directed at, repeatable."),
        click.option(
            "--act", multiple=True, metavar="ELEMENT", help="What was done: access, alter-data, ...; repeatable."
        ),
    ):
        command = option(command)
    return command


def conduct_of(given: Mapping[str, object]) -> dict[str, list[str]] | None:
    """Return the conduct that the flags describe, as a question has it; None where none is given."""
    parts = {key: list(value) for key, flag in FLAGS.items() if isinstance(value := given.get(flag), tuple) and value}
    return {key: parts.get(key, []) for key in CONDUCT_KEYS} if parts else None


def read_conduct(name: str) -> object:
    """Read a conduct from a JSON file; `-` is standard input.

    Raises:
        UnusableQuestionError: the file cannot be read or is no JSON.
    """
    try:
        with click.open_file(name, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError, RecursionError) as error:
        raise UnusableQuestionError(f"The conduct cannot be read: {error}", where=name, remedy=CONDUCT_SHAPE) from error
