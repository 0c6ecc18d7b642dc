"""How a line of the journal is drawn: its day where one begins, the time, the sentence."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.journal.rows import Line, LineRole
from annotator.ui.panels.parts import draw_focus
from annotator.ui.theme import Theme


class JournalDelegate(QStyledItemDelegate):
    """Draws lines; what is taken back is struck through and dim, and says so."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        size = theme.px("size", "ui")
        self._font = theme.font("sans", size)
        self._strong = theme.font("sans", size, strong=True)
        self._small = theme.font("sans", theme.px("size", "small"))
        self._small_strong = theme.font("sans", theme.px("size", "small"), strong=True)

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, QFontMetrics(self._strong).height() + 2 * self._theme.px("pad", "small"))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line: Line | None = index.data(LineRole)
        if line is None:
            return
        area, pad = QRect(option.rect), self._theme.px("pad", "large")
        painter.save()
        self._ground(painter, option, area)
        if line.heading:
            painter.setPen(self._theme.border_strong)
            painter.drawLine(area.topLeft(), area.topRight())
        inner = area.adjusted(pad, 0, -pad, 0)
        self._draw(painter, inner, line.heading, self._small_strong)
        inner.setLeft(inner.left() + self._width(self._small_strong, "Www 00 Www 0000") + pad)
        self._draw(painter, inner, line.clock, self._small, dim=True)
        inner.setLeft(inner.left() + self._width(self._small, "00:00") + pad)
        font = QFont(self._strong if line.here else self._font)
        font.setStrikeOut(not line.standing.stands)
        self._draw(painter, inner, line.sentence, font, dim=not line.standing.stands)
        painter.restore()

    def _width(self, font: QFont, text: str) -> int:
        return QFontMetrics(font).horizontalAdvance(text)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect) -> None:
        theme, state = self._theme, option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.selected_row)
        if state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, theme, area)

    def _draw(
        self, painter: QPainter, area: QRect, text: str, font: QFont, *, dim: bool = False
    ) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.text_dim if dim else self._theme.text)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        place = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, place, shown)
