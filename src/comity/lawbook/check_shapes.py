"""Holds every data file of a lawbook to its JSON Schema. A schema says itself which files it is for (`x-files`)."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from comity.errors import ComityError
from comity.lawbook.reading import Document, read_table, read_yaml, refuse_strange

DATA = (".yaml", ".csv")


def data_files(folder: Path) -> dict[str, Path]:
    """Return the data files of a lawbook by name."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in DATA)
    return {path.relative_to(folder).as_posix(): path for path in paths}


def schemas(folder: Path) -> dict[str, dict[str, object]]:
    """Return the schemas of a lawbook by name.

    Raises:
        OSError, ValueError: one cannot be read.
    """
    paths = sorted((folder / "schema").glob("*.schema.json"))
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def schemas_of(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the names of the schemas that say they are for each data file; a sound lawbook has exactly one for each."""
    known = schemas(folder)
    found: dict[str, list[str]] = {name: [] for name in data_files(folder)}
    for schema, value in known.items():
        for pattern in cast("list[str]", value.get("x-files", [])):
            for path in folder.glob(pattern):
                found.setdefault(path.relative_to(folder).as_posix(), []).append(schema)
    return {name: tuple(each) for name, each in found.items()}


def shape_problems(folder: Path) -> Iterator[str]:
    """Yield what has another shape than it should, file by file; a file that cannot be read is a problem as well."""
    try:
        validators = {name: _validator(schema) for name, schema in schemas(folder).items()}
        covered = schemas_of(folder)
    except (OSError, ValueError, RecursionError, NotImplementedError, SchemaError) as error:
        yield f"schema: {error}"
        return
    for name, path in data_files(folder).items():
        names = covered.get(name, ())
        if len(names) != 1:
            yield f"{name}: {'no schema is' if not names else ' and '.join(names) + ' are both'} for this file"
            continue
        try:
            refuse_strange(folder, [path])
            yield from _of_file(name, path, validators[names[0]])
        except ComityError as error:
            yield error.diagnostics().replace("\n", " ")


def _validator(schema: Mapping[str, object]) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _of_file(name: str, path: Path, validator: Draft202012Validator) -> Iterator[str]:
    if path.suffix == ".yaml":
        yield from _errors(validator, name, read_yaml(path))
        return
    for number, row in enumerate(read_table(path), 2):
        yield from _errors(validator, f"{name} row {number}", row)


def _errors(validator: Draft202012Validator, where: str, value: Document) -> Iterator[str]:
    for error in validator.iter_errors(value):
        place = "/".join(_step(value, error.absolute_path))
        yield f"{where}: {place}: {error.message[:200]}" if place else f"{where}: {error.message[:200]}"


def _step(value: object, path: "Iterator[str | int] | object") -> Iterator[str]:
    """Name the place, list entries by their id where they have one."""
    for step in cast("list[str | int]", list(cast("list[str | int]", path))):
        value = cast("dict[str | int, object]", value)[step]
        named = value.get("id") or value.get("iso2") if isinstance(value, dict) and isinstance(step, int) else None
        yield str(named or step)
