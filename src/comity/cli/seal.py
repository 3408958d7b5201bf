"""`comity seal`, `comity unseal`, `comity identity`: evidence for somebody without a node, on any carrier."""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from comity.cli.progress import ProgressLine, amount, errors_to_status, print_skipped, status_of
from comity.errors import LocalError
from comity.evidence.age import generate_identity, read_identities, recipient_of
from comity.evidence.exhibit import ExhibitList
from comity.evidence.folder import skipped_value
from comity.evidence.sealing import Sealed, seal, unseal

_PATH = click.Path(path_type=Path)


class KeyFileError(LocalError):
    """A file with keys cannot be read or written."""

    code = "key-file"


@click.command("seal")
@click.argument("source", type=_PATH)
@click.option("--to", "recipients", multiple=True, required=True, help="An age recipient, or a file with some.")
@click.option("--out", type=_PATH, required=True, help="New folder for the sealed files.")
@click.option("--title", default="", help="One line for the list; the source's name by default.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def seal_command(source: Path, recipients: tuple[str, ...], out: Path, title: str, as_json: bool) -> None:
    """Seal SOURCE, a file or a folder, so that only the recipients can open it.

    Exit status: 0 when every file was sealed, 1 when one was not (it is named), 2 when it cannot be done.
    """
    progress = ProgressLine()
    with errors_to_status(as_json):
        sealed = seal(source, out, _recipients(recipients), title=title, progress=progress)
    progress.end()
    _print_sealed(sealed, out, as_json)
    sys.exit(status_of(sealed.skipped))


@click.command("unseal")
@click.argument("folder", type=_PATH)
@click.option("--identity", type=_PATH, required=True, help="File with age identities, as age-keygen writes it.")
@click.option("--out", type=_PATH, required=True, help="New folder for the files.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def unseal_command(folder: Path, identity: Path, out: Path, as_json: bool) -> None:
    """Open what `comity seal` wrote, verify all of it, and lay out the files.

    Interrupted, the same command goes on where it stopped. Exit status: 0 verified, 1 not what it should be, 2 when it cannot be
    done.
    """
    progress = ProgressLine()
    with errors_to_status(as_json):
        exhibits = unseal(folder, out, read_identities(_read(identity)), progress=progress)
    progress.end()
    if as_json:
        click.echo(json.dumps({"folder": str(out), "list": _ref(exhibits)}))
    else:
        click.echo(f"{len(exhibits.exhibits)} exhibits, {amount(exhibits.total_bytes)}, verified, in {out}")
        click.echo(f"list     {exhibits.sha256}")


@click.command("identity")
@click.argument("file", type=_PATH)
def identity_command(file: Path) -> None:
    """Make an age identity (ML-KEM-768 with X25519), keep it in FILE, and print the recipient that others seal to."""
    identity = generate_identity()
    recipient = recipient_of(identity)
    with errors_to_status(as_json=False):
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise KeyFileError(f"The file cannot be made: {error.strerror}.", where=str(file)) from error
    with os.fdopen(descriptor, "w") as target:
        target.write(f"# public key: {recipient}\n{identity}\n")
    click.echo(recipient)


def _recipients(given: Iterable[str]) -> list[str]:
    """Return recipients; a text that is none names a file with one a line."""
    found: list[str] = []
    for each in given:
        lines = [each] if each.startswith("age1") else _read(Path(each)).splitlines()
        found += [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return found


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError("The file with keys cannot be read.", where=str(file)) from error


def _ref(exhibits: ExhibitList) -> dict[str, object]:
    return {"sha256": exhibits.sha256, "count": len(exhibits.exhibits), "bytes": exhibits.total_bytes}


def _print_sealed(sealed: Sealed, out: Path, as_json: bool) -> None:
    if as_json:
        value = {"folder": str(out), "list": _ref(sealed.list), "loads": sealed.loads}
        click.echo(json.dumps({**value, "skipped": skipped_value(sealed.skipped)}, ensure_ascii=False))
        return
    print_skipped(sealed.skipped)
    size = amount(sealed.list.total_bytes)
    click.echo(f"{len(sealed.list.exhibits)} exhibits, {size}, in {sealed.loads} loads, in {out}")
    click.echo(f"list     {sealed.list.sha256}")
