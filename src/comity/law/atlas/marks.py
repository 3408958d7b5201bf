"""Three-valued truths as numbers in arrays: what is unknown carries beside it what kind of fact was missing.

A mark is one byte: `TRUE`, `FALSE`, or `UNKNOWN` with flags. The kinds are those between which the engine distinguishes when it
decides whether a condition is stated in the request or waits for a fact: a gap of the lawbook, the conduct, anything else.
As in `comity.law.truth`, a part that decides takes out what was missing in the others.
"""

from collections.abc import Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt

from comity.law.truth import Truth

Marks = npt.NDArray[np.uint8]

TRUE, UNKNOWN, FALSE = 0, 8, 16
GAP, CONDUCT, OTHER = 1, 2, 4
KINDS = (GAP, CONDUCT, OTHER)
CODES = 32
EVERY = (TRUE, FALSE, *(UNKNOWN + flags for flags in range(8)))

_codes = np.arange(CODES, dtype=np.uint8)
_FALSE_WINS = np.where(_codes & FALSE, FALSE, _codes).astype(np.uint8)
_OPPOSITE = np.where(_codes == TRUE, FALSE, np.where(_codes & FALSE, TRUE, _codes)).astype(np.uint8)


def mark(truth: Truth, missing: Sequence[str] = ()) -> int:
    """Return the mark of a truth.

    Args:
        truth: True, False or None.
        missing: names as `Situation.missing` has them; they count where the truth is None.
    """
    if truth is not None:
        return TRUE if truth else FALSE
    flags = 0
    for name in missing:
        flags |= GAP if ":" in name else CONDUCT if name == "conduct" else OTHER
    return UNKNOWN + flags


def truth_of(code: int) -> Truth:
    """Return the truth of a mark."""
    return None if code & UNKNOWN else code == TRUE


def all_of(parts: Sequence[Marks]) -> Marks:
    """Return the conjunction; arrays of different shapes are spread over each other."""
    return _FALSE_WINS[reduce(np.bitwise_or, sorted(parts, key=_size))]


def any_of(parts: Sequence[Marks]) -> Marks:
    """Return the disjunction."""
    return opposite(all_of([opposite(part) for part in parts]))


def opposite(part: Marks) -> Marks:
    """Return the negation; what is unknown stays so."""
    return _OPPOSITE[part]


def _size(part: Marks) -> int:
    return part.size
