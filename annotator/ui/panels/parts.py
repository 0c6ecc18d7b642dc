"""Small drawn parts of panels: elided words, a quotation, a label's sign, a button with its key."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextLayout,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from annotator.core.tagset import Label, Pattern
from annotator.ui.popover import draw_key
from annotator.ui.theme import Theme

ELLIPSIS = " … "
QUOTE_LINES = 3
_LONGEST_QUOTE = 1_000
"""Code points of a quotation that are looked at; what is between is never shown anyway."""
_DASHES = {"dash": [3.0, 1.5], "dot": [1.0, 1.0], "dashdot": [3.0, 1.0, 1.0, 1.0]}
"""Pens of the lane patterns, in widths of the line, small enough to be told apart in a sign."""


def plain_label(text: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """A label that takes its text as it is; `name` is the object name that its look goes by."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setObjectName(name)
    if wrap:
        label.setMinimumWidth(1)
    return label


class ElidedLabel(QLabel):
    """One line of text that is shortened to its room; `name` is the object name of its look."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_text(painter)
        painter.end()

    def _paint_text(self, painter: QPainter) -> None:
        mode, area = Qt.TextElideMode.ElideRight, self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), mode, area.width())
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, start, words)


class InkHeading(ElidedLabel):
    """A heading in small capitals in a colour of its own, such as a label's ink."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_look(theme, theme.text_dim)

    def set_look(self, theme: Theme, ink: QColor) -> None:
        """Draw in this theme and colour from now on."""
        self.setFont(theme.heading_font())
        self._ink = ink
        self.update()

    def _paint_text(self, painter: QPainter) -> None:
        painter.setPen(self._ink)
        super()._paint_text(painter)


class ElidedButton(QPushButton):
    """A button of one line or two, its text shortened to its room; a tooltip has all of it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAutoDefault(True)  # or Enter does nothing outside of dialogs
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._words = ""
        self._lines: list[str] = []

    @property
    def words(self) -> str:
        """The whole text."""
        return self._words

    def set_words(self, words: str, *, named: str = "") -> None:
        """Show this text; `named` is what a screen reader says instead."""
        self.setAccessibleName(named or words)
        if words != self._words:
            self._words = words
            self.setToolTip(as_tip(words))
            self._arrange()

    def sizeHint(self) -> QSize:
        frame = super().sizeHint().height() - self.fontMetrics().height()
        lines = max(len(self._lines), 1)
        return QSize(1, frame + lines * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        enabled = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(enabled, QPalette.ColorRole.ButtonText))
        area, height = self._contents(), self.fontMetrics().height()
        area.setTop(area.center().y() - len(self._lines) * height // 2)
        for line in self._lines:
            area.setHeight(height)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeading, line)
            area.translate(0, height)
        painter.end()

    def _contents(self) -> QRect:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        element = QStyle.SubElement.SE_PushButtonContents
        return QRect(self.style().subElementRect(element, option, self))

    def _arrange(self) -> None:
        before, self._lines = (
            len(self._lines),
            two_lines(self._words, self.fontMetrics(), self._contents().width()),
        )
        if len(self._lines) != before:
            self.updateGeometry()
        self.update()


class KeyButton(QPushButton):
    """A button with a key cap behind its text; `name` is the object name that its look goes by."""

    def __init__(
        self, text: str, key: str, theme: Theme, *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setAutoDefault(True)
        self._key = key
        self._shows_key = bool(key)
        self._theme = theme
        self.set_words(text)

    def set_words(self, text: str) -> None:
        """Show this text; a screen reader names the key with it."""
        self.setText(text)
        self.setAccessibleName(f"{text}, {self._key}" if self._key else text)
        self.setToolTip(self.accessibleName())

    def show_key(self, *, shown: bool) -> None:
        """Show the key cap where there is room for it, or not."""
        if self._shows_key != (shown and bool(self._key)):
            self._shows_key = shown and bool(self._key)
            self.updateGeometry()
            self.update()

    def wide_hint(self, *, with_key: bool) -> int:
        """Pixels that the button needs, with or without its key cap."""
        return super().sizeHint().width() + (self._cap_room() if with_key else 0)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self.wide_hint(with_key=self._shows_key), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        room = self._cap_room() if self._shows_key else 0
        text = QFontMetrics(self.font()).horizontalAdvance(self.text())
        slack = (self.width() - text - room) // 2
        whole = QRect(self.rect())
        option.rect = whole.adjusted(0, 0, -room, 0)  # type: ignore[attr-defined]
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        if self._shows_key:
            draw_key(painter, self._theme, self._key, whole.adjusted(0, 0, -slack, 0))
        painter.end()

    def _cap_room(self) -> int:
        """Pixels that the key cap takes, with the gap before it."""
        if not self._key:
            return 0
        theme = self._theme
        metrics = QFontMetrics(theme.font("mono", theme.px("size", "key")))
        small = theme.px("pad", "small")
        cap = max(theme.px("layout", "key_height"), metrics.horizontalAdvance(self._key) + small)
        return cap + small


class Combo(QComboBox):
    """A choice with a quiet arrow, that the wheel passes by: scrolling a panel changes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choice")
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        middle = QPointF(self.width() - 14.5, self.height() / 2)
        arrow = [middle + QPointF(x, y) for x, y in ((-4, -2), (0, 2), (4, -2))]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.5))
        painter.drawPolyline(arrow)
        painter.end()


