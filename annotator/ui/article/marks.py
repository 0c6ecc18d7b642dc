"""What is shown beside the annotations: found places, collected passages, jump letters, grips."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTextBlock

from annotator.core.reading import Reading
from annotator.core.span import Span
from annotator.core.words import grapheme_bounds
from annotator.ui.article.layout import RoomyLayout
from annotator.ui.article.look import ArticleLook, tag_font
from annotator.ui.article.rows import Lines

_LINE, _THICK = 1, 2
"""Pixels of the frame of a found place, and of the current one."""
_DASH = [3.0, 2.0]
_JUMP_PAD = 2
"""Pixels left and right of jump letters."""
GRIP = 6
"""Pixels that a grip is wide."""
_GRIP_REACH = 6
"""Pixels left and right of a grip, and 2 above and below, at which it can be taken."""


@dataclass(frozen=True, slots=True)
class Grip:
    """One end of a passage of the focused annotation, in pixels of its block.

    It stands in the room below the letters, where no letter is, half on either side of `x`.
    """

    passage: int
    at_end: bool
    x: float
    top: float
    bottom: float

    def near(self, x: float, y: float) -> bool:
        """Whether a point takes hold of it."""
        return abs(x - self.x) <= _GRIP_REACH and self.top - 2 <= y <= self.bottom + 2


@dataclass(slots=True)
class Marked:
    """What one block shows, in its coordinates."""

    hits: list[QRectF] = field(default_factory=list)
    current: list[QRectF] = field(default_factory=list)
    pending: list[QRectF] = field(default_factory=list)
    jumps: list[tuple[QRectF, str]] = field(default_factory=list)
    grips: list[Grip] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a grapheme begins or ends; y are the ends of the line's slot and its letters' foot."""

    x: float
    top: float
    foot: float
    bottom: float
    leftward: bool


class Ground:
    """A laid out block, and what of the text (code points) stands where in it."""

    def __init__(self, block: QTextBlock, layout: RoomyLayout, reading: Reading) -> None:
        self.layout = layout
        self._reading = reading
        self._block = block
        self._found: Lines | None = None
        self._origin = block.position()
        self.first = reading.to_source(self._origin)
        self.last = reading.to_source(self._origin + block.length() - 1, end=True)

    @property
    def _lines(self) -> Lines:
        """The block's lines, measured when something is to be placed on them."""
        if self._found is None:
            self._found = Lines(self._block)
        return self._found

    def __contains__(self, position: int) -> bool:
        """Whether a position is in the block."""
        return self.first <= position < self.last

    def areas(self, span: Span) -> Iterator[QRectF]:
        """The rectangles of a span's letters."""
        lines = self._lines
        start, end = self._units(span)
        start, end = max(0, start), min(end, lines.starts[-1])
        for number in lines.touched(start, end) if start < end else ():
            top = self.layout.slot_of(lines.layout, number)[0] + self.layout.above
            line = lines.lines[number]
            for left, right in lines.stretches(number, start, end):
                yield QRectF(left, top, right - left, line.y() + line.height() - top)

    def edge(self, position: int, *, at_end: bool) -> Edge:
        """Where the grapheme at a position begins, or ends.

        Where directions mix that is not where the caret would stand, which has two places there.
        """
        lines = self._lines
        whole = grapheme_bounds(self._reading.text, Span(position, position + 1))
        start, end = self._units(whole)
        start = min(max(0, start), max(0, lines.starts[-1] - 1))
        end = max(start + 1, end)
        number = lines.touched(start, start + 1)[0]
        line = lines.lines[number]
        runs = line.glyphRuns(start, end - start) if lines.mixed else []
        leftward = any(run.isRightToLeft() for run in runs)
        ends = [x for stretch in lines.stretches(number, start, end) for x in stretch]
        x = (max if at_end != leftward else min)(ends or [line.naturalTextRect().right()])
        top, bottom = self.layout.slot_of(lines.layout, number)
        return Edge(x, top, line.y() + line.height(), bottom, leftward)

    def _units(self, span: Span) -> tuple[int, int]:
        """Start and end of a span in UTF-16 units from the block's beginning."""
        start, end = self._reading.span_to_widget(span)
        return start - self._origin, end - self._origin


