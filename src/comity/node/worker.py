"""The worker of a node: does what the rows say is to be done, until it is told to stop.

Two lanes run beside each other, so that a terabyte being acquired never holds up an urgent request: `quick` publishes, delivers and
refreshes; `bulk` moves and packs evidence. Every job can be repeated, and several workers may run.
"""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime

import django
from django.db import close_old_connections, connections

from comity.errors import ComityError
from comity.node import clock
from comity.node.claim import Stopping
from comity.node.supervised import end_with_supervisor

log = logging.getLogger("comity.worker")
PAUSE_SECONDS = 0.5
AFTER_FAILURE_SECONDS = 5.0
Job = Callable[[datetime, Stopping], int]


def lanes() -> dict[str, tuple[Job, ...]]:
    """Return the jobs of each lane, in the order in which they are tried."""
    from comity.node.jobs import acquire, deliver, pack, publish, push, refresh, tick

    return {
        "quick": (publish.run, deliver.run, tick.run, refresh.run),
        "bulk": (acquire.run, push.run, pack.run),
    }


def work_once(jobs: tuple[Job, ...], stopping: Stopping) -> tuple[int, bool]:
    """Try every job once.

    Returns:
        how many things were done, and whether a job failed.
    """
    done, failed = 0, False
    for job in jobs:
        if stopping():
            break
        try:
            done += job(clock.now(), stopping)
        except ComityError as error:
            log.error("%s: %s %s", job.__module__, error.code, error.diagnostics())
            failed = True
        except Exception:  # a defect in one job must not stop the others; the row stays as it was and is tried again
            log.exception("%s failed", job.__module__)
            failed = True
        close_old_connections()
    return done, failed


def run_lane(jobs: tuple[Job, ...], stop: threading.Event) -> None:
    """Work until told to stop; rest when there is nothing to do."""
    while not stop.is_set():
        done, failed = work_once(jobs, stop.is_set)
        if failed or not done:
            stop.wait(AFTER_FAILURE_SECONDS if failed else PAUSE_SECONDS)
    connections.close_all()


def work(stop: threading.Event) -> None:
    """Run all lanes until `stop` is set."""
    threads = [threading.Thread(target=run_lane, args=(jobs, stop), name=name) for name, jobs in lanes().items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main() -> None:
    """Run the worker of the home in COMITY_HOME until SIGTERM or SIGINT; the step that was begun is finished first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.node.settings")
    django.setup()
    from comity.node.editions import remember_law

    remember_law()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(stop)


if __name__ == "__main__":
    end_with_supervisor()
    try:
        main()
    except ComityError as error:
        sys.exit(error.diagnostics())
