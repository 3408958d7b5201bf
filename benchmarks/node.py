"""The node: acts received durably, start, memory at rest, bytes over the wire."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.result import Result

ACTS = 60
ROOT = Path(__file__).parents[1]


def run() -> list[Result]:
    """Found a practice network in a temporary folder and measure one node of it."""
    with tempfile.TemporaryDirectory() as folder:
        received = _child("receive", folder)
        running = _child("run", folder)
    return [
        Result(
            "acts received: verified, stored, logged, receipted", received["per_second"], "acts/s", 200,
            f"per second of one core, {ACTS} acts, SQLite with full sync", at_least=True,
        ),
        Result("a preservation request and its receipt over the wire", received["kilobytes"], "KB", 150, "envelope + receipt"),
        Result("start until a node answers", running["seconds"], "s", 5, "prepared home, web and worker"),
        Result("a node at rest, web and worker", running["megabytes"], "MB", 250, "proportional set size"),
    ]  # fmt: skip


def _child(what: str, folder: str) -> dict[str, float]:
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "COMITY_HOME": f"{folder}/practice/central-authority"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.node", what, folder], env=env, stdout=subprocess.PIPE, check=True, cwd=ROOT
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def receive(folder: str) -> dict[str, float]:
    """Make envelopes as the partner would, then take them in."""
    from comity.cli.practice import found_practice

    homes = {home.office: home for home in found_practice(Path(folder) / "practice", 18790)}
    from comity.node.prepare import migrate, set_up

    set_up()
    migrate()
    from dataclasses import replace

    from tests.node.world import FRANCE, GHANA, REQUEST, Partner

    from comity.node import clock
    from comity.node.usecases.receive_envelope import receive_envelope

    ghana = Partner(homes[GHANA])
    made = [ghana.make(replace(REQUEST, reference=f"PV-{number}")) for number in range(ACTS + 5)]
    envelopes = [ghana.send(homes[FRANCE], each) for each in made]
    for envelope in envelopes[:5]:
        receipt = receive_envelope(envelope, clock.now())
    start = time.process_time()
    for envelope in envelopes[5:]:
        receive_envelope(envelope, clock.now())
    seconds = (
        time.process_time() - start
    )  # of one core: what else runs on the machine does not count, nor does the disk
    return {"per_second": ACTS / seconds, "kilobytes": (len(envelopes[0]) + len(receipt)) / 1024}


def rest(folder: str) -> dict[str, float]:
    """Start a node and look at it when it has come to rest."""
    from comity.cli.run import answers, children_of, prepare
    from comity.cli.supervisor import Supervisor
    from comity.node.home import read_home

    home = read_home(Path(folder) / "practice" / "central-authority")
    prepare(home.path, [])
    supervisor = Supervisor(children_of(home), lambda text: None)
    start = time.perf_counter()
    supervisor.start()
    while not answers(home):
        time.sleep(0.02)
    seconds = time.perf_counter() - start
    time.sleep(5)
    kilobytes = sum(_pss(child.process.pid) for child in supervisor.children if child.process)
    supervisor.end()
    return {"seconds": seconds, "megabytes": kilobytes / 1024}


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    print(json.dumps({"receive": receive, "run": rest}[sys.argv[1]](sys.argv[2])))
