"""From the lines of a PDF's pages to paragraphs, by where the lines stand."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_BULLET = re.compile(r"(?:[•◦▪■●‣–—*·-]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")
_SENTENCE_ENDS = tuple(".!?:;…։。！？؟”»\"'’)]")
_HYPHEN = "\ufffe"
_SOFT = re.compile(f"(\\w*)[{_HYPHEN}\x02](\\w*)")
_FURNITURE = 3
"""Lines that a running head or foot has at most."""
_WIDER = 1.35
_INDENT = 0.6
_SHORT = 0.12
_LARGER = 1.15


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; its edges in points, from the lower left corner of the page.

    Where the script runs from right to left, the edges are mirrored.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Points."""
        return self.top - self.bottom


Pages = Sequence[Sequence[Line]]


def without_furniture(pages: Pages) -> tuple[list[list[Line]], int]:
    """The pages without running heads, feet and page numbers; how many lines that took.

    These are lines at the upper or lower end that a third of the pages have, but for their
    numbers; not more than three at an end.
    """
    kept = [list(each) for each in pages]
    removed = 0
    if len(kept) < 3:
        return kept, 0
    for end in (0, -1) * _FURNITURE:
        common = _common(kept, end)
        for page in kept:
            if page and _pattern(page[end]) in common:
                del page[end]
                removed += 1
    return kept, removed


def _common(pages: Pages, end: int) -> set[str]:
    """How those lines at an end of pages read that are on at least every third page, and three."""
    found = Counter(_pattern(page[end]) for page in pages if page)
    least = max(3, len(pages) // 3)
    return {each for each, number in found.items() if number >= least}


def _pattern(line: Line) -> str:
    return f"{_DIGITS.sub('#', line.text.lower())} at {round(line.bottom / 4)}"


def paragraphs(pages: Pages) -> Iterator[str]:
    """The text of the pages, paragraph by paragraph; a paragraph may run over to the next page."""
    words: list[str] = []
    before: Line | None = None
    for page in pages:
        pitch, edge = _pitch(page), max((each.right for each in page), default=0.0)
        usual = median([each.height for each in page] or [0.0])
        for number, line in enumerate(page):
            # The lines of a headline are as far from each other as its letters are large.
            apart = pitch * max(1.0, line.height / usual) if usual > 0 else pitch
            if before is not None and _begins(line, before, apart, edge, over=number == 0):
                yield " ".join(words)
                words = []
            words.append(line.text)
            before = line
    if words:
        yield " ".join(words)


def _pitch(page: Sequence[Line]) -> float:
    """The usual distance from a line to the next, in points."""
    steps = [one.bottom - other.bottom for one, other in pairwise(page)]
    return median([each for each in steps if each > 1] or [0.0])


def _begins(line: Line, before: Line, pitch: float, edge: float, *, over: bool) -> bool:
    """Whether a paragraph begins with `line`; `over` if `before` ends another page."""
    ended = before.text.endswith(_SENTENCE_ENDS)
    larger, smaller = max(line.height, before.height), min(line.height, before.height)
    if larger > smaller * _LARGER and not over:
        return True
    if _BULLET.match(line.text):
        return True
    step = before.bottom - line.bottom
    if not over and step > pitch * _WIDER:
        return True
    if over or step < 0:  # another page or column
        return ended
    short = before.right < edge - _SHORT * (edge - before.left)
    return (ended and short) or (line.left > before.left + _INDENT * line.height and ended)


def joined(text: str) -> tuple[str, int]:
    """A text without the hyphens that line ends put into words, and how many there were.

    Where the text has the word with a hyphen elsewhere too, the hyphen stays.
    """

    def whole(match: re.Match[str]) -> str:
        hyphened = f"{match[1]}-{match[2]}"
        return hyphened if hyphened in text else match[1] + match[2]

    return _SOFT.subn(whole, text)
