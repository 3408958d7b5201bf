"""The web process of a node: granian serves the WSGI application in this process, with threads.

The threaded server is used also where Python keeps its lock: one process takes half the memory of two, and nothing is left behind
holding the port when it is killed. `python -m comity.node.serve` reads COMITY_HOME.
"""

import sys

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mt import MTServer

from comity.errors import ComityError
from comity.node.home import current_home
from comity.node.port import refuse_taken_port
from comity.node.supervised import end_with_supervisor

THREADS = 6
BACKLOG = 1024


class OneProcessServer(MTServer):
    """Granian's threaded server; its workers are threads of this process."""

    def _check_gil(self) -> None:
        """Granian insists on a Python without lock for the sake of throughput; here one worker is all there is."""


def serve() -> None:
    """Serve until SIGTERM or SIGINT; requests that were begun are answered first.

    Raises:
        PortTakenError: the node's port is in use.
    """
    home = current_home()
    refuse_taken_port(home.host, home.port)
    OneProcessServer(
        "comity.node.wsgi:application",
        address=home.host,
        port=home.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backlog=BACKLOG,
        backpressure=4 * THREADS,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    end_with_supervisor()
    try:
        serve()
    except ComityError as error:
        sys.exit(error.diagnostics())
