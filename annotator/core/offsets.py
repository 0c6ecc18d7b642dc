"""The one converter between code points and UTF-16 units, which Qt and some formats count in."""

import re
from array import array
from bisect import bisect_right

_ASTRAL_RUN = re.compile("[\U00010000-\U0010ffff]+")


class Utf16Map:
    """Positions of a text in code points and in UTF-16 units, each found in O(log n).

    What is kept is one entry per run of characters beyond U+FFFF, so it is empty for most texts.
    """

    __slots__ = ("_before", "_starts", "_unit_starts", "length", "units")

    def __init__(self, text: str) -> None:
        """Measure `text`; a lone surrogate counts as the one unit that it is."""
        self.length = len(text)
        """Length in code points."""
        self.units = self.length
        """Length in UTF-16 units."""
        self._starts = array("L")
        self._unit_starts = array("L")
        self._before = array("L", [0])
        if not text.isascii():
            self.units = len(text.encode("utf-16-le", "surrogatepass")) // 2
        if self.units != self.length:
            self._measure(text)

    def _measure(self, text: str) -> None:
        """Fill the arrays: the start of each run, and how many astral characters come before it."""
        before = 0
        for run in _ASTRAL_RUN.finditer(text):
            start, end = run.span()
            self._starts.append(start)
            self._unit_starts.append(start + before)
            before += end - start
            self._before.append(before)

    def to_utf16(self, position: int) -> int:
        """The UTF-16 units before code point `position`, which lies in 0 to `length`."""
        if not self._starts:
            return position
        run = bisect_right(self._starts, position) - 1
        if run < 0:
            return position
        return position + min(
            self._before[run] + position - self._starts[run], self._before[run + 1]
        )

    def to_code_point(self, units: int) -> int:
        """The code points before `units` UTF-16 units; the middle of a pair maps down."""
        return self.exact(units)[0]

    def exact(self, units: int) -> tuple[int, bool]:
        """The code points before `units` UTF-16 units, and whether no pair is cut there."""
        if not self._starts:
            return units, True
        run = bisect_right(self._unit_starts, units) - 1
        if run < 0:
            return units, True
        inside = units - self._unit_starts[run]
        if inside >= 2 * (self._before[run + 1] - self._before[run]):
            return units - self._before[run + 1], True
        return self._starts[run] + inside // 2, inside % 2 == 0
