"""`comity acquire`: take evidence in, without any node and without any network."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from comity import __version__
from comity.acts.act import OFFICE_ID, Text
from comity.cli.progress import ProgressLine, amount, errors_to_status, print_skipped, status_of
from comity.evidence.folder import AcquiredFolder, acquire_to_folder, skipped_value

NO_OFFICE = "zz/no-office"


def _office(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if not OFFICE_ID.fullmatch(value):
        raise click.BadParameter("an office is named like gh/practice-prosecutor")
    return value


@click.command("acquire")
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="Folder for exhibits, list and custody event."
)
@click.option("--office", default=NO_OFFICE, show_default=True, callback=_office, help="Who takes it in.")
@click.option("--title", default="", help="One line for the list; the source's name by default.")
@click.option("--note", default="", help="Words for the custody event.")
@click.option("--language", default="en", show_default=True, help="Language of the note.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def acquire_command(source: Path, out: Path, office: str, title: str, note: str, language: str, as_json: bool) -> None:
    """Take SOURCE, a file or a folder, into a folder of exhibits with their list and first custody event.

    Nothing in SOURCE is changed or followed. Interrupted, the same command goes on where it stopped. Exit status: 0 when every file
    was taken, 1 when one was not (it is named), 2 when SOURCE or the folder cannot be used.
    """
    progress = ProgressLine()
    with errors_to_status(as_json):
        taken = acquire_to_folder(
            source,
            out,
            office=office,
            tool=f"comity {__version__}",
            now=datetime.now(UTC).replace(microsecond=0),
            title=title,
            note=Text(note, language) if note else None,
            progress=progress,
        )
    progress.end()
    _print(taken, out, as_json)
    sys.exit(status_of(taken.acquisition.skipped))


def _print(taken: AcquiredFolder, out: Path, as_json: bool) -> None:
    exhibits = taken.acquisition.list
    if as_json:
        value = {
            "folder": str(out),
            "list": {"sha256": exhibits.sha256, "count": len(exhibits.exhibits), "bytes": exhibits.total_bytes},
            "custody": taken.event.sha256,
            "skipped": skipped_value(taken.acquisition.skipped),
        }
        click.echo(json.dumps(value, ensure_ascii=False))
        return
    print_skipped(taken.acquisition.skipped)
    click.echo(f"{len(exhibits.exhibits)} exhibits, {amount(exhibits.total_bytes)}, in {out}")
    click.echo(f"list     {exhibits.sha256}")
    click.echo(f"custody  {taken.event.sha256}")
