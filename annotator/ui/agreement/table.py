"""A table of numbers each of which opens the spans behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from annotator.agreement.figure import Figure
from annotator.ui.agreement.behind import Behind
from annotator.ui.team.table import Row, Rows, table_of
from annotator.ui.theme import Theme

_FIRST = 0.34
"""The part of a table's width that its first column takes at the most."""
FIGURES = ("value", "95 % interval", "n", "remarks")


@dataclass(frozen=True, slots=True)
class Line:
    """A row, what it opens (None for a heading), and the measure and part that it is about."""

    row: Row
    opens: Behind | None = None
    name: str = ""
    part: tuple[str, str] = ("", "")


class OpenTable(QWidget):
    """Shows lines in their order; Enter or a click opens what is behind one."""

    opened = Signal(object)
    """The Behind of a line."""
    moved = Signal()
    """Another line is the current one."""

    def __init__(self, columns: Sequence[str], name: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self._shares = False
        self.rows = Rows(columns, self)
        self.table = table_of(self.rows, name, theme, self)
        self.table.setSortingEnabled(False)
        self.table.activated.connect(self._on_opened)
        self.table.clicked.connect(self._on_opened)
        self.table.selectionModel().currentChanged.connect(self._on_moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.setFocusProxy(self.table)

    def give_room(self, column: int) -> None:
        """Let this column take the room that is left, and the first one what its words need.

        Where there is little, the first one takes a part, and shows the ends of its words.
        """
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._shares = True

    def share_room(self, column: int) -> None:
        """Let this column and the first one take equal parts of the room that is left."""
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the first column what it needs, or its part."""
        if self._shares:
            needed = self.table.sizeHintForColumn(0)
            self.table.setColumnWidth(0, min(needed, round(self.width() * _FIRST)))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these in place of those that are shown; the current line stays by its number.

        At first it is the first one that is no heading.
        """
        at = self.table.currentIndex().row()
        if at < 0:
            at = next((number for number, each in enumerate(lines) if each.opens), 0)
        self.lines = list(lines)
        self.rows.show_rows([each.row for each in lines])
        self.table.clearSpans()
        for number, each in enumerate(lines):
            if each.opens is None:
                self.table.setSpan(number, 0, 1, len(self.rows.columns))
        self._fit()
        if lines:
            self.table.setCurrentIndex(self.rows.index(min(at, len(lines) - 1), 0))

    @property
    def current(self) -> Line | None:
        """The line where one is."""
        at = self.table.currentIndex().row()
        return self.lines[at] if 0 <= at < len(self.lines) else None

    def cells(self) -> list[Sequence[str | int]]:
        """The whole table, its head first, as a file has it."""
        return [self.rows.columns, *self.rows.rows]

    def _on_moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Go on past a heading, up or down as one came; where nothing is beyond, stay."""
        at, step = current.row(), 1 if current.row() > previous.row() else -1
        while 0 <= at < len(self.lines) and self.lines[at].opens is None:
            at += step
        if at == current.row() or current.row() >= len(self.lines):
            self.moved.emit()
        elif 0 <= at < len(self.lines):
            self.table.setCurrentIndex(current.siblingAtRow(at))
        elif previous.isValid():
            self.table.setCurrentIndex(previous)
            self.table.scrollToTop()

    def _on_opened(self, index: QModelIndex) -> None:
        opens = self.lines[index.row()].opens
        if opens is not None:
            self.opened.emit(opens)


def figure_cells(figure: Figure, told: Sequence[str] = ()) -> tuple[str, ...]:
    """A figure in the columns of FIGURES; remarks that are `told` elsewhere are left out."""
    value = figure.words() if figure.value is None else f"{figure.value:.3f}"
    interval = ""
    if figure.value is not None and figure.low is not None and figure.high is not None:
        interval = f"{figure.low:.3f} to {figure.high:.3f}"
    remarks = figure.reason or "; ".join(each for each in figure.warnings if each not in told)
    return value, interval, f"{figure.n:,.0f}", remarks
