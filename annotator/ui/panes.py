"""The articles, the text and the inspector side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from annotator.ui.theme import Theme

TEXT_WIDTH = 640
"""Pixels of the text below which the sides give way to it, unless it got less by hand."""


class Panes(QSplitter):
    """The text between two sides, which may be hidden.

    A narrow window takes from the sides, down to their smallest widths, before it takes from the
    text; a wider one gives them back what they had.
    """

    left_pane = Signal()
    """The side that had the keyboard was hidden."""

    def __init__(
        self, sides: tuple[QWidget, QWidget], text: QWidget, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.sides = sides
        self._wanted = (theme.px("layout", "list_width"), theme.px("layout", "inspector_width"))
        self._text = TEXT_WIDTH
        self.addWidget(sides[0])
        self.addWidget(text)
        self.addWidget(sides[1])
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(lambda _at, _index: self._on_moved())

    def widths(self) -> tuple[int, int, int]:
        """Pixels of the panes as they are wanted, to be kept; a hidden side has 0.

        The text's are those that it has at least.
        """
        left, right = (
            0 if side.isHidden() else width
            for side, width in zip(self.sides, self._wanted, strict=True)
        )
        return left, self._text, right

    def set_widths(self, widths: Sequence[int]) -> None:
        """Be as `widths` once gave it; what isn't three numbers leaves all as usual."""
        if len(widths) == len(self.sizes()):
            left, text, right = widths
            self._wanted = (left or self._wanted[0], right or self._wanted[1])
            self._text = min(TEXT_WIDTH, text)
            for side, width in zip(self.sides, (left, right), strict=True):
                side.setVisible(width > 0)
        self._fit()

    def switch(self, side: QWidget) -> None:
        """Hide a side, or show it again."""
        now = QApplication.focusWidget()
        inside = now is not None and (now is side or side.isAncestorOf(now))
        side.setVisible(side.isHidden())
        self._fit()
        if inside:
            self.left_pane.emit()

    def reveal(self, side: QWidget) -> None:
        """Show a side that is hidden: something in it is wanted."""
        if side.isHidden():
            self.switch(side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the sides what they want, as far as the text keeps its width."""
        width = self.width() - 2 * self.handleWidth()
        wanted = [
            0 if side.isHidden() else each
            for side, each in zip(self.sides, self._wanted, strict=True)
        ]
        room = max(1, width - self._text)
        factor = min(1.0, room / max(1, sum(wanted)))
        left, right = (
            0 if side.isHidden() else max(round(each * factor), side.minimumWidth())
            for side, each in zip(self.sides, wanted, strict=True)
        )
        self.setSizes([left, max(1, width - left - right), right])

    def _on_moved(self) -> None:
        left, text, right = self.sizes()
        self._wanted = (left or self._wanted[0], right or self._wanted[1])
        self._text = min(TEXT_WIDTH, text)
