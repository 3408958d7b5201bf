"""What an acquisition has stored already, so that one that was killed goes on where it stopped."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from comity.evidence.exhibit import Exhibit
from comity.evidence.scan import Found
from comity.evidence.storage import Vault, typed_errors


class Journal:
    """One JSON line an exhibit, after a first line that says for which source and part size.

    A line is written after its exhibit is safe in the vault. A line that was cut off, or a journal of another source, counts as
    absent; then the file is simply read again.
    """

    def __init__(self, path: Path, source: Path, part_size: int) -> None:
        self._path = path
        self._head = json.dumps({"source": os.fsencode(source.absolute()).hex(), "part_size": part_size})
        self._known: dict[tuple[str, int, int], Exhibit] = {}
        self._file = -1

    def __enter__(self) -> Self:
        with typed_errors(str(self._path)):
            lines = self._path.read_text().split("\n") if self._path.exists() else []
            is_ours = lines[:1] == [self._head]
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | (0 if is_ours else os.O_TRUNC)
            self._file = os.open(self._path, flags, 0o600)
            # a first newline ends the line that a kill may have cut off
            self._write("\n" if is_ours else self._head + "\n")
        for line in lines[1:] if is_ours else []:
            self._remember(line)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)

    def find(self, found: Found, vault: Vault) -> Exhibit | None:
        """Return the exhibit when the file is unchanged since it was stored and the vault still holds it."""
        exhibit = self._known.get((found.path, found.size, found.mtime_ns))
        if exhibit and vault.has(exhibit.sha256) and vault.size(exhibit.sha256) == exhibit.size:
            return exhibit
        return None

    def add(self, found: Found, exhibit: Exhibit) -> None:
        """Write down that the file is in the vault."""
        line = {"path": found.path, "size": found.size, "mtime_ns": found.mtime_ns, "sha256": exhibit.sha256}
        with typed_errors(str(self._path)):
            self._write(json.dumps({**line, "parts": exhibit.parts}) + "\n")

    def _write(self, text: str) -> None:
        data = text.encode()
        while data:
            data = data[os.write(self._file, data) :]

    def _remember(self, line: str) -> None:
        try:
            value = json.loads(line)
        except ValueError:
            return
        if isinstance(value, Mapping):
            exhibit = Exhibit(value["path"], value["size"], value["sha256"], tuple(value["parts"]))
            self._known[exhibit.path, exhibit.size, value["mtime_ns"]] = exhibit
