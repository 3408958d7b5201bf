"""A process that was started by the supervisor ends when the supervisor does, however that ended."""

import os
import signal
import sys
import threading

VARIABLE = "COMITY_SUPERVISED"


def end_with_supervisor() -> None:
    """Watch the pipe that the supervisor holds open; its end closes when the supervisor is gone, even by kill -9."""
    if os.environ.get(VARIABLE):
        threading.Thread(target=_watch, name="supervisor-watch", daemon=True).start()


def _watch() -> None:
    while os.read(sys.stdin.fileno(), 1):
        continue
    os.kill(os.getpid(), signal.SIGTERM)
