"""The slim bar above the article in which one types what is to be found there."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from annotator.ui.panels.parts import Check, plain_label
from annotator.ui.theme import Theme

_OPTIONS = (("Case", "Aa"), ("Accents", "é"), ("Whole words", "ab"))
"""What the options are called, and where room is short."""
_LEAST_FIELD = 140
"""Pixels of the field below which the options go to a line of their own."""


class FindBar(QFrame):
    """A field, how many there are, to the previous and the next one, what counts, and away."""

    edited = Signal()
    """What is sought, or how, has changed."""
    stepped = Signal(int)
    """On to the next one (1), or back to the one before (-1)."""
    left = Signal()
    """The person is through with it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findbar")
        self.setAccessibleName("Find in the article")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._theme = theme
        self._left = 0
        self.field = QLineEdit(self)
        self.count = plain_label(name="dim")
        self.case, self.accents, self.words = (Check(name, self) for name, _ in _OPTIONS)
        self.previous = self._button("↑", "Previous place, Shift+F3")
        self.next = self._button("↓", "Next place, F3")
        self.close_ = self._button("✕", "Close the find bar, Esc")
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._first = QHBoxLayout()
        self._second = QHBoxLayout()
        self._build()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._theme = theme
        small = theme.px("pad", "small")
        for layout in (self._lines, self._first, self._second):
            layout.setSpacing(small)
        font = theme.font("sans", theme.px("size", "ui"))
        for each in self.findChildren(QWidget):
            each.setFont(font)
        self.align(self._left)

    def align(self, left: int) -> None:
        """Begin so many pixels from the left, where the article's column does."""
        self._left = left
        pad, tiny = self._theme.px("pad", "large"), self._theme.px("pad", "tiny")
        self._lines.setContentsMargins(max(pad, left), 0, pad, tiny)
        self._arrange()

    def take_focus(self) -> None:
        """Let the person type, what was typed before being replaced by it."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_count(self, words: str) -> None:
        """Say how many there are."""
        self.count.setText(words)
        self.count.setMinimumWidth(self.count.sizeHint().width())
        self.field.setAccessibleDescription(words)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if back else 1)
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self.field.setPlaceholderText("Find in the article")
        self.field.setAccessibleName("Find in the article")
        self.field.setClearButtonEnabled(False)
        self.field.textChanged.connect(self.edited)
        self.case.setToolTip("Capital and small letters must be the same")
        self.accents.setToolTip("Accents and vowel points must be the same")
        self.words.setToolTip("Find no parts of words")
        for widget in (self.field, self.count, self.previous, self.next):
            self._first.addWidget(widget, widget is self.field)
        for check in (self.case, self.accents, self.words):
            check.toggled.connect(self.edited)
            self._second.addWidget(check)
        self._second.addStretch(1)
        self._second.addWidget(self.close_)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.close_.clicked.connect(self.left)
        for each in self.findChildren(QWidget):
            each.installEventFilter(self)
        self._lines.addLayout(self._first, 1)
        self._lines.addLayout(self._second)

    def _button(self, sign: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button

    def _arrange(self) -> None:
        """One line where there is room, else two; with short names where these are too long."""
        self._name(short=False)
        margins = self._lines.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        rest = self._first.sizeHint().width() - self.field.sizeHint().width()
        second = self._second.sizeHint().width()
        fits = rest + second + _LEAST_FIELD + self._lines.spacing() <= room
        direction = QBoxLayout.Direction
        self._lines.setDirection(direction.LeftToRight if fits else direction.TopToBottom)
        self._name(short=second > room)

    def _name(self, *, short: bool) -> None:
        """Write the options' names, which a screen reader always says in full."""
        for check, names in zip((self.case, self.accents, self.words), _OPTIONS, strict=True):
            check.setText(names[short])
            check.setAccessibleName(names[0])
        self._second.invalidate()
