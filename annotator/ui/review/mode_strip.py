"""The strip below the article that says what the keys do while they do something special."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from annotator.ui.panels.parts import plain_label
from annotator.ui.theme import Theme


class ModeStrip(QFrame):
    """Says the mode in words, and has a button that leaves it, as Esc does."""

    left = Signal()
    """The mode is to be left."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("advice")
        self.setAccessibleName("Mode")
        self.words = plain_label(name="strong", wrap=True)
        self.leave = QPushButton("Leave (Esc)", self)
        self.leave.clicked.connect(self.left)
        row = QHBoxLayout(self)
        large, small = theme.px("pad", "large"), theme.px("pad", "small")
        row.setContentsMargins(large, small, large, small)
        row.setSpacing(small)
        row.addWidget(self.words, 1)
        row.addWidget(self.leave)
        self.hide()

    def show_mode(self, words: str) -> None:
        """Say this; "" is no mode, and nothing is shown."""
        self.words.setText(words)
        self.leave.setAccessibleDescription(words)
        self.setVisible(bool(words))
