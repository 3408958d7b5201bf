"""Evidence: sealing against `age` and `borg`, acquisition against `cp` and `sha256sum`, and the memory it takes."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.result import Result
from comity.evidence.acquire import acquire
from comity.evidence.age import generate_identity, recipient_of
from comity.evidence.folder_vault import FolderVault
from comity.evidence.sealing import seal, unseal

SIZE = 2**30
ROUNDS = 3

MEMORY = """
import resource, sys
from pathlib import Path
from comity.evidence.sealing import seal
seal(Path(sys.argv[1]), Path(sys.argv[2]), [sys.argv[3]])
print(int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]) / 1024)
"""


def run() -> list[Result]:
    """Measure on one file of 1 GiB of noise; of several rounds in turn the best of each counts."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("COMITY_BENCH_DIR")) as name:
        return _measure(Path(name))


def _measure(folder: Path) -> list[Result]:
    source, out = folder / "image.dd", folder / "out"
    with source.open("wb") as file:
        for _ in range(SIZE // 2**24):
            file.write(os.urandom(2**24))
    identity = generate_identity()
    recipient = recipient_of(identity)
    works: dict[str, Callable[[], object]] = {
        "seal": lambda: seal(source, out, [recipient]),
        "acquire": lambda: acquire(source, FolderVault(out)),
    }
    if shutil.which("age"):
        key = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout
        public = next(line.split()[-1] for line in key.splitlines() if "public key" in line)
        works["age"] = lambda: _command("age", "-r", public, "-o", out, source)
    if shutil.which("borg"):
        works["borg"] = lambda: _borg(source, out)
    works["cp"] = lambda: _copy_and_sum(source, out)
    best = _in_turn(works, out)
    return [*_ratios(best), _opening(source, folder, identity), _memory(source, out, recipient)]


def _in_turn(works: dict[str, Callable[[], object]], out: Path) -> dict[str, float]:
    """Time each work in each round, so that a slow minute of the machine hits all alike."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(ROUNDS):
        for name, work in works.items():
            os.sync()
            start = time.perf_counter()
            work()
            best[name] = min(best[name], time.perf_counter() - start)
            _clear(out)
    return best


def _ratios(best: dict[str, float]) -> list[Result]:
    results = [
        Result("seal 1 GiB", SIZE / 2**20 / best["seal"], "MiB/s", None, f"{os.cpu_count()} cores", at_least=True)
    ]
    if "age" in best:
        results.append(
            Result("seal 1 GiB: digests, parts, encrypt, write", best["seal"] / best["age"], "x", 0.7, "age")
        )
    if "borg" in best:
        results.append(Result("seal 1 GiB", best["seal"] / best["borg"], "x", 0.25, "borg init + create, encrypted"))
    peer = "cp, sync and sha256sum"
    results.append(Result("acquire 1 GiB, durably", best["acquire"] / best["cp"], "x", None, peer))
    return results


def _opening(source: Path, folder: Path, identity: str) -> Result:
    seal(source, folder / "sealed", [recipient_of(identity)])
    start = time.perf_counter()
    unseal(folder / "sealed", folder / "back", [identity])
    speed = SIZE / 2**20 / (time.perf_counter() - start)
    return Result("unseal 1 GiB: decrypt, verify, write durably", speed, "MiB/s", None, "one process", at_least=True)


def _memory(source: Path, out: Path, recipient: str) -> Result:
    command = [sys.executable, "-c", MEMORY, source, out, recipient]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return Result("seal 1 GiB: most memory held", float(printed), "MB", 300, "a process of its own")


def _command(*words: object, **environment: str) -> None:
    subprocess.run([str(word) for word in words], check=True, capture_output=True, env={**os.environ, **environment})


def _copy_and_sum(source: Path, out: Path) -> None:
    _command("cp", source, out)
    _command("sync", out)
    _command("sha256sum", source)


def _borg(source: Path, out: Path) -> None:
    environment = {"BORG_PASSPHRASE": "bench", "BORG_BASE_DIR": str(out.parent / "borg-home")}
    _command("borg", "init", "--encryption", "repokey-blake2", out, **environment)
    _command("borg", "create", "--compression", "none", f"{out}::a", source, **environment)


def _clear(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
