"""A drawing: a picture made of tokens and numbers, for the screen, a file and a screen reader.

Whoever draws gives back what can be gone to in it, so that the keyboard, the mouse and assistive
programs find the same things in the same places.
"""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QTransform

from annotator.ui.theme import Theme

HATCHES = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense5Pattern,
    Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.DiagCrossPattern,
    Qt.BrushStyle.VerPattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.CrossPattern,
)
"""By which areas are told apart without their colours."""
_COARSE = 0.7


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a drawing that can be gone to: where it is, in pixels, and what it says.

    `opens` is what a person gets who wants to see more, None for nothing.
    """

    area: QRectF
    words: str
    opens: object = None


class Drawing(Protocol):
    """A picture without a size or a look of its own."""

    @property
    def title(self) -> str:
        """What it shows, in a few words."""

    def size(self, theme: Theme) -> QSizeF:
        """The pixels that it needs at least."""

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> tuple[Mark, ...]:
        """Draw it into an area of pixels, and say what is where."""


def hatched(number: int, color: QColor) -> QBrush:
    """The brush of the so-manieth of several kinds of area."""
    brush = QBrush(color, HATCHES[number % len(HATCHES)])
    if number % len(HATCHES):
        brush.setTransform(QTransform.fromScale(_COARSE, _COARSE))
    return brush


def draw_words(
    painter: QPainter,
    area: QRectF,
    words: str,
    ink: QColor,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    *,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Draw a line of words, shortened to its room, in the painter's font."""
    elided = QFontMetricsF(painter.font()).elidedText(words, mode, area.width())
    painter.setPen(ink)
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, elided)
