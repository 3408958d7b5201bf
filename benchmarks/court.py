"""A court package: how fast it is verified, beside `sha256sum` of coreutils over the same files."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.court.world import NOW, make_world

from benchmarks.result import Result
from comity.court.verifying import verify_package

FILES, SIZE = 16, 64 * 1024 * 1024
BUDGET = 0.4
ROUNDS = 3


def best(work: Callable[[], object]) -> float:
    """Return the best time of a few rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def run() -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as name:
        folder = Path(name)
        block = os.urandom(SIZE - 8)
        world = make_world(folder / "world", {f"image/{n:02}.raw": n.to_bytes(8, "big") + block for n in range(FILES)})
        package = world.write(folder / "package")
        lawbook, now = world.lawbook, NOW + timedelta(days=1)

        def ours() -> None:
            verdict = verify_package(package, lawbook.wordbook, lawbook.procedures, now, world.root)
            assert verdict.verdict == "verified", verdict.failures

        def theirs() -> None:
            for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
                subprocess.run(["sha256sum", "--quiet", "-c", manifest], cwd=package, check=True)

        ours()  # once for the files and for the lawbook
        return [
            Result(
                "verify a package of 1 GiB, everything in it", best(ours) / best(theirs), "x", BUDGET, "sha256sum -c"
            )
        ]