class Marks:
    """Keeps what is marked (spans are code points, in order) and draws it, block by block."""

    def __init__(self, look: ArticleLook) -> None:
        self.hits: Sequence[Span] = ()
        self.current = -1
        self.pending: Sequence[Span] = ()
        self.jumps: Mapping[int, str] = {}
        self.held: Sequence[Span] = ()
        """The passages that have grips."""
        self._ready: dict[int, Marked] = {}
        self.set_look(look)

    def set_look(self, look: ArticleLook) -> None:
        """Draw in another look."""
        self._look = look
        self._font = tag_font(look)
        self._letters = QFontMetricsF(self._font)
        self.clear()

    def clear(self) -> None:
        """Measure anew: the lines, the look or what is marked has changed."""
        self._ready.clear()

    def forget(self) -> None:
        """Mark nothing: there is another article."""
        self.hits, self.current = (), -1
        self.pending, self.jumps, self.held = (), {}, ()
        self.clear()

    def of(self, block: QTextBlock, layout: RoomyLayout, reading: Reading) -> Marked | None:
        """What a block shows whose lines are laid out; None if nothing is marked anywhere."""
        if not (self.hits or self.pending or self.jumps or self.held):
            return None
        number = block.blockNumber()
        known = self._ready.get(number)
        if known is None:
            known = self._ready[number] = self._measured(Ground(block, layout, reading))
        return known

    def draw_below(self, painter: QPainter, marked: Marked) -> None:
        """Draw what washes, lanes and letters are drawn over."""
        look = self._look
        for areas, color, thick in (
            (marked.hits, look.hit, _LINE),
            (marked.current, look.hit_current, _THICK),
        ):
            for area in areas:
                painter.fillRect(area, color)
                _frame(painter, area, QPen(look.text, thick))
        for area in marked.pending:
            painter.fillRect(area, look.selection)
            pen = QPen(look.accent, _THICK)
            pen.setDashPattern(_DASH)
            _frame(painter, area, pen)

    def draw_above(self, painter: QPainter, marked: Marked) -> None:
        """Draw what covers washes, lanes and tags, but no letter."""
        look = self._look
        painter.setFont(self._font)
        painter.setPen(look.background)
        for area, text in marked.jumps:
            painter.fillRect(area, look.accent)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        for grip in marked.grips:
            area = QRectF(grip.x - GRIP / 2, grip.top, GRIP, grip.bottom - grip.top)
            painter.fillRect(area.adjusted(-1, 0, 1, 0), look.background)
            painter.fillRect(area, look.focus)

    def _measured(self, ground: Ground) -> Marked:
        marked = Marked()
        for number in range(*_within(self.hits, ground.first, ground.last)):
            areas = marked.current if number == self.current else marked.hits
            areas.extend(ground.areas(self.hits[number]))
        for span in self.pending[slice(*_within(self.pending, ground.first, ground.last))]:
            marked.pending.extend(ground.areas(span))
        marked.jumps = self._jumps(ground)
        marked.grips = list(_grips(self.held, ground))
        return marked

    def _jumps(self, ground: Ground) -> list[tuple[QRectF, str]]:
        """Letters above the beginnings of words, side by side."""
        found: list[tuple[QRectF, str]] = []
        for position in sorted(each for each in self.jumps if each in ground):
            text = self.jumps[position]
            edge = ground.edge(position, at_end=False)
            width = self._letters.horizontalAdvance(text) + 2 * _JUMP_PAD
            left = edge.x - width if edge.leftward else edge.x
            area = QRectF(left, edge.top, width, ground.layout.above)
            before = found[-1][0] if found else None
            if before is not None and before.intersects(area):
                area.moveLeft(before.left() - width - 1 if edge.leftward else before.right() + 1)
            found.append((area, text))
        return found


def _within(spans: Sequence[Span], first: int, last: int) -> tuple[int, int]:
    """Which of some spans, in order and apart, have something between two positions."""
    start = bisect_right(spans, first, key=lambda span: span.end)
    return start, max(start, bisect_left(spans, last, key=lambda span: span.start))


def _grips(passages: Sequence[Span], ground: Ground) -> Iterator[Grip]:
    """The grips of those ends of passages that stand in a block."""
    for passage, span in enumerate(passages):
        for at_end, position in ((False, span.start), (True, span.end - 1)):
            if position in ground:
                edge = ground.edge(position, at_end=at_end)
                yield Grip(passage, at_end, edge.x, edge.foot, edge.bottom)


def _frame(painter: QPainter, area: QRectF, pen: QPen) -> None:
    """A frame whose lines lie inside the area, mitred as pens do it."""
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    inset = pen.widthF() / 2
    painter.drawRect(area.adjusted(inset, inset, -inset, -inset))


def grip_at(marked: Marked, point: QPointF) -> Grip | None:
    """The grip at a point of a block."""
    near = (each for each in marked.grips if each.near(point.x(), point.y()))
    return min(near, key=lambda each: abs(each.x - point.x()), default=None)
