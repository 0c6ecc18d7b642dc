"""The popover of labels: appears in the margin after a selection with the mouse, takes no focus."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QGraphicsDropShadowEffect,
    QSizePolicy,
    QWidget,
)

from annotator.core.tagset import Label, Tagset
from annotator.ui.theme import Theme

_BETWEEN = 8
"""Pixels between labels that stand in a row."""
_BAR = 3
"""Pixels of the label's colour at the left."""


class Entry(QAbstractButton):
    """One label: its dot, its title and its key cap."""

    def __init__(self, label: Label, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = label.key
        self._theme = theme
        self._ink = theme.label_ink(label.color)
        self.setText(label.title or label.name)
        self.setAccessibleName(f"Tag as {self.text()}, key {label.key}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFont(theme.font("sans", theme.px("size", "ui")))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(theme.px("layout", "control_height") - theme.px("pad", "tiny"))
        text = self.fontMetrics().horizontalAdvance(self.text())
        small, tiny = theme.px("pad", "small"), theme.px("pad", "tiny")
        self.setMinimumWidth(_BAR + small + text + small + theme.px("layout", "key_height") + tiny)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse():
            painter.setBrush(theme.pressed if self.isDown() else theme.hover)
            radius = theme.px("radius", "small")
            painter.drawRoundedRect(self.rect(), radius, radius)
        pad, tiny = theme.px("pad", "small"), theme.px("pad", "tiny")
        painter.setBrush(self._ink)
        painter.drawRoundedRect(0, tiny + 2, _BAR, self.height() - 2 * tiny - 4, 1, 1)
        painter.setPen(theme.text)
        area = self.rect().adjusted(_BAR + pad - 1, 0, -tiny, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.text())
        draw_key(painter, theme, self._key, area)
        painter.end()


def draw_key(painter: QPainter, theme: Theme, key: str, area: QRect) -> None:
    """Draw a key cap at the right end of an area."""
    if not key:
        return
    painter.setFont(theme.font("mono", theme.px("size", "key")))
    height = theme.px("layout", "key_height")
    width = max(height, painter.fontMetrics().horizontalAdvance(key) + theme.px("pad", "tiny"))
    cap = QRect(area.right() - width, area.center().y() - height // 2, width, height)
    painter.setPen(theme.border_strong)
    painter.setBrush(theme.key)
    painter.drawRoundedRect(cap.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(theme.key_text)
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)


class LabelPopover(QFrame):
    """The labels of the tag set, to be clicked; the keyboard stays with the text."""

    chosen = Signal(str)
    """A label's name."""

    def __init__(self, tagset: Tagset, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setObjectName("popover")
        self.setAccessibleName("Labels")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._shadow = QGraphicsDropShadowEffect(self)
        self.setGraphicsEffect(self._shadow)
        self.fill(tagset, theme)
        self.hide()

    def fill(self, tagset: Tagset, theme: Theme) -> None:
        """Show these labels in this theme."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        margin = theme.px("pad", "tiny")
        self._rows.setContentsMargins(margin, margin, margin, margin)
        self._rows.setSpacing(0)
        for label in tagset.labels:
            entry = Entry(label, theme, self)
            entry.clicked.connect(lambda _checked=False, name=label.name: self.chosen.emit(name))
            self._rows.addWidget(entry)
        self._shadow.setBlurRadius(2 * theme.px("radius", "popover"))
        self._shadow.setOffset(0, theme.px("pad", "tiny"))
        self._shadow.setColor(QColor(theme.shadow))
        self.adjustSize()

    def show_at(self, place: QRect) -> None:
        """Appear in a free place of the parent (parent's pixels), kept inside it."""
        self._turn(QBoxLayout.Direction.TopToBottom, 0)
        parent = self._room.rect()
        left = min(place.left(), parent.right() - self.width() - 2)
        top = min(place.top(), parent.bottom() - self.height() - 2)
        self._appear(left, top)

    def show_above(self, bottom: int, left: int) -> None:
        """Appear as a row that ends above `bottom` and begins at `left` (parent's pixels)."""
        self._turn(QBoxLayout.Direction.LeftToRight, _BETWEEN)
        right = self._room.width() - self.width() - 2
        self._appear(min(left, right), bottom - self.height())

    def narrowest(self) -> int:
        """The width in pixels that it needs as a column."""
        return (
            max((each.minimumWidth() for each in self.findChildren(Entry)), default=0) + 10
        )  # its margins and border

    def _turn(self, direction: QBoxLayout.Direction, spacing: int) -> None:
        self._rows.setDirection(direction)
        self._rows.setSpacing(spacing)
        self._rows.activate()
        self.adjustSize()

    def _appear(self, left: int, top: int) -> None:
        self.move(QPoint(max(0, left), max(0, top)))
        self.show()
        self.raise_()
