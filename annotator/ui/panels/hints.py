"""Letters that fill in: on the values of a choice, and over what is typed in."""

from collections.abc import Collection, Mapping
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from annotator.ui.panels.parts import plain_label

_LEAST = 11
"""Pixels of letters that can still be read."""
_GAP = 5
"""Pixels between a letter and the end of the line that it stands on."""


class Values(QLabel):
    """The values of a choice with their letters, in as many lines as they need.

    What is chosen is strong and has a tick. Where a value is wider than the room, all are smaller.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setMinimumWidth(1)
        self._letters: dict[str, str] = {}
        self._chosen: Collection[str] = ()
        self.hide()

    def show_letters(self, letters: Mapping[str, str], chosen: Collection[str]) -> None:
        """Show these values with their letters; none hides all."""
        self._letters = dict(letters)
        self.setVisible(bool(letters))
        self.show_chosen(chosen)

    def show_chosen(self, chosen: Collection[str]) -> None:
        """Show which values are chosen now."""
        self._chosen = chosen
        if not self._letters:
            return
        palette = QApplication.palette()  # a widget's own has what its style sheet makes of it
        accent, ground = palette.accent().color(), palette.base().color()
        cap = f"background: {accent.name()}; color: {ground.name()}; font-weight: 700"
        shown, told = [], []
        for value, letter in self._letters.items():
            # Isolated, so that a name from right to left turns nothing else round.
            words = f"&#8296;{escape(value).replace(' ', '&nbsp;')}&#8297;"
            name = f"<b>✓&nbsp;{words}</b>" if value in chosen else words
            # No space inside: a value never stands on another line than its letter.
            shown.append(f"<span style='{cap}'>&nbsp;{letter}&nbsp;</span>&nbsp;{name}")
            told.append(f"{letter}: {value}{', chosen' if value in chosen else ''}")
        style = f"line-height: 150%; font-size: {self._fitting()}px"
        self.setText(f"<div style='{style}'>{'&nbsp;&nbsp; '.join(shown)}</div>")
        self.setAccessibleName("; ".join(told))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.show_chosen(self._chosen)

    def _fitting(self) -> int:
        """Pixels of letters in which each value finds room on a line."""
        strong = QFont(self.font())
        strong.setBold(True)
        bold, plain = QFontMetrics(strong).horizontalAdvance, self.fontMetrics().horizontalAdvance
        widths = (
            bold(f" {letter} ") + (bold(f" ✓ {value}") if value in self._chosen else plain(value))
            for value, letter in self._letters.items()
        )
        widest = max(widths, default=0) + plain("n")  # the space between, at most
        usual = QFontInfo(self.font()).pixelSize()
        room = self.contentsRect().width() - 2
        return max(_LEAST, min(usual, usual * room // max(widest, 1)))


class Cap(QObject):
    """A letter over the end of a widget, such as a line that is typed in."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._label = plain_label(name="hint")
        self._label.setParent(over)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label.hide()
        over.installEventFilter(self)

    def show_letter(self, letter: str) -> None:
        """Show this letter, "" shows none."""
        self._label.setText(letter)
        self._label.setVisible(bool(letter))
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self._label.adjustSize()
        room = self._over.size() - self._label.size()
        top = min(_GAP, room.height() // 2)
        self._label.move(max(room.width() - top - 1, 0), max(top, 0))
