"""Small drawn parts of panels: elided words, buttons, a choice, a check box."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
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
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from annotator.ui.reading.popover import draw_key
from annotator.ui.theme import Theme


def plain_label(text: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """A label that takes its text as it is; `name` is the object name that its look goes by."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setObjectName(name)
    if wrap:
        label.setMinimumWidth(1)
    return label


@contextmanager
def laid_out_once(*parts: QWidget) -> Iterator[None]:
    """Lay the inside of these widgets out once after all was shown and hidden there.

    Qt does it after each widget that is shown, with all that is around it.
    """
    layouts = [layout for each in parts if (layout := each.layout()) is not None]
    for layout in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in layouts:
            layout.setEnabled(True)
        for layout in layouts:
            layout.activate()  # Qt would wait for its events, and the keyboard goes there at once


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
        option.rect = whole.adjusted(0, 0, -room, 0)
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

    stepped = Signal()
    """A key went on to another value of the closed list; more may follow."""
    settled = Signal()
    """A value was chosen from the list, or Enter was pressed, or the keyboard has gone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choice")
        self._stepping = False
        self.activated.connect(self._on_activated)
        self.setMinimumContentsLength(3)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.settled.emit()
        self._stepping = True
        super().keyPressEvent(event)
        self._stepping = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settled.emit()

    def _on_activated(self) -> None:
        (self.stepped if self._stepping else self.settled).emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        control = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(control, option, field, self).width()
        words = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room - 4
        )
        option.currentText = words
        styled = QStylePainter(self)
        styled.drawComplexControl(control, option)
        styled.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        styled.end()
        self.setToolTip(as_tip(self.currentText()) if words != self.currentText() else "")
        middle = QPointF(self.width() - 14.5, self.height() / 2)
        arrow = [middle + QPointF(x, y) for x, y in ((-4, -2), (0, 2), (4, -2))]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 1.5))
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
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_tick(painter, box, self.palette().color(QPalette.ColorRole.Base))
        painter.end()


def draw_focus(painter: QPainter, theme: Theme, area: QRect) -> None:
    """Draw the frame of the row that has the keyboard."""
    painter.setPen(theme.focus)
    for inset in range(theme.px("border", "focus")):
        painter.drawRect(area.adjusted(inset, inset, -inset - 1, -inset - 1))


def draw_tick(painter: QPainter, box: QRectF, color: QColor) -> None:
    """Draw a tick into a box of pixels."""
    points = ((0.25, 0.52), (0.43, 0.7), (0.76, 0.32))
    painter.setPen(QPen(color, 1.8))
    painter.drawPolyline(
        [box.topLeft() + QPointF(x * box.width(), y * box.height()) for x, y in points]
    )


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


def as_tip(text: str) -> str:
    """A text as a tooltip that wraps, whatever signs it has."""
    return f"<qt>{escape(text, quote=False)}</qt>" if text else ""
