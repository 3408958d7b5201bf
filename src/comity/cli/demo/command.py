"""`comity demo`: plays the story on three real nodes, and has the court package judged."""

import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from comity.cli.demo.evidence import make_evidence
from comity.cli.demo.fetching import fetch_package
from comity.cli.demo.judges import Ruling, judge
from comity.cli.demo.narrator import Narrator, Stopwatch, size_words
from comity.cli.demo.scenes import Tale
from comity.cli.demo.story import STORY
from comity.cli.demo.world import World, practice_world
from comity.errors import ComityError

OUT = Path("demo/court-package")
NAMES = {"gh/practice-prosecutor": {"en": "Ghana, prosecutor", "zh": "加纳检察官"},
         "fr/practice-central-authority": {"en": "France, central authority", "zh": "法国中央机关"},
         "fr/practice-hosting": {"en": "France, hosting provider", "zh": "法国托管服务商"}}  # fmt: skip


@click.command()
@click.option(
    "--evidence",
    type=click.Path(exists=True, path_type=Path),
    help="File or folder that the provider hands over; invented files by default.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=OUT, show_default=True, help="Folder for the court package."
)
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option(
    "--keep-home",
    type=click.Path(path_type=Path),
    help="Keep the three nodes in this folder; `comity run --practice` goes on with them.",
)
def demo(evidence: Path | None, out: Path, language: str, keep_home: Path | None) -> None:
    """Play the whole way on three nodes of this machine: from a question to a court package that others verify.

    Exit status: 0 everything was verified, 1 something was not, 2 the story could not be played.
    """
    narrator = Narrator(language, {office: names[language] for office, names in NAMES.items()})
    make_room(out)
    try:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="comity-evidence-")))
            source = evidence.absolute() if evidence else make_evidence(folder)
            narrator.say("begin")
            watch = Stopwatch()
            world = stack.enter_context(practice_world(keep_home))
            narrator.say("ready", seconds=watch.seconds())
            watch = Stopwatch()
            tell(world, narrator, source, out)
            ruling = judged(world, narrator, out, language)
    except ComityError as error:
        narrator.head("stopped")
        click.echo(error.diagnostics(), err=True)
        sys.exit(2)
    conclude(narrator, ruling, watch.seconds())
    sys.exit(0 if ruling.good else 1)


def make_room(out: Path) -> None:
    """Make sure that the package can go there: an earlier package is replaced, anything else is left alone.

    Raises:
        UsageError: the folder holds something else.
    """
    if not out.exists():
        out.parent.mkdir(parents=True, exist_ok=True)
        return
    if not out.is_dir() or (any(out.iterdir()) and not (out / "bagit.txt").is_file()):
        raise click.UsageError(f"{out} exists and is no court package; choose another folder with --out.")
    shutil.rmtree(out)


def tell(world: World, narrator: Narrator, source: Path, out: Path) -> Tale:
    """Play the scenes one after the other and tell each."""
    tale = Tale(world.desks, source, out, narrator.progress)
    for scene in STORY:
        watch = Stopwatch()
        values = scene.play(tale, scene)
        narrator.told(scene, values, watch.seconds())
    fetch_package(tale)
    files = [path for path in out.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    narrator.say("downloaded", out=out, files=len(files), bytes_words=size_words(size))
    return tale


def judged(world: World, narrator: Narrator, out: Path, language: str) -> Ruling:
    """Have the package judged."""
    narrator.head("judges")
    return judge(out, world.root, language, narrator.judged)


def conclude(narrator: Narrator, ruling: Ruling, seconds: float) -> None:
    """Say what is proven and what is not."""
    _list(narrator, "proven", "✓", ruling.verdict["proven"])
    _list(narrator, "not-proven", "?", ruling.verdict["not_proven"])
    _list(narrator, "wrong", "✕", [{"text": f"{each['path']}: {each['text']}"} for each in ruling.verdict["failures"]])
    click.echo()
    narrator.say("verified" if ruling.good else "not-verified", seconds=f"{seconds:.0f}")


def _list(narrator: Narrator, head: str, sign: str, statements: Any) -> None:
    if statements:
        narrator.head(head)
    for each in statements:
        narrator.listed(sign, each["text"])
