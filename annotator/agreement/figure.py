"""A figure: a number with what it rests on, or the reason why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Counts = Mapping[Any, float]
"""What was counted, by a key of any kind; the counts of several articles add up."""

NO_UNITS = "undefined: nothing was marked by two or more"
NO_VARIATION = "undefined: no variation, everybody chose the same everywhere"
BY_CHANCE = (
    "much of this agreement is to be expected by chance, so that a few differences weigh a lot"
)
HIGH = 0.8
"""Agreement to be expected by chance from which on a figure is easily misread."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is None where the measure is not defined; `why` says so, the reason behind a colon.

    `n` is the number of units that the value rests on; `low` and `high` are the ends of its
    interval, if one was computed. `warnings` say how the value may mislead.
    """

    value: float | None
    n: float
    why: str = ""
    low: float | None = None
    high: float | None = None
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The figure as the command line gives it to scripts."""
        n = int(self.n) if float(self.n).is_integer() else self.n
        told = {"value": self.value, "low": self.low, "high": self.high, "n": n}
        return {**told, "why": self.why, "warnings": list(self.warnings)}

    def words(self, digits: int = 3) -> str:
        """The value with its interval, as a table has it: "0.742 (0.690 to 0.791)"."""
        if self.value is None:
            return self.why.partition(": ")[0]
        if self.low is None or self.high is None:
            return f"{self.value:.{digits}f}"
        return f"{self.value:.{digits}f} ({self.low:.{digits}f} to {self.high:.{digits}f})"

    @property
    def reason(self) -> str:
        """Why there is no value, where `words` says already that there is none."""
        return self.why.partition(": ")[2]

    def told(self) -> str:
        """The same with what it rests on, on one line; where there is no value, with the reason."""
        line = f"{self.words()}, n = {self.n:,.0f}"
        return f"{line}; {self.reason}" if self.why else line


def beyond_chance(observed: float, expected: float, n: float) -> Figure:
    """(observed - expected) / (1 - expected): agreement beyond chance; 1.0 is perfect."""
    if expected >= 1.0:
        return Figure(None, n, NO_VARIATION)
    warnings = (BY_CHANCE,) if expected > HIGH else ()
    return Figure((observed - expected) / (1 - expected), n, warnings=warnings)


def share(part: float, whole: float, n: float) -> Figure:
    """A part of a whole; undefined where there is nothing."""
    return Figure(part / whole, n) if whole else Figure(None, 0, NO_UNITS)


def less(observed: float, expected: float, n: float) -> Figure:
    """1 - observed / expected disagreement; undefined where none is to be expected."""
    if not n:
        return Figure(None, 0, NO_UNITS)
    return Figure(1 - observed / expected, n) if expected > 0 else Figure(None, n, NO_VARIATION)
