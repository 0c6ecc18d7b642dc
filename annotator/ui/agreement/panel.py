"""The list of the spans behind a number, at the right; each opens the text at its place."""

from typing import Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from annotator.core.text import counted
from annotator.ui.agreement.behind import MOST, Behind, Found, Listed
from annotator.ui.exchange.fields import fill
from annotator.ui.panels.parts import Combo, ElidedButton, as_tip, plain_label
from annotator.ui.review.article_rows import ArticleDelegate, Index, Row, RowRole
from annotator.ui.theme import Theme

Which = Literal["all", "differ", "agree"]
USUAL = "Enter on a number, or a click, lists the spans behind it here."


class FoundModel(QAbstractListModel):
    """The units behind a number, those that are wanted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.every: list[Found] = []
        self.rows: list[Found] = []

    def show_found(self, found: list[Found], which: Which) -> None:
        """Show those of these that are wanted."""
        self.beginResetModel()
        self.every = found
        self.rows = [each for each in found if which == "all" or each.agreed == (which == "agree")]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.rows):
            return None
        found = self.rows[index.row()]
        if role == RowRole:
            return Row(found.document, found.words, found.says, current=False)
        if role == Qt.ItemDataRole.DisplayRole:
            return found.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"“{found.words}”, {found.says}, in {found.title}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(f"{found.words}\n{found.says}\n{found.title}")
        return None


class BehindPanel(QFrame):
    """Says what a number counts, and lists it."""

    place_wanted = Signal(str, object, object)
    """A place is wanted in the text: an article's id, annotations' ids, their Span."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName("Spans behind the number")
        self.title = plain_label("", "strong", wrap=True)
        self.said = plain_label(USUAL, "dim", wrap=True)
        self.which = Combo(self)
        self.model = FoundModel(self)
        self.list = QListView(self)
        self._delegate = ArticleDelegate(theme, self.list)
        self.open = ElidedButton("", self)
        self._build(theme)
        self.list.activated.connect(self._on_opened)
        self.list.doubleClicked.connect(self._on_opened)
        self.open.clicked.connect(lambda: self._on_opened(self.list.currentIndex()))
        self.which.currentIndexChanged.connect(lambda: self._show(self.model.every))
        self._hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._delegate.set_theme(theme)
        self.list.viewport().update()

    def show_listed(self, behind: Behind, listed: Listed) -> None:
        """List these, those that differ first where there are any, and take the keyboard."""
        number = listed.agreed + listed.differing
        told = f"{number:,.0f} in {counted(listed.articles, 'article')}: "
        told += f"{listed.agreed:,.0f} agree, {listed.differing:,.0f} differ."
        if len(listed.found) >= MOST:
            told += f" The first {MOST:,} are listed."
        self.title.setText(behind.title)
        self.said.setText(told)
        blocked = self.which.blockSignals(True)  # noqa: FBT003 - Qt's own order
        kinds = [each.agreed for each in listed.found]
        offered = [
            (f"all ({len(kinds):,})", "all"),
            (f"that differ ({kinds.count(False):,})", "differ"),
            (f"that agree ({kinds.count(True):,})", "agree"),
        ]
        mixed = 0 < kinds.count(False) < len(kinds)
        fill(self.which, offered, "differ" if mixed else "all")
        self.which.blockSignals(blocked)
        for each in (self.which, self.list, self.open):
            each.setVisible(bool(kinds))
        self._show(listed.found)
        self.take_focus()

    def forget(self) -> None:
        """The numbers are others now: list nothing."""
        self.title.setText("")
        self.said.setText(USUAL)
        self.model.show_found([], "all")
        self._hide()

    def take_focus(self) -> None:
        """Take the keyboard, where something is listed."""
        if self.list.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, theme: Theme) -> None:
        self.which.setAccessibleName("Which spans")
        self.list.setAccessibleName("Spans behind the number")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.open.set_words("Open in the text")
        pad = theme.px("pad", "medium")
        column = QVBoxLayout(self)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(theme.px("pad", "small"))
        for each in (self.title, self.said, self.which):
            column.addWidget(each)
        column.addWidget(self.list, 1)
        column.addWidget(self.open)
        column.addStretch(0)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setMinimumWidth(theme.px("layout", "inspector_width_min"))

    def _hide(self) -> None:
        for each in (self.which, self.list, self.open):
            each.hide()

    def _show(self, found: list[Found]) -> None:
        which: Which = self.which.currentData() or "all"
        self.model.show_found(found, which)
        self.list.setCurrentIndex(self.model.index(0))

    def _on_opened(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.model.rows):
            found = self.model.rows[index.row()]
            self.place_wanted.emit(found.document, found.ids, found.span)
