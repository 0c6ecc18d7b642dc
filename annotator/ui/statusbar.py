"""The bar at the foot: whether all is saved, counts, place, what undo takes back, settings."""

from PySide6.QtCore import QElapsedTimer, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from annotator.ui.panels.parts import ElidedLabel
from annotator.ui.theme import Theme

SHOWN_FOR = 6000
"""Milliseconds for which a sentence stays."""


class Dot(QWidget):
    """A coloured dot; what it means always stands beside it in words."""

    def __init__(self, size: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._color = QColor()
        self.setFixedSize(QSize(size, size))

    def set_color(self, color: QColor) -> None:
        """Show this colour."""
        self._color = color
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color)
        painter.drawEllipse(self.rect())
        painter.end()


class Sentence(ElidedLabel):
    """A sentence that gives way where room is short; the whole of it is its tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        if text != self.text():
            super().setText(text)
            self.setToolTip(text)
            self.setAccessibleName(text)


class StatusBar(QFrame):
    """What the program has to say, always in words."""

    snap_clicked = Signal()
    size_clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusbar")
        self.setAccessibleName("Status")
        self._theme = theme
        self._read_only = ""
        self._failure = ""
        self._warning = ""
        self._sentence = ""
        self._mode = ""
        self._waits = False
        self._dot = Dot(theme.px("layout", "dot"), self)
        self.saved = QLabel(self)
        self.message = Sentence(self)
        self.count = QLabel(self)
        self.place = QLabel(self)
        self.undo = Sentence(self)
        self.snap = QToolButton(self)
        self.size_ = QToolButton(self)
        self._failed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self.say(""))
        self._build()
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._theme = theme
        self._show()

    def set_read_only(self, reason: str) -> None:
        """Say why nothing can be written, "" if it can."""
        self._read_only = reason
        self._show()

    def set_failure(self, why: str) -> None:
        """Say that the last change was not saved and why; "" when all is saved.

        A file that is read-only stays called so: there it is no news that nothing is saved.
        """
        if self._read_only:
            self.say(why)
            return
        if not why and not self._failure:
            return  # as after nearly every edit
        self._failure = why.removeprefix("Not saved: ")
        self._failed.start()
        self._show()

    def forget_failure(self) -> None:
        """All is in order by now; a failure that was there long enough to be read goes."""
        if self._failure and self._failed.hasExpired(SHOWN_FOR):
            self.set_failure("")

    def warn(self, sentence: str) -> None:
        """Say for a while that something went wrong that has nothing to do with saving."""
        self.say("")
        self._warning = sentence
        self._timer.start(2 * SHOWN_FOR)
        self._show()

    def set_waits(self, waits: bool) -> None:  # noqa: FBT001 - Qt sends a signal's values by position
        """Say whether something is typed that will be saved in a moment."""
        if waits != self._waits:
            self._waits = waits
            self._show()

    def set_mode(self, banner: str) -> None:
        """Say what mode the keys are in, "" for none."""
        self._mode = banner
        self._show()

    def say(self, sentence: str) -> None:
        """Say something for a while."""
        if not sentence and not self._sentence and not self._warning:
            return  # nothing to take back, as after nearly every key
        self._sentence, self._warning = sentence, ""
        if sentence:
            self._timer.start(SHOWN_FOR)
        else:
            self._timer.stop()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where a sentence finds no room beside the rest, so much of that gives way as needed."""
        said, layout = self.message.text(), self.layout()
        giving: list[QWidget] = [self.undo, self.count, self.size_, self.snap, self.place]
        for each in giving:
            each.show()
        if not said or layout is None:
            return
        between = layout.spacing()
        parts = [self.saved, self._dot, self.message, *giving]
        needed = sum(each.sizeHint().width() + between for each in parts) + 2 * between
        for each in giving:
            if needed <= self.width():
                break
            each.hide()
            needed -= each.sizeHint().width() + between

    def _build(self) -> None:
        theme = self._theme
        layout = QHBoxLayout(self)
        pad = theme.px("pad", "large")
        layout.setContentsMargins(pad, 0, pad, 0)
        layout.setSpacing(theme.px("pad", "large"))
        state = QHBoxLayout()
        state.setSpacing(theme.px("pad", "tiny") + 1)
        state.addWidget(self._dot)
        state.addWidget(self.saved)
        layout.addLayout(state)
        for label in (self.count, self.place):
            label.setObjectName("dim")
            layout.addWidget(label)
        self.undo.setObjectName("dim")
        layout.addWidget(self.undo, 2)
        layout.addWidget(self.message, 3)
        for button, name, clicked in (
            (self.snap, "Snapping", self.snap_clicked),
            (self.size_, "Text size", self.size_clicked),
        ):
            button.setObjectName("status")
            button.setToolTip(name)
            button.clicked.connect(clicked)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            layout.addWidget(button)
        self.setFixedHeight(theme.px("layout", "status_height"))
        font = theme.font("sans", theme.px("size", "small"))
        for each in (self.saved, self.message, self.count, self.place, self.undo):
            each.setFont(font)
        self.snap.setFont(font)
        self.size_.setFont(font)

    def _show(self) -> None:
        theme = self._theme
        if self._failure:
            words, name, color = "Not saved", "failed", theme.error
        elif self._read_only:
            words, name, color = "Read-only", "readonly", theme.warning
        elif self._waits:
            words, name, color = "Saving …", "dim", theme.text_dim
        else:
            words, name, color = "Saved", "saved", theme.saved
        self._dot.set_color(color)
        _named(self.saved, name).setText(words)
        usual = "Saved when you pause." if self._waits else "Every change is in the file."
        self.saved.setToolTip(self._failure or self._read_only or usual)
        if self._mode:
            said, name = self._mode, "mode"
        elif self._failure:
            said, name = self._failure, "failed"
        elif self._warning:
            said, name = self._warning, "failed"
        elif self._sentence:
            said, name = self._sentence, "dim"
        else:
            said, name = self._read_only, "dim"
        _named(self.message, name).setText(said)
        self.message.setVisible(bool(said))
        self._make_room()
        self.undo.setSizePolicy(
            QSizePolicy.Policy.Maximum if said else QSizePolicy.Policy.Expanding,
            QSizePolicy.Policy.Preferred,
        )


def _named(label: QLabel, name: str) -> QLabel:
    """The label under another object name, so that the style sheet draws it so."""
    if label.objectName() != name:
        label.setObjectName(name)
        label.style().unpolish(label)
        label.style().polish(label)
    return label
