"""The places of what is looked at, where there are several: each line leads to the text."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.text import counted
from annotator.ledger.values import Entry, Ledger, Statement
from annotator.ledger.words import quote, shortened, where, who
from annotator.ui.ledger.table import Index
from annotator.ui.panels.parts import plain_label
from annotator.ui.theme import Theme

_NOWHERE = QModelIndex()
_SEEN = 4
"""Lines that are seen at once."""
_WORDS = 80
"""Code points of a quotation in a line."""


class Places(QWidget):
    """Lists where something is said; hidden where that is one place."""

    wanted = Signal(object)
    """An Entry is wanted in the text."""
    parted = Signal(object, object)
    """An Entry is not the same as the others (a list of them)."""
    left = Signal()
    """The keyboard goes back."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self.words = plain_label(name="dim")
        self.part = QPushButton("Not the same (Delete)", self)
        self.part.setToolTip("Keep this place apart from the others; the text stays as it is")
        self.part.clicked.connect(self._on_parted)
        self.list = _List(self)
        self._lines = _Lines(self)
        self.list.setModel(self._lines)
        self.list.activated.connect(self._on_chosen)
        self.list.clicked.connect(self._on_chosen)
        self.list.left.connect(self.left)
        self.list.parted.connect(self._on_parted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("pad", "tiny"))
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(self.part)
        column.addLayout(row)
        column.addWidget(self.list)
        self.hide()

    def show_places(self, ledger: Ledger, statements: Sequence[Statement]) -> None:
        """Show where these are said."""
        self._entries = [one for each in statements for one in each.places]
        if len(self._entries) < 2:
            self.hide()
            return
        self.words.setText(f"{counted(len(self._entries), 'place')} · Enter goes to the text")
        self.part.setVisible(len(statements) == 1)
        self._lines.show_entries(ledger, self._entries)
        self.list.setCurrentIndex(self._lines.index(0))
        height = self.list.sizeHintForRow(0) * min(_SEEN, len(self._entries))
        self.list.setFixedHeight(height + 2 * self.list.frameWidth() + 4)
        self.show()

    def take_focus(self) -> None:
        """Take the keyboard."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_parted(self) -> None:
        if not self.part.isHidden() and self.list.currentIndex().isValid():
            chosen = self._entries[self.list.currentIndex().row()]
            self.parted.emit(chosen, [each for each in self._entries if each is not chosen])

    def _on_chosen(self, index: QModelIndex) -> None:
        self.wanted.emit(self._entries[index.row()])


class _Lines(QAbstractListModel):
    """A line for each place, made when it is seen: there may be thousands."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ledger = Ledger()
        self._entries: Sequence[Entry] = ()

    def show_entries(self, ledger: Ledger, entries: Sequence[Entry]) -> None:
        """Show these in place of those that are shown."""
        self.beginResetModel()
        self._ledger, self._entries = ledger, entries
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return _line(self._ledger, self._entries[index.row()])


class _List(QListView):
    """A list that Escape leaves, and whose Enter acts in every style of desktop."""

    left = Signal()
    parted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("files")
        self.setAccessibleName("Places")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.parted.emit()
        else:
            super().keyPressEvent(event)


def _line(ledger: Ledger, entry: Entry) -> str:
    speaker = "the article" if entry.voice == "own" else who(entry.sources)
    cut = shortened(quote(entry), _WORDS)
    article = f" – {where(ledger, entry)}" if len(ledger.sources) > 1 else ""
    return f"{speaker}: “{cut}”{article}"
