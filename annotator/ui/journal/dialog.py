"""The journal as a list that one reads, searches, and goes back in."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.describe import when
from annotator.core.edits import Noted
from annotator.core.errors import UserError
from annotator.core.text import counted
from annotator.ui.hub import Hub
from annotator.ui.journal.look import JournalDelegate
from annotator.ui.journal.rows import JournalRows, Line, LineRole
from annotator.ui.panels.parts import Check, Combo, plain_label
from annotator.ui.room import fit
from annotator.ui.theme import Theme

_LETTERS = 110
_HEIGHT = 640
_NAME = 24
"""Letters of the longest name that there is room for."""
_MOST_NAMED = 3
"""Edits of others that the question names; the rest are counted."""


class JournalDialog(QDialog):
    """Lists what happened, the newest first, and goes back to a line, or forward again.

    It stays beside the window: where a line goes to is seen there.
    """

    def __init__(self, hub: Hub, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Journal")
        self._hub = hub
        self._theme = theme
        self._agreed: Callable[[], None] | None = None
        self.person = Combo(self)
        self.here = Check("This article only", self)
        self.words = QLineEdit(self)
        self.list = QListView(self)
        self.rows = JournalRows(hub, self)
        self.said = plain_label(name="dim", wrap=True)
        self.asking = QFrame(self)
        self.question = plain_label(wrap=True)
        self.agree = QPushButton(self)
        self.keep = QPushButton("Leave it as it is", self)
        self.place = QPushButton("Go to the place (Enter)", self)
        self.back = QPushButton("Go back to here…", self)
        self._build()
        self._connect()
        self._on_read()
        self.list.setFocus()
        self.list.setCurrentIndex(self.rows.index(0))

    @property
    def line(self) -> Line | None:
        """The current line."""
        found: Line | None = self.list.currentIndex().data(LineRole)
        return found

    def ask_undo(self, why: str = "") -> None:
        """Ask before taking back what somebody changed since the person's last edit."""
        self._ask_back("", why)

    def go_to_place(self) -> None:
        """Show in the window where the current line changed something."""
        line = self.line
        if line is None or self._hub.project.read.document(line.told.document) is None:
            self.said.setText("The article is gone.")
            return
        if self._hub.document is None or self._hub.document.id != line.told.document:
            self._hub.open_document(line.told.document)
        found = self._hub.annotations.get(line.told.annotation)
        if found is not None:
            self._hub.focus(found.id)
            self._hub.shown.emit(found.envelope)
            self.said.setText("")
        else:
            self.said.setText("The article is open; what was tagged there is gone or not yours.")

    def go_here(self) -> None:
        """Ask to be where the person was after the current line, before or behind."""
        line, hub = self.line, self._hub
        if line is None:
            return
        entry = line.standing.entry
        try:
            target = hub.project.read.journal.undone_to(hub.project.who, entry.id)
            if not line.standing.stands and entry.who == hub.project.who:
                self._ask_forward(entry)
            elif target is None:
                self.said.setText("You are here already.")
            else:
                self._ask_back(target.id)
        except UserError as error:
            self.said.setText(str(error))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self.list and enter:
                self.go_to_place()
                return True
            if watched is self.words and (enter or event.key() == Qt.Key.Key_Down):
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.asking.isVisible():
            self._end_question()
        else:
            super().keyPressEvent(event)

    def _ask_back(self, to: str, why: str = "") -> None:
        hub = self._hub
        try:
            found = hub.project.undoing(to=to)
        except UserError as error:
            self.said.setText(str(error))
            return
        others = [each for each in found if each.who != hub.project.who]
        mine = len(found) - len(others)
        sentence = f"{why} This takes back {counted(mine, 'edit')} of yours".strip()
        if others:
            sentence += f", and {counted(len(others), 'edit')} of others: {_named(others)}"
        self._ask(
            f"{sentence}. All of it can be done again.",
            f"Take {counted(len(found), 'edit')} back",
            lambda: hub.undo(to=to, through=True),
        )

    def _ask_forward(self, entry: Noted) -> None:
        found = self._hub.project.redoing(to=entry.id)
        self._ask(
            f"This does {counted(len(found), 'edit')} again.",
            f"Do {counted(len(found), 'edit')} again",
            lambda: self._hub.redo(to=entry.id),
        )

    def _ask(self, question: str, agree: str, agreed: Callable[[], None]) -> None:
        self._agreed = agreed
        self.question.setText(question)
        self.question.setAccessibleName(question)
        self.agree.setText(agree)
        self.asking.show()
        self.agree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_question(self) -> None:
        self._agreed = None
        self.asking.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.words.setPlaceholderText("Find words, labels, articles")
        self.words.setAccessibleName("Find in the journal")
        self.words.setClearButtonEnabled(True)
        self.person.setAccessibleName("Whose edits")
        self.person.addItem("everybody", None)
        for name in self._hub.project.read.journal.people():
            self.person.addItem(name, name)
        names = (self.person.itemText(each) for each in range(self.person.count()))
        self.person.setMinimumContentsLength(min(_NAME, max(map(len, names))))
        self.list.setItemDelegate(JournalDelegate(self._theme, self))
        self.list.setAccessibleName("What happened, the newest first")
        self.list.setUniformItemSizes(True)
        self.list.setTabKeyNavigation(False)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(self.rows)  # last: each of the others would lay all rows out anew
        self.agree.setObjectName("primary")
        self.asking.hide()
        for button in (self.agree, self.keep, self.place, self.back):
            button.setAutoDefault(False)
        rows = QVBoxLayout(self)
        rows.addLayout(_line(self.words, self.person, self.here, stretch=0))
        rows.addWidget(self.list, 1)
        rows.addWidget(self.said)
        question = QVBoxLayout(self.asking)
        question.setContentsMargins(0, 0, 0, 0)
        question.addWidget(self.question)
        question.addLayout(_line(_spacer(self), self.keep, self.agree, stretch=0))
        rows.addWidget(self.asking)
        rows.addLayout(_line(_spacer(self), self.back, self.place, stretch=0))
        fit(self, _LETTERS, round(_HEIGHT * self._theme.scale))

    def _connect(self) -> None:
        hub = self._hub
        self.words.textChanged.connect(self._on_filtered)
        self.person.currentIndexChanged.connect(self._on_filtered)
        self.here.toggled.connect(self._on_filtered)
        for each in (self.words, self.list):
            each.installEventFilter(self)
        self.list.doubleClicked.connect(lambda _index: self.go_to_place())
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.place.clicked.connect(self.go_to_place)
        self.back.clicked.connect(self.go_here)
        self.keep.clicked.connect(self._end_question)
        self.agree.clicked.connect(self._on_agreed)
        self.rows.searched.connect(self._on_read)
        hub.changed.connect(self._on_changed)
        hub.said.connect(self.said.setText)
        hub.failed.connect(self.said.setText)

    def _on_filtered(self) -> None:
        document = self._hub.document
        self.rows.show_only(
            who=self.person.currentData(),
            document=document.id if document and self.here.isChecked() else "",
            words=self.words.text(),
        )

    def _on_read(self) -> None:
        if self.rows.searching:
            self.said.setText(f"{counted(self.rows.rowCount(), 'edit')} found so far …")
        elif not self.rows.rowCount():
            self.said.setText("Nothing in the journal is like this.")
        else:
            self.said.setText("")

    def _on_changed(self) -> None:
        current = self.line
        self.rows.reload()
        row = self.rows.row_of(current.standing.entry.id) if current else -1
        index = self.rows.index(max(0, row))
        self.list.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def _on_current_changed(self, _current: QModelIndex, _before: QModelIndex) -> None:
        line, who = self.line, self._hub.project.who
        forward = line is not None and not line.standing.stands and line.standing.entry.who == who
        self.back.setText("Go forward to here…" if forward else "Go back to here…")
        self.back.setEnabled(line is not None and not self._hub.project.read_only)
        self.place.setEnabled(line is not None and bool(line.told.document))

    def _on_agreed(self) -> None:
        agreed = self._agreed
        self._end_question()
        if agreed is not None:
            agreed()


def _line(*widgets: QWidget, stretch: int) -> QHBoxLayout:
    """Widgets side by side, the one of this number as wide as there is room."""
    layout = QHBoxLayout()
    for number, each in enumerate(widgets):
        layout.addWidget(each, int(number == stretch))
    return layout


def _spacer(parent: QWidget) -> QLabel:
    return QLabel(parent)


def _named(entries: list[Noted]) -> str:
    """Whose edits these are, what and when, a few of them by name."""
    today = datetime.now().astimezone()
    names = [
        f"{each.who} “{each.name}” ({when(each.time, today)})" for each in entries[:_MOST_NAMED]
    ]
    rest = len(entries) - len(names)
    return ", ".join([*names, f"{rest:,} more"] if rest else names)
