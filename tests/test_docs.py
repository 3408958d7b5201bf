"""What the guides show of a command is what the command says; three dots leave something out."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDES = ("atlas", "comparing-law", "conflicts", "holders")
COMITY = [sys.executable, "-c", "from comity.cli import main; main()"]


def shown() -> Iterator[tuple[str, str, str]]:
    """Yield guide, command and what the guide says it writes."""
    for guide in GUIDES:
        text = (ROOT / f"docs/{guide}.md").read_text(encoding="utf-8")
        for block in re.findall(r"```\n(\$ comity .*?)```", text, flags=re.DOTALL):
            for command, said in re.findall(
                r"\$ comity ((?:[^\n]*\\\n)*[^\n]*)\n(.*?)(?=^\$ comity |\Z)", block, re.DOTALL | re.MULTILINE
            ):
                yield guide, command.replace("\\\n", " "), said


EXAMPLES = list(shown())


def test_the_guides_show_something() -> None:
    assert {guide for guide, _, _ in EXAMPLES} == set(GUIDES)


@pytest.mark.parametrize(("guide", "command", "said"), EXAMPLES, ids=lambda value: value[:40])
def test_a_command_says_what_its_guide_shows(guide: str, command: str, said: str) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [*COMITY, *shlex.split(command)], env=env, capture_output=True, text=True, check=True, timeout=60
    )
    lines = iter(done.stdout.splitlines())
    for line in said.splitlines():
        beginning, dots, _ = line.rstrip().partition("...")
        if beginning or not dots:
            same = (found.rstrip() for found in lines)
            assert any(found.startswith(beginning) if dots else found == beginning for found in same), (guide, line)
