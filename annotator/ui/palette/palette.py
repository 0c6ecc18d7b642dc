"""The command palette: one line to type in, and what fits it below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from annotator.ui.keys.press import press
from annotator.ui.palette.offers import (
    SIGNS,
    Offer,
    articles,
    commands,
    labels,
    likeness,
    ranked,
    split,
)
from annotator.ui.panels.parts import plain_label
from annotator.ui.panels.signs import draw_sign
from annotator.ui.reading.popover import draw_key

if TYPE_CHECKING:
    from annotator.ui.window import Window

SEARCH_DELAY = 60
"""Milliseconds of rest before articles are looked for."""
LEAST_LETTERS = 3
"""Letters typed from which articles are looked for without being asked for by their sign."""
_ROWS = 12
"""Rows seen at once, where there is room."""
_LETTERS = 84
"""Width, in letters."""
OfferRole = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class OfferModel(QAbstractListModel):
    """The offers in their order; one that isn't possible now can be looked at, not chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.offers: list[Offer] = []

    def show(self, offers: list[Offer]) -> None:
        """Be these offers."""
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        offer = self.offers[index.row()]
        if role == OfferRole:
            return offer
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(offer)
        return None


def spoken(offer: Offer) -> str:
    """What a screen reader says of an offer."""
    key = f"key {offer.key}" if offer.key else ""
    cannot = "" if offer.enabled else "not possible now"
    return ", ".join(part for part in (offer.text, offer.about, key, cannot) if part)


class OfferDelegate(QStyledItemDelegate):
    """Draws a row: the label's sign, the text, where it belongs, and the key."""

    def __init__(self, window: "Window", parent: QObject) -> None:
        super().__init__(parent)
        self._window = window

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._window.theme.px("layout", "control_height"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, area = self._window.theme, QRect(option.rect)
        offer: Offer = index.data(OfferRole)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.selected_row)
            mark = QSize(theme.px("layout", "row_mark"), area.height())
            painter.fillRect(QRect(area.topLeft(), mark), theme.accent)
        pad = theme.px("pad", "medium")
        area.adjust(pad, 0, -pad, 0)
        if offer.label:
            area = self._sign(painter, area, offer.label)
        draw_key(painter, theme, offer.key, area)
        if offer.key:
            area.adjust(0, 0, -self._key_room(offer.key), 0)
        self._words(painter, area, offer)
        painter.restore()

    def _sign(self, painter: QPainter, area: QRect, name: str) -> QRect:
        theme, bench = self._window.theme, self._window.bench
        label = bench.hub.tagset.label(name) if bench is not None else None
        if label is None:
            return area
        size = 2 * theme.px("layout", "dot")
        box = QRectF(area.left(), area.center().y() - size / 2 + 1, size, size)
        draw_sign(painter, box, theme.label_ink(label.color), label.pattern)
        return area.adjusted(size + theme.px("pad", "small"), 0, 0, 0)

    def _words(self, painter: QPainter, area: QRect, offer: Offer) -> None:
        theme = self._window.theme
        small, usual = (theme.font("sans", theme.px("size", name)) for name in ("small", "ui"))
        end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
        painter.setFont(small)
        painter.setPen(theme.text_dim if offer.enabled else theme.text_disabled)
        about = "" if offer.enabled else "not now"
        about = " · ".join(part for part in (offer.about, about) if part)
        painter.drawText(area, end, about)
        taken = painter.fontMetrics().horizontalAdvance(about) + theme.px("pad", "medium")
        painter.setFont(usual)
        painter.setPen(theme.text if offer.enabled else theme.text_disabled)
        width = area.width() - taken
        words = painter.fontMetrics().elidedText(offer.text, Qt.TextElideMode.ElideRight, width)
        start = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(area.adjusted(0, 0, -taken, 0), start, words)

    def _key_room(self, key: str) -> int:
        theme = self._window.theme
        cap = QFontMetrics(theme.font("mono", theme.px("size", "key"))).horizontalAdvance(key)
        return max(cap, theme.px("layout", "key_height")) + theme.px("pad", "large")


