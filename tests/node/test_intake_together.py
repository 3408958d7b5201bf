"""Work that is done once for all threads that ask at the same time: nobody waits for ever, nobody pays for another's fault."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from comity.node.intake.together import Together


class Doubling:
    """Doubles numbers, all or nothing; the first batch lasts until it is let go."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.batches.append(list(numbers))
        self.begun.set()
        assert self.go.wait(10)
        if any(number < 0 for number in numbers):
            raise ValueError("negative")
        return [2 * number for number in numbers]


def doubled_at_once(work: Doubling, numbers: Sequence[int]) -> list[object]:
    """Give one number; while it is worked on, give the others; return the answers or errors in order."""
    together = Together(work)
    with ThreadPoolExecutor(len(numbers)) as pool:
        given = [pool.submit(together, numbers[0])]
        assert work.begun.wait(10)
        given += [pool.submit(together, number) for number in numbers[1:]]
        while len(together._waiting) < len(numbers) - 1:
            threading.Event().wait(0.001)
        work.go.set()
        return [each.exception() or each.result() for each in given]


def test_those_who_come_meanwhile_are_served_together() -> None:
    work = Doubling()
    assert doubled_at_once(work, [1, 2, 3, 4]) == [2, 4, 6, 8]
    assert [sorted(batch) for batch in work.batches] == [[1], [2, 3, 4]]


def test_what_cannot_be_done_fails_alone() -> None:
    work = Doubling()
    first, second, third = doubled_at_once(work, [1, -2, 3])
    assert (first, third) == (2, 6)
    assert isinstance(second, ValueError)
    assert sorted(map(sorted, work.batches)) == [[-2], [-2, 3], [1], [3]]


def test_one_after_the_other_is_served_alone() -> None:
    work = Doubling()
    work.go.set()
    together = Together(work)
    assert [together(number) for number in (1, 2)] == [2, 4]
    with pytest.raises(ValueError, match="negative"):
        together(-1)
    assert together(3) == 6
