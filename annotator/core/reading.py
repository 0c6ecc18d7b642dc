"""The reading layout: how an article is laid out on screen, with the way back to its offsets."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import regex

from annotator.core.lines import SPACE, Line, joints_of, line_steps
from annotator.core.offsets import Utf16Map
from annotator.core.span import Span
from annotator.core.steps import Steps, at_once
from annotator.core.words import grapheme_at

Kind = Literal["text", "bullet", "continuation", "heading"]
_Run = tuple[str, int, int]
"""What is written before a stretch of the text, the stretch's start and its end."""
_Group = list[tuple[str, Line]]
_Style = tuple[int, bool, str, Kind]
"""A paragraph's indent, gap, bullet and kind."""

LONGEST = 10_000
"""Code points from which on a paragraph is cut: a block of a megabyte is slow in Qt."""
_SLACK = 2_000
_BIT = 500
"""Paragraphs made in one step."""
_HEADING = 100
_LAST_SPACE = regex.compile(rf".*[{SPACE}]", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of the widget; `start` and `end` in code points of the shown text.

    `indent` counts steps from the margin, `gap` asks for space above, `bullet` is empty or the sign
    to be drawn in front, which isn't part of the shown text.
    """

    start: int
    end: int
    indent: int = 0
    gap: bool = False
    bullet: str = ""
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Segments:
    """Stretches that text and shown text have in common: starts in both and lengths, in order."""

    source: list[int]
    shown: list[int]
    lengths: list[int]

    def add(self, source: int, shown: int, length: int) -> None:
        """Append a stretch; one that goes on where the last one ends makes that longer."""
        if not length:
            return
        if self.source:
            last = self.lengths[-1]
            if self.source[-1] + last == source and self.shown[-1] + last == shown:
                self.lengths[-1] += length
                return
        self.source.append(source)
        self.shown.append(shown)
        self.lengths.append(length)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is shown, and the map between the two.

    `text` is canonical, its positions are code points; `shown` is what the widget holds, one
    paragraph a line, its positions are UTF-16 units. A position that the other side lacks (inside a
    joint, in white space that isn't shown) maps to the right, as the start of a span should, or to
    the left with `end=True`; positions out of range map to the ends.
    """

    text: str = field(repr=False)
    shown: str = field(repr=False)
    paragraphs: tuple[Paragraph, ...] = field(repr=False)
    segments: Segments = field(repr=False, compare=False)
    units: Utf16Map = field(repr=False, compare=False)

    def to_widget(self, position: int, *, end: bool = False) -> int:
        """The widget's position (UTF-16 units) of code point `position` of the text."""
        parts = self.segments
        total = len(self.shown)
        return self.units.to_utf16(
            _mapped(position, parts.source, parts.shown, parts.lengths, total, end=end)
        )

    def to_source(self, units: int, *, end: bool = False) -> int:
        """The position in the text (code points) of the widget's position `units` (UTF-16)."""
        parts = self.segments
        position = self.units.to_code_point(units)
        total = len(self.text)
        return _mapped(position, parts.shown, parts.source, parts.lengths, total, end=end)

    def span_to_widget(self, span: Span) -> tuple[int, int]:
        """Start and end of `span` in the widget (UTF-16 units); equal if nothing of it is shown."""
        start = self.to_widget(span.start)
        return start, max(start, self.to_widget(span.end, end=True))

    def span_from_widget(self, start_units: int, end_units: int) -> Span | None:
        """The span of the text (code points) between two positions of the widget (UTF-16 units).

        None where nothing of the text lies between them.
        """
        start = self.to_source(start_units)
        end = self.to_source(end_units, end=True)
        return Span(start, end) if start < end else None


def _mapped(
    position: int,
    here: Sequence[int],
    there: Sequence[int],
    lengths: Sequence[int],
    total: int,
    *,
    end: bool,
) -> int:
    """`position` on this side of the segments as one on the other side, which is `total` long."""
    if end:
        last = bisect_left(here, position) - 1
        return there[last] + min(position - here[last], lengths[last]) if last >= 0 else 0
    last = bisect_right(here, position) - 1
    if last >= 0 and position - here[last] < lengths[last]:
        return there[last] + position - here[last]
    return there[last + 1] if last + 1 < len(there) else total


class _Sheet:
    """What a reading is put together on, paragraph by paragraph."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[str] = []
        self.length = 0
        self.source_end = 0
        self.paragraphs: list[Paragraph] = []
        self.segments = Segments([], [], [])

    def add(self, runs: Iterable[_Run], style: _Style) -> None:
        """Add a paragraph of runs, as several blocks if it is too long for one."""
        start = -1
        for joint, run_start, run_end in runs:
            if start < 0:
                start = self._begin(run_start)
            if self.length - start < LONGEST:  # else the next block's beginning parts the two
                self._write(joint)
            while self.length - start + run_end - run_start > LONGEST:
                room = LONGEST - (self.length - start)
                where = _cut(self.text, run_start, run_start + room) if room > 0 else run_start
                self._show(run_start, where)
                self.paragraphs.append(Paragraph(start, self.length, *style))
                style = _below(style)
                run_start = where  # noqa: PLW2901 - the rest of the run
                start = self._begin(run_start)
            self._show(run_start, run_end)
        self.paragraphs.append(Paragraph(start, self.length, *style))

    def _begin(self, source: int) -> int:
        """Begin a block with what stands at `source`; a lone line end between is itself shown."""
        if self.paragraphs:
            if source == self.source_end + 1:
                self.segments.add(self.source_end, self.length, 1)
            self._write("\n")
        return self.length

    def _write(self, words: str) -> None:
        """Append words to what is shown."""
        self.pieces.append(words)
        self.length += len(words)

    def _show(self, start: int, end: int) -> None:
        """Append `text[start:end]` and map it."""
        self.segments.add(start, self.length, end - start)
        self._write(self.text[start:end])
        self.source_end = end

    def reading(self) -> Reading:
        """The reading of what was added."""
        shown = "".join(self.pieces)
        paragraphs = tuple(self.paragraphs) or (Paragraph(0, 0),)
        return Reading(self.text, shown, paragraphs, self.segments, Utf16Map(shown))


def _below(style: _Style) -> _Style:
    """The style of what is cut off from a paragraph of `style`."""
    indent, _, _, kind = style
    return indent, False, "", "continuation" if kind == "bullet" else kind


def _cut(text: str, start: int, limit: int) -> int:
    """Where to cut after `start` and at most at `limit`: behind a space, else between graphemes."""
    space = _LAST_SPACE.match(text, max(start, limit - _SLACK), limit)
    where = grapheme_at(text, space.end() if space else limit)[0]
    return where if where > start else limit


def raw_layout(text: str) -> Reading:
    """The lines as they are: `shown` is `text` but for the cuts in lines that are too long."""
    sheet = _Sheet(text)
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        sheet.add((("", position, end),), (0, False, "", "text"))
        position = end + 1
    return sheet.reading()


def reading_layout(text: str) -> Reading:
    """The article as it is meant to be read: what a scraper cut joined (lines.py), lists indented.

    Empty lines become `gap`; white space at the edges of a line and bullets aren't in `shown`.
    """
    return at_once(reading_steps(text))


def reading_steps(text: str) -> Steps[Reading]:
    """As `reading_layout`, bit by bit."""
    sheet = _Sheet(text)
    lines = yield from line_steps(text)
    yield
    joints = joints_of(lines)
    yield
    groups = _groups(lines, joints)
    columns: list[int] = []
    for number, group in enumerate(groups):
        if number % _BIT == 0:
            yield
        style = _style(group[0][1], columns, first=number == 0)
        if style[-1] == "text" and _is_heading(groups, number):
            style = (*style[:-1], "heading")
        sheet.add(((joint, line.start, line.end) for joint, line in group), style)
    yield
    return sheet.reading()


def _groups(lines: Sequence[Line], joints: Sequence[str]) -> list[_Group]:
    """The paragraphs: lines, each with the words that join it to the one before."""
    groups: list[_Group] = []
    for line, joint in zip(lines, ["", *joints], strict=False):
        if joint:
            groups[-1].append(("" if joint == "mark" else " ", line))
        else:
            groups.append([("", line)])
    return groups


def _style(line: Line, columns: list[int], *, first: bool) -> _Style:
    """How the paragraph that begins with `line` is drawn.

    `columns` has those of the bullets that it stands under, outermost first; it is kept up to date.
    """
    while columns and line.column < columns[-1] + (not line.bullet):
        columns.pop()
    if line.bullet and (not columns or line.column > columns[-1]):
        columns.append(line.column)
    kind: Kind = "bullet" if line.bullet else "continuation" if columns else "text"
    return len(columns), line.gap and not first, line.bullet, kind


def _is_heading(groups: Sequence[_Group], number: int) -> bool:
    """Whether a paragraph is a short line without a stop, above a list or a longer paragraph.

    The line before must be finished, too, or the short line may be part of a broken sentence.
    """
    group = groups[number]
    line = group[0][1]
    if len(group) > 1 or number + 1 == len(groups) or len(line.content) > _HEADING or line.ended:
        return False
    below = groups[number + 1]
    if not below[0][1].bullet and below[-1][1].end - below[0][1].start <= _HEADING:
        return False
    return number == 0 or groups[number - 1][-1][1].ended
