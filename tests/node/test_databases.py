"""The tests that touch storage, once more on a real file of SQLite and on a PostgreSQL server that the test starts itself."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.node.network import free_port

ROOT = Path(__file__).parents[2]
BIN = Path("/usr/lib/postgresql/15/bin")
SUITE = ("test_together.py", "test_access.py", "test_people.py", "test_receive.py", "test_sending.py")


def run_suite(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(f"tests/node/{name}" for name in SUITE)],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    return done.stdout


def test_on_a_file_of_sqlite(tmp_path: Path) -> None:
    assert "skipped" not in run_suite(COMITY_TEST_DATABASE=str(tmp_path / "test.sqlite3"))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start PostgreSQL as somebody who is not root, on loopback, and return its address."""
    folder = Path(tempfile.mkdtemp(prefix="comity-pg-", dir="/tmp"))
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", free_port()
    subprocess.run(
        [BIN / "initdb", "-D", data, "-U", "comity", "--auth=trust", "--no-sync", "-E", "UTF8"],
        user=user, check=True, capture_output=True, cwd=folder,
    )  # fmt: skip
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    control: list[str | Path] = [BIN / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
    subprocess.run([*control, "-o", options, "start"], user=user, check=True, capture_output=True, cwd=folder)
    yield f"postgres://comity@127.0.0.1:{port}/postgres"
    subprocess.run([*control, "-m", "fast", "stop"], user=user, check=True, capture_output=True, cwd=folder)
    shutil.rmtree(folder)


@pytest.mark.postgres
def test_on_postgresql(server: str) -> None:
    assert "skipped" not in run_suite(DATABASE_URL=server)
