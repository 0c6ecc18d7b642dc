"""The plots of agreement: intervals by part, drift over the order of work, kinds of difference."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from annotator.agreement.figure import Figure
from annotator.ui.drawing.drawing import Mark, draw_words, hatched
from annotator.ui.theme import Theme

_RIGHT = Qt.AlignmentFlag.AlignRight
_CENTER = Qt.AlignmentFlag.AlignHCenter
_TITLES = 22
"""Letters of room for what stands left of a plot."""
_VALUES = 21
"""Letters of room for the figures right of it."""
_WIDTH, _HIGH = 420, 240
_DOT = 4.5
_FIFTHS = 5


@dataclass(frozen=True, slots=True)
class Point:
    """A figure in a plot, with what it is of and what it opens; `short` is for little room."""

    title: str
    figure: Figure
    opens: object = None
    short: str = ""

    @property
    def words(self) -> str:
        """All that the plot says of it."""
        return f"{self.title}: {self.figure.told()}"


def lowest(points: Sequence[Point]) -> float:
    """Where an axis of figures begins: at 0, or in fifths below, where a figure is below."""
    values = [each for one in points for each in (one.figure.value, one.figure.low) if each]
    low = max(-1.0, min((0.0, *values)))
    return -((-low * _FIFTHS + 0.999) // 1) / _FIFTHS if low < 0 else 0.0


def ticks(low: float) -> list[float]:
    """Where an axis from `low` to 1 has its numbers, a fifth apart."""
    first = round(low * _FIFTHS)
    return [each / _FIFTHS for each in range(first, _FIFTHS + 1)]


class _Axis:
    """An axis of figures from `low` to 1 along one side of an area."""

    def __init__(self, low: float, start: float, end: float) -> None:
        self.low, self.start, self.end = low, start, end

    def at(self, value: float) -> float:
        """Where a value is, in pixels."""
        share = (min(1.0, max(self.low, value)) - self.low) / (1 - self.low)
        return self.start + share * (self.end - self.start)


def _fonts(painter: QPainter, theme: Theme) -> QFontMetricsF:
    painter.setFont(theme.font("sans", theme.px("size", "small")))
    return QFontMetricsF(painter.font())


def _heading(painter: QPainter, area: QRectF, words: str, theme: Theme) -> QRectF:
    """The plot's title above it; the answer is the area that is left."""
    painter.setFont(theme.font("sans", theme.px("size", "ui"), strong=True))
    high = QFontMetricsF(painter.font()).height() + theme.px("pad", "small")
    draw_words(painter, QRectF(area.left(), area.top(), area.width(), high), words, theme.text)
    return area.adjusted(0, high, 0, 0)


