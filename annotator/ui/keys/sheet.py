"""The sheet of keys, drawn from the table of actions."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.actions.table import key_groups
from annotator.ui.panels.parts import plain_label
from annotator.ui.room import fit
from annotator.ui.theme import Theme

_LETTERS = 96
_HEIGHT = 680
Row = tuple[QLabel, QLabel, str]
"""The keys, what they do, and both as one text to be searched."""


class KeySheet(QDialog):
    """All keys and what they do, by menu; a line narrows them to what it says."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys")
        self._theme = theme
        self._parts: list[tuple[QLabel, list[Row]]] = []
        self.line = QLineEdit(self)
        self.nothing = plain_label(name="dim", wrap=True)
        self._build()
        fit(self, _LETTERS, round(_HEIGHT * theme.scale))

    def narrow(self, typed: str) -> None:
        """Show the rows that have each word typed, and their headings."""
        words = typed.casefold().split()
        any_ = False
        for heading, rows in self._parts:
            shown = [all(word in text for word in words) for _, _, text in rows]
            heading.setVisible(any(shown))
            any_ = any_ or any(shown)
            for (keys, does, _), seen in zip(rows, shown, strict=True):
                keys.setVisible(seen)
                does.setVisible(seen)
        self.nothing.setText(f"No key has to do with “{typed.strip()}”.")
        self.nothing.setVisible(not any_)

    def _build(self) -> None:
        self.line.setPlaceholderText("Type a key, or some of what it does")
        self.line.setAccessibleName("Find a key")
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(self.narrow)
        self.nothing.hide()
        page = QWidget(self)
        self._fill(QGridLayout(page), page)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        area.setAccessibleName("Keys")
        hint = "Letters and digits act while the text has the focus; Esc returns to it."
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(area, 1)
        layout.addWidget(plain_label(hint, "dim", wrap=True))
        layout.addWidget(box)

    def _fill(self, grid: QGridLayout, page: QWidget) -> None:
        theme = self._theme
        grid.setHorizontalSpacing(theme.px("pad", "large"))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for title, pairs in key_groups():
            heading = plain_label(title, "heading")
            heading.setFont(theme.heading_font())
            grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
            rows: list[Row] = []
            for keys, does in pairs:
                cap = QLabel(keys, page)
                cap.setObjectName("keycap")
                cap.setFont(theme.font("mono", theme.px("size", "key")))
                words = plain_label(does, wrap=True)
                words.setAccessibleName(f"{keys}: {does}")
                number = grid.rowCount()
                grid.addWidget(cap, number, 0, top | Qt.AlignmentFlag.AlignLeft)
                grid.addWidget(words, number, 1, top)
                rows.append((cap, words, f"{keys} {does}".casefold()))
            self._parts.append((heading, rows))
        grid.addWidget(self.nothing, grid.rowCount(), 0, 1, 2)
        grid.setRowStretch(grid.rowCount(), 1)
