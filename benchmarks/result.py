"""What a benchmark reports."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One measured figure beside its budget.

    Attributes:
        work: what was measured, in words.
        value: the figure.
        unit: `x` for a ratio against the peer, else a unit (`ms`, `acts/s`, `MB`, `KB`).
        budget: the limit set by the design; None where it sets none.
        peer: what the figure is a ratio against, or how it was taken.
        at_least: True where more is better.
    """

    work: str
    value: float
    unit: str
    budget: float | None = None
    peer: str = ""
    at_least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the budget is kept; a figure without one keeps it."""
        if self.budget is None:
            return True
        return self.value >= self.budget if self.at_least else self.value <= self.budget
