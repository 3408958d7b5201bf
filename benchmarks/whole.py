"""A preservation request over the wire, the start of a node, and what a node holds in memory at rest."""

import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.result import Result
from comity.cli.demo.client import Desk
from comity.cli.demo.evidence import make_evidence
from comity.cli.demo.scenes import Tale
from comity.cli.demo.story import FRANCE, GHANA, STORY
from comity.cli.demo.world import NODES, World, free_ports, practice_world
from comity.cli.practice import practice_homes
from comity.cli.run import answers
from comity.node.home import Home, make_home, read_home

WIRE_KB, REST_MB, START_SECONDS = 150, 250, 5
REST_SECONDS = 5.0
LAST = "request-preservation"


class Scales:
    """Passes connections on to a node and counts the bytes in both directions."""

    def __init__(self, port: int, node_port: int) -> None:
        self.node_port, self.bytes = node_port, 0
        self.socket = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            near, _ = self.socket.accept()
            far = socket.create_connection(("127.0.0.1", self.node_port))
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, target), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                self.bytes += len(data)
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            target.close()


def run() -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as name:
        folder = Path(name)
        port = free_ports(2 * NODES)
        scales = {}
        for number, home in enumerate(practice_homes(folder / "network", port)):
            weighed = port + NODES + number
            make_home(replace(home, url=f"http://127.0.0.1:{weighed}"))
            scales[home.office] = (weighed, home.port)
        way = Scales(*scales[FRANCE])
        for office in scales.keys() - {FRANCE}:
            Scales(*scales[office])
        with practice_world(folder / "network") as world:
            results = [wire(world, way, scales, folder), *rest(world)]
        return [*results, start(read_home(folder / "network" / "prosecutor"))]


def wire(world: World, way: Scales, scales: dict[str, tuple[int, int]], folder: Path) -> Result:
    """Play the story until the preservation request is receipted; the desks go past the scales."""
    desks = {
        office: Desk(office, f"http://127.0.0.1:{scales[office][1]}", desk.tokens)
        for office, desk in world.desks.items()
    }
    tale = Tale(desks, make_evidence(folder), folder / "out")
    for scene in STORY:
        before = way.bytes
        scene.play(tale, scene)
        if scene.id == LAST:
            break
    desk, path = desks[GHANA], f"/api/dossiers/{tale.facts['request']}"
    desk.wait(
        lambda: True if all(each["state"] == "delivered" for each in desk.get("ama", path)["deliveries"]) else None,
        "The receipt",
    )
    kilobytes = (way.bytes - before) / 1000
    return Result(
        "a whole preservation request and its receipt", kilobytes, "KB", WIRE_KB, "everything on the connection"
    )


def rest(world: World) -> list[Result]:
    """Leave the nodes alone for a while, then add up what the prosecutor's processes hold."""
    time.sleep(REST_SECONDS)
    home = world.folder / "prosecutor"
    held = [memory(pid) for pid in processes(home)]
    assert len(held) == 2, "a node is a web process and a worker"
    return [Result("a node at rest, web and worker", sum(held), "MB", REST_MB, "proportional set size")]


def processes(home: Path) -> list[int]:
    """Return the processes that work for a home."""
    wanted = f"COMITY_HOME={home}".encode()
    found = [int(process.name) for process in Path("/proc").glob("[0-9]*")]
    return [pid for pid in found if wanted in environment(pid)]


def environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def start(home: Home) -> Result:
    """Start one node that has been there before, as its operator would."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", "from comity.cli import main; main()", "run", "--home", str(home.path)],
        stdout=subprocess.DEVNULL,
    )
    while not answers(home):
        time.sleep(0.05)
    took = time.perf_counter() - began
    process.send_signal(signal.SIGTERM)
    process.wait()
    return Result("from `comity run --home` to the first answer", took, "s", START_SECONDS)
