"""In which unit a foreign file counts: found by the words that it quotes, not believed."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import regex

from annotator.core.offsets import Utf16Map
from annotator.core.span import Span
from annotator.core.text import canonical

POINTS, UTF16, BYTES = "code points", "UTF-16 units", "UTF-8 bytes"
GRAPHEMES = "graphemes"
LENGTHS: dict[str, Callable[[str], int]] = {
    UTF16: lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    POINTS: len,
    BYTES: lambda text: len(text.encode("utf-8", "surrogatepass")),
}
"""How long a text is in a unit."""
_ONCE = ", each line end as one"
_BOM = "\ufeff"
_GRAPHEME = regex.compile(r"\X")
Quote = tuple[int, int, str]
"""Start and end in the file's unit, and the words that it says stand there."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """Turns offsets of a file into code points of the canonical text; `unit` names its unit."""

    unit: str
    text: str = field(repr=False)
    _point: Callable[[int], int | None] | None = field(repr=False)
    """The code point at an offset of the file; None where the file counts as the text does."""

    @property
    def is_ours(self) -> bool:
        """Whether the offsets of the file are those of the canonical text."""
        return self._point is None

    def span(self, start: int, end: int) -> Span | None:
        """The span from `start` to `end`; None where there is none, or one cuts a character."""
        if self._point is None:
            return Span(start, end) if 0 <= start < end <= len(self.text) else None
        first, last = self._point(start), self._point(end)
        return None if first is None or last is None or last <= first else Span(first, last)

    def fits(self, quote: Quote) -> bool:
        """Whether the words stand where the file says; any line end may stand as a space."""
        start, end, said = quote
        point = self._point
        first, last = (start, end) if point is None else (point(start), point(end))
        if first is None or last is None or not 0 <= first < last:
            return False
        # So it is with nearly all, and for that no span need be made.
        exact = last == first + len(said) and self.text.startswith(said, first)
        return exact or self.quoted(quote) is not None

    def fitting(self, quotes: Sequence[Quote]) -> int:
        """How many of the quotes fit."""
        if self._point is not None:
            return sum(map(self.fits, quotes))
        begins = self.text.startswith
        rest = [
            each
            for each in quotes
            if not (0 <= each[0] < each[1] == each[0] + len(each[2]) and begins(each[2], each[0]))
        ]
        return len(quotes) - len(rest) + sum(map(self.fits, rest))

    def quoted(self, quote: Quote) -> Span | None:
        """The span of the words, None where they don't stand there."""
        start, end, said = quote
        span = self.span(start, end)
        if span is None:
            return None
        words = self.text[span.start : span.end]
        return span if words == said or _plain(words) == _plain(said) else None


def ruler_of(raw: str, quotes: Iterable[Quote], *, likely: str = POINTS) -> Ruler:
    """The ruler of a text, as the file has it, under which most quotes fit.

    Of several that do, and without quotes, it is the one of the `likely` unit.
    """
    known = list(quotes)
    best, most = None, -1
    units = _units(raw)  # code points first, so that mostly no other unit is looked for
    if likely != POINTS:
        units = iter(sorted(units, key=lambda each: each[1:] != (likely, "")))
    for base, unit, note in units:
        ruler = ruler_in(base, unit, note)
        fit = ruler.fitting(known)
        if fit > most:
            best, most = ruler, fit
        if most == len(known):
            break
    assert best is not None
    return best


def ruler_in(raw: str, unit: str, note: str = "") -> Ruler:
    """The ruler of a text that counts in this unit; `note` goes to its name."""
    point = _FROM[unit](raw)
    if raw.startswith(_BOM) or "\r\n" in raw:
        point = _chained(point or _from_points(raw), _canonical_points(raw))
    return Ruler(unit + note, canonical(raw).text, point)


def counter_in(text: str, unit: str) -> Callable[[int], int]:
    """What turns a code point of a canonical text into this unit; inside a grapheme, its start."""
    if unit == UTF16:
        return Utf16Map(text).to_utf16
    if unit == GRAPHEMES:
        starts = _grapheme_starts(text)
        return lambda position: bisect_right(starts, position) - 1
    return lambda position: position


def _units(raw: str) -> Iterator[tuple[str, str, str]]:
    """The units that may differ on this text: the text that is counted in, the unit, a note."""
    folded = raw.replace("\r\n", "\n")
    for base, note in ((raw, ""), (folded, _ONCE)) if folded != raw else ((raw, ""),):
        yield base, POINTS, note
        if not base.isascii():
            if len(base) < LENGTHS[UTF16](base):
                yield base, UTF16, note
            yield base, BYTES, note
    if not folded.isascii():
        yield folded, GRAPHEMES, ""


def _canonical_points(raw: str) -> Callable[[int], int | None]:
    """Code points of a text to those of its canonical form: without marks and half line ends."""
    marks = len(raw) - len(raw.lstrip(_BOM))
    length = len(raw)
    ends = [each.start() for each in re.finditer("\r\n", raw)]

    def point(position: int) -> int | None:
        if not marks <= position <= length:
            return None
        before = bisect_right(ends, position - 1)
        return position - marks - before

    return point


def _from_points(raw: str) -> Callable[[int], int | None]:
    length = len(raw)
    return lambda position: position if 0 <= position <= length else None


def _from_utf16(raw: str) -> Callable[[int], int | None] | None:
    units = Utf16Map(raw)
    most, exact = units.units, units.exact
    if most == len(raw):
        return None

    def point(position: int) -> int | None:
        found, whole = exact(position)
        return found if whole and 0 <= position <= most else None

    return point


def _from_bytes(raw: str) -> Callable[[int], int | None]:
    starts: Sequence[int] = [0, *accumulate(map(LENGTHS[BYTES], raw))]

    def point(position: int) -> int | None:
        found = bisect_right(starts, position) - 1
        return found if found >= 0 and starts[found] == position else None

    return point


def _from_graphemes(raw: str) -> Callable[[int], int | None]:
    starts = _grapheme_starts(raw)
    return lambda position: starts[position] if 0 <= position < len(starts) else None


def _grapheme_starts(text: str) -> list[int]:
    """The start of each grapheme, and the end of the text."""
    return [*(each.start() for each in _GRAPHEME.finditer(text)), len(text)]


def _chained(
    first: Callable[[int], int | None], then: Callable[[int], int | None]
) -> Callable[[int], int | None]:
    def point(position: int) -> int | None:
        found = first(position)
        return None if found is None else then(found)

    return point


_FROM: dict[str, Callable[[str], Callable[[int], int | None] | None]] = {
    POINTS: lambda _raw: None,
    UTF16: _from_utf16,
    BYTES: _from_bytes,
    GRAPHEMES: _from_graphemes,
}


def _plain(words: str) -> str:
    return canonical(words).text.replace("\n", " ")