class Check(QCheckBox):
    """A check box whose tick shows on every theme's accent; its box is the style sheet's."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setObjectName("check")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        element = QStyle.SubElement.SE_CheckBoxIndicator
        box = QRectF(self.style().subElementRect(element, option, self))
        tick = [
            box.topLeft() + QPointF(x * box.width(), y * box.height())
            for x, y in ((0.25, 0.52), (0.43, 0.7), (0.76, 0.32))
        ]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Base), 1.8))
        painter.drawPolyline(tick)
        painter.end()


class LabelSign(QWidget):
    """A label's sign: a square in its ink, and its lane pattern below, so not by colour alone."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = theme.text_dim
        self._pattern: Pattern = "solid"
        dot = theme.px("layout", "dot")
        self.setFixedSize(2 * dot, 2 * dot)

    def set_label(self, label: Label | None, theme: Theme) -> None:
        """Be the sign of this label; None is one that the tag set lacks."""
        self._ink = theme.label_ink(label.color) if label else theme.text_dim
        self._pattern = label.pattern if label else "solid"
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_sign(painter, QRectF(self.rect()), self._ink, self._pattern)
        painter.end()


def draw_sign(painter: QPainter, area: QRectF, ink: QColor, pattern: Pattern) -> None:
    """Draw a label's sign into a square of pixels: a square, and its lane pattern below."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    unit = area.width() / 16
    square = QRectF(area.left() + 3.5 * unit, area.top() + unit, 9 * unit, 9 * unit)
    painter.drawRoundedRect(square, 2 * unit, 2 * unit)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(ink, 2 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    left, right, y = area.left(), area.right(), area.top() + 13 * unit
    if pattern == "wave":
        painter.setPen(QPen(ink, 1.5 * unit))
        painter.drawPath(_wave(left, right, y, 1.5 * unit))
    elif pattern == "double":
        painter.setPen(QPen(ink, unit))
        for shift in (-unit, unit):
            painter.drawLine(left, y + shift, right, y + shift)
    else:
        if pattern in _DASHES:
            pen.setDashPattern(_DASHES[pattern])
        painter.setPen(pen)
        painter.drawLine(left, y, right, y)
    painter.restore()


def _wave(left: float, right: float, y: float, height: float) -> QPainterPath:
    path = QPainterPath()
    path.moveTo(left, y)
    step, up = (right - left) / 4, True
    for number in range(4):
        start = left + number * step
        path.quadTo(start + step / 2, y + (-2 if up else 2) * height, start + step, y)
        up = not up
    return path


def two_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The text on one line of `width` pixels, or on two, the second one elided."""
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    words = text.split(" ")
    first = words[0]
    for count in range(2, len(words)):
        if metrics.horizontalAdvance(" ".join(words[:count])) > width:
            break
        first = " ".join(words[:count])
    rest = text[len(first) + 1 :]
    if not rest or metrics.horizontalAdvance(first) > width:
        return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]
    return [first, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]


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


def as_tip(text: str) -> str:
    """A text as a tooltip that wraps, whatever signs it has."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<qt>{escaped}</qt>" if text else ""
