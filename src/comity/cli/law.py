"""`comity law`: keeping the facts of the law sound."""

import sys
from pathlib import Path

import click

from comity.lawbook import default_path
from comity.lawbook.check import check_law


@click.group()
def law() -> None:
    """Look after the facts of the law."""


@law.command()
@click.option("--lawbook", type=click.Path(path_type=Path), help="Another lawbook than the one that comes with Comity.")
def check(lawbook: Path | None) -> None:
    """Check all facts: shapes, ids that lead nowhere, overlaps, contradictions; then print what there is.

    Exit status 0: sound; 1: problems found.
    """
    report = check_law(lawbook or default_path())
    for problem in report.problems:
        click.echo(problem)
    for name, number in report.coverage:
        click.echo(f"{number:6}  {name}")
    click.echo(f"{len(report.problems)} problems" if report.problems else "The law is sound.")
    sys.exit(1 if report.problems else 0)
