"""What the ledger's tables have in common: cells with statements behind them, keys, looks."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.ledger.values import Statement
from annotator.ui.ledger.wrapping import draw_words, lines_of
from annotator.ui.panels.parts import as_tip, draw_focus
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
CellRole = Qt.ItemDataRole.UserRole + 1
"""The TableCell of an index."""
_NOWHERE = QModelIndex()
_UPWARDS = (
    QAbstractItemView.CursorAction.MoveUp,
    QAbstractItemView.CursorAction.MovePageUp,
)
MOST = 3
"""Lines of a cell at most; its tool tip has the whole."""
_AT_ONCE = 40
"""Rows whose heights are told at once, more than a window shows; the rest between its events."""
_SLICE = 0.006
"""Seconds of telling heights between two looks at the window's events."""
_SIDE = 130
"""Pixels that long names of rows have at least, at the usual size of the interface."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: its words, what a screen reader says, and the statements behind it."""

    text: str = ""
    spoken: str = ""
    statements: tuple[Statement, ...] = ()
    tip: str = ""


class LedgerModel(QAbstractTableModel):
    """Rows of cells; some rows are headings over all columns."""

    def titles(self) -> Collection[int]:
        """The rows that are headings."""
        return ()

    def cell(self, row: int, column: int) -> TableCell:  # noqa: ARG002 - subclasses have some
        """What stands in a cell."""
        return TableCell()

    def row_of(self, annotation: str) -> int:  # noqa: ARG002 - as above
        """The first row about the statement of this id, -1 where there is none."""
        return -1

    def past_titles(self, row: int, *, upwards: bool = False) -> int:
        """The next row that is no heading, from this one on up or down; -1 where there is none."""
        titles, ends = self.titles(), range(self.rowCount())
        while row in titles:
            row += -1 if upwards else 1
        return row if row in ends else -1

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: ARG002 - Qt asks so
        return 0

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: ARG002 - Qt asks so
        return 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index.row(), index.column())
        answers: dict[int, Callable[[], object]] = {
            CellRole: lambda: cell,
            Qt.ItemDataRole.DisplayRole: lambda: cell.text,
            Qt.ItemDataRole.AccessibleTextRole: lambda: self._spoken(index, cell),
            Qt.ItemDataRole.ToolTipRole: lambda: as_tip(cell.tip or cell.spoken or cell.text),
        }
        return answers[role]() if role in answers else None

    def _spoken(self, index: Index, cell: TableCell) -> str:
        """What a screen reader says; in the row below a heading this first, as keys pass it by."""
        over = index.row() - 1
        heading = f"{self.cell(over, 0).text}: " if over in self.titles() else ""
        return f"{heading}{cell.spoken or cell.text}"


