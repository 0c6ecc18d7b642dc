"""How large a dialog opens: as its words need, and never larger than the window it belongs to."""

from PySide6.QtWidgets import QDialog

_EDGE = 16
"""Pixels of the window that stay seen."""


def fit(dialog: QDialog, letters: int, height: int) -> None:
    """Resize a dialog to a width in letters of its font and a height in pixels, as far as fits."""
    wide = dialog.fontMetrics().averageCharWidth() * letters
    parent = dialog.parentWidget()
    room = parent.window().size() if parent is not None else dialog.screen().availableSize()
    dialog.resize(min(wide, room.width() - _EDGE), min(height, room.height() - _EDGE))
