"""`comity verify`: look at a court package or a single act, alone and offline, and say what is proven."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from comity.acts.opening import open_act
from comity.court.bag import Defect
from comity.court.tree import UnusablePackageError
from comity.court.verdict import Statement, Verdict, reason
from comity.court.verifying import verify_package
from comity.errors import ComityError, PeerError
from comity.exchange.directory import open_directory
from comity.exchange.sources import folder_source
from comity.lawbook import Lawbook, open_lawbook

UNUSABLE = 2
HEADS = {
    "en": {
        "verified": "VERIFIED",
        "not-verified": "NOT VERIFIED",
        "proven": "What is proven",
        "not_proven": "What this cannot prove",
        "failures": "What is wrong",
    },
    "zh": {
        "verified": "核验通过",
        "not-verified": "核验未通过",
        "proven": "已证明",
        "not_proven": "无法由此证明",
        "failures": "存在的问题",
    },
}


@click.command("verify")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--root", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Root of the directory that you trust."
)
@click.option(
    "--directory",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the directory, for a single act.",
)
@click.option("--language", type=click.Choice(sorted(HEADS)), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print {verdict, proven, not_proven, failures}.")
def verify(path: Path, root: Path | None, directory: Path | None, language: str, as_json: bool) -> None:
    """Verify the court package (folder or ZIP) or the act (PDF) at PATH.

    Exit status: 0 verified, 1 not verified, 2 PATH is nothing that can be verified.
    """
    try:
        verdict = _verdict(path, root, directory, as_json)
    except ComityError as error:
        if as_json:
            failure = {"path": error.where or path.name, "reason": error.code, "text": error.message}
            click.echo(
                json.dumps(
                    {"verdict": "unusable", "proven": [], "not_proven": [], "failures": [failure]}, ensure_ascii=False
                )
            )
        else:
            click.echo(error.diagnostics(), err=True)
        sys.exit(UNUSABLE)
    click.echo(
        json.dumps(verdict.as_json(language), ensure_ascii=False, indent=1) if as_json else in_words(verdict, language)
    )
    sys.exit(0 if verdict.verdict == "verified" else 1)


def _verdict(path: Path, root: Path | None, directory: Path | None, quiet: bool) -> Verdict:
    lawbook = open_lawbook()
    now = datetime.now(UTC)
    trusted = root.read_bytes() if root else None
    if path.is_file() and path.open("rb").read(5) == b"%PDF-":
        return verify_act(path, lawbook, trusted, directory, now)
    with click.progressbar(
        length=1000, label="Hashing", file=sys.stderr, hidden=quiet or not sys.stderr.isatty()
    ) as bar:
        return verify_package(path, lawbook.wordbook, lawbook.procedures, now, trusted, _progress(bar.update))


def _progress(update: Callable[[int], None]) -> Callable[[int, int], None]:
    shown = 0

    def report(done: int, total: int) -> None:
        nonlocal shown
        now = 1000 * done // max(total, 1)
        update(now - shown)
        shown = now

    return report


def verify_act(path: Path, lawbook: Lawbook, root: bytes | None, directory: Path | None, now: datetime) -> Verdict:
    """Verify a single act against a directory.

    Raises:
        UnusablePackageError: no directory was given.
    """
    if directory is None:
        raise UnusablePackageError(
            "A single act can only be verified against a directory that lists its office.",
            where=path.name,
            remedy="Give --directory FOLDER, for example data/directory of a court package or directory/ of a node's home.",
        )
    trusted = root or _oldest_root(directory)
    known = open_directory(folder_source(directory), trusted, now)
    try:
        opened = open_act(path.read_bytes(), known.office, lawbook.wordbook, now)
    except PeerError as error:
        return Verdict("act", (), (), (Defect(path.name, error.code, error.message),))
    step = lawbook.wordbook.label("step", f"{opened.act.procedure}/{opened.act.act}", "en")
    at = opened.signed_at.strftime("%Y-%m-%d %H:%M:%S UTC")
    values = {"step": step, "office": opened.office.name("en"), "at": at, "act": opened.id, "path": path.name}
    return Verdict("act", (Statement("act-signed", values),), (Statement("lawfulness"),), ())


def _oldest_root(directory: Path) -> bytes:
    roots = sorted(directory.glob("*.root.json"), key=lambda file: (len(file.name), file.name))
    if not roots:
        raise UnusablePackageError("The folder holds no directory.", where=directory.name, remedy="Give --root FILE.")
    return roots[0].read_bytes()


def in_words(verdict: Verdict, language: str) -> str:
    """Return the verdict as a person reads it in a terminal."""
    heads = HEADS[language]
    lines = [heads[verdict.verdict], ""]
    if verdict.failures:
        lines += [heads["failures"], *(f"  ✕ {each.path}: {reason(each, language)}" for each in verdict.failures), ""]
    else:
        lines += [heads["proven"], *(f"  ✓ {each.words(language)}" for each in verdict.proven), ""]
    return "\n".join([*lines, heads["not_proven"], *(f"  ? {each.words(language)}" for each in verdict.not_proven)])
