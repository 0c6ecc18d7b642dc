"""The note on the open article, below the list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from annotator.core import verbs
from annotator.ui.hub import Hub
from annotator.ui.panels.editors import NoteEdit
from annotator.ui.panels.parts import plain_label
from annotator.ui.theme import Theme


class ArticleNote(QFrame):
    """Shown while the open article has a note, or one is being written."""

    left = Signal()
    """The note is written, or given up: the text is wanted."""

    def __init__(self, hub: Hub, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._hub = hub
        self._document = ""
        self.note = NoteEdit(self._save)
        self.note.setAccessibleName("Note on the article")
        self.note.entered.connect(self._on_entered)
        medium = theme.px("pad", "medium")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(medium, theme.px("pad", "small"), medium, theme.px("pad", "small"))
        rows.setSpacing(theme.px("pad", "tiny"))
        rows.addWidget(plain_label("Note on the article", "heading"))
        rows.addWidget(self.note)
        hub.document_opened.connect(self._show)
        hub.changed.connect(lambda _edit: self._show())
        self._show()

    def write(self) -> None:
        """Give the keyboard to the note."""
        if self._hub.document is None:
            return
        self.show()
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commit(self) -> None:
        """Save what is pending."""
        self.note.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.note.discard()
            self._on_entered()
        else:
            super().keyPressEvent(event)

    def _on_entered(self) -> None:
        self.left.emit()
        self._show()

    def _save(self, text: str) -> bool:
        read = self._hub.project.read
        document = read.document(self._document)
        return document is None or self._hub.apply(verbs.set_document_note(document, text))

    def _show(self) -> None:
        document = self._hub.document
        if self._document != (document.id if document else ""):
            self.note.commit()
            self.note.discard()
            self._document = document.id if document else ""
        self.note.setReadOnly(bool(self._hub.project.read_only))
        self.note.show_saved(document.note if document else "")
        self.setVisible(document is not None and (bool(document.note) or self.note.hasFocus()))
