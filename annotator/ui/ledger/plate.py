"""The picture of the ledger: its tables as they are on the screen, but whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView

from annotator.ui.drawing.drawing import Mark
from annotator.ui.ledger.table import MOST, LedgerModel, LedgerTable, line
from annotator.ui.ledger.wrapping import draw_words, lines_of
from annotator.ui.theme import Theme

MOST_ROWS = 80
"""Rows of a table that a picture has; it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table under its heading."""

    title: str
    table: LedgerTable


class Plate:
    """A drawing (drawing.Drawing) of columns of tables, one beside the other."""

    title = "Ledger: who claims what, who denies it, and whose losses are told by whom"

    def __init__(self, columns: Sequence[Sequence[Part]], theme: Theme) -> None:
        self._columns = columns
        self._theme = theme
        self._margin = theme.px("pad", "large")

    def size(self, _theme: Theme) -> QSizeF:
        """The pixels that it needs."""
        heights = [sum(map(self._height, parts)) for parts in self._columns]
        width = sum(map(self._width, self._columns)) + self._margin * (len(self._columns) + 1)
        return QSizeF(width, max(heights, default=0) + 2 * self._margin)

    def draw(self, painter: QPainter, area: QRectF, _theme: Theme) -> tuple[Mark, ...]:
        """Draw all of it, in the theme that the tables have; nothing can be gone to."""
        painter.fillRect(area, self._theme.window)
        left = round(area.left()) + self._margin
        for parts in self._columns:
            top = round(area.top()) + self._margin
            for each in parts:
                self._draw(painter, each, left, top)
                top += self._height(each)
            left += self._width(parts) + self._margin
        return ()

    def _width(self, parts: Sequence[Part]) -> int:
        return max(sum(_widths(each.table)) + _side(each.table) for each in parts)

    def _height(self, part: Part) -> int:
        table = part.table
        rows = sum(table.rowHeight(each) for each in range(_shown(table)))
        return self._heading + _head(table) + rows + self._more(table) + self._margin

    @property
    def _heading(self) -> int:
        return QFontMetrics(self._theme.heading_font()).height() + self._theme.px("pad", "small")

    def _more(self, table: LedgerTable) -> int:
        return self._heading if table.model().rowCount() > MOST_ROWS else 0

    def _draw(self, painter: QPainter, part: Part, left: int, top: int) -> None:
        theme, table = self._theme, part.table
        width = sum(_widths(table)) + _side(table)
        area = QRect(left, top, width, self._heading)
        line(painter, area, part.title, theme.heading_font(), theme.text_dim)
        top += self._heading
        self._draw_head(painter, table, left + _side(table), top)
        top += _head(table)
        for row in range(_shown(table)):
            self._draw_row(painter, table, row, left, top)
            top += table.rowHeight(row)
        if self._more(table):
            words = f"and {table.model().rowCount() - MOST_ROWS:,} more rows"
            font = theme.font("sans", theme.px("size", "ui"))
            line(painter, QRect(left, top, width, self._heading), words, font, theme.text_dim)

    def _draw_head(self, painter: QPainter, table: LedgerTable, left: int, top: int) -> None:
        if not _head(table):
            return
        for column, width in enumerate(_widths(table)):
            words = str(table.model().headerData(column, Qt.Orientation.Horizontal) or "")
            area = QRect(left, top, width, _head(table))
            self._draw_name(painter, table, area, words)
            left += width

    def _draw_name(self, painter: QPainter, table: LedgerTable, area: QRect, words: str) -> None:
        pad = self._theme.px("pad", "small")
        font = table.horizontalHeader().font()
        room = area.adjusted(pad, 0, -pad, 0)
        high = QFontMetrics(font).lineSpacing() * lines_of(words, font, room.width(), MOST)
        room.setTop(room.top() + max(0, room.height() - high) // 2)
        painter.setFont(font)
        painter.setPen(self._theme.text_dim)
        draw_words(painter, room, words, font, MOST)

    def _draw_row(
        self, painter: QPainter, table: LedgerTable, row: int, left: int, top: int
    ) -> None:
        model, height = table.ledger_model, table.rowHeight(row)
        if _side(table):
            words = str(model.headerData(row, Qt.Orientation.Vertical) or "")
            self._draw_name(painter, table, QRect(left, top, _side(table), height), words)
            left += _side(table)
        option = QStyleOptionViewItem()
        option.state = QStyle.StateFlag.State_Enabled
        widths = _widths(table)
        for column, width in enumerate([sum(widths)] if row in model.titles() else widths):
            option.rect = QRect(left, top, width, height)
            painter.save()
            painter.setClipRect(option.rect)
            table.delegate.paint(painter, option, model.index(row, column))
            painter.restore()
            left += width


def _shown(table: QTableView) -> int:
    return min(MOST_ROWS, table.model().rowCount())


def _widths(table: LedgerTable) -> list[int]:
    model: LedgerModel = table.ledger_model
    return [table.columnWidth(each) for each in range(min(MOST_ROWS, model.columnCount()))]


def _head(table: QTableView) -> int:
    head = table.horizontalHeader()
    return 0 if head.isHidden() else head.height()


def _side(table: QTableView) -> int:
    side = table.verticalHeader()
    return 0 if side.isHidden() else side.width()
