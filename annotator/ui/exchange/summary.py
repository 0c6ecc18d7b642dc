"""What an export did, to be read and copied."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget


def reading_box(box: QPlainTextEdit, name: str) -> None:
    """Make a box for text that is only read: Tab leaves it, the arrows scroll it."""
    box.setObjectName("field")
    box.setAccessibleName(name)
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByKeyboard
        | Qt.TextInteractionFlag.TextSelectableByMouse
    )


class Summary(QWidget):
    """Lines, and buttons that copy them or end it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit(self)
        reading_box(self.text, "Summary")
        self.copy = QPushButton("Copy", self)
        self.close_ = QPushButton("Close", self)
        self.close_.setObjectName("primary")
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._on_copied)
        self.close_.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(self.close_)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text, 1)
        column.addLayout(row)

    def show_lines(self, lines: Iterable[str]) -> None:
        """Show these lines, ready to be copied or closed."""
        self.text.setPlainText("\n".join(lines))
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.close_.setDefault(True)
        self.close_.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_copied(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText("Copied")
