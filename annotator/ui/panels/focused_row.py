"""A table whose current row is framed, whether it is selected or not."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from annotator.ui.panels.parts import draw_focus
from annotator.ui.theme import Theme


class FocusedRow(QStyledItemDelegate):
    """Draws the frame."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._theme = theme
        self._table = table
        table.selectionModel().currentChanged.connect(lambda: table.viewport().update())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        if index.row() != self._table.currentIndex().row() or not self._table.hasFocus():
            return
        area, last = QRect(option.rect), index.model().columnCount() - 1
        # The frame is the row's: its sides within the row fall outside of what is drawn.
        out = 2 * self._theme.px("border", "focus")
        left, right = -out if index.column() else 0, out if index.column() < last else 0
        painter.save()
        painter.setClipRect(area)
        draw_focus(painter, self._theme, area.adjusted(left, 0, right, 0))
        painter.restore()
