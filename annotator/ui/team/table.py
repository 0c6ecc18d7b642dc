"""A table that is only read: rows of words and numbers, in the order of any column."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from annotator.ui.panels.focused_row import FocusedRow
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Row = tuple[str | int, ...]
_NOWHERE = QModelIndex()
_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SAMPLED = 200
"""Rows by which the widths of columns are told."""


class Rows(QAbstractTableModel):
    """Rows under these columns; numbers stand to the right."""

    def __init__(self, columns: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows in place of those that are shown."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        # Words and numbers never share a column.
        self.rows.sort(
            key=lambda row: _folded(row[column]), reverse=order == Qt.SortOrder.DescendingOrder
        )
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section]
        numbers = bool(self.rows) and isinstance(self.rows[0][section], int)
        return _NUMBERS if role == Qt.ItemDataRole.TextAlignmentRole and numbers else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        value = self.rows[index.row()][index.column()]
        words = f"{value:,}" if isinstance(value, int) else value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()]}: {words or 'none'}"
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(value, int):
            return _NUMBERS
        return None


def _folded(cell: str | int) -> Any:
    return cell.casefold() if isinstance(cell, str) else cell


def table_of(rows: Rows, name: str, theme: Theme, parent: QWidget) -> QTableView:
    """A table that shows rows, under a name for assistive programs; the first column takes room."""
    table = QTableView(parent)
    table.setObjectName("team")
    table.horizontalHeader().setObjectName("teamheader")
    table.setModel(rows)
    table.setAccessibleName(name)
    table.setItemDelegate(FocusedRow(theme, table))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.px("layout", "control_height"))
    table.setSortingEnabled(True)
    header = table.horizontalHeader()
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)  # as they come
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setResizeContentsPrecision(_SAMPLED)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    return table