@dataclass(frozen=True, slots=True)
class Intervals:
    """Figures below one another, each with its interval as a line and its value as a dot."""

    title: str
    points: tuple[Point, ...]

    def size(self, theme: Theme) -> QSizeF:
        """Room for each figure, the title and the axis."""
        row = theme.px("layout", "control_height") * 0.9
        return QSizeF(_WIDTH, (len(self.points) + 2.6) * row)

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> tuple[Mark, ...]:
        """A line for each figure, from the top down."""
        area = _heading(painter, area.adjusted(8, 4, -8, -4), self.title, theme)
        metrics = _fonts(painter, theme)
        letter, foot = metrics.averageCharWidth(), metrics.height() * 2.4
        left = min(area.width() * 0.3, letter * _TITLES)
        right = min(area.width() * 0.32, letter * _VALUES)
        axis = _Axis(lowest(self.points), area.left() + left + 12, area.right() - right - 12)
        rows = QRectF(area.left(), area.top(), area.width(), area.height() - foot)
        _vertical_grid(painter, axis, rows, theme)
        high = min(rows.height() / max(1, len(self.points)), theme.px("layout", "control_height"))
        marks = []
        for number, point in enumerate(self.points):
            row = QRectF(rows.left(), rows.top() + number * high, rows.width(), high)
            self._draw_row(painter, row, point, axis, theme)
            marks.append(Mark(row, point.words, point.opens))
        return tuple(marks)

    def _draw_row(
        self, painter: QPainter, row: QRectF, point: Point, axis: _Axis, theme: Theme
    ) -> None:
        figure, middle = point.figure, row.center().y()
        title = QRectF(row.left(), row.top(), axis.start - 12 - row.left(), row.height())
        draw_words(painter, title, point.title, theme.text)
        told = QRectF(axis.end + 12, row.top(), row.right() - axis.end - 12, row.height())
        ink = theme.text if figure.value is not None else theme.text_dim
        draw_words(painter, told, figure.words(2), ink)
        if figure.value is None:
            return
        if figure.low is not None and figure.high is not None:
            low, high = axis.at(figure.low), axis.at(figure.high)
            painter.setPen(QPen(theme.accent, 2))
            painter.drawLine(QLineF(low, middle, high, middle))
            for end in (low, high):
                painter.drawLine(QLineF(end, middle - _DOT, end, middle + _DOT))
        _draw_dot(painter, QPointF(axis.at(figure.value), middle), theme)


@dataclass(frozen=True, slots=True)
class Drift:
    """Figures in the order of work, from left to right, joined by a line."""

    title: str
    points: tuple[Point, ...]
    below: str

    def size(self, theme: Theme) -> QSizeF:
        """Room for the numbers and words of the axes."""
        return QSizeF(_WIDTH, _HIGH * theme.scale)

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> tuple[Mark, ...]:
        """A column for each figure."""
        area = _heading(painter, area.adjusted(8, 4, -8, -4), self.title, theme)
        metrics = _fonts(painter, theme)
        foot, left = metrics.height() * 2.3, metrics.horizontalAdvance("-0.0") + 8
        field = area.adjusted(left, metrics.height() / 2, -8, -foot)
        axis = _Axis(lowest(self.points), field.bottom(), field.top())
        for value in ticks(axis.low):
            y = axis.at(value)
            painter.setPen(QPen(theme.border, 1))
            painter.drawLine(QLineF(field.left(), y, field.right(), y))
            number = QRectF(area.left(), y - 10, left - 6, 20)
            draw_words(painter, number, f"{value:.1f}", theme.text_dim, _RIGHT)
        words = QRectF(field.left(), area.bottom() - foot / 2, field.width(), foot / 2)
        draw_words(painter, words, self.below, theme.text_dim, _CENTER)
        wide = field.width() / max(1, len(self.points))
        columns = [
            QRectF(field.left() + number * wide, field.top(), wide, field.height() + foot / 2)
            for number in range(len(self.points))
        ]
        self._draw_line(painter, columns, axis, theme)
        for column, point in zip(columns, self.points, strict=True):
            self._draw_column(painter, column, point, axis, theme)
        return tuple(
            Mark(column, point.words, point.opens)
            for column, point in zip(columns, self.points, strict=True)
        )

    def _draw_line(
        self, painter: QPainter, columns: Sequence[QRectF], axis: _Axis, theme: Theme
    ) -> None:
        found = [
            QPointF(column.center().x(), axis.at(point.figure.value))
            for column, point in zip(columns, self.points, strict=True)
            if point.figure.value is not None
        ]
        painter.setPen(QPen(theme.accent, 1.5, Qt.PenStyle.DashLine))
        painter.drawPolyline(found)

    def _draw_column(
        self, painter: QPainter, column: QRectF, point: Point, axis: _Axis, theme: Theme
    ) -> None:
        figure, x = point.figure, column.center().x()
        foot = QRectF(column.left(), axis.start + 2, column.width(), column.bottom() - axis.start)
        draw_words(painter, foot, point.short or point.title, theme.text_dim, _CENTER)
        if figure.value is None:
            place = QRectF(column.left(), column.top(), column.width(), column.height() / 2)
            draw_words(painter, place, "undefined", theme.text_dim, _CENTER)
            return
        if figure.low is not None and figure.high is not None:
            painter.setPen(QPen(theme.accent, 2))
            painter.drawLine(QLineF(x, axis.at(figure.low), x, axis.at(figure.high)))
        _draw_dot(painter, QPointF(x, axis.at(figure.value)), theme)
        words = QRectF(x + 6, axis.at(figure.value) - 20, column.width() / 2, 18)
        draw_words(painter, words, f"{figure.value:.2f}", theme.text)


