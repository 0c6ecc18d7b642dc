"""Draws rows: washes, lanes and tags below the letters, rings round focused spans."""

import math
from collections.abc import Collection
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF, QTextBlock

from annotator.ui.article.look import WASH_STACK, ArticleLook, Sizes, tag_font
from annotator.ui.article.rows import GHOST, NO_LANE, Piece, Row, Tag, area_of

_RING = 2
_WAVE_HEIGHT = 2.6
_WAVE_LENGTH = 3.0
_DASHES = {"dash": [4.0, 2.0], "dot": [1.0, 1.5], "dashdot": [4.0, 1.5, 1.0, 1.5]}
"""Strokes and spaces in multiples of the pen's width."""
_GHOST_LINE = 1.4
_GHOST_DOTS = [1.2, 1.8]
_GHOST_DASH = [3.0, 1.5]
"""Of the outline of a suggestion, and of the one that is looked at."""
_FAINT = 120
"""Alpha of the line between the parts of an annotation."""


@dataclass(slots=True)
class Ink:
    """What a row is drawn with, made once: rectangles with their colours, lines with their pens."""

    washes: list[tuple[QRectF, QColor]] = field(default_factory=list)
    lines: list[tuple[list[QLineF], QPen]] = field(default_factory=list)
    waves: list[tuple[QPolygonF, QPen]] = field(default_factory=list)
    tags: list[tuple[QPointF, str, QColor]] = field(default_factory=list)
    badges: list[tuple[QRectF, str, QColor]] = field(default_factory=list)


