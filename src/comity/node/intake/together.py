"""What comes at the same time is stored together: one transaction, one signed head of the ledger, one wait for the disk.

Whoever comes while nothing is being stored stores at once. Whoever comes meanwhile waits, and the first of them then stores for all
who wait. Everybody is answered after the work that held his own part has ended, and what cannot be stored fails alone.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

Given = TypeVar("Given")
Got = TypeVar("Got")


class Together(Generic[Given, Got]):
    """Work that is done once for all threads that ask for it at the same time."""

    def __init__(self, work: Callable[[Sequence[Given]], Sequence[Got]]) -> None:
        """Take the work: all or nothing, one answer for each thing given, in their order."""
        self._work = work
        self._changed = threading.Condition()
        self._waiting: list[tuple[Given, Future[Got]]] = []
        self._busy = False

    def __call__(self, given: Given) -> Got:
        """Return what the work gives for this one, or raise what it raises when it is done for this one alone."""
        answer: Future[Got] = Future()
        with self._changed:
            self._waiting.append((given, answer))
            self._changed.wait_for(lambda: answer.done() or not self._busy)
            if answer.done():
                return answer.result()
            batch, self._waiting, self._busy = self._waiting, [], True
        try:
            self._answer(batch)
        finally:
            with self._changed:
                self._busy = False
                self._changed.notify_all()
        return answer.result()

    def _answer(self, batch: Sequence[tuple[Given, Future[Got]]]) -> None:
        try:
            found = self._work([given for given, _ in batch])
        except BaseException as error:  # nobody may be left waiting, whatever it was
            if len(batch) == 1:
                batch[0][1].set_exception(error)
            else:
                for each in batch:
                    self._answer([each])
            return
        for (_, answer), result in zip(batch, found, strict=True):
            answer.set_result(result)
