"""The list of labels and relation types, each with its sign and its key."""

from collections.abc import Iterator

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.core.revision.draft import Kind, owners
from annotator.core.tagset import Label
from annotator.ui.keys.press import press
from annotator.ui.panels.signs import draw_sign
from annotator.ui.reading.popover import draw_key
from annotator.ui.tagset.sheet import Sheet
from annotator.ui.theme import Theme

_OWNER = Qt.ItemDataRole.UserRole
_LOOK = Qt.ItemDataRole.UserRole + 1
"""The label or relation type itself; None for a heading."""


class OwnerList(QListWidget):
    """Labels, then relation types; what is chosen in it is the sheet's."""

    pressed_key = Signal(str)
    """A key such as "Delete" or "Alt+Up" that is meant for what is chosen."""

    KEYS = (
        *("Delete", "Backspace", "Alt+Up", "Alt+Down"),
        *("Ctrl+D", "Ctrl+N", "Ctrl+Z", "F2", "Enter"),
    )

    def __init__(self, sheet: Sheet, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self.setAccessibleName("Labels and relations")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Rows(theme, self))
        self.currentItemChanged.connect(self._on_current_changed)
        sheet.changed.connect(self.refresh)
        sheet.chosen.connect(self._show_chosen)
        self.refresh()

    def refresh(self) -> None:
        """Show the labels and relation types as they are to be."""
        rows = list(self._rows())
        with QSignalBlocker(self):
            while self.count() > len(rows):
                self.takeItem(self.count() - 1)
            while self.count() < len(rows):
                self.addItem(QListWidgetItem())
            for index, (text, owner, look) in enumerate(rows):
                _fill(self.item(index), text, owner, look)
        self._show_chosen()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = press(event).name or ("F2" if event.key() == Qt.Key.Key_F2 else "")
        if name in self.KEYS:
            self.pressed_key.emit(name)
            event.accept()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollToItem(self.currentItem())

    def _rows(self) -> Iterator[tuple[str, tuple[Kind, str] | None, object]]:
        after = self._sheet.draft.after
        kinds: tuple[Kind, ...] = ("label", "relation")
        for kind in kinds:
            found = owners(after, kind)
            yield f"{kind.capitalize()}s · {len(found)}", None, None
            for each in found:
                yield each.title or each.name, (kind, each.name), each

    def _show_chosen(self) -> None:
        wanted = (self._sheet.kind, self._sheet.name)
        for index in range(self.count()):
            if self.item(index).data(_OWNER) == wanted:
                with QSignalBlocker(self):
                    self.setCurrentRow(index)
                    self.scrollToItem(self.item(index))
                return

    def _on_current_changed(self, now: QListWidgetItem | None) -> None:
        owner = now.data(_OWNER) if now is not None else None
        if owner is not None:
            self._sheet.choose(*owner)


class _Rows(QStyledItemDelegate):
    """Draws a heading, or a label with its sign and key."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(1, self._theme.px("layout", "control_height"))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, small = self._theme, self._theme.px("pad", "small")
        area = QRect(option.rect)
        text, look = index.data(), index.data(_LOOK)
        painter.save()
        if look is None:
            self._paint_heading(painter, area, text)
            painter.restore()
            return
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.selected_row)
            mark = QRect(area.left(), area.top(), theme.px("layout", "row_mark"), area.height())
            painter.fillRect(
                mark, theme.focus if state & QStyle.StateFlag.State_HasFocus else theme.accent
            )
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.hover)
        side = 2 * theme.px("layout", "dot")
        left = area.left() + theme.px("pad", "large")
        if isinstance(look, Label):
            sign = QRectF(left, area.center().y() - side / 2, side, side)
            draw_sign(painter, sign, theme.label_ink(look.color), look.pattern)
        else:
            painter.setPen(theme.text_dim)
            arrow = QRect(left, area.top(), side, area.height())
            painter.drawText(arrow, Qt.AlignmentFlag.AlignCenter, "→")
        draw_key(painter, theme, look.key, area.adjusted(0, 0, -small, 0))
        painter.setFont(theme.font("sans", theme.px("size", "ui")))
        painter.setPen(theme.text)
        words = area.adjusted(theme.px("pad", "large") + side + small, 0, 0, 0)
        words.setRight(area.right() - theme.px("layout", "key_height") - 2 * small)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _paint_heading(self, painter: QPainter, area: QRect, text: str) -> None:
        painter.setFont(self._theme.heading_font())
        painter.setPen(self._theme.text_dim)
        words = area.adjusted(self._theme.px("pad", "large"), 0, 0, -4)
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom, text)


def _fill(item: QListWidgetItem, text: str, owner: tuple[Kind, str] | None, look: object) -> None:
    item.setText(text)
    item.setData(_OWNER, owner)
    item.setData(_LOOK, look)
    if owner is None:
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        return
    item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
    key = getattr(look, "key", "")
    told = f"{owner[0].capitalize()} {text}" + (f", key {key}" if key else "")
    item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
