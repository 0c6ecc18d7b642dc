"""The tick-off list of places with the same words: its rows, and how they are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.theme import Theme

_BOX = 13
_PAD = 6
_TITLE_SHARE = 0.36
"""How much of a row the title of an article may take."""
_BEFORE_SHARE = 0.42
"""How much of the context's room is left of the words."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """One place, or one article with the first of its places.

    `note` says how many there are, or why it is not ticked at first (`wanted`).
    """

    before: str
    words: str
    behind: str
    title: str = ""
    note: str = ""
    wanted: bool = True
    places: int = 1
    """How many places it stands for."""

    @property
    def sentence(self) -> str:
        """The row as it is read aloud."""
        parts = (self.title, f"{self.before}{self.words}{self.behind}", self.note)
        return " · ".join(part for part in parts if part)


class AlikeRows(QAbstractListModel):
    """Rows and which of them are ticked: those that are wanted, until the person says otherwise."""

    ticked_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._ticked: list[bool] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self._ticked = [row.wanted for row in rows]
        self.endResetModel()
        self.ticked_changed.emit()

    def ticked(self) -> list[int]:
        """The numbers of the ticked rows."""
        return [number for number, ticked in enumerate(self._ticked) if ticked]

    def numbers(self) -> tuple[int, int]:
        """How many places are ticked, and of how many."""
        return (
            sum(self.rows[number].places for number in self.ticked()),
            sum(row.places for row in self.rows),
        )

    def tick_all(self) -> None:
        """Tick all rows; none, if all are ticked."""
        self._ticked = [not all(self._ticked)] * len(self.rows)
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))
            self.ticked_changed.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.rows[index.row()].sentence
        if role == Qt.ItemDataRole.CheckStateRole:
            state = Qt.CheckState
            return state.Checked if self._ticked[index.row()] else state.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self._ticked[index.row()] = Qt.CheckState(value) == Qt.CheckState.Checked
        self.dataChanged.emit(index, index)
        self.ticked_changed.emit()
        return True

    def flags(self, _index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable


class AlikeDelegate(QStyledItemDelegate):
    """Draws a row: box, title, and the words below one another in their context."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme."""
        self._theme = theme
        size = theme.px("size", "ui")
        self._font = theme.font("sans", size)
        self._strong = theme.font("sans", size, strong=True)
        self._metrics = QFontMetrics(self._font)

    @property
    def height(self) -> int:
        """The height of a row in pixels."""
        return self._metrics.height() + _PAD

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, AlikeRows):
            return
        row, theme = model.rows[index.row()], self._theme
        painter.save()
        area = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.selected_row)
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        self._draw_box(painter, self._box(area), ticked=ticked)
        area.setLeft(area.left() + _BOX + 3 * _PAD)
        if row.title:
            title = QRectF(area.left(), area.top(), area.width() * _TITLE_SHARE, area.height())
            self._draw(painter, title, row.title, strong=False, dim=False)
            area.setLeft(title.right() + 2 * _PAD)
        if row.note:
            width = self._metrics.horizontalAdvance(row.note) + _PAD
            note = QRectF(area.right() - width, area.top(), width, area.height())
            self._draw(painter, note, row.note, strong=False, dim=True)
            area.setRight(note.left() - 2 * _PAD)
        self._draw_context(painter, area, row)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            area = QRectF(option.rect)
            if event.position().x() < self._box(area).right() + _PAD:
                before = index.data(Qt.ItemDataRole.CheckStateRole)
                state = Qt.CheckState
                after = state.Unchecked if before == state.Checked else state.Checked
                return model.setData(index, after, Qt.ItemDataRole.CheckStateRole)
            return False
        return super().editorEvent(event, model, option, index)

    def _box(self, area: QRectF) -> QRectF:
        top = area.center().y() - _BOX / 2
        return QRectF(area.left() + 2 * _PAD, top, _BOX, _BOX)

    def _draw_box(self, painter: QPainter, box: QRectF, *, ticked: bool) -> None:
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.accent if ticked else theme.border_strong, 1))
        painter.setBrush(theme.accent if ticked else theme.surface)
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            painter.setPen(QPen(theme.accent_text, 1.8))
            marks = ((0.25, 0.52), (0.43, 0.7), (0.76, 0.32))
            painter.drawPolyline([box.topLeft() + QPointF(x * _BOX, y * _BOX) for x, y in marks])

    def _draw_context(self, painter: QPainter, area: QRectF, row: Row) -> None:
        """The words in bold, each row's at the same place, with what stands before and behind."""
        left = QRectF(area.left(), area.top(), area.width() * _BEFORE_SHARE, area.height())
        metrics = QFontMetrics(self._strong)
        room = area.right() - left.right()
        words = metrics.elidedText(row.words, Qt.TextElideMode.ElideMiddle, int(room))
        width = metrics.horizontalAdvance(words)
        middle = QRectF(left.right(), area.top(), width + 1, area.height())
        behind = QRectF(middle.right(), area.top(), area.right() - middle.right(), area.height())
        self._draw(painter, left, row.before, strong=False, dim=True, at_end=True)
        self._draw(painter, middle, words, strong=True, dim=False)
        self._draw(painter, behind, row.behind, strong=False, dim=True)

    def _draw(
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        *,
        strong: bool,
        dim: bool,
        at_end: bool = False,
    ) -> None:
        mode = Qt.TextElideMode.ElideLeft if at_end else Qt.TextElideMode.ElideRight
        shown = self._metrics.elidedText(text, mode, max(0, int(area.width())))
        flag = Qt.AlignmentFlag
        side = flag.AlignRight if at_end else flag.AlignLeft
        painter.setFont(self._strong if strong else self._font)
        painter.setPen(self._theme.text_dim if dim else self._theme.text)
        painter.drawText(area, side | flag.AlignVCenter, text if strong else shown)
