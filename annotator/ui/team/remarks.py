"""A strip below the top bar that says once what is risky about where a file lies."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from annotator.ui.panels.parts import plain_label
from annotator.ui.theme import Theme


class Remarks(QFrame):
    """Sentences, and a button after which they are seen no more; hidden where there are none."""

    def __init__(self, sentences: Sequence[str], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName("To know about this file")
        self.words = plain_label("\n".join(sentences), wrap=True)
        self.words.setAccessibleName(" ".join(sentences))
        self.hide_ = QPushButton("Understood", self)
        self.hide_.setAutoDefault(True)
        self.hide_.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        large, small = theme.px("pad", "large"), theme.px("pad", "small")
        row.setContentsMargins(large, small, large, small)
        row.addWidget(self.words, 1)
        row.addWidget(self.hide_, 0, Qt.AlignmentFlag.AlignTop)
        self.setVisible(bool(sentences))
