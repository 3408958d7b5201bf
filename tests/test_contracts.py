"""The house rules are checks that can fail: each contract is broken in a copy of the tree and must turn red."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINT = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"

BREACHES = {
    "a lower floor imports a higher one": ("law/breach.py", "import comity.acts.act\n"),
    "a pure package reads files": ("cooperation/breach.py", "import pathlib\n"),
    "a library package uses the web framework": ("acts/breach.py", "import django\n"),
    "a new room that is on no floor": ("attic/__init__.py", ""),
}


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=tree,
        env={"PYTHONPATH": str(tree / "src"), "PATH": ""},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_the_house_as_it_stands_keeps_its_contracts(tree: Path) -> None:
    result = lint(tree)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("name", "text"), BREACHES.values(), ids=BREACHES)
def test_a_breach_turns_the_check_red(tree: Path, name: str, text: str) -> None:
    target = tree / "src/comity" / name
    target.parent.mkdir(exist_ok=True)
    target.write_text(text)
    assert lint(tree).returncode == 1


def test_the_picture_of_the_house_is_up_to_date() -> None:
    result = subprocess.run([sys.executable, str(ROOT / "scripts/draw-house"), "--check"], check=False)
    assert result.returncode == 0, "run scripts/draw-house"
