"""Casualties over time: a row for each who says so, a column for each time, bars in between."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from annotator.core.tagset import Tagset
from annotator.ledger.values import Statement
from annotator.ledger.views import count_of
from annotator.ledger.words import amount, days
from annotator.ui.ledger.arranging import Timeline
from annotator.ui.ledger.bars import draw_bar
from annotator.ui.ledger.counts import CountDelegate, spoken
from annotator.ui.ledger.table import Index, LedgerModel, LedgerTable, TableCell, line
from annotator.ui.theme import Theme

_SHOWN = 3
"""Counts that a cell shows one below the other; more are told by their number."""
_NARROW, _WIDE = 108, 190
"""Pixels of a column at least and at most, at the usual size of the interface."""
_NOWHERE = QModelIndex()


class TimelineModel(LedgerModel):
    """The cells of a timeline."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.timeline = Timeline()
        self.largest = 0
        self.lines: list[int] = []
        """How many lines each row needs."""

    def show_timeline(self, timeline: Timeline, largest: int) -> None:
        """Show this one in place of the one that is shown."""
        self.beginResetModel()
        self.timeline, self.largest = timeline, largest
        self.lines = [1] * len(timeline.speakers)
        for (row, _), found in timeline.cells.items():
            self.lines[row] = max(self.lines[row], min(_SHOWN + 1, len(found)))
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.timeline.speakers)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.timeline.days)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return days(self.timeline.days[section])
        return self.timeline.speakers[section]

    def cell(self, row: int, column: int) -> TableCell:
        found = self.timeline.cells.get((row, column), ())
        words = ", ".join(amount(each.first) for each in found)
        said = "; ".join(map(spoken, found[:_SHOWN]))
        if len(found) > _SHOWN:
            said = f"{said}; and {len(found) - _SHOWN:,} more"
        return TableCell(words, said or "none", found)


class TimelineDelegate(CountDelegate):
    """Draws the bars of a cell, one below the other, each with its number."""

    def draw_cell(self, painter: QPainter, area: QRect, index: Index) -> None:
        model = index.model()
        assert isinstance(model, TimelineModel)
        found = model.timeline.cells.get((index.row(), index.column()), ())
        painter.fillRect(area.right(), area.top(), 1, area.height(), self.theme.border)
        self.draw_rule(painter, area)
        self._draw_counts(painter, area, found, model.largest)

    @property
    def line_height(self) -> int:
        """Pixels of one bar with its number."""
        return QFontMetrics(self._small).height() + self.theme.px("pad", "tiny")

    @property
    def _small(self) -> QFont:
        return self.theme.font("sans", self.theme.px("size", "key"))

    def _draw_counts(
        self, painter: QPainter, area: QRect, found: Sequence[Statement], largest: int
    ) -> None:
        pad, height = self.theme.px("pad", "tiny"), self.line_height
        top = area.top() + pad
        for each in found[:_SHOWN]:
            count = count_of(each)
            room = QRectF(area.left() + pad, top + 2, area.width() * 0.45, height - pad - 2)
            draw_bar(painter, room, count, self.ink(each), largest)
            words = QRect(
                round(room.right()) + pad, top, area.right() - round(room.right()) - 2 * pad, height
            )
            line(painter, words, amount(each.first), self._small, self.theme.text)
            top += height
        if len(found) > _SHOWN:
            rest = QRect(area.left() + pad, top, area.width() - 2 * pad, height)
            words_ = f"and {len(found) - _SHOWN:,} more"
            line(painter, rest, words_, self._small, self.theme.text_dim)


class TimelineTable(LedgerTable):
    """The timeline, each row as high as it needs."""

    def __init__(self, theme: Theme, tagset: Tagset, parent: QWidget) -> None:
        self.times = TimelineModel(parent)
        self._delegate = TimelineDelegate(theme, tagset, parent)
        super().__init__("Timeline of casualties", self._delegate, parent)
        self.setModel(self.times)
        self.show_sides()
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)

    def set_look(self, theme: Theme, tagset: Tagset) -> None:
        """Draw in this theme and with these colours of labels."""
        self._delegate.tagset = tagset
        self.set_theme(theme)

    def show_timeline(self, timeline: Timeline, largest: int) -> None:
        """Show this one; stay where one is."""
        self.show_rows(lambda: self.times.show_timeline(timeline, largest))

    def part_width(self) -> None:
        columns, scale = len(self.times.timeline.days), self.delegate.theme.scale
        self.give_sides(self.width() - columns * round(_WIDE * scale))
        share = self.viewport().width() // max(columns, 1)
        head = QFontMetrics(self.horizontalHeader().font())
        dated = (head.horizontalAdvance(days(each)) for each in self.times.timeline.days)
        least = max(dated, default=0) + 2 * self.delegate.theme.px("pad", "medium")
        width = min(max(share, least, round(_NARROW * scale)), round(_WIDE * scale))
        self.horizontalHeader().setDefaultSectionSize(width)

    def row_height(self, row: int) -> int:
        bars = self.times.lines[row] * self._delegate.line_height
        side = self.verticalHeader()
        name = self._delegate.cell_height(self.times.timeline.speakers[row], side.maximumWidth())
        return max(bars + self.delegate.theme.px("pad", "small"), name)
