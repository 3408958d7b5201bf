"""The demo's practice network: three nodes in a folder of their own, run by `comity run --practice` as anybody would run them."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.cli.demo.client import Desk
from comity.cli.demo.tokens import tokens_for
from comity.errors import LocalError

LOG = "nodes.log"
STOP_SECONDS = 20.0
NODES = 3
PROGRAM = "from comity.cli import main; main()"


class NetworkError(LocalError):
    """The practice network did not start."""

    code = "network"


@dataclass(frozen=True, slots=True)
class World:
    """A practice network that runs.

    Attributes:
        folder: where it lies.
        desks: office -> its node.
        process: `comity run`, which watches over the nodes.
    """

    folder: Path
    desks: Mapping[str, Desk]
    process: "subprocess.Popen[str]"

    @property
    def root(self) -> Path:
        """The root of the network's directory, as it was founded."""
        return self.folder / "directory" / "files" / "1.root.json"


@contextmanager
def practice_world(keep: Path | None = None) -> Iterator[World]:
    """Found a practice network, run it, and stop it afterwards.

    Args:
        keep: folder in which the network is founded and which stays; a temporary one that goes, when None.

    Raises:
        NetworkError: it did not start.
    """
    folder = keep.absolute() if keep else Path(tempfile.mkdtemp(prefix="comity-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    network = start(folder, free_ports(NODES))
    desks: dict[str, Desk] = {}
    try:
        for node in greeting(network, folder):
            desks[node["office"]] = Desk(node["office"], node["url"], tokens_for(node["url"], node["links"]))
        yield World(folder, desks, network)
    finally:
        for desk in desks.values():
            desk.close()
        stop(network)
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)


def free_ports(count: int) -> int:
    """Return the first of `count` neighbouring ports on which nobody listens now."""
    for first in range(18701 + os.getpid() % 997 * 7, 60000, count):
        if all(_is_free(port) for port in range(first, first + count)):
            return first
    raise NetworkError("There are no free ports on this machine.")


def _is_free(port: int) -> bool:
    with socket.socket() as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def start(folder: Path, port: int) -> "subprocess.Popen[str]":
    """Start the network's nodes; what they log goes into a file in the folder."""
    with (folder / LOG).open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-c", PROGRAM, "run", "--practice", str(folder), "--port", str(port), "--json"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )


def greeting(network: "subprocess.Popen[str]", folder: Path) -> list[dict[str, Any]]:
    """Return what the network says of itself once all nodes answer.

    Raises:
        NetworkError: it ended before.
    """
    assert network.stdout is not None
    for line in network.stdout:
        if line.startswith("{"):
            nodes: list[dict[str, Any]] = json.loads(line)["nodes"]
            return nodes
    raise NetworkError("The practice network did not start.", remedy=f"Read {folder / LOG}.", where=str(folder))


def stop(network: "subprocess.Popen[str]") -> None:
    """Ask the network to stop, and make it stop when it does not listen."""
    network.send_signal(signal.SIGTERM)
    try:
        network.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(network.pid, signal.SIGKILL)
        network.wait()
    if network.stdout is not None:
        network.stdout.close()
