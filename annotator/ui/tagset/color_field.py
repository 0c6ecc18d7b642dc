"""The colour of a label: what is proposed, any other, and what is wrong with it."""

import re

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from annotator.ui.theme import Theme

_COLOR = re.compile("#[0-9a-fA-F]{6}")
_SWATCH = 16


class ColorField(QWidget):
    """A colour as #rrggbb, to be typed, or chosen from a menu or a dialog."""

    chosen = Signal(str)
    """A colour was chosen, as #rrggbb."""
    refused = Signal(str)
    """A sentence about what was typed and is no colour; "" takes it back."""
    proposals_asked = Signal()
    """The menu is about to open; say what it offers by `propose`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setAccessibleName("Colour, as #rrggbb")
        self.field.editingFinished.connect(self._on_finished)
        self.field.setMaximumWidth(self.field.fontMetrics().averageCharWidth() * 14)
        self.menu = QMenu(self)
        self.menu.setAccessibleName("Proposed colours")
        self._offer = QPushButton("Choose", self)
        self._offer.setToolTip("Colours that are far from those of the other labels, or any other")
        self._offer.setMenu(self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px("pad", "small"))
        for widget in (self.field, self._offer):
            row.addWidget(widget)
        row.addStretch(1)
        self.field.textEdited.connect(self._on_edited)
        self.menu.aboutToShow.connect(self.proposals_asked)

    def show_color(self, color: str) -> None:
        """Show the colour that the label has."""
        if not self.field.hasFocus() or _COLOR.fullmatch(self.field.text()):
            self.field.setText(color)

    def propose(self, colors: list[str]) -> None:
        """Offer these colours."""
        self.menu.clear()
        for color in colors:
            row = self.menu.addAction(_swatch(color), color)
            row.triggered.connect(lambda _=False, color=color: self.chosen.emit(color))
        self.menu.addSeparator()
        self.menu.addAction("Any colour…").triggered.connect(self._on_other)

    def _on_edited(self, text: str) -> None:
        if _COLOR.fullmatch(text):
            self.refused.emit("")
            self.chosen.emit(text)

    def _on_finished(self) -> None:
        text = self.field.text()
        if not _COLOR.fullmatch(text):
            self.refused.emit(f"“{text}” is no colour; type # and six of 0–9 and a–f: #1d63b0.")

    def _on_other(self) -> None:
        dialog = QColorDialog(QColor(self.field.text()), self)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.colorSelected.connect(lambda color: self.chosen.emit(color.name()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _swatch(color: str) -> QIcon:
    pixmap = QPixmap(_SWATCH, _SWATCH)
    pixmap.fill(QColor(color))
    painter = QPainter(pixmap)
    painter.drawRect(0, 0, _SWATCH - 1, _SWATCH - 1)
    painter.end()
    return QIcon(pixmap)
