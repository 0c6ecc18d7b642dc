"""Casualties by when, whose, said by whom: the model, and how a row is drawn."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from annotator.core.tagset import Tagset
from annotator.ledger.values import Count, Statement
from annotator.ledger.views import count_of
from annotator.ledger.words import amount, days, quote, who
from annotator.ui.ledger.arranging import CountRow, said_by
from annotator.ui.ledger.bars import draw_bar
from annotator.ui.ledger.table import (
    Index,
    LedgerDelegate,
    LedgerModel,
    LedgerTable,
    TableCell,
)
from annotator.ui.theme import Theme

COLUMNS = ("Whose", "Said by", "Outcome", "Count", "Log")
SHARES = (22, 24, 22, 20, 12)
"""How the columns part the width."""
_BAR = len(COLUMNS) - 1
_NOWHERE = QModelIndex()


def spoken(statement: Statement) -> str:
    """A casualty as a screen reader says it."""
    count = count_of(statement)
    when = days(statement.first.when)
    parts = (_whose(count), amount(statement.first), count.outcome or "outcome not told", when)
    return f"{said_by(statement)}: {', '.join(parts)}: “{quote(statement.first)}”"


def _whose(count: Count) -> str:
    return who(count.whose) if count.whose else "not told whose"


class CountModel(LedgerModel):
    """Rows of casualties; `largest` is the number that the longest bar stands for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[CountRow, ...] = ()
        self.largest = 0
        self._titles: dict[int, None] = {}

    def show_counts(self, rows: tuple[CountRow, ...], largest: int) -> None:
        """Show these rows in place of those that are shown."""
        self.beginResetModel()
        self.rows, self.largest = rows, largest
        self._titles = {place: None for place, each in enumerate(rows) if each.title}
        self.endResetModel()

    def titles(self) -> Collection[int]:
        return self._titles

    def row_of(self, annotation: str) -> int:
        counts = ((at, each.statement) for at, each in enumerate(self.rows))
        return next((at for at, one in counts if one is not None and one.id == annotation), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def cell(self, row: int, column: int) -> TableCell:
        here = self.rows[row]
        if here.statement is None:
            return TableCell(here.title)
        one, count = here.statement, count_of(here.statement)
        rival = "≠ " if here.rival else ""
        words = (
            _whose(count),
            said_by(one),
            count.outcome or "not told",
            f"{rival}{amount(one.first)}",
            "",
        )
        said = f"{COLUMNS[column]}: {words[column]}" if column < _BAR else "bar of the count"
        tip = f"{spoken(one)}{'; another count competes' if rival else ''}"
        if rival and column == _BAR - 1:
            said = f"Count: {amount(one.first)}, another count competes"
        return TableCell(words[column], said, (one,), tip)


class CountDelegate(LedgerDelegate):
    """Draws a row of a count; `tagset` has the colours of labels."""

    def __init__(self, theme: Theme, tagset: Tagset, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.tagset = tagset

    def ink(self, statement: Statement) -> QColor:
        """The colour of a count's bar."""
        label = self.tagset.label(statement.first.label)
        return self.theme.label_ink(label.color) if label else self.theme.text_dim

    def draw_cell(self, painter: QPainter, area: QRect, index: Index) -> None:
        model = index.model()
        assert isinstance(model, CountModel)
        one = model.rows[index.row()].statement
        if index.column() < _BAR or one is None:
            super().draw_cell(painter, area, index)
            return
        pad, height = self.theme.px("pad", "tiny"), self.theme.px("pad", "medium")
        top = area.center().y() - height / 2
        room = QRectF(area.left() + pad, top, area.width() - 2 * pad, height)
        draw_bar(painter, room, count_of(one), self.ink(one), model.largest)
        self.draw_rule(painter, area)


class CountTable(LedgerTable):
    """The casualties."""

    def __init__(self, theme: Theme, tagset: Tagset, parent: QWidget) -> None:
        self.counts = CountModel(parent)
        self._delegate = CountDelegate(theme, tagset, parent)
        super().__init__("Casualties", self._delegate, parent, shares=SHARES)
        self.setModel(self.counts)

    def set_look(self, theme: Theme, tagset: Tagset) -> None:
        """Draw in this theme and with these colours of labels."""
        self._delegate.tagset = tagset
        self.set_theme(theme)

    def show_counts(self, rows: tuple[CountRow, ...], largest: int) -> None:
        """Show these rows; stay where one is."""
        self.show_rows(lambda: self.counts.show_counts(rows, largest))

    def row_height(self, row: int) -> int:
        usual = super().row_height(row)
        if row in self.counts.titles():
            return usual
        cells = (self.counts.cell(row, column).text for column in range(_BAR))
        widths = map(self.columnWidth, range(_BAR))
        return max(usual, *map(self._delegate.cell_height, cells, widths))
