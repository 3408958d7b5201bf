"""The threat model is true: every threat names a test, and that test exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = re.findall(r"^\| ([^|*]+) \| ([^|]+) \| ([^|]+) \|$", (ROOT / "SECURITY.md").read_text(), re.MULTILINE)
THREATS = [row for row in ROWS if row[2].strip().startswith("`")]


def test_there_are_threats() -> None:
    assert len(THREATS) > 15


@pytest.mark.parametrize("threat", THREATS, ids=lambda row: row[0][:40])
def test_each_threat_names_a_test_that_exists(threat: tuple[str, str, str]) -> None:
    for name in re.findall(r"`([^`]+)`", threat[2]):
        path, _, function = name.partition("::")
        assert (ROOT / path).is_file(), path
        if function:
            assert f"def {function}(" in (ROOT / path).read_text(), name
