"""A card for each version of a conflict: its number and lane, its words, what differs, who."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QLineF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from annotator.core.tagset import Pattern
from annotator.ui.panels.parts import plain_label
from annotator.ui.panels.signs import DASHES
from annotator.ui.review.differences import Piece, Told
from annotator.ui.theme import Theme

_LONG = 600
"""Code points of a quotation that a card shows; its middle is left out."""


class LaneSample(QWidget):
    """A short piece of the lane that a version has in the text."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._ink: QColor = theme.text
        self._pattern: Pattern = "solid"
        self.setFixedSize(QSize(5 * theme.px("layout", "dot"), theme.px("layout", "dot")))

    def show_lane(self, ink: QColor, pattern: Pattern) -> None:
        """Be a lane in this colour and pattern."""
        self._ink, self._pattern = ink, pattern
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle, width = self.height() / 2, float(self.width())
        pen = QPen(self._ink, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if self._pattern in DASHES:
            pen.setDashPattern(DASHES[self._pattern])
        painter.setPen(pen)
        if self._pattern == "double":
            painter.setPen(QPen(self._ink, 1.0))
            painter.drawLine(QLineF(0, middle - 1.5, width, middle - 1.5))
            painter.drawLine(QLineF(0, middle + 1.5, width, middle + 1.5))
        elif self._pattern == "wave":
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._ink, 1.2))
            step, up = 3.0, -1.5
            for number in range(int(width / step)):
                left = number * step
                painter.drawLine(QLineF(left, middle - up, left + step, middle + up))
                up = -up
        else:
            painter.drawLine(QLineF(0, middle, width, middle))
        painter.end()


class VersionCard(QFrame):
    """Shows one version; a click previews it, a double click or Enter takes it."""

    previewed = Signal(int)
    taken = Signal(int)

    def __init__(self, number: int, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.number = number
        self._theme = theme
        self.setObjectName("version")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._word = plain_label("Version", "strong")
        self._key = plain_label(str(number + 1), "keycap")
        self._lane = LaneSample(theme, self)
        self._title = QLabel(self)
        self._quotes = self._rich()
        self._lines = self._rich()
        self._givers = plain_label(name="dim", wrap=True)
        self._build()

    def show_version(self, told: Told, *, ink: QColor, pattern: Pattern, by: str) -> None:
        """Show this version; `by` is who gave it, or how many."""
        self._lane.show_lane(ink, pattern)
        self._lane.setVisible(bool(told.label or told.lines))
        title = escape(told.title)
        self._title.setText(f"<u>{title}</u>" if told.relabelled else title)
        self._title.setStyleSheet(f"color: {ink.name()};")
        quotes = "<br>".join(_quotation(each) for each in told.quotations)
        self._quotes.setText(quotes)
        self._quotes.setVisible(bool(quotes))
        lines = "<br>".join(
            f"{escape(each.title)}: {_differing(escape(each.value), differs=each.differs)}"
            for each in told.lines
        )
        self._lines.setText(lines)
        self._lines.setVisible(bool(lines))
        self._givers.setText(by)
        self._givers.setVisible(bool(by))
        self.setAccessibleName(f"Version {self.number + 1}, {told.spoken}")
        self.setAccessibleDescription(f"{by}. Enter takes it" if by else "Enter takes it")

    def set_previewed(self, *, previewed: bool) -> None:
        """Be the one that the text shows, or not."""
        if self.property("previewed") != previewed:
            self.setProperty("previewed", previewed)
            self.style().unpolish(self)
            self.style().polish(self)
        self._word.setText("Version")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.previewed.emit(self.number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.taken.emit(self.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(self.number)
        elif event.key() == Qt.Key.Key_Space:
            self.previewed.emit(self.number)
        else:
            super().keyPressEvent(event)

    def _rich(self) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setMinimumWidth(1)
        return label

    def _build(self) -> None:
        theme = self._theme
        small, medium = theme.px("pad", "small"), theme.px("pad", "medium")
        self._key.setFont(theme.font("mono", theme.px("size", "key")))
        self._title.setTextFormat(Qt.TextFormat.RichText)
        self._title.setFont(theme.font("sans", theme.px("size", "ui"), strong=True))
        self._title.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._quotes.setFont(theme.font("serif", theme.px("size", "quote")))
        self._lines.setObjectName("dim")
        head = QHBoxLayout()
        head.setSpacing(small)
        for widget in (self._word, self._key, self._lane):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._title, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(medium, small, medium, small)
        rows.setSpacing(theme.px("pad", "tiny"))
        rows.addLayout(head)
        for label in (self._quotes, self._lines, self._givers):
            rows.addWidget(label)


def _quotation(pieces: Sequence[Piece]) -> str:
    words = "".join(each.text for each in pieces)
    if len(words) > _LONG:
        half = _LONG // 2
        return f"{escape(words[:half])} … {escape(words[-half:])}"
    return "".join(_differing(escape(each.text), differs=each.differs) for each in pieces)


def _differing(words: str, *, differs: bool) -> str:
    return f"<u><b>{words}</b></u>" if differs else words
