"""A quotation of a few lines, its middle left out where it is longer."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QWidget

from annotator.ui.panels.parts import as_tip
from annotator.ui.theme import Theme

ELLIPSIS = " … "
QUOTE_LINES = 3
_LONGEST_QUOTE = 1_000
"""Code points of a quotation that are looked at; what is between is never shown anyway."""


class Quote(QLabel):
    """A quotation of at most a few lines, its middle left out where it is longer."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quote")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMinimumWidth(1)
        self._whole = ""
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self.setFont(theme.font("serif", theme.px("size", "quote")))
        self._fit()

    def set_quote(self, quote: str) -> None:
        """Show these words in quotation marks."""
        quote = " ".join(quote.split())
        if quote != self._whole:
            self._whole = quote
            shortened = _ends(quote, _LONGEST_QUOTE)
            self.setAccessibleName(f"“{shortened}”")
            self.setToolTip(as_tip(shortened))
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        whole = _ends(self._whole, _LONGEST_QUOTE)
        words = middle_cut(whole, lambda text: self._lines(f"“{text}”") <= QUOTE_LINES)
        self.setText(f"“{words}”" if words else "")

    def _lines(self, text: str) -> int:
        layout = QTextLayout(text, self.font())
        layout.beginLayout()
        count, width = 0, max(self.contentsRect().width(), 1)
        while count <= QUOTE_LINES and (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            count += 1
        layout.endLayout()
        return count


def middle_cut(text: str, fits: Callable[[str], bool]) -> str:
    """As much of a text's two ends as fits, cut between words; an ellipsis for the rest."""
    if fits(text):
        return text
    words = text.split(" ")
    low, high = 0, len(words) - 1
    while low < high:  # the most words that still fit
        middle = (low + high + 1) // 2
        if fits(_joined(words, middle)):
            low = middle
        else:
            high = middle - 1
    if low >= 2:
        return _joined(words, low)
    size = len(text)
    while size > 2 and not fits(_ends(text, size)):  # words longer than lines
        size = size * 3 // 4
    return _ends(text, size)


def _joined(words: list[str], kept: int) -> str:
    head = (kept + 1) // 2
    tail = words[len(words) - (kept - head) :]
    return " ".join(words[:head]) + ELLIPSIS + " ".join(tail)


def _ends(text: str, size: int) -> str:
    """The two ends of a text, `size` code points together."""
    if len(text) <= size:
        return text
    head = (size + 1) // 2
    return text[:head] + ELLIPSIS + text[len(text) - (size - head) :]
