"""The popover of labels: appears in the margin after a selection with the mouse, takes no focus."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGraphicsDropShadowEffect,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.core.tagset import Label, Tagset
from annotator.ui.theme import Theme

_BETWEEN = 8
"""Pixels between labels that stand in a row."""
_BAR = 3
"""Pixels of the label's colour at the left."""
_LONGEST, _LEAST = 26, 12
"""Letters of a title that are shown at most, and those that it keeps where room is short."""
FEW = 9
"""Labels that keys reach; where there are more, one can also be found by its name."""
BY_NAME = "T"


class Entry(QAbstractButton):
    """One label: its colour, its title and its key cap; or, without a label, the way to all."""

    def __init__(self, label: Label | None, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = label.key if label else BY_NAME
        self._theme = theme
        self._ink = theme.label_ink(label.color) if label else theme.text_dim
        self.setText(label.title or label.name if label else "By name…")
        named = f"Tag as {self.text()}" if label else "Tag by name"
        self.setAccessibleName(f"{named}, key {self._key}" if self._key else named)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFont(theme.font("sans", theme.px("size", "ui")))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(theme.px("layout", "control_height") - theme.px("pad", "tiny"))
        letter, text = self.fontMetrics().averageCharWidth(), self.text()
        small, tiny = theme.px("pad", "small"), theme.px("pad", "tiny")
        around = _BAR + 2 * small + theme.px("layout", "key_height") + tiny
        words = self.fontMetrics().horizontalAdvance(text)
        self.setMinimumWidth(around + min(words, letter * _LEAST))
        self._wish = around + min(words, letter * _LONGEST)

    def sizeHint(self) -> QSize:
        return QSize(self._wish, self.minimumHeight())

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
        cap = theme.px("layout", "key_height") if self._key else 0
        width = area.width() - cap - tiny
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)
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
    """The labels of the tag set, to be clicked; the keyboard stays with the text.

    Many labels stand in several columns, and scroll where these find no room.
    """

    chosen = Signal(str)
    """A label's name."""
    by_name_asked = Signal()
    """A label is to be found by its name."""

    def __init__(self, tagset: Tagset, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self._tagset = tagset
        self._theme = theme
        self._entries: list[Entry] = []
        self._by_name: Entry | None = None
        self._used: list[str] = []
        """The labels used so far, by name, the last one first."""
        self.setObjectName("popover")
        self.setAccessibleName("Labels")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area = QScrollArea(self)
        self._page = QWidget(self)
        self._page.setObjectName("page")
        self._grid = QGridLayout(self._page)
        self._rows = QVBoxLayout(self)
        self._shadow = QGraphicsDropShadowEffect(self)
        self._build()

    def fill(self, tagset: Tagset, theme: Theme) -> None:
        """Show these labels in this theme; they are made when the popover next appears."""
        self._tagset, self._theme = tagset, theme
        for each in (*self._entries, self._by_name):
            if each is not None:
                each.hide()
                each.deleteLater()
        self._entries, self._by_name = [], None
        self.hide()

    def used(self, label: str) -> None:
        """Where not all labels find room, this one goes before those that were used earlier."""
        self._used = [label, *(each for each in self._used if each != label)]

    def show_at(self, place: QRect) -> None:
        """Appear in a free place of the parent (parent's pixels), kept inside it."""
        entries = self._made()
        parent, high = self._room.rect(), entries[0].minimumHeight() if entries else 1
        around = 2 * self._margin() + (high if self._shows_name() else 0)
        fitting = max(1, (parent.height() - around - 4) // high)
        columns = max(1, min(place.width() // self.narrowest(), -(-len(entries) // fitting)))
        rows = -(-len(entries) // columns)
        self._arrange(entries, rows, by_name=self._shows_name())
        bar = self._area.verticalScrollBar().sizeHint().width() if rows > fitting else 0
        size = self._size(min(rows, fitting) * high)
        least = max(place.width(), self.narrowest() + bar)
        size.setWidth(min(size.width() + bar, least))
        self._appear(size, min(place.left(), parent.right() - size.width() - 2), place.top())

    def show_above(self, bottom: int, left: int) -> None:
        """Appear as a row that ends above `bottom` and begins at `left` (parent's pixels).

        Those labels are shown that find room, the ones used last before others.
        """
        entries = self._made()
        shown = self._fitting(entries, self._room.width() - 4 * self._margin())
        all_ = len(shown) == len(entries)
        if not all_ and self._by_name is not None:
            room = self._by_name.sizeHint().width() + _BETWEEN + 4 * self._margin()
            shown = self._fitting(entries, self._room.width() - room)
        self._arrange(shown, 1, by_name=not all_ or self._shows_name())
        size = self._size(shown[0].minimumHeight() if shown else 0)
        right = self._room.width() - size.width() - 2
        self._appear(size, min(left, right), bottom - size.height())

    def narrowest(self) -> int:
        """The width in pixels that it needs as a column."""
        widest = max((each.minimumWidth() for each in self._made()), default=0)
        return widest + 2 * self._margin() + 2  # its border

    def _build(self) -> None:
        self._area.setWidget(self._page)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self._area, 1)
        self._rows.setSpacing(0)
        self.setGraphicsEffect(self._shadow)
        self.hide()

    def _made(self) -> list[Entry]:
        """The entries, made where they aren't yet."""
        if self._by_name is None:
            theme = self._theme
            for label in self._tagset.labels:
                entry = Entry(label, theme, self._page)
                entry.clicked.connect(
                    lambda _checked=False, name=label.name: self.chosen.emit(name)
                )
                self._entries.append(entry)
            self._by_name = Entry(None, theme, self)
            self._by_name.clicked.connect(self._on_by_name)
            margin = self._margin()
            self._rows.setContentsMargins(margin, margin, margin, margin)
            self._shadow.setBlurRadius(2 * theme.px("radius", "popover"))
            self._shadow.setOffset(0, theme.px("pad", "tiny"))
            self._shadow.setColor(QColor(theme.shadow))
        return self._entries

    def _arrange(self, shown: list[Entry], rows: int, *, by_name: bool) -> None:
        """Put entries into a grid, column by column; in a single row "by name" comes last."""
        single = rows == 1
        for each in self._entries:
            self._grid.removeWidget(each)
            each.setVisible(each in shown)
        for place, each in enumerate(shown):
            self._grid.addWidget(each, place % max(rows, 1), place // max(rows, 1))
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._grid.setVerticalSpacing(0)
        assert self._by_name is not None
        self._rows.removeWidget(self._by_name)
        self._grid.removeWidget(self._by_name)
        if single:
            self._grid.addWidget(self._by_name, 0, len(shown))
        else:
            self._rows.addWidget(self._by_name)
        self._by_name.setVisible(by_name)  # last, for it may have another parent now

    def _size(self, inner: int) -> QSize:
        """The size that the arranged entries need, the scrolled part being so many pixels high."""
        margin = self._margin()
        self._grid.activate()
        width = self._grid.sizeHint().width() + 2 * margin + 2
        name = 0
        if self._by_name is not None and self._rows.indexOf(self._by_name) >= 0:
            name = self._by_name.minimumHeight() if self._shows_name() else 0
        return QSize(width, inner + name + 2 * margin + 2)

    def _fitting(self, entries: list[Entry], room: int) -> list[Entry]:
        """As many entries as find room in a row of so many pixels, those used last at any rate."""
        names = [label.name for label in self._tagset.labels]
        lately = {name: place for place, name in enumerate(self._used)}
        ranks = {
            each: lately.get(name, len(lately)) for each, name in zip(entries, names, strict=True)
        }
        found: set[Entry] = set()
        for each in sorted(entries, key=ranks.__getitem__):
            room -= each.sizeHint().width() + _BETWEEN
            if room < 0:
                break
            found.add(each)
        return [each for each in entries if each in found]

    def _shows_name(self) -> bool:
        return len(self._entries) > FEW

    def _margin(self) -> int:
        return self._theme.px("pad", "tiny")

    def _on_by_name(self) -> None:
        self.hide()
        self.by_name_asked.emit()

    def _appear(self, size: QSize, left: int, top: int) -> None:
        self.resize(size)
        top = min(top, self._room.rect().bottom() - size.height() - 2)
        self.move(QPoint(max(0, left), max(0, top)))
        self._area.verticalScrollBar().setValue(0)
        self.show()
        self.raise_()
