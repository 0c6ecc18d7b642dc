"""The sign of a label: a square in its ink and its lane pattern, so not by colour alone."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from annotator.core.tagset import Label, Pattern
from annotator.ui.theme import Theme

DASHES = {"dash": [3.0, 1.5], "dot": [1.0, 1.0], "dashdot": [3.0, 1.0, 1.0, 1.0]}
"""Pens of the lane patterns, in widths of the line, small enough to be told apart in a sign."""


class LabelSign(QWidget):
    """A label's sign: a square in its ink, and its lane pattern below, so not by colour alone."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = theme.text_dim
        self._pattern: Pattern = "solid"
        dot = theme.px("layout", "dot")
        self.setFixedSize(2 * dot, 2 * dot)

    def set_label(self, label: Label | None, theme: Theme) -> None:
        """Be the sign of this label; None is one that the tag set lacks."""
        self._ink = theme.label_ink(label.color) if label else theme.text_dim
        self._pattern = label.pattern if label else "solid"
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_sign(painter, QRectF(self.rect()), self._ink, self._pattern)
        painter.end()


def draw_sign(painter: QPainter, area: QRectF, ink: QColor, pattern: Pattern) -> None:
    """Draw a label's sign into a square of pixels: a square, and its lane pattern below."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    unit = area.width() / 16
    square = QRectF(area.left() + 3.5 * unit, area.top() + unit, 9 * unit, 9 * unit)
    painter.drawRoundedRect(square, 2 * unit, 2 * unit)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(ink, 2 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    left, right, y = area.left(), area.right(), area.top() + 13 * unit
    if pattern == "wave":
        painter.setPen(QPen(ink, 1.5 * unit))
        painter.drawPath(_wave(left, right, y, 1.5 * unit))
    elif pattern == "double":
        painter.setPen(QPen(ink, unit))
        for shift in (-unit, unit):
            painter.drawLine(QLineF(left, y + shift, right, y + shift))
    else:
        if pattern in DASHES:
            pen.setDashPattern(DASHES[pattern])
        painter.setPen(pen)
        painter.drawLine(QLineF(left, y, right, y))
    painter.restore()


def _wave(left: float, right: float, y: float, height: float) -> QPainterPath:
    path = QPainterPath()
    path.moveTo(left, y)
    step, up = (right - left) / 4, True
    for number in range(4):
        start = left + number * step
        path.quadTo(start + step / 2, y + (-2 if up else 2) * height, start + step, y)
        up = not up
    return path