class ArticlePainter:
    """Draws in one look. Rows have their y from the block's top; the painter is moved there."""

    def __init__(self, look: ArticleLook, sizes: Sizes) -> None:
        self._look = look
        self._sizes = sizes
        self._font: QFont = tag_font(look)
        self._pens: dict[tuple[str, float], QPen] = {}

    def ink(self, row: Row) -> Ink:
        """What is to be drawn for a row, but for focus."""
        ink = Ink()
        for piece in row.pieces:
            if piece.lane == GHOST:
                self._add_ghost(ink, row, piece)
                continue
            if piece.lane < WASH_STACK:
                wash = self._look.wash(piece.label)
                ink.washes.extend((area_of(row, each), wash) for each in piece.areas)
            if piece.lane != NO_LANE:
                self._add_lane(ink, row, piece)
        for tag in row.tags:
            self._add_tag(ink, row, tag)
        return ink

    def draw(self, painter: QPainter, ink: Ink) -> None:
        """Draw a row, to be followed by the letters."""
        for area, color in ink.washes:
            painter.fillRect(area, color)
        for lines, pen in ink.lines:
            painter.setPen(pen)
            painter.drawLines(lines)
        if ink.waves:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for wave, pen in ink.waves:
                painter.setPen(pen)
                painter.drawPolyline(wave)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if ink.tags or ink.badges:
            self._draw_tags(painter, ink)

    def draw_ring(self, painter: QPainter, row: Row, piece: Piece) -> None:
        """The focus ring, below the letters, and a second wash; open where the span goes on."""
        wash = self._look.wash(piece.label)
        for area in piece.areas:
            painter.fillRect(area_of(row, area), wash)
        self._frame(painter, row, piece, self._look.focus, _RING)

    def draw_ghost_ring(self, painter: QPainter, row: Row, piece: Piece) -> None:
        """What marks the suggestion that is looked at: its wash again, and thick dashes."""
        pen = QPen(self._look.focus, _RING)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(_GHOST_DASH)
        for area in piece.areas:
            painter.fillRect(area_of(row, area), self._look.wash(piece.label))
        painter.setPen(pen)
        painter.drawLines(_outline(row, piece, _RING / 2))

    def draw_light(self, painter: QPainter, row: Row, piece: Piece) -> None:
        """What marks a partner of the focused span: a second wash and a thin frame in its ink."""
        for area in piece.areas:
            painter.fillRect(area_of(row, area), self._look.wash(piece.label))
        self._frame(painter, row, piece, self._look.ink(piece.label), 1)

    def draw_bullet(self, painter: QPainter, bullet: str, block: QTextBlock) -> None:
        """A bullet before the first line of a block, or behind it where one reads leftward."""
        painter.setFont(self._look.font)
        painter.setPen(self._look.dim)
        line, space = block.layout().lineAt(0), self._sizes.step / 3
        if block.textDirection() == Qt.LayoutDirection.RightToLeft:
            x = line.x() + line.width() + space
        else:
            x = line.x() - space - painter.fontMetrics().horizontalAdvance(bullet)
        painter.drawText(QPointF(x, line.y() + line.ascent()), bullet)

    def _frame(self, painter: QPainter, row: Row, piece: Piece, color: QColor, top: int) -> None:
        """Lines round the areas of a piece, the upper one `top` pixels thick.

        Upright ones stand where it begins, ends, or breaks. They are thin, as a stop may follow.
        """
        foot = row.bottom - (1 if any(each.lane > 0 for each in row.pieces) else top)
        starts, ends = piece.opens, piece.closes
        if row.leftward:
            starts, ends = ends, starts
        last = len(piece.areas) - 1
        for index, (left, right) in enumerate(piece.areas):
            x, end = math.floor(left) - 1, math.ceil(right)
            painter.fillRect(QRectF(x, row.letters - 1, end - x, top), color)
            painter.fillRect(QRectF(x, foot, end - x, row.bottom - foot), color)
            if index or starts:
                painter.fillRect(QRectF(x, row.letters - 1, 1, row.bottom - row.letters + 1), color)
            if index < last or ends:
                height = row.bottom - row.letters + 1
                painter.fillRect(QRectF(end - 1, row.letters - 1, 1, height), color)

    def _add_ghost(self, ink: Ink, row: Row, piece: Piece) -> None:
        """A suggestion: half the wash, and dots all round, which no annotation has."""
        wash = QColor(self._look.wash(piece.label))
        wash.setAlpha(wash.alpha() // 2)
        ink.washes.extend((area_of(row, each), wash) for each in piece.areas)
        pen = QPen(self._look.ink(piece.label), _GHOST_LINE)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(_GHOST_DOTS)
        ink.lines.append((_outline(row, piece, _GHOST_LINE / 2), pen))

    def _add_lane(self, ink: Ink, row: Row, piece: Piece) -> None:
        pattern = self._look.pattern(piece.label)
        pen = self._pen(piece.label, row.thick)
        top = row.lane_top(piece.lane)
        middle = top + pen.widthF() / 2
        for left, right in piece.areas:
            end = right - 1 if piece.closes else right
            if pattern == "wave":
                ink.waves.append((_wave(left, end, top, _WAVE_HEIGHT * row.thick / 2), pen))
                continue
            lines = [QLineF(left, middle, end, middle)]
            if pattern == "double":
                lines.append(QLineF(left, middle + row.thick, end, middle + row.thick))
            ink.lines.append((lines, pen))
        if piece.gaps:
            faint = QPen(pen)
            faint.setColor(_fainter(pen.color()))
            faint.setWidthF(1.0)
            faint.setDashPattern(_DASHES["dot"])
            ink.lines.append(([QLineF(a, middle, b, middle) for a, b in piece.gaps], faint))

    def _pen(self, label: str, thick: float) -> QPen:
        """The pen of a label's lane."""
        known = self._pens.get((label, thick))
        if known is None:
            pattern = self._look.pattern(label)
            known = QPen(self._look.ink(label), 1.0 if pattern in ("double", "wave") else thick)
            known.setCapStyle(Qt.PenCapStyle.FlatCap)
            if pattern in _DASHES:
                known.setDashPattern(_DASHES[pattern])
            self._pens[label, thick] = known
        return known

    def _add_tag(self, ink: Ink, row: Row, tag: Tag) -> None:
        color = self._look.ink(tag.label)
        if tag.badge:
            area = QRectF(tag.left, row.top, tag.width, self._sizes.above)
            ink.badges.append((area, tag.text, color))
        else:
            baseline = row.letters - self._sizes.tag_rise
            ink.tags.append((QPointF(tag.left, baseline), tag.text, color))

    def _draw_tags(self, painter: QPainter, ink: Ink) -> None:
        painter.setFont(self._font)
        for point, text, color in ink.tags:
            painter.setPen(color)
            painter.drawText(point, text)
        for area, text, color in ink.badges:
            painter.fillRect(area, color)
            painter.setPen(self._look.background)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def _outline(row: Row, piece: Piece, inset: float) -> list[QLineF]:
    """Lines round the letters of a piece; none stands upright where it goes on."""
    top, foot = row.letters - 1 + inset, row.foot + 1 - inset
    starts, ends = piece.opens, piece.closes
    if row.leftward:
        starts, ends = ends, starts
    found: list[QLineF] = []
    for index, (left, right) in enumerate(piece.areas):
        a, b = left - 1 + inset, right - inset
        found += [QLineF(a, top, b, top), QLineF(a, foot, b, foot)]
        if index or starts:
            found.append(QLineF(a, top, a, foot))
        if index < len(piece.areas) - 1 or ends:
            found.append(QLineF(b, top, b, foot))
    return found


def _fainter(color: QColor) -> QColor:
    """A colour that one can see through."""
    faint = QColor(color)
    faint.setAlpha(_FAINT)
    return faint


def _wave(left: float, right: float, top: float, height: float) -> QPolygonF:
    """A zigzag line between two x; its rounded corners come from the smoothing."""
    count = max(2, round((right - left) / _WAVE_LENGTH) + 1)
    width = (right - left) / (count - 1)
    return QPolygonF(
        [QPointF(left + i * width, top + 0.5 + (height - 1) * (i % 2)) for i in range(count)]
    )


def piece_of(row: Row, annotations: Collection[str]) -> list[Piece]:
    """The pieces on a row that belong to any of these annotations."""
    return [each for each in row.pieces if each.id in annotations] if annotations else []
