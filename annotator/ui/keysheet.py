"""The sheet of keys, drawn from the table of actions."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.actions.table import key_rows
from annotator.ui.theme import Theme

_SIZE = (620, 640)


class KeySheet(QDialog):
    """All keys and what they do."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        page = QWidget(self)
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(theme.px("pad", "large"))
        grid.setColumnStretch(1, 1)
        for number, (keys, does) in enumerate(key_rows()):
            cap = QLabel(keys, page)
            cap.setObjectName("keycap")
            cap.setFont(theme.font("mono", theme.px("size", "key")))
            words = QLabel(does, page)
            words.setWordWrap(True)
            align = Qt.AlignmentFlag.AlignTop
            grid.addWidget(cap, number, 0, align | Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(words, number, 1, align)
        hint = QLabel(
            "Letters and digits act while the text has the focus; Esc returns to it.", self
        )
        hint.setObjectName("dim")
        hint.setWordWrap(True)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(page)
        area.setAccessibleName("Keys")
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(hint)
        layout.addWidget(area, 1)
        layout.addWidget(box)
        self.resize(*_SIZE)
