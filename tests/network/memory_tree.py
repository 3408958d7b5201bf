"""A court package in memory, so that thousands of changed copies of it can be verified in a minute.

What a check finds out about bytes does not depend on anything else, so it is remembered by their digest: a copy that differs in one
file costs the work for that file, and whatever the checks conclude from it is concluded anew.
"""

import functools
import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

from comity.acts.opening import OpenedAct, open_act
from comity.court import bag, check_acts, check_ledgers, verifying
from comity.court.tree import Tree
from comity.court.verdict import Verdict
from comity.errors import ComityError


class Memory:
    """The files of a package, by path."""

    place = Path("memory")

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files

    def sizes(self) -> dict[str, int]:
        return {path: len(data) for path, data in self.files.items()}

    def open(self, path: str) -> IO[bytes]:
        return io.BytesIO(self.files[path])

    def with_file(self, path: str, data: bytes | None) -> "Memory":
        """Return a copy in which one file is another, or is missing."""
        rest = {name: old for name, old in self.files.items() if name != path}
        return Memory(rest if data is None else {**rest, path: data})


def read_package(folder: Path) -> Memory:
    return Memory(
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    )


Verify = Callable[[Tree], Verdict]


@contextmanager
def remembering(verify: Callable[[Path], Verdict]) -> Iterator[Verify]:
    """Give a `verify` for trees that remembers what it found out about bytes."""
    trees: list[Tree] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verifying, "open_tree", lambda place: trees[-1])
        patch.setattr(bag, "hash_file", _hash_file)
        patch.setattr(check_acts, "open_act", _remembered_act())
        patch.setattr(check_ledgers, "verify_receipt", _remembered(check_ledgers.verify_receipt))
        patch.setattr(check_ledgers, "verify_proof", _remembered(check_ledgers.verify_proof))

        def verify_tree(tree: Tree) -> Verdict:
            trees.append(tree)
            return verify(tree.place)

        yield verify_tree


def _hash_file(tree: Tree, path: str) -> str:
    with tree.open(path) as stream:
        return hashlib.sha256(stream.read()).hexdigest()


def _remembered_act() -> Callable[..., OpenedAct]:
    known: dict[str, OpenedAct] = {}

    def opened(pdf: bytes, directory: Any, *more: Any, **named: Any) -> OpenedAct:
        name = hashlib.sha256(pdf).hexdigest()
        found = known.get(name)
        # the office that the directory of this very package lists must still be the one that it was opened with
        if found is None or directory(found.office.id) != found.office:
            found = open_act(pdf, directory, *more, **named)
            known[name] = found
        return found

    return opened


def _remembered(check: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[str, Any] = {}

    @functools.wraps(check)
    def checked(*values: Any, **named: Any) -> Any:
        name = repr((values, sorted(named.items())))
        if name not in known:
            try:
                known[name] = check(*values, **named)
            except ComityError as error:
                return _raise(error)
        return known[name]

    return checked


def _raise(error: ComityError) -> Any:
    raise error
