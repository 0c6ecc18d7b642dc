"""Words on one line or several, as high as they need."""

import unicodedata

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption


def lines_of(text: str, font: QFont, width: int, most: int) -> int:
    """How many lines words take in so many pixels, so many at the most."""
    if QFontMetrics(font).horizontalAdvance(text) < width:
        return 1
    return min(most, len(_laid_out(text, font, width, most)[1]))


def draw_words(painter: QPainter, area: QRect, text: str, font: QFont, most: int) -> int:
    """Draw words on so many lines at most, the last one shortened, in the text's direction.

    Gives the lines that it took.
    """
    metrics = QFontMetrics(font)
    layout, starts = _laid_out(text, font, area.width(), most)
    if len(starts) > most:
        units = text.encode("utf-16-le")  # Qt counts UTF-16 units
        rest = units[2 * starts[most - 1] :].decode("utf-16-le")
        before = units[: 2 * starts[most - 1]].decode("utf-16-le")
        cut = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, area.width() - 2)
        return draw_words(painter, area, before + cut, font, most + 1)
    layout.draw(painter, QPointF(area.topLeft()))
    return len(starts)


def _laid_out(text: str, font: QFont, width: int, most: int) -> tuple[QTextLayout, list[int]]:
    """Words on lines, and where each begins (UTF-16 units), one more line than `most` at most."""
    option = QTextOption()
    if _is_leftward(text):
        # Told twice, for a layout of its own aligns by the direction of no paragraph.
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= most:
        made = layout.createLine()
        if not made.isValid():
            break
        made.setLineWidth(width)
        made.setPosition(QPointF(0, len(starts) * QFontMetrics(font).lineSpacing()))
        starts.append(made.textStart())
    layout.endLayout()
    return layout, starts


def _is_leftward(text: str) -> bool:
    """Whether the first letter of a text that has a direction goes from right to left."""
    turns = (unicodedata.bidirectional(each) for each in text)
    return next((each for each in turns if each in ("L", "R", "AL")), "L") != "L"
