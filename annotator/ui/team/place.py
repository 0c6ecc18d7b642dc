"""A line for where a file goes: typed or chosen, replaced only when that is wanted."""

import os
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator.ui.panels.parts import Check
from annotator.ui.theme import Theme

_ENDING = ".db"


class PlaceLine(QWidget):
    """Where a project file is to be written; a name without a folder is in `folder`."""

    changed = Signal()

    def __init__(self, title: str, folder: Path, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = title
        self._folder = folder
        self.line = QLineEdit(self)
        self.choose = QPushButton("Choose…", self)
        self.replace = Check("Replace the file that is there", self)
        self._build(theme)
        self.line.textChanged.connect(self._on_typed)
        self.replace.toggled.connect(self.changed)
        self.choose.clicked.connect(self.ask)
        self._on_typed()

    @property
    def path(self) -> Path:
        """The file that is named."""
        typed = self.line.text().strip()
        # os.path's functions, since Path's raise for what is half typed: ~nobody, a name too long.
        path = self._folder / os.path.expanduser(typed)  # noqa: PTH111
        return path.with_name(path.name + _ENDING) if typed and not path.suffix else path

    @property
    def problem(self) -> str:
        """Why nothing can be written there, "" if it can."""
        if not self.line.text().strip():
            return "Name a file."
        if self._is_there() and not self.replace.isChecked():
            return f"{self.path.name} is there already."
        return ""

    @property
    def force(self) -> bool:
        """Whether a file that is there is to be replaced."""
        return self._is_there() and self.replace.isChecked()

    def ask(self) -> None:
        """Ask for a file."""
        name, _ = QFileDialog.getSaveFileName(self, self._title, str(self.path))
        if name:
            self.line.setText(name)
            self.replace.setChecked(self._is_there())

    def _build(self, theme: Theme) -> None:
        self.setFocusProxy(self.line)
        self.line.setAccessibleName(self._title)
        self.choose.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(theme.px("pad", "small"))
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(row)
        whole.addWidget(self.replace)

    def _is_there(self) -> bool:
        return bool(self.line.text().strip()) and os.path.exists(self.path)  # noqa: PTH110 - as above

    def _on_typed(self) -> None:
        self.replace.setVisible(self._is_there())
        self.changed.emit()
