"""Run all benchmarks, or those named: `python -m benchmarks [name ...]`. Exit status 1 when a budget is not kept."""

import importlib
import sys
from pathlib import Path

from benchmarks.result import Result

NOT_BENCHMARKS = {"__init__", "__main__", "result"}


def names() -> list[str]:
    """Return the benchmarks there are: every module here that has a `run`."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in NOT_BENCHMARKS)


def line(result: Result) -> str:
    """Return one row of the table."""
    budget = (
        ""
        if result.budget is None
        else f"{'at least' if result.at_least else 'at most'} {result.budget:g} {result.unit}"
    )
    mark = "✓" if result.kept else "✕"
    return f"{mark} {result.work:<58} {result.value:>10.3g} {result.unit:<7} {budget:<20} {result.peer}"


def main(wanted: list[str]) -> int:
    """Run and print; each benchmark is a module with `run() -> list[Result]`."""
    kept = True
    for name in wanted or names():
        for result in importlib.import_module(f"benchmarks.{name}").run():
            print(line(result), flush=True)
            kept = kept and result.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
