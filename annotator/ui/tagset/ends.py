"""The labels that a relation may begin at, and those that it may lead to."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.core.tagset import Label
from annotator.ui.panels.parts import draw_tick
from annotator.ui.theme import Theme

_LINES = 6
"""Labels shown without scrolling."""


class EndsList(QListWidget):
    """The labels, ticked where a relation may have them at one of its ends; Space ticks."""

    edited = Signal(object)
    """The names of the ticked labels (tuple), in the order of the tag set."""

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offers")
        self.setAccessibleName(title)
        self.setFixedHeight(_LINES * theme.px("layout", "control_height") * 3 // 4)
        self.setItemDelegate(_Ticks(theme, self))
        self.itemChanged.connect(self._on_changed)

    def show_ends(self, labels: tuple[Label, ...], ends: tuple[str, ...]) -> None:
        """Show these labels, those that are ends ticked."""
        shown = [(each.name, each.title or each.name, each.name in ends) for each in labels]
        if shown == self._shown():
            return
        with QSignalBlocker(self):
            row = self.currentRow()
            self.clear()
            for name, title, ticked in shown:
                item = QListWidgetItem(title, self)
                item.setData(Qt.ItemDataRole.UserRole, name)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.setCurrentRow(max(0, row))

    def _shown(self) -> list[tuple[str, str, bool]]:
        items = (self.item(row) for row in range(self.count()))
        return [
            (
                each.data(Qt.ItemDataRole.UserRole),
                each.text(),
                each.checkState() == Qt.CheckState.Checked,
            )
            for each in items
        ]

    def _on_changed(self) -> None:
        self.edited.emit(tuple(name for name, _, ticked in self._shown() if ticked))


class _Ticks(QStyledItemDelegate):
    """Draws the box of a row such that it is seen in every theme."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        self.initStyleOption(option, index)
        element = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        widget = self.parent()
        assert isinstance(widget, QWidget)
        found = widget.style().subElementRect(element, option, widget)
        box = QRectF(found).adjusted(0.5, 0.5, -0.5, -0.5)
        ticked = option.checkState == Qt.CheckState.Checked
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.accent if ticked else self._theme.border_strong)
        painter.setBrush(self._theme.accent if ticked else self._theme.surface)
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            draw_tick(painter, box, self._theme.accent_text)
        painter.restore()
