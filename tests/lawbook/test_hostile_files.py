"""Every kind of data file, damaged or hostile in every way: a problem that names the file, never a crash, a hang, or silence."""

import csv
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from comity.law.facts import MalformedLawError
from comity.lawbook import default_path
from comity.lawbook.check import check_law
from comity.lawbook.check_shapes import data_files, schemas
from comity.lawbook.reading import sources

KINDS = {name: value["x-files"] for name, value in schemas(default_path()).items()}
FEW = {"parties.csv": 40, "authorities.csv": 40, "bilateral.csv": 20}


@pytest.fixture(scope="module")
def one_of_each(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lawbook with one file of each kind, the smallest of its kind; only its shapes can be checked."""
    folder = tmp_path_factory.mktemp("each") / "lawbook"
    shutil.copytree(default_path() / "schema", folder / "schema")
    for patterns in KINDS.values():
        for pattern in patterns:
            source = min(default_path().glob(pattern), key=lambda path: path.stat().st_size)
            target = folder / source.relative_to(default_path())
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    for name, rows in FEW.items():
        (path,) = folder.rglob(name)
        path.write_text("".join(path.read_text().splitlines(keepends=True)[:rows]))
    return folder


def schema_for(folder: Path, path: Path) -> dict[str, Any]:
    return next(
        value for value in schemas(folder).values() for pattern in value["x-files"] if path in folder.glob(pattern)  # type: ignore[attr-defined]
    )  # fmt: skip


def edited(path: Path, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Return the file with its document, or the first row of its table, changed."""
    if path.suffix == ".yaml":
        document = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        change(document)
        return yaml.safe_dump(document, allow_unicode=True, sort_keys=False).encode()
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    for row in rows:
        change(row)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def required(schema: dict[str, Any]) -> list[str]:
    """The required members beside the name of the schema and the day; all `words` files have those of the first form."""
    return [name for name in schema.get("oneOf", [schema])[0]["required"] if name not in ("schema", "as_of")]


def without_required(path: Path, schema: dict[str, Any]) -> bytes:
    return edited(path, lambda value: value.pop(list(value)[-1] if "oneOf" in schema else required(schema)[-1]))


def with_unknown(path: Path, schema: dict[str, Any]) -> bytes:
    return edited(path, lambda value: value.update(zzz="1"))


def other_type(path: Path, schema: dict[str, Any]) -> bytes:
    return edited(path, lambda value: value.update({required(schema)[0]: 7 if path.suffix == ".yaml" else "\u2603"}))


def twice(path: Path, schema: dict[str, Any]) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".yaml":
        return data + b"\nschema: again/1\n"
    head, _, rest = data.partition(b"\n")
    return head + b"," + head.split(b",")[0] + b"\n" + b"".join(line + b",x\n" for line in rest.splitlines())


def more(addition: bytes, cell: bytes) -> Callable[[Path, dict[str, Any]], bytes]:
    """Return what adds a member to a document, or puts something into the last row of a table."""

    def edit(path: Path, schema: dict[str, Any]) -> bytes:
        data = path.read_bytes()
        return data + b"\nzzz: " + addition + b"\n" if path.suffix == ".yaml" else data.rstrip(b"\n") + cell + b"\n"

    return edit


BOMB = b"{a: &a [x, x], b: &b [*a, *a, *a], c: &c [*b, *b, *b], d: [*c, *c, *c]}"
DEFECTS: dict[str, Callable[[Path, dict[str, Any]], bytes]] = {
    "a required key is missing": without_required,
    "a key nobody knows": with_unknown,
    "another type": other_type,
    "a key twice": twice,
    "an alias bomb": more(BOMB, b'","'),
    "nesting without end": more(b"[" * 100_000, b'"' * 99_999),
    "a scalar without end": more(b"x" * 9_000_000, b"x" * 9_000_000),
    "a tag that makes an object": more(b"!!python/object/apply:os.system ['false']", b"\x00"),
    "a number as no number is": more(b"0777", b"\x1b[2J"),
    "NUL": more(b'"a\\0b"', b"\x00"),
    "a raw control character": more(b"a\x07b", b"\x07"),
    "an escaped control character": more(b'"a\\x1b[2Jb"', b"\x1b[2J"),
    "text that runs backwards": more("a\u202eb".encode(), "\u202e".encode()),
    "no text": lambda path, _: path.read_bytes() + b"\xff\xfe\xc3\x28",
    "UTF-16": lambda path, _: path.read_text().encode("utf-16"),
    "nothing": lambda path, _: b"",
    "blank": lambda path, _: b"\n\n \n",
    "a list": lambda path, _: b"- a\n",
    "two documents": lambda path, _: path.read_bytes() + b"\n---\na: 1\n",
    "cut off": lambda path, _: path.read_bytes().rstrip()[:-30] + b"\n{ [",
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_every_kind_of_file_with_a_defect_is_named_by_the_check(one_of_each: Path, tmp_path: Path, defect: str) -> None:
    folder = tmp_path / "lawbook"
    shutil.copytree(one_of_each, folder)
    names = list(data_files(folder))
    for path in data_files(folder).values():
        path.write_bytes(DEFECTS[defect](path, schema_for(folder, path)))
    problems = check_law(folder).problems
    silent = [name for name in names if not any(Path(name).name in problem for problem in problems)]
    assert not silent, " ".join(silent)
    assert all(len(problem) < 1_000 for problem in problems)


def outside(path: Path, other: Path) -> None:
    shutil.copy(path, other / path.name)
    path.unlink()
    path.symlink_to(other / path.name)


def folder_outside(path: Path, other: Path) -> None:
    shutil.copytree(path.parent, other / path.parent.name)
    shutil.rmtree(path.parent)
    path.parent.symlink_to(other / path.parent.name)


def pipe(path: Path, other: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def directory(path: Path, other: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("replaced", [outside, folder_outside, pipe, directory])
def test_what_is_no_file_of_the_lawbook_is_neither_checked_nor_loaded(
    one_of_each: Path, tmp_path: Path, replaced: Callable[[Path, Path], None]
) -> None:
    folder, other = tmp_path / "lawbook", tmp_path / "elsewhere"
    shutil.copytree(one_of_each, folder)
    other.mkdir()
    path = next(folder.glob("instruments/*.yaml"))
    replaced(path, other)
    problems = check_law(folder).problems
    assert problems
    if replaced is not folder_outside:
        assert any(path.name in problem for problem in problems)
    with pytest.raises(MalformedLawError):
        sources(folder, ("instruments/*.yaml",))
