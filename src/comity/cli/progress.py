"""What the commands about evidence share: the line of progress, results as JSON, errors and exit status."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from comity.errors import ComityError, PeerError
from comity.evidence.scan import Skipped

NOT_A_LOSS = {"symlink", "device", "fifo", "socket", "loop", "unknown"}
"""Reasons for which something that is no file was left out; everything else that was left out sets the exit status."""


class ProgressLine:
    """Says on standard error how far the work is: in one line on a terminal, every tenth part elsewhere."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._said_at = 0.0
        self._said = 0

    def __call__(self, done: int, total: int, path: str) -> None:
        """Report bytes done, bytes in all, and what is being read."""
        tenths = 10 if not total else done * 10 // total
        if self._is_terminal and (time.monotonic() - self._said_at > 0.2 or done == total):
            self._said_at = time.monotonic()
            click.echo(f"\r\x1b[K{self._text(done, total)}  {path[-60:]}", nl=False, err=True)
        elif not self._is_terminal and tenths > self._said:
            self._said = tenths
            click.echo(self._text(done, total), err=True)

    def end(self) -> None:
        """End the line."""
        if self._is_terminal and self._said_at:
            click.echo(err=True)

    def _text(self, done: int, total: int) -> str:
        return f"{100 if not total else done * 100 // total:3d} %  {amount(done)} of {amount(total)}"


def amount(count: int) -> str:
    """Return a number of bytes for people."""
    size = float(count)
    for unit in ("bytes", "KiB", "MiB", "GiB"):
        if size < 1024:
            return f"{count} bytes" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} TiB"


@contextmanager
def errors_to_status(as_json: bool) -> Iterator[None]:
    """Print a typed error and leave: status 1 when what was received is at fault, 2 when the work cannot be done here."""
    try:
        yield
    except ComityError as error:
        if as_json:
            shown = {"code": error.code, "message": error.message, "remedy": error.remedy, "where": error.where}
            click.echo(json.dumps({"error": shown}, ensure_ascii=False))
        else:
            click.echo(error.diagnostics(), err=True)
        sys.exit(1 if isinstance(error, PeerError) else 2)


def print_skipped(skipped: tuple[Skipped, ...]) -> None:
    """Name what was not taken, on standard error."""
    for each in skipped:
        click.echo(f"not taken: {each.path} ({each.reason}{': ' + each.detail if each.detail else ''})", err=True)


def status_of(skipped: tuple[Skipped, ...]) -> int:
    """Return 0 when every file was taken, else 1."""
    return 0 if all(each.reason in NOT_A_LOSS for each in skipped) else 1
