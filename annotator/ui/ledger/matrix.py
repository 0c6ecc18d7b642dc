"""Who answers whom, as a heat map: a row for each side that denies, a column for each denied."""

from typing import Any

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from annotator.core.text import counted
from annotator.ledger.words import NO_SIDE
from annotator.ui.ledger.arranging import Matrix
from annotator.ui.ledger.table import (
    Index,
    LedgerDelegate,
    LedgerModel,
    LedgerTable,
    TableCell,
)
from annotator.ui.theme import Theme

_SEEN = 4
"""Sides that are seen at once."""
_COLUMN = 64
"""Pixels of a column at least, at the usual size of the interface."""
_NOWHERE = QModelIndex()


class MatrixModel(LedgerModel):
    """The cells of the matrix."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.matrix = Matrix()
        self.largest = 0

    def show_matrix(self, matrix: Matrix) -> None:
        """Show this one in place of the one that is shown."""
        self.beginResetModel()
        self.matrix = matrix
        self.largest = max(map(len, matrix.cells.values()), default=0)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.matrix.sides)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.matrix.sides)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        side = self.matrix.sides[section] or NO_SIDE
        if role == Qt.ItemDataRole.DisplayRole:
            return side
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            across = orientation == Qt.Orientation.Horizontal
            return f"claims of {side}" if across else f"{side} denies"
        return None

    def cell(self, row: int, column: int) -> TableCell:
        found = self.matrix.cells.get((row, column), ())
        one, other = (self.matrix.sides[each] or NO_SIDE for each in (row, column))
        spoken = f"{one} denies what {other} says: {counted(len(found), 'denial')}"
        words = f"{len(found):,}" if found or row != column else "–"
        return TableCell(words, spoken, found)


class MatrixDelegate(LedgerDelegate):
    """Draws a number on a ground that is the deeper the larger it is."""

    def draw_cell(self, painter: QPainter, area: QRect, index: Index) -> None:
        model = index.model()
        assert isinstance(model, MatrixModel)
        found = model.matrix.cells.get((index.row(), index.column()), ())
        if found:
            share = len(found) / model.largest
            # The themes see to it that text reads on a selection, and so on all before it.
            painter.fillRect(area, mixed(self.theme.surface, self.theme.selection, share))
        font = self.theme.font("sans", self.theme.px("size", "ui"), strong=bool(found))
        painter.setFont(font)
        painter.setPen(self.theme.text if found else self.theme.text_dim)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        self.draw_rule(painter, area)


def mixed(ground: QColor, ink: QColor, share: float) -> QColor:
    """A colour so far on the way from the ground to the ink."""
    pairs = (
        (ground.red(), ink.red()),
        (ground.green(), ink.green()),
        (ground.blue(), ink.blue()),
    )
    return QColor(*(round(one + (other - one) * share) for one, other in pairs))


class MatrixTable(LedgerTable):
    """The matrix, as high as its sides need, up to a few."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self.sides = MatrixModel(parent)
        super().__init__("Who answers whom", MatrixDelegate(theme, parent), parent)
        self.setModel(self.sides)
        self.show_sides()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setMinimumSectionSize(round(_COLUMN * theme.scale))
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def part_width(self) -> None:
        columns = len(self.sides.matrix.sides) * self.horizontalHeader().minimumSectionSize()
        self.give_sides(min(self.width() // 2, self.width() - 2 * columns))

    def show_matrix(self, matrix: Matrix) -> None:
        """Show this one; stay where one is."""
        self.show_rows(lambda: self.sides.show_matrix(matrix))
        rows = min(_SEEN, max(1, len(matrix.sides)))
        row = self.delegate.theme.px("layout", "control_height")
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows * row + 2)
