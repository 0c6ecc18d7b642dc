"""The dialog that changes an actor of the register: name, other names, side and type."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.core import verbs
from annotator.core.model import ENTITY_TYPES, Entity
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import Combo, plain_label

THIRD_PARTY = "third party"


class EntityDialog(QDialog):
    """Changes one entity, or adds one (None); it stays open where that can't be saved."""

    def __init__(self, hub: Hub, entity: Entity | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Actor")
        self._hub = hub
        self._id = entity.id if entity else ""
        entity = entity or Entity("", "")
        self.name = QLineEdit(entity.name, self)
        self.aliases = QLineEdit("; ".join(entity.aliases), self)
        self.aliases.setCursorPosition(0)
        self.aliases.setPlaceholderText("parted by semicolons")
        self.side = QLineEdit(entity.side, self)
        self.side.setPlaceholderText(f"e.g. {THIRD_PARTY}")
        self.side.setCompleter(self._sides())
        self.type = Combo(self)
        self.type.addItem("—", "")
        for each in dict.fromkeys((*ENTITY_TYPES, entity.type)):
            if each:
                self.type.addItem(each, each)
        self.type.setCurrentIndex(self.type.findData(entity.type))
        self.error = plain_label(name="error", wrap=True)
        self.error.hide()
        self._build()

    def accept(self) -> None:
        entity = self._hub.entities.get(self._id)
        name, side = (" ".join(each.text().split()) for each in (self.name, self.side))
        if not name:
            self._say("An actor needs a name.")
            return
        if self._id and entity is None:
            self._say("This actor is no longer in the register.")
            return
        typed = (" ".join(each.split()) for each in re.split("[;；\n]", self.aliases.text()))
        aliases, type_ = tuple(dict.fromkeys(filter(None, typed))), self.type.currentData()
        if entity is None:
            edit = verbs.add_entity(name, aliases=aliases, side=side, type_=type_)
        else:
            edit = verbs.change_entity(entity, name=name, aliases=aliases, side=side, type=type_)
        if self._hub.apply(edit):
            super().accept()
        else:
            self._say("Not saved; what you typed is kept.")

    def _build(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        fields: tuple[tuple[str, QWidget], ...] = (
            ("Name", self.name),
            ("Also called", self.aliases),
            ("Side", self.side),
            ("Type", self.type),
        )
        for title, widget in fields:
            widget.setAccessibleName(title)
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            form.addRow(title, widget)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        save = QPushButton("Save", self)
        save.setObjectName("primary")
        save.setDefault(True)
        buttons.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.error)
        column.addWidget(buttons)
        self.setMinimumWidth(380)
        (self.side if self._id else self.name).setFocus()

    def _sides(self) -> QCompleter:
        known = {each.side for each in self._hub.entities.values() if each.side}
        completer = QCompleter(sorted({*known, THIRD_PARTY}), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        return completer

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.show()
