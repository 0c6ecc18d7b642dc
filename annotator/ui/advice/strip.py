"""The strip of advice at the foot of the article: what to look at, one row each."""

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.describe import quoted
from annotator.core.text import counted
from annotator.ui.panels.parts import as_tip, plain_label, two_lines
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.advice import Advice

_SEEN = 4
"""Rows seen at once."""
_QUOTE = 90
"""Code points of the words that are quoted below a sentence."""
_HINT = "Enter goes there · Delete waves it away · Esc hides · Ctrl+Enter is done"
_SHORT = "Enter goes there · Delete waves away · Esc hides"
"""Below the heading, where there is no room for all beside it."""
Index = QModelIndex | QPersistentModelIndex
QuoteRole = Qt.ItemDataRole.UserRole + 1


class AdviceModel(QAbstractListModel):
    """Pieces of advice in reading order, with the words that they are about."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.advice: list[Advice] = []
        self._text = ""

    def show(self, advice: "Sequence[Advice]", text: str) -> None:
        """Be this advice on the article of this text."""
        self.beginResetModel()
        self.advice, self._text = list(advice), text
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.advice)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        advice = self.advice[index.row()]
        words = quoted(advice.span.of(self._text), _QUOTE)
        if role == Qt.ItemDataRole.DisplayRole:
            return advice.sentence
        if role == QuoteRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{advice.sentence} {words}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(advice.sentence)
        return None


class AdviceDelegate(QStyledItemDelegate):
    """Draws a row: the sentence, and below it the words."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self.lines = 1
        """Lines that a sentence may take."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        heights = self.lines * self._height("ui") + self._height("small")
        return QSize(0, heights + 2 * self.theme.px("pad", "tiny"))

    def _height(self, size: str) -> int:
        """Pixels of a line of letters of this size."""
        return int(self.theme.px("size", size) * self.theme.number("text", "line_height_ui"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, area = self.theme, QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.selected_row)
        if option.state & QStyle.StateFlag.State_HasFocus:
            mark = QSize(theme.px("layout", "row_mark"), area.height())
            painter.fillRect(QRect(area.topLeft(), mark), theme.accent)
        pad, tiny = theme.px("pad", "large"), theme.px("pad", "tiny")
        area.adjust(pad, tiny, -pad, -tiny)
        words = two_lines if self.lines > 1 else elided
        painter.setFont(theme.font("sans", theme.px("size", "ui")))
        painter.setPen(theme.text)
        shown = words(index.data(), painter.fontMetrics(), area.width())
        for line in shown:
            self._draw(painter, area, line, "ui")
            area.setTop(area.top() + self._height("ui"))
        painter.setFont(theme.font("sans", theme.px("size", "small")))
        painter.setPen(theme.text_dim)
        (quote,) = elided(index.data(QuoteRole), painter.fontMetrics(), area.width())
        self._draw(painter, area, quote, "small")
        painter.restore()

    def _draw(self, painter: QPainter, area: QRect, words: str, size: str) -> None:
        line = QRect(area.topLeft(), QSize(area.width(), self._height(size)))
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(line, side, words)


def elided(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """A text as one line that is shortened to its room, as `two_lines` gives two."""
    return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]


class AdviceStrip(QFrame):
    """Lists advice; the arrows show each place, Enter goes there."""

    shown = Signal(object)
    """This one is looked at; its place should be seen."""
    chosen = Signal(object)
    """The person wants to go to its place."""
    waved = Signal(object)
    """The person doesn't want to see this one again."""
    left = Signal()
    """The person is through with it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("advice")
        self.setAccessibleName("Checks of the article")
        self.heading = plain_label(name="strong")
        self.hint = plain_label(_HINT, "dim", wrap=True)
        self.short = plain_label(_SHORT, "dim", wrap=True)
        self.list = QListView(self)
        self.close_ = QToolButton(self)
        self.model = AdviceModel(self)
        self._delegate = AdviceDelegate(theme, self)
        self._head = QHBoxLayout()
        self._pane = parent
        self._quiet = False
        """Whether rows change by themselves, and nobody looks at one."""
        self._build()
        self.set_theme(theme)
        parent.installEventFilter(self)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._delegate.theme = theme
        large, small = theme.px("pad", "large"), theme.px("pad", "small")
        self._head.setContentsMargins(large, small, small, small)
        self._head.setSpacing(large)
        self.heading.setFont(theme.font("sans", theme.px("size", "ui"), strong=True))
        for keys in (self.hint, self.short):
            keys.setFont(theme.font("sans", theme.px("size", "small")))
        self.short.setContentsMargins(large, 0, large, small)
        self._fit()

    def show_advice(self, advice: "Sequence[Advice]", text: str) -> None:
        """List this advice; the row that was looked at stays so where it is still there."""
        row = max(0, self.list.currentIndex().row())
        old = self.model.advice[row].key if row < len(self.model.advice) else ""
        self.model.show(advice, text)
        same = (at for at, each in enumerate(advice) if each.key == old)
        row = next(same, min(row, len(advice) - 1))
        self._quiet = True
        self.list.setCurrentIndex(self.model.index(row))
        self._quiet = False
        self.heading.setText(counted(len(advice), "thing") + " to look at")
        self.heading.setToolTip(_HINT)
        self._fit()
        self.show()

    def take_focus(self) -> None:
        """Give the keyboard to the list, and let the place of its row be seen."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._on_current_changed(self.list.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._pane and event.type() == QEvent.Type.Resize:
            self._fit()
        if watched is not self.list or event.type() != QEvent.Type.KeyPress:
            return False
        assert isinstance(event, QKeyEvent)
        row = self.list.currentIndex().row()
        keys = {
            Qt.Key.Key_Return: self.chosen,
            Qt.Key.Key_Enter: self.chosen,
            Qt.Key.Key_Delete: self.waved,
            Qt.Key.Key_Backspace: self.waved,
        }
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in keys and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            keys[Qt.Key(event.key())].emit(self.model.advice[row])
        else:
            return False
        return True

    def _build(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Things to look at")
        self.list.setAccessibleDescription(_HINT)
        self.list.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.clicked.connect(self._on_current_changed)
        self.list.doubleClicked.connect(lambda at: self.chosen.emit(self.model.advice[at.row()]))
        self.close_.setText("✕")
        self.close_.setAccessibleName("Hide the checks, Esc")
        self.close_.setToolTip("Hide the checks, Esc")
        self.close_.clicked.connect(self.left)
        self._head.addWidget(self.heading)
        self._head.addWidget(self.hint, 1)
        self._head.addWidget(self.close_)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._head)
        rows.addWidget(self.short)
        rows.addWidget(self.list)

    def _fit(self) -> None:
        """Be as high as a few rows need, and no higher than half of the room."""
        room, pad = self.width(), self._delegate.theme.px("pad", "large")
        metrics = QFontMetrics(self.heading.font())
        sentences = (each.sentence for each in self.model.advice[:_SEEN])
        longest = max(map(metrics.horizontalAdvance, sentences), default=0)
        self._delegate.lines = 1 if longest + 2 * pad <= room else 2
        keys = self.hint.fontMetrics().horizontalAdvance(_HINT)
        taken = self.heading.sizeHint().width() + self.close_.sizeHint().width() + 4 * pad
        beside = keys <= 2 * (room - taken)
        self.hint.setVisible(beside)
        self.short.setVisible(not beside)
        row = self._delegate.sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        below = 0 if beside else self.short.heightForWidth(room)
        above = self._head.sizeHint().height() + below
        free = (self._pane.height() // 2 - above) // row
        self.list.setFixedHeight(row * max(1, min(_SEEN, self.model.rowCount(), free)))
        self.list.scheduleDelayedItemsLayout()

    def _on_current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and not self._quiet:
            self.shown.emit(self.model.advice[index.row()])
