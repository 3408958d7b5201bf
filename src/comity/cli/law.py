"""`comity law`: keeping the facts of the law sound, and seeing how much of a state is known."""

import json
import sys
from pathlib import Path

import click

from comity.errors import ComityError
from comity.law.words import Words
from comity.lawbook import default_path, open_lawbook
from comity.lawbook.check import LawReport, check_law
from comity.lawbook.coverage import HEADS, StateCoverage, coverage_json, coverage_of

LAWBOOK = click.option(
    "--lawbook", type=click.Path(path_type=Path), help="Another lawbook than the one that comes with Comity."
)
JSON = click.option("--json", "as_data", is_flag=True, help="Write JSON instead of text.")
NOTHING_KNOWN = Words("nothing is known of", "尚无资料")
UNKNOWN_FOR = Words("position unknown towards", "缔约地位未知的文书")
FULL = Words("something is known under every head", "各项均有资料")


@click.group()
def law() -> None:
    """Look after the facts of the law."""


@law.command()
@LAWBOOK
@JSON
@click.option(
    "--remarks", "with_remarks", is_flag=True, help="Name also what nothing reads, and what nobody has written."
)
def check(lawbook: Path | None, as_data: bool, with_remarks: bool) -> None:
    """Check all facts: shapes, ids that lead nowhere, overlaps, contradictions; then print what there is.

    Exit status 0: sound; 1: problems found.
    """
    report = check_law(lawbook or default_path())
    if as_data:
        click.echo(json.dumps(_json(report), ensure_ascii=False, indent=2))
    else:
        _write(report, with_remarks)
    sys.exit(1 if report.problems else 0)


def _json(report: LawReport) -> dict[str, object]:
    return {
        "sound": not report.problems,
        "problems": list(report.problems),
        "remarks": list(report.remarks),
        "coverage": dict(report.coverage),
    }


def _write(report: LawReport, with_remarks: bool) -> None:
    for problem in report.problems:
        click.echo(problem)
    for name, number in report.coverage:
        click.echo(f"{number:6}  {name}")
    for remark in report.remarks if with_remarks else ():
        click.echo(f"remark: {remark}")
    if report.remarks and not with_remarks:
        click.echo(
            f"{len(report.remarks):6}  remarks on what nothing reads or nobody has written (--remarks names them)"
        )
    click.echo(f"{len(report.problems)} problems" if report.problems else "The law is sound.")


@law.command()
@click.argument("state", required=False)
@LAWBOOK
@JSON
@click.option(
    "--language", default="en", type=click.Choice(["en", "zh"]), show_default=True, help="Language of the texts."
)
def coverage(state: str | None, lawbook: Path | None, as_data: bool, language: str) -> None:
    """Say how much is known of STATE, or of every state in one line each.

    Exit status 0: answered; 2: there is no such state, or the lawbook cannot be read.
    """
    try:
        facts = open_lawbook(lawbook).facts
        found = [coverage_of(facts, code) for code in ([state.upper()] if state else sorted(facts.states))]
    except ComityError as error:
        click.echo(error.diagnostics(), err=True)
        sys.exit(2)
    if as_data:
        values = [coverage_json(each, language) for each in found]
        click.echo(json.dumps(values[0] if state else values, ensure_ascii=False, indent=2))
    elif state:
        _one(found[0], language)
    else:
        for each in found:
            click.echo(f"{each.state}  {each.name.say(language)}: {_gaps(each, language)}")


def _gaps(found: StateCoverage, language: str) -> str:
    if not found.gaps:
        return FULL.say(language)
    between = "、" if language == "zh" else ", "
    names = between.join(HEADS[head].say(language) for head in found.gaps)
    return f"{NOTHING_KNOWN.say(language)}{'：' if language == 'zh' else ' '}{names}"


def _one(found: StateCoverage, language: str) -> None:
    click.echo(f"{found.name.say(language)} ({found.state}): {_gaps(found, language)}")
    for head, count in found.known.items():
        click.echo(f"{count:6}  {HEADS[head].say(language)}")
    if found.unknown:
        click.echo(f"{UNKNOWN_FOR.say(language)}: {', '.join(found.unknown)}")
