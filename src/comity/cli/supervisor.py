"""Keeps processes running: starts them, restarts those that die, stops all when told to."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

GRACE_SECONDS = 10.0
LOOK_SECONDS = 0.2
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
HEALTHY_SECONDS = 20.0
MEMORY = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072"}
"""Keeps glibc from holding a heap for each thread; worth a third of a resting process."""


@dataclass(slots=True)
class Child:
    """One process that should be running.

    Attributes:
        name: for people.
        module: what `python -m` runs.
        home: folder of its node.
        pause: how long to wait before the next start; grows while the process keeps dying early.
    """

    name: str
    module: str
    home: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restart_at: float = 0.0
    pause: float = FIRST_PAUSE
    restarts: int = field(default=0)

    def start(self) -> None:
        """Start the process; its standard input is a pipe that closes when the supervisor is gone."""
        env = {**os.environ, "COMITY_HOME": str(self.home), "COMITY_SUPERVISED": "1", **MEMORY}
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", self.module], stdin=subprocess.PIPE, env=env, start_new_session=True
        )
        self.started_at = time.monotonic()

    def look(self, now: float, say: Callable[[str], None]) -> None:
        """Restart the process if it died and its pause is over."""
        if self.process is None:
            if now >= self.restart_at:
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        lived = now - self.started_at
        self.pause = FIRST_PAUSE if lived > HEALTHY_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
        self.restart_at, self.process = now + self.pause, None
        self.restarts += 1
        say(f"{self.name} ended with status {status}; it starts again.")

    def end(self) -> None:
        """Ask the process to finish what it is doing and to stop."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)


class Supervisor:
    """Runs children until `stop` is called or a signal comes."""

    def __init__(self, children: Iterable[Child], say: Callable[[str], None]) -> None:
        self.children = tuple(children)
        self.say = say
        self._stop = threading.Event()

    def start(self) -> None:
        """Start all children and listen for SIGINT and SIGTERM."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stop.set())
        for child in self.children:
            child.start()

    @property
    def stopping(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()

    def run(self, every_second: Callable[[], None] = lambda: None) -> None:
        """Watch the children until told to stop, then end them all.

        Args:
            every_second: something else to look after meanwhile.
        """
        looked_at = 0.0
        while not self._stop.wait(LOOK_SECONDS):
            now = time.monotonic()
            for child in self.children:
                child.look(now, self.say)
            if now - looked_at >= 1:
                every_second()
                looked_at = now
        self.end()

    def end(self) -> None:
        """End all children, those that do not listen by force."""
        for child in self.children:
            child.end()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
