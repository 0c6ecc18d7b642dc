"""Whose label against whose: what two people have at the same place."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often two people had which two labels at a place; None is nothing.

    The cells are by the two people and the two labels; between all of them, each pair counts in
    both orders, so that the table is the same from both sides.
    """

    cells: Mapping[tuple[tuple[str, str], tuple[str | None, str | None]], int]

    def table(self, one: str = "", other: str = "") -> dict[tuple[str | None, str | None], int]:
        """The table of two people, the first one's labels first, or of all of them."""
        found: Counter[tuple[str | None, str | None]] = Counter()
        for (raters, (first, second)), number in self.cells.items():
            if not one or raters == (one, other):
                found[first, second] += number
            if not one or raters == (other, one):
                found[second, first] += number
        return dict(found)
