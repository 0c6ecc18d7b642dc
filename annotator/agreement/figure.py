"""A figure: a number with what it rests on, or the reason why there is none."""

from dataclasses import dataclass

NO_UNITS = "undefined: nothing was marked by two or more"
NO_VARIATION = "undefined: no variation, everybody chose the same everywhere"


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is None where the measure is not defined, and `why` says so in a sentence.

    `n` is the number of units that the value rests on; `low` and `high` are the ends of its
    interval, if one was computed.
    """

    value: float | None
    n: int
    why: str = ""
    low: float | None = None
    high: float | None = None


def beyond_chance(observed: float, expected: float, n: int) -> Figure:
    """(observed - expected) / (1 - expected): agreement beyond chance; 1.0 is perfect."""
    if expected >= 1.0:
        return Figure(None, n, NO_VARIATION)
    return Figure((observed - expected) / (1 - expected), n)