class LedgerDelegate(QStyledItemDelegate):
    """Draws a cell as words on some lines, and the focus; `theme` may be changed."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(1, self.theme.px("layout", "control_height"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        model = index.model()
        area = QRect(option.rect)
        if isinstance(model, LedgerModel) and index.row() in model.titles():
            self.draw_title(painter, area, model.cell(index.row(), index.column()).text)
        else:
            self.draw_cell(painter, area, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            draw_focus(painter, self.theme, area)
        painter.restore()

    def draw_title(self, painter: QPainter, area: QRect, text: str) -> None:
        """Draw the heading of some rows."""
        pad = self.theme.px("pad", "small")
        font = self.theme.font("sans", self.theme.px("size", "small"), strong=True)
        line(painter, area.adjusted(pad, 0, -pad, 0), text, font, self.theme.text_dim)
        self.draw_rule(painter, area)

    def draw_cell(self, painter: QPainter, area: QRect, index: Index) -> None:
        """Draw what stands in a cell."""
        pad = self.theme.px("pad", "small")
        font = self.theme.font("sans", self.theme.px("size", "ui"))
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        room = area.adjusted(pad, 0, -pad, 0)
        high = QFontMetrics(font).lineSpacing() * lines_of(text, font, room.width(), MOST)
        room.setTop(room.top() + max(0, room.height() - high) // 2)
        painter.setPen(self.theme.text)
        draw_words(painter, room, text, font, MOST)
        self.draw_rule(painter, area)

    def cell_height(self, text: str, width: int) -> int:
        """Pixels that a row needs for the words of a cell so wide."""
        pad = self.theme.px("pad", "small")
        font = self.theme.font("sans", self.theme.px("size", "ui"))
        return QFontMetrics(font).lineSpacing() * lines_of(text, font, width - 2 * pad, MOST) + pad

    def draw_rule(self, painter: QPainter, area: QRect) -> None:
        """Draw the quiet line below a row."""
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, self.theme.border)


def line(painter: QPainter, area: QRect, text: str, font: QFont, ink: QColor) -> None:
    """Draw words on one line, shortened to their room."""
    words = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(area, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, words)


class LedgerTable(QTableView):
    """A table whose cells lead to the text; arrows go about, Enter and one click go there.

    `shares` say how the columns part the width, none that each has its own.
    """

    wanted = Signal(object)
    """The statements behind a cell are wanted (a tuple)."""
    looked = Signal(object)
    """Another cell is the current one; the statements behind it (a tuple)."""

    def __init__(
        self, name: str, delegate: LedgerDelegate, parent: QWidget, shares: Sequence[int] = ()
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ledgertable")
        self.setAccessibleName(name)
        self._shares = shares
        self._sized = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(lambda: self._size_rows(0, _SLICE))
        self.delegate = delegate
        self.setItemDelegate(delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        if shares:
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._on_clicked)
        self.set_theme(delegate.theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self.delegate.theme = theme
        head = self.horizontalHeader()
        head.setFont(theme.font("sans", theme.px("size", "key"), strong=True))
        self.verticalHeader().setDefaultSectionSize(theme.px("layout", "control_height"))
        if self.model() is not None:
            self.fit()
        self.viewport().update()

    def show_sides(self) -> None:
        """Name the rows at their left."""
        side = self.verticalHeader()
        side.show()
        self.give_sides(0)
        side.setTextElideMode(Qt.TextElideMode.ElideNone)
        side.setSectionsClickable(False)
        side.setHighlightSections(False)
        middle = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        # Qt's own flag for words on several lines is no alignment by its type.
        side.setDefaultAlignment(Qt.AlignmentFlag(middle | int(Qt.TextFlag.TextWordWrap)))
        self.setCornerButtonEnabled(False)

    def give_sides(self, room: int) -> None:
        """Let the names at the left have so many pixels where they need them; a least is theirs."""
        least = round(_SIDE * self.delegate.theme.scale)
        self.verticalHeader().setMaximumWidth(max(least, room))

    def show_rows(self, change: Callable[[], object]) -> None:
        """Let `change` give the model other rows; stay at the statement where one is."""
        before = self.statements()
        at, column, bar = (
            self.currentIndex(),
            self.currentIndex().column(),
            self.verticalScrollBar(),
        )
        offset = bar.value()
        change()
        model = self.ledger_model
        self.clearSpans()
        columns = model.columnCount()
        for row in model.titles() if columns > 1 else ():
            self.setSpan(row, 0, 1, columns)
        self.fit()
        row = model.row_of(before[0].id) if before else -1
        if row < 0 and at.isValid():
            row = model.past_titles(min(at.row(), model.rowCount() - 1))
        if row >= 0:
            self.setCurrentIndex(model.index(row, min(max(column, 0), columns - 1)))
        bar.setValue(offset)

    @property
    def ledger_model(self) -> LedgerModel:
        """The model."""
        model = self.model()
        assert isinstance(model, LedgerModel)
        return model

    def statements(self, index: Index | None = None) -> tuple[Statement, ...]:
        """The statements behind a cell, the current one if none is given."""
        found = (index or self.currentIndex()).data(CellRole)
        return found.statements if isinstance(found, TableCell) else ()

    def take_focus(self) -> None:
        """Take the keyboard, at a cell."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(max(0, self.ledger_model.past_titles(0)), 0))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, held: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go past headings, which lead nowhere; what stands above the first row comes into view."""
        found, column = super().moveCursor(action, held), self.currentIndex().column()
        row = self.ledger_model.past_titles(found.row(), upwards=action in _UPWARDS)
        if row == found.row():
            return found
        if row < 0:
            self.scrollToTop()
            return self.currentIndex()
        return self.model().index(row, column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._want(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.looked.emit(self.statements(current))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Part the width among the columns, and give each row the height that it needs."""
        self.part_width()
        self._sized = 0
        self._size_rows(_AT_ONCE, 0.0)
        self._timer.start()

    def row_height(self, row: int) -> int:  # noqa: ARG002 - subclasses have rows of all heights
        """Pixels that a row needs."""
        return self.delegate.theme.px("layout", "control_height")

    def _size_rows(self, least: int, seconds: float) -> None:
        """Tell the heights of so many more rows, and of others while there is time."""
        rows, until = self.model().rowCount(), perf_counter() + seconds
        least = min(rows, self._sized + least)
        head = self.verticalHeader()
        head.setUpdatesEnabled(False)
        while self._sized < least or (self._sized < rows and perf_counter() < until):
            head.resizeSection(self._sized, self.row_height(self._sized))
            self._sized += 1
        head.setUpdatesEnabled(True)
        if self._sized >= rows:
            self._timer.stop()

    def part_width(self) -> None:
        """Part the width among the columns."""
        if not self._shares:
            return
        width, whole, end, taken = self.viewport().width(), sum(self._shares), 0, 0
        for column, share in enumerate(self._shares):
            taken += share
            self.setColumnWidth(column, width * taken // whole - end)
            end = width * taken // whole

    def _on_clicked(self, index: QModelIndex) -> None:
        self._want(index)

    def _want(self, index: Index) -> None:
        found = self.statements(index)
        if found:
            self.wanted.emit(found)
