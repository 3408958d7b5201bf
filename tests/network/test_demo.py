"""`comity demo` as a person starts it, in both languages; also while somebody kills the nodes under it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.network.network import FRANCE, GHANA, HOSTING, verify

from comity.cli.demo.story import STORY

PROGRAM = "from comity.cli import main; main()"
FOLDERS = {GHANA: "prosecutor", FRANCE: "central-authority", HOSTING: "hosting"}
KILLS = {
    5: (FRANCE, "serve"),
    9: (GHANA, "worker"),
    12: (FRANCE, "worker"),
    16: (HOSTING, "serve"),
    19: (GHANA, "serve"),
}
"""Number of the step that was just told -> whose process is killed."""


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM, "demo", *arguments]


def processes(home: Path, module: str) -> list[int]:
    """Return the processes of a node that run a module."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
            environment = (process / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"comity.node.{module}".encode() in words and f"COMITY_HOME={home}".encode() in environment:
            found.append(int(process.name))
    return found


def steps(lines: Sequence[str]) -> list[int]:
    return [int(match[1]) for line in lines if (match := re.match(r" +(\d+)  \S", line))]


def test_the_demo_survives_killed_nodes_and_ends_with_everything_verified(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    killed, lines = [], []
    arguments = command("--out", str(out), "--keep-home", str(home))
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        for line in demo.stdout:
            lines.append(line)
            for number in steps([line]):
                if number in KILLS:
                    office, module = KILLS[number]
                    for pid in processes(home / FOLDERS[office], module):
                        os.kill(pid, signal.SIGKILL)
                        killed.append(pid)
        assert demo.stderr is not None
        assert demo.wait() == 0, "".join(lines) + demo.stderr.read()
    assert len(killed) == len(KILLS)
    assert steps(lines) == list(range(1, len(STORY) + 1))
    text = "".join(lines)
    assert "✕" not in text
    for judge in ("sha256sum", "pdfsig", "openssl cms", "openssl ts", "comity verify"):
        assert f"✓ {judge}" in text
    assert verify(out, home / "directory" / "files" / "1.root.json")["verdict"] == "verified"


def test_the_demo_takes_a_file_of_ones_own_and_speaks_chinese(tmp_path: Path) -> None:
    evidence = tmp_path / "证据 100%.bin"
    evidence.write_bytes(os.urandom(3_000_000))
    out = tmp_path / "out"
    done = subprocess.run(
        command("--evidence", str(evidence), "--out", str(out), "--language", "zh"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "全部核验通过" in done.stdout
    assert "已证明" in done.stdout
    [exhibit] = (out / "data/exhibits").glob("*/*")
    assert exhibit.read_bytes() == evidence.read_bytes()


def test_a_folder_that_is_no_package_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    done = subprocess.run(command("--out", str(tmp_path)), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no court package" in done.stderr
    assert (tmp_path / "letter.txt").read_text() == "mine"
