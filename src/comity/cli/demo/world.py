"""The demo's practice network: three nodes in a folder of their own, run by `comity run --practice` as anybody would run them."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from comity.cli.demo.client import Desk
from comity.cli.demo.tokens import token_of
from comity.cli.practice import found_practice
from comity.errors import LocalError
from comity.node.home import Home

LOG = "nodes.log"
START_SECONDS = 90.0
STOP_SECONDS = 20.0
NODES = 3
PROGRAM = "from comity.cli import main; main()"


class NetworkError(LocalError):
    """The practice network did not start."""

    code = "network"


@contextmanager
def practice_world(keep: Path | None = None) -> Iterator[Mapping[str, Desk]]:
    """Found a practice network, run it, and give a desk for every office; everything is stopped and removed afterwards.

    Args:
        keep: folder in which the network is founded and which stays; a temporary one that goes, when None.

    Raises:
        NetworkError: it did not start.
    """
    folder = keep.absolute() if keep else Path(tempfile.mkdtemp(prefix="comity-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    homes = found_practice(folder, free_ports(NODES))
    desks: dict[str, Desk] = {}
    network = start(folder)
    try:
        for node in greeting(network, folder):
            desks[node["office"]] = Desk(node["office"], node["url"], tokens(node["links"]))
        yield desks
    finally:
        for desk in desks.values():
            desk.close()
        stop(network)
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    assert len(homes) == NODES


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


def start(folder: Path) -> "subprocess.Popen[str]":
    """Start the network's nodes; what they log goes into a file in the folder."""
    with (folder / LOG).open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-c", PROGRAM, "run", "--practice", str(folder), "--json"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )


def greeting(network: "subprocess.Popen[str]", folder: Path) -> list[dict[str, object]]:
    """Return what the network says of itself once all nodes answer.

    Raises:
        NetworkError: it ended before.
    """
    assert network.stdout is not None
    for line in network.stdout:
        if line.startswith("{"):
            nodes: list[dict[str, object]] = json.loads(line)["nodes"]
            return nodes
    raise NetworkError(
        "The practice network did not start.", remedy=f"Read {folder / LOG}.", where=str(folder)
    )


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