@dataclass(frozen=True, slots=True)
class Bar:
    """A number of something, with its share of all and what it opens."""

    title: str
    number: int
    share: float
    opens: object = None

    @property
    def words(self) -> str:
        """All that the plot says of it."""
        return f"{self.title}: {self.number:,}, {self.share:.0%} of the disagreement"


@dataclass(frozen=True, slots=True)
class Bars:
    """Numbers below one another, each as long as it is large, each hatched in its own way."""

    title: str
    bars: tuple[Bar, ...]

    def size(self, theme: Theme) -> QSizeF:
        """Room for each bar and the title."""
        row = theme.px("layout", "control_height") * 0.8
        return QSizeF(_WIDTH, (len(self.bars) + 1.6) * row)

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> tuple[Mark, ...]:
        """A bar for each number, from the top down."""
        area = _heading(painter, area.adjusted(8, 4, -8, -4), self.title, theme)
        letter = _fonts(painter, theme).averageCharWidth()
        left, right = letter * 12, letter * 16
        most = max((each.number for each in self.bars), default=0) or 1
        high = area.height() / max(1, len(self.bars))
        high = min(high, theme.px("layout", "control_height"))
        marks = []
        for number, each in enumerate(self.bars):
            row = QRectF(area.left(), area.top() + number * high, area.width(), high)
            draw_words(painter, QRectF(row.left(), row.top(), left, high), each.title, theme.text)
            long = (area.width() - left - right) * each.number / most
            bar = QRectF(row.left() + left, row.top() + high * 0.18, long, high * 0.64)
            if each.number:
                painter.setPen(QPen(theme.accent, 1.2))
                painter.setBrush(hatched(number, theme.accent))
                painter.drawRect(bar)
                painter.setBrush(Qt.BrushStyle.NoBrush)
            told = QRectF(bar.right() + 8, row.top(), right, high)
            draw_words(painter, told, f"{each.number:,} · {each.share:.0%}", theme.text)
            marks.append(Mark(row, each.words, each.opens))
        return tuple(marks)


def _vertical_grid(painter: QPainter, axis: _Axis, rows: QRectF, theme: Theme) -> None:
    """Lines at the axis' numbers, and the numbers below; what they are stands below these."""
    metrics = QFontMetricsF(painter.font())
    for value in ticks(axis.low):
        x = axis.at(value)
        painter.setPen(QPen(theme.border if value else theme.border_strong, 1))
        painter.drawLine(QLineF(x, rows.top(), x, rows.bottom()))
        number = QRectF(x - 24, rows.bottom() + 1, 48, metrics.height())
        draw_words(painter, number, f"{value:.1f}", theme.text_dim, _CENTER)
    below = QRectF(
        axis.start, rows.bottom() + metrics.height(), axis.end - axis.start, metrics.height() * 1.2
    )
    draw_words(painter, below, "value, with its 95 % interval", theme.text_dim, _CENTER)


def _draw_dot(painter: QPainter, at: QPointF, theme: Theme) -> None:
    painter.setPen(QPen(theme.surface, 1))
    painter.setBrush(theme.accent)
    painter.drawEllipse(at, _DOT, _DOT)
    painter.setBrush(Qt.BrushStyle.NoBrush)
