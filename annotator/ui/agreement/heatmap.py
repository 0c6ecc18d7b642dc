"""The heat map of a confusion: what one annotator has where another has something."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from annotator.ui.agreement.behind import NOTHING, of_cell
from annotator.ui.colors import contrast, over
from annotator.ui.drawing.drawing import Mark, draw_words
from annotator.ui.theme import Theme

_CENTER = Qt.AlignmentFlag.AlignHCenter
_RIGHT = Qt.AlignmentFlag.AlignRight
_CELL = 76
_HIGH = 38
_LEAST = 18
"""How strongly (0 to 255) the smallest number is washed."""
_MOST = 215
_LETTERS = 12
Cells = Mapping[tuple[str | None, str | None], int]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """How often `pair` had which two labels; the pair is "" twice for all people.

    `names` are the labels in their order, None ("nothing") the last. What agrees is framed, and
    each cell has its number, so that nothing is told by colour alone.
    """

    pair: tuple[str, str]
    names: tuple[str | None, ...]
    cells: Cells

    @property
    def title(self) -> str:
        """Whose labels they are."""
        one, other = self.pair
        return f"Labels of {one} (rows) and {other} (columns)" if one else "Labels of every two"

    def size(self, theme: Theme) -> QSizeF:
        """Room for each number and the names."""
        count, scale = len(self.names) + 1.6, theme.scale
        return QSizeF(count * _CELL * scale, (count + 0.6) * _HIGH * scale)

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> tuple[Mark, ...]:
        """Rows are the first one's labels, columns the other's."""
        painter.setFont(theme.font("sans", theme.px("size", "ui"), strong=True))
        metrics = QFontMetricsF(painter.font())
        top = metrics.height() + theme.px("pad", "small")
        area = area.adjusted(8, 4, -8, -8)
        draw_words(
            painter, QRectF(area.left(), area.top(), area.width(), top), self.title, theme.text
        )
        painter.setFont(theme.font("sans", theme.px("size", "ui")))
        left = metrics.averageCharWidth() * _LETTERS
        head = area.top() + top + metrics.height() + 6
        count = max(1, len(self.names))
        wide = min((area.width() - left) / count, 2.0 * _CELL * theme.scale)
        high = min((area.bottom() - head) / count, 1.6 * _HIGH * theme.scale)
        self._draw_names(painter, (area.left(), head, left), (wide, high), theme)
        marks = []
        for row, one in enumerate(self.names):
            for column, other in enumerate(self.names):
                cell = QRectF(
                    area.left() + left + column * wide, head + row * high, wide, high
                ).adjusted(2, 2, -2, -2)
                number = self.cells.get((one, other), 0)
                self._draw_cell(painter, cell, number, theme, alike=one == other)
                opens = of_cell(self.pair, (one, other)) if number else None
                marks.append(Mark(cell, self._words(one, other, number), opens))
        return tuple(marks)

    def _draw_names(
        self,
        painter: QPainter,
        corner: tuple[float, float, float],
        size: tuple[float, float],
        theme: Theme,
    ) -> None:
        x, y, left = corner
        wide, high = size
        line = QFontMetricsF(painter.font()).height() + 4
        for number, each in enumerate(self.names):
            name = each or NOTHING
            row = QRectF(x, y + number * high, left - 8, high)
            draw_words(painter, row, name, theme.text, _RIGHT)
            column = QRectF(x + left + number * wide, y - line, wide, line)
            draw_words(painter, column, name, theme.text, _CENTER)

    def _draw_cell(
        self, painter: QPainter, cell: QRectF, number: int, theme: Theme, *, alike: bool
    ) -> None:
        most = max(self.cells.values(), default=0)
        ground = theme.surface
        if number:
            share = sqrt(number / most)
            ground = over(theme.accent, round(_LEAST + share * (_MOST - _LEAST)), theme.surface)
        painter.fillRect(cell, ground)
        painter.setPen(QPen(theme.text if alike else theme.border, 2 if alike else 1))
        painter.drawRect(cell)
        inks = (theme.text, theme.accent_text, QColor("black"), QColor("white"))
        ink = max(inks, key=lambda each: contrast(each, ground))
        words = f"{number:,}" if number else "·"
        draw_words(painter, cell, words, ink if number else theme.text_dim, _CENTER)

    def _words(self, one: str | None, other: str | None, number: int) -> str:
        first, second = self.pair if self.pair[0] else ("one", "another")
        return f"{first} {one or NOTHING}, {second} {other or NOTHING}: {number:,}"


def names_of(labels: tuple[str, ...], cells: Cells) -> tuple[str | None, ...]:
    """The labels that a map has rows for, in the tag set's order, then nothing."""
    used = {each for two in cells for each in two}
    others = sorted(each for each in used if each and each not in labels)
    return (*(each for each in (*labels, *others) if each in used), None)
