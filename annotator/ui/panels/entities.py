"""Choosing the entity that words stand for: chips, a line that completes, and a small dialog."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core import verbs
from annotator.core.edits import Change
from annotator.core.model import Entity
from annotator.ui.hub import Hub
from annotator.ui.panels.editors import NOT_SAVED, Editor, Line, Save
from annotator.ui.panels.entity_dialog import EntityDialog
from annotator.ui.panels.offers import Offer, about, matching, offers
from annotator.ui.panels.parts import ElidedButton, ElidedLabel
from annotator.ui.theme import Theme

LIST_WIDTH = 360
"""Pixels that the list of the register has at least."""
_OfferRole = Qt.ItemDataRole.UserRole


class EntityLine(Line):
    """A line that offers the entities of the register, and to add one."""

    taken = Signal(object)
    """An Offer is chosen."""
    entered = Signal()
    """Enter was pressed, with nothing of the list current."""

    def __init__(self, accessible: str, parent: QWidget) -> None:
        super().__init__(accessible, parent)
        self.setAccessibleDescription("Down opens the list of the register")
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._completer.setMaxVisibleItems(10)
        # PySide's types don't know that a signal with several signatures is indexed by them.
        self._completer.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]
        self.popup = QListView()
        self._completer.setPopup(self.popup)
        self.popup.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.popup.setObjectName("offers")
        self.popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.popup.setAccessibleName("Actors of the register")

    @property
    def open_list(self) -> bool:
        """Whether the list is shown."""
        return self.popup.isVisible()

    def offer(self, found: Iterable[Offer], *, first: bool = False) -> None:
        """Show these offers; with `first` the first of them is current."""
        self._model.clear()
        for each in found:
            item = QStandardItem(each.text)
            item.setData(each, _OfferRole)
            item.setEditable(False)
            item.setToolTip(each.text)
            self._model.appendRow(item)
        if not self._model.rowCount():
            self.popup.hide()
            return
        below = QRect(self.rect())
        below.setLeft(min(0, self.width() - LIST_WIDTH))  # wider than the line, to the left
        self._completer.complete(below)
        index = self._completer.completionModel().index(0, 0) if first else QModelIndex()
        self.popup.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.popup.isVisible() and event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the completer closes its list
        elif self.popup.isVisible() and enter and self.popup.currentIndex().isValid():
            event.ignore()  # the completer takes the current line
        elif enter:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _on_activated(self, index: QModelIndex) -> None:
        found = index.data(_OfferRole)
        if isinstance(found, Offer):
            self.taken.emit(found)


class Chip(QFrame):
    """An entity that is chosen: its name, what is known of it, and a button that takes it away."""

    edited = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.name = ElidedButton("chipName", self)
        self.about = ElidedLabel("dim", self)
        self.about.setContentsMargins(5, 0, 0, 2)
        self.remove = QToolButton(self)
        self.remove.setObjectName("remove")
        self.remove.setText("×")
        self.remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.name.clicked.connect(self.edited)
        self.remove.clicked.connect(self.removed)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.name)
        column.addWidget(self.about)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        row.addLayout(column, 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)

    def show_entity(self, entity: Entity | None) -> None:
        """Show this entity; None is one that the register lacks."""
        name = entity.name if entity else "not in the register"
        known = about(entity) if entity else ""
        self.name.set_words(name, named=f"{name}, {known or 'nothing known'}: edit…")
        self.name.setEnabled(entity is not None)
        self.about.setText(known or "edit side and type…")
        self.about.setToolTip(known)
        self.remove.setAccessibleName(f"Take {name} away")
        self.remove.setToolTip(f"Take {name} away (Delete)")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class EntityEditor(Editor):
    """The entity, or several, that words stand for."""

    def __init__(self, title: str, save: Save, hub: Hub, theme: Theme, *, several: bool) -> None:
        super().__init__(title, save)
        self._hub = hub
        self._several = several
        self._ids: list[str] = []
        self._chips: dict[str, Chip] = {}
        self.words = ""
        """The words of the text that the value is about, offered as a name."""
        self._holder = QVBoxLayout()
        self._holder.setSpacing(theme.px("pad", "tiny"))
        self._column.addLayout(self._holder)
        self.line = EntityLine(title, self)
        self.line.textEdited.connect(self._on_edited)
        self.line.taken.connect(self._on_taken)
        self.line.entered.connect(self._on_entered)
        self.line.editingFinished.connect(self.commit)
        self._place(self.line)

    @property
    def chips(self) -> list[Chip]:
        """The chips of what is chosen, in order."""
        return [self._chips[each] for each in self._ids]

    def show_value(self, value: Any) -> None:
        ids = value if isinstance(value, list) else [value]
        self._ids = list(dict.fromkeys(each for each in ids if isinstance(each, str)))
        for id_ in [each for each in self._chips if each not in self._ids]:
            self._drop(id_)
        for place, id_ in enumerate(self._ids):
            chip = self._chips.get(id_) or self._add_chip(id_)
            chip.show_entity(self._hub.entities.get(id_))
            self._holder.insertWidget(place, chip)
        self.line.setPlaceholderText(self._prompt())
        if not self.line.pending:
            self.show_problem("")

    def commit(self) -> str:
        name = self.line.text().strip()
        if not name or self.line.open_list:
            return ""
        found = matching(name, self._hub.entities)
        if found is None:
            self.show_problem(f"“{name}” is not in the register: Enter offers to add it.")
            return f"“{name}” is not in the register."
        return "" if self._take(found.id) else f"“{name}” could not be saved."

    def discard(self) -> None:
        self.line.discard()
        self.show_problem("")

    @property
    def pending(self) -> bool:
        return self.line.pending

    def typed_in(self) -> QWidget:
        return self.line

    def begin(self) -> None:
        self._offer(self.line.text(), first=True)

    def stops(self) -> list[QWidget]:
        own = [stop for chip in self.chips for stop in (chip.name, chip.remove)]
        return [*own, self.line]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.line.hasFocus():
            self._offer(self.line.text(), first=True)
        else:
            super().keyPressEvent(event)

    def _prompt(self) -> str:
        if not self._ids:
            return "none yet: type a name"
        return "and also…" if self._several else "another instead…"

    def _offer(self, typed: str, *, first: bool = False) -> None:
        found = offers(typed, self._hub.entities, words=self.words, taken=self._ids)
        self.line.offer(found, first=first)

    def _on_edited(self, text: str) -> None:
        self.show_problem("")
        self._offer(text, first=not text.strip())  # emptied, it offers what it began with

    def _on_entered(self) -> None:
        """Take what is named exactly; add where nothing is like it; else let people choose."""
        name = " ".join(self.line.text().split())
        found = matching(name, self._hub.entities)
        if not name or (found is not None and self._take(found.id)):
            self.entered.emit()
        if not name or found is not None:
            return
        choices = offers(name, self._hub.entities, taken=self._ids)
        if len(choices) == 1 and choices[0].name:
            self._on_taken(choices[0])
        else:
            self.line.offer(choices, first=True)

    def _on_taken(self, offer: Offer) -> None:
        added = () if offer.id else verbs.add_entity(offer.name).changes
        if self._take(offer.id or added[0].id, added):
            self.entered.emit()

    def _take(self, id_: str, others: tuple[Change, ...] = ()) -> bool:
        kept = self._ids if self._several else []
        if not self._set([*kept, *([id_] if id_ not in kept else [])], others):
            self.show_problem(NOT_SAVED)
            return False
        self.line.popup.hide()
        self.line.discard()
        self.show_problem("")
        return True

    def _set(self, ids: list[str], others: tuple[Change, ...] = ()) -> bool:
        value: list[str] | str | None
        value = (ids or None) if self._several else (ids[0] if ids else None)
        return self._save(value, others)

    def _add_chip(self, id_: str) -> Chip:
        chip = self._chips[id_] = Chip(self)
        chip.edited.connect(lambda: self._on_edit(id_))
        chip.removed.connect(lambda: self._on_removed(id_))
        return chip

    def _drop(self, id_: str) -> None:
        chip = self._chips.pop(id_)
        if chip.isAncestorOf(self.window().focusWidget() or self):
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._holder.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _on_removed(self, id_: str) -> None:
        self._set([each for each in self._ids if each != id_])

    def _on_edit(self, id_: str) -> None:
        entity = self._hub.entities.get(id_)
        if entity is not None:
            EntityDialog(self._hub, entity, self).open()
