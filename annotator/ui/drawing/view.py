"""A drawing on the screen: arrows and mouse go about in it, Enter opens, its words are read out."""

from PySide6 import QtGui
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from annotator.ui.drawing.drawing import Drawing, Mark
from annotator.ui.panels.parts import as_tip, draw_focus
from annotator.ui.theme import Theme

_WAYS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
_ASIDE = 3
"""How much more it counts that a mark lies aside of the way than that it is far."""


class DrawingView(QWidget):
    """Shows a drawing, and which of its marks one is at."""

    opened = Signal(object)
    """A person wants more of a mark: what it opens."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.drawing: Drawing | None = None
        self.marks: tuple[Mark, ...] = ()
        self.current = 0
        self._drawn = QSize()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_drawing(self, drawing: Drawing) -> None:
        """Show this one; the current mark stays the same by its number."""
        self.drawing = drawing
        self.setAccessibleName(drawing.title)
        self._drawn = QSize()
        self._measure()
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._theme = theme
        self._drawn = QSize()
        self._measure()
        self.update()

    def go_to(self, number: int) -> None:
        """Be at a mark, by its number."""
        if 0 <= number < len(self.marks):
            self.current = number
            self._tell()
            self.update()

    def sizeHint(self) -> QSize:
        found = self.drawing.size(self._theme) if self.drawing is not None else QSizeF(1, 1)
        return found.toSize()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._draw(painter)
        if self.hasFocus() and self.current < len(self.marks):
            area = self.marks[self.current].area.toAlignedRect().adjusted(-2, -2, 2, 2)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            draw_focus(painter, self._theme, area)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _WAYS.get(Qt.Key(event.key()))
        if way is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(way)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if event.key() == Qt.Key.Key_Home else len(self.marks) - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        found = self._at(event.position())
        if found is not None:
            self.go_to(found)
            self._open()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._at(QPointF(event.pos()))
            words = as_tip(self.marks[found].words) if found is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _measure(self) -> None:
        """Know the marks before they are drawn: the keyboard may be sooner than the screen."""
        if self.drawing is None:
            return
        image = QtGui.QImage(1, 1, QtGui.QImage.Format.Format_ARGB32)
        painter = QPainter(image)
        self._draw(painter)
        painter.end()
        self.current = min(self.current, max(0, len(self.marks) - 1))
        self._tell()

    def _draw(self, painter: QPainter) -> None:
        if self.drawing is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.marks = self.drawing.draw(painter, QRectF(self.rect()), self._theme)

    def _at(self, point: QPointF) -> int | None:
        inside = [number for number, each in enumerate(self.marks) if each.area.contains(point)]
        return inside[-1] if inside else None

    def _step(self, way: QPointF) -> None:
        """Go to the nearest mark that lies this way."""
        if not self.marks:
            return
        here = self.marks[self.current].area.center()
        found: dict[int, float] = {}
        for number, each in enumerate(self.marks):
            apart = each.area.center() - here
            along = apart.x() * way.x() + apart.y() * way.y()
            aside = abs(apart.x() * way.y()) + abs(apart.y() * way.x())
            if along > 1 and (aside < along or aside < each.area.height()):
                found[number] = along + _ASIDE * aside
        if found:
            self.go_to(min(found, key=lambda each: found[each]))

    def _open(self) -> None:
        opens = self.marks[self.current].opens if self.current < len(self.marks) else None
        if opens is not None:
            self.opened.emit(opens)

    def _tell(self) -> None:
        """Say what the current mark says, where somebody listens."""
        words = self.marks[self.current].words if self.current < len(self.marks) else ""
        self.setAccessibleDescription(words)
        # Qt has announcements from 6.8 on; before, the description alone tells.
        event = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
        if words and event is not None and self.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(event(self, words))
