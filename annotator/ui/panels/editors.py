"""What editors of one value have in common, and the lines of text that they are made of."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionFrame,
    QStylePainter,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from annotator.core.edits import Change
from annotator.ui.panels.hints import Cap
from annotator.ui.panels.parts import as_tip, plain_label

Save = Callable[[Any, tuple[Change, ...]], bool]
"""Makes a value durable (None takes it away), together with other changes; whether it did."""
NOT_SAVED = "Not saved; your text is kept."
IDLE = 900
"""Milliseconds without a key after which a note is saved."""
NOTE_LINES = 3, 8
"""Lines that a note is high, at least and at most."""


def titled(name: str) -> str:
    """A name of the tag set as a title."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


class Editor(QWidget):
    """Shows one value and saves what a person makes of it.

    Text that isn't saved yet is pending: `show_value` leaves it alone, `commit` saves it.
    """

    entered = Signal()
    """Enter was pressed, and what was typed is saved."""

    def __init__(self, title: str, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._save = save
        self._cap: Cap | None = None
        self._error = plain_label(name="error", wrap=True)
        self._error.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_value(self, value: Any) -> None:
        """Show the saved value."""
        raise NotImplementedError

    @property
    def pending(self) -> bool:
        """Whether something waits to be saved, or can't be."""
        return False

    def commit(self) -> str:
        """Save what is pending; a sentence about what can't be saved, "" for nothing."""
        return ""

    def discard(self) -> None:
        """Forget what is pending."""

    def set_writable(self, *, writable: bool) -> None:
        """Let people change the value, or not."""
        self.setEnabled(writable)

    def stops(self) -> list[QWidget]:
        """The widgets that Tab goes to, in order."""
        return []

    def typed_in(self) -> QWidget | None:
        """The widget that the keyboard goes to for a value that is typed."""
        return None

    def begin(self) -> None:
        """Take the keyboard by a letter: offer at once what there is to choose."""

    def show_letters(self, letters: Mapping[str, str]) -> None:
        """Show the letters that fill in: of each value, and of the editor itself as ""."""
        if self._cap is None and (line := self.typed_in()) is not None:
            self._cap = Cap(line)
        if self._cap is not None:
            self._cap.show_letter(letters.get("", ""))

    @property
    def problem(self) -> str:
        """What the editor says is wrong, "" for nothing."""
        return self._error.text()

    def _on_entered(self) -> None:
        if not self.commit():
            self.entered.emit()

    def _place(self, *widgets: QWidget) -> None:
        """Put widgets below each other, the sentence about an error last."""
        for widget in (*widgets, self._error):
            self._column.addWidget(widget)

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong, below the value; "" takes it back."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        for stop in self.stops():
            stop.setAccessibleDescription(sentence)


def _is_undo(event: QEvent) -> bool:
    """Whether this is the key of undo or redo, or the question whose key it shall be."""
    kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
    keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    return (
        event.type() in kinds
        and isinstance(event, QKeyEvent)
        and any(event.matches(key) for key in keys)
    )


def _is_ctrl_enter(event: QEvent) -> bool:
    """Whether this is Ctrl+Enter, which ends a note: Enter alone begins another line of it."""
    return (
        isinstance(event, QKeyEvent)
        and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    )


class Line(QLineEdit):
    """A line of text that knows what is saved of it.

    Undo and redo are its own while something is pending, else the program's. Text that is wider
    than the line ends in an ellipsis while the keyboard is elsewhere; its tooltip has all of it.
    """

    def __init__(self, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible)
        self.setMinimumWidth(1)
        self._saved = ""
        self._shown = ""
        """The saved text as the widget gives it back: without line ends, say."""

    @property
    def pending(self) -> bool:
        """Whether the text isn't what is saved."""
        return self.text() not in (self._shown, self._saved)

    def show_saved(self, text: str) -> None:
        """Show what is saved now; pending text and the cursor stay."""
        pending, self._saved = self.pending, text
        if not pending:
            self._put(text)

    def accept_saved(self, text: str) -> None:
        """What was pending is saved, as this text."""
        self._saved = text
        self._put(text)

    def discard(self) -> None:
        """Show what is saved, whatever is pending."""
        self._put(self._saved)

    def event(self, event: QEvent) -> bool:
        if not self.pending and _is_undo(event):
            event.ignore()
            return False
        if isinstance(event, QHelpEvent) and self._overflows:
            QToolTip.showText(event.globalPos(), as_tip(self.text()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus() or not self._overflows:
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, QPalette.ColorRole.Text))
        area, mode = self._room, Qt.TextElideMode.ElideRight
        words = self.fontMetrics().elidedText(self.text(), mode, area.width())
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, start, words)
        painter.end()

    @property
    def _room(self) -> QRect:
        """Where the text stands, in pixels of the widget."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        element = QStyle.SubElement.SE_LineEditContents
        return QRect(self.style().subElementRect(element, option, self)).adjusted(2, 0, -2, 0)

    @property
    def _overflows(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self._room.width()

    def _put(self, text: str) -> None:
        if text != self.text():
            cursor = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(cursor if self.hasFocus() else 0)
        self._shown = self.text()


class NoteEdit(QPlainTextEdit):
    """A note, high as its text within `lines`; saved when left and after a rest of the keys."""

    entered = Signal()
    """Ctrl+Enter was pressed, and the note is saved."""
    waits = Signal(bool)
    """Whether what is typed waits to be saved."""

    def __init__(
        self,
        save: Callable[[str], bool],
        parent: QWidget | None = None,
        *,
        lines: tuple[int, int] = NOTE_LINES,
    ) -> None:
        super().__init__(parent)
        self._save = save
        self._lines = lines
        self._saved = ""
        self._shown = ""
        """The saved text as the widget gives it back: without non-breaking spaces, say."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(IDLE)
        self._timer.timeout.connect(self.commit)
        self.setObjectName("field")
        self.setAccessibleName("Note")
        self.setTabChangesFocus(True)
        self.setMinimumWidth(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._on_typed)
        self._cap = Cap(self)
        self._fit()

    @property
    def pending(self) -> bool:
        """Whether the text isn't what is saved."""
        return self.toPlainText() not in (self._shown, self._saved)

    def show_saved(self, text: str) -> None:
        """Show what is saved now; pending text and the cursor stay."""
        pending, self._saved = self.pending, text
        if not pending:
            self._put(text)

    def commit(self) -> str:
        """Save what is pending; a sentence about what can't be saved, "" for nothing."""
        self._timer.stop()
        if not self.pending:
            return ""
        text = self.toPlainText()
        if self._save(text):
            self._saved = self._shown = text
            self.waits.emit(self.pending)
            return ""
        return f"“{text}” could not be saved."

    def discard(self) -> None:
        """Show what is saved, whatever is pending."""
        self._put(self._saved)

    def show_letter(self, letter: str) -> None:
        """Show the letter that puts the keyboard here, "" shows none."""
        self._cap.show_letter(letter)

    def event(self, event: QEvent) -> bool:
        if not self.pending and _is_undo(event):
            event.ignore()
            return False
        if event.type() == QEvent.Type.ShortcutOverride and _is_ctrl_enter(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _is_ctrl_enter(event):
            super().keyPressEvent(event)
        elif not self.commit():
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the text, within bounds; the layout counts its height in lines."""
        least, most = self._lines
        lines = min(max(int(self.document().size().height()), least), most)
        frame = max(self.height() - self.viewport().height(), 2 * self.frameWidth())
        margin = 2 * int(self.document().documentMargin())
        height = lines * self.fontMetrics().lineSpacing() + frame + margin
        if self.isVisible() and height != self.height():
            self.setFixedHeight(height)

    def _on_typed(self) -> None:
        self._fit()
        self.waits.emit(self.pending)
        if self.pending:
            self._timer.start()

    def _put(self, text: str) -> None:
        if text != self.toPlainText():
            place = self.textCursor().position()
            self._shown = text
            self.setPlainText(text)
            cursor = QTextCursor(self.document())
            cursor.setPosition(min(place, self.document().characterCount() - 1))
            self.setTextCursor(cursor)
        self._shown = self.toPlainText()
        self._timer.stop()


def row_title(text: str) -> QLabel:
    """The title that stands left of an editor."""
    title = plain_label(text, "dim", wrap=True)
    title.setContentsMargins(0, 5, 0, 0)  # its text stands level with that of a control
    return title