class Palette(QFrame):
    """Lies over its window while it is used; the keyboard stays in its line."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._back: QWidget | None = None
        self._fixed: list[Offer] = []
        self._latin: dict[str, str] = {}
        """What a Latin keyboard types where this one types a letter, as far as was seen."""
        self.setObjectName("palette")
        self.setAccessibleName("Commands")
        self.line = QLineEdit(self)
        self.list = QListView(self)
        self.nothing = plain_label(name="dim", wrap=True)
        self.hint = plain_label(name="dim", wrap=True)
        self.model = OfferModel(self)
        self._timer = QTimer(self)
        self._build()

    def start(self, sign: str = "") -> None:
        """Appear, narrowed to what a sign stands for, ready to be typed into."""
        if not self.isVisible():
            self._back = QApplication.focusWidget()
            if self._window.bench is not None:
                self._window.bench.article.popover.hide()
            QTimer.singleShot(0, self, lambda: likeness("a", "a"))  # loads what it needs
        self._fixed = [*commands(self._window), *labels(self._window)]
        self.line.setText(sign)
        self._fill()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self.line.setCursorPosition(len(sign))

    def leave(self) -> None:
        """Go, and give the keyboard back."""
        self._timer.stop()
        back, self._back = self._back, None
        self._fixed = []
        self.model.show([])
        self.hide()
        if back is not None and isValid(back) and back.isVisible():  # it may be gone by now
            back.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        elif watched is self.line and event.type() == QEvent.Type.FocusOut:
            # The click that took the focus goes on to where it was meant.
            if QApplication.activePopupWidget() is None and self._window.isActiveWindow():
                self._back = None
                self.leave()
        elif watched is self.line and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            self._learn(event)
            return self._take(event)
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.line.setAccessibleName("Command, article or label")
        self.line.setPlaceholderText("Type some letters of a command, an article or a label")
        self.line.installEventFilter(self)
        self.line.textEdited.connect(lambda _text: self._fill())
        self.list.setModel(self.model)
        self.list.setItemDelegate(OfferDelegate(self._window, self))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("What fits")
        self.list.clicked.connect(lambda index: self._choose(index.row(), shift=False))
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_DELAY)
        self._timer.timeout.connect(self._add_articles)
        rows = QVBoxLayout(self)
        for widget, stretch in ((self.line, 0), (self.list, 1), (self.nothing, 1), (self.hint, 0)):
            rows.addWidget(widget, stretch)
        self._window.installEventFilter(self)

    def _place(self) -> None:
        """Lie at the head of the window, in its middle, no larger than it."""
        theme = self._window.theme
        pad = theme.px("pad", "small")
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(pad, pad, pad, pad)
        layout.setSpacing(pad)
        edge = theme.px("pad", "large")
        room = self._window.rect().adjusted(edge, edge, -edge, -edge)
        width = min(self.fontMetrics().averageCharWidth() * _LETTERS, room.width())
        around = 2 * self.line.sizeHint().height() + 4 * pad + self.hint.heightForWidth(width)
        rows = min(max(self.model.rowCount(), 1), _ROWS)
        height = min(rows * theme.px("layout", "control_height") + around, room.height())
        self.resize(width, height)
        left, top = room.left() + (room.width() - width) // 2, theme.px("layout", "bar_height")
        self.move(QPoint(left, min(top, room.bottom() - height)))

    def _fill(self) -> None:
        """Show what fits what is typed; articles follow a moment later."""
        sign, words = split(self.line.text())
        kinds = SIGNS[sign]
        fixed = [each for each in self._fixed if each.kind in kinds]
        placed = "".join(self._latin.get(each, each) for each in words.casefold())
        placed = placed if placed != words.casefold() else ""
        self._show(ranked(fixed, words, self._window.settings.used, placed=placed))
        self._timer.stop()
        if "article" in kinds and self._window.bench is not None:
            if sign:
                self._add_articles() if not words else self._timer.start()
            elif len(words) >= LEAST_LETTERS:
                self._timer.start()

    def _add_articles(self) -> None:
        _, words = split(self.line.text())
        row = self.list.currentIndex().row()
        self._show([*self.model.offers, *articles(self._window, words)], max(row, 0))

    def _show(self, offers: list[Offer], row: int = 0) -> None:
        self.model.show(offers)
        self.list.setVisible(bool(offers))
        self.nothing.setVisible(not offers)
        _, words = split(self.line.text())
        self.nothing.setText(f"Nothing fits “{words}”." if words else "")
        self.list.setCurrentIndex(self.model.index(row) if offers else QModelIndex())
        self._on_current_changed()
        self._place()

    def _on_current_changed(self) -> None:
        row = self.list.currentIndex().row()
        offer = self.model.offers[row] if 0 <= row < len(self.model.offers) else None
        again = offer is not None and offer.kind == "label"
        keys = "Enter tags · Shift+Enter tags a second time" if again else "Enter does it"
        self.hint.setText(f"{keys} · Esc leaves · > commands · @ articles · # labels and links")
        # The focus stays in the line, so the line says which row is meant.
        self.line.setAccessibleDescription(spoken(offer) if offer else self.nothing.text())
        told = QAccessibleEvent(self.line, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(told)

    def _learn(self, event: QKeyEvent) -> None:
        """Note the place of a key whose letter no command has."""
        letter, name = event.text().casefold(), press(event).key
        if len(letter) == len(name) == 1 and not letter.isascii():
            self._latin[letter] = name.lower()

    def _take(self, event: QKeyEvent) -> bool:
        """Whether a key was for the list and not for the line."""
        page = max(1, self.list.height() // self._window.theme.px("layout", "control_height"))
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page}
        steps[Qt.Key.Key_PageDown] = page
        key = Qt.Key(event.key())
        row = self.list.currentIndex().row()
        if key in steps:
            last = self.model.rowCount() - 1
            self.list.setCurrentIndex(self.model.index(min(max(row + steps[key], 0), last)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(row, shift=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True

    def _choose(self, row: int, *, shift: bool) -> None:
        offer = self.model.offers[row] if 0 <= row < len(self.model.offers) else None
        if offer is None or not offer.enabled:
            return
        self.leave()
        if offer.kind != "article":
            self._window.remember(self._window.settings.with_used(offer.name))
        offer.run(shift)
