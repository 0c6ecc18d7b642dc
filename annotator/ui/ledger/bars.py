"""The bar of a count: from its low to its high end, on a logarithmic scale."""

from math import log10

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from annotator.ledger.values import Count
from annotator.ledger.words import VAGUE

_HATCHED = 0.6
"""The share of the room that a vague count takes, whatever it is."""
_SHORTEST = 3.0
"""Pixels of a bar at least, so that 0 is seen as well."""


def length(number: int, largest: int) -> float:
    """The share of the whole that a number's bar has: log(1 + n) by log(1 + the largest)."""
    return log10(1 + max(number, 0)) / log10(1 + largest) if largest > 0 else 0.0


def draw_bar(painter: QPainter, area: QRectF, count: Count, ink: QColor, largest: int) -> None:
    """Draw a count's bar; what isn't known for sure isn't filled.

    Filled to the low end, outlined from there to the high one; "at least" ends in a point, "about"
    is dotted; a vague count is hatched and as long as any vague one; one not given has none.
    """
    low, high, bound = count.account
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if low is None and high is None:
        if bound == VAGUE:
            _draw_hatched(painter, area, ink)
    else:
        known = [each for each in (low, high) if each is not None]
        ends = (0 if low is None else min(known), max(known))
        room = area.width() - area.height()  # a point may follow
        sure, most = (max(_SHORTEST, room * length(each, largest)) for each in ends)
        _draw_range(painter, area, (0.0 if low is None else sure, most), ink, bound)
        if bound == "at least" or high is None:
            _draw_point(painter, area, most, ink)
    painter.restore()


def _draw_hatched(painter: QPainter, area: QRectF, ink: QColor) -> None:
    box = QRectF(area.left(), area.top(), area.width() * _HATCHED, area.height())
    painter.fillRect(box, QBrush(ink, Qt.BrushStyle.BDiagPattern))


def _draw_range(
    painter: QPainter, area: QRectF, ends: tuple[float, float], ink: QColor, bound: str
) -> None:
    """Fill to the first end and outline to the second, both in pixels."""
    filled, most = (QRectF(area.left(), area.top(), end, area.height()) for end in ends)
    style = Qt.BrushStyle.Dense4Pattern if bound == "about" else Qt.BrushStyle.SolidPattern
    painter.fillRect(filled, QBrush(ink, style))
    painter.setPen(QPen(ink, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(most.adjusted(0.5, 0.5, -0.5, -0.5))


def _draw_point(painter: QPainter, area: QRectF, end: float, ink: QColor) -> None:
    """Draw a point behind a bar that ends there: there may be more."""
    left = area.left() + end + 1
    tip = QPointF(left + area.height() / 2, area.center().y())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([QPointF(left, area.top()), tip, QPointF(left, area.bottom())]))
