"""A field for a whole number."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from annotator.ui.theme import Theme


class Number(QSpinBox):
    """Typed, or stepped with the arrow keys; the wheel passes it by."""

    def __init__(self, least: int, most: int, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        small = theme.px("pad", "small")
        self.lineEdit().setTextMargins(small, 0, small, 0)  # the style sheet's don't reach it

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
