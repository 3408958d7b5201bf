"""The whole world at once: evaluation, one slice, memory of a process of its own; the peer is the engine of single questions."""

import random
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

from benchmarks.law import CIRCUMSTANCES
from benchmarks.result import Result
from comity.law.atlas import Span, sheets, whole_world
from comity.law.routes import routes
from comity.lawbook import open_lawbook
from comity.lawbook.atlas_file import write_atlas

SAMPLE = 4000
ON = date(2026, 11, 24)
MEMORY = """
from datetime import date
from comity.law.atlas import sheets, whole_world
from comity.lawbook import open_lawbook
for sheet in sheets(whole_world(open_lawbook().facts, date(2026, 11, 24))):
    pass
print(int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]) / 1024)
"""


def run() -> list[Result]:
    """Measure processor time: another program on the machine is not our time."""
    span = whole_world(open_lawbook().facts, ON, CIRCUMSTANCES)
    slice_ = replace(span, measures=("content",), offences=("illegal-access",))
    once = _seconds(slice_)
    whole = _seconds(span)
    cells = len(span.from_states) * (len(span.to_states) - 1) * len(span.measures) * len(span.offences)
    peer = _single(span, cells)
    return [
        Result("atlas: the whole world", whole, "s", 10, f"{cells} cells; kept nothing"),
        Result("atlas: one measure and offence, first time", once * 1000, "ms", None, "all ordered pairs of states"),
        Result("atlas: one measure and offence, again", _seconds(slice_) * 1000, "ms", 1000, "the same"),
        Result(
            "atlas: faster than single questions", peer / whole, "x", 100, f"{SAMPLE} questions, extrapolated", True
        ),
        _memory(),
        *_files(span),
    ]


def _seconds(span: Span) -> float:
    started = time.process_time()
    for _ in sheets(span):
        pass
    return time.process_time() - started


def _single(span: Span, cells: int) -> float:
    random_ = random.Random(4)
    pairs = [(a, b) for a, b in product(span.from_states, span.to_states) if a != b]
    asked = [
        span.question(random_.choice(span.measures), *random_.choice(pairs), random_.choice(span.offences))
        for _ in range(SAMPLE)
    ]
    started = time.process_time()
    for question in asked:
        routes(span.facts, question)
    return (time.process_time() - started) / SAMPLE * cells


def _memory() -> Result:
    run = subprocess.run([sys.executable, "-c", MEMORY], capture_output=True, text=True, check=True)
    return Result("atlas: memory of the whole world", float(run.stdout), "MB", 500, "peak of the process")


def _files(span: Span) -> list[Result]:
    results = []
    with tempfile.TemporaryDirectory() as name:
        for kind in ("parquet", "csv"):
            path = Path(name) / f"atlas.{kind}"
            started = time.process_time()
            rows = write_atlas(sheets(span), path)
            took = time.process_time() - started
            note = f"{rows} rows, {path.stat().st_size / 1e6:.0f} MB, evaluation included"
            results.append(Result(f"atlas: written as {kind}", took, "s", None, note))
    return results
