"""The attributes of a label or a relation type: name, type, values, order."""

from dataclasses import replace
from typing import get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from annotator.core.tagset import Attribute, AttributeType
from annotator.ui.panels.parts import Check, Combo
from annotator.ui.theme import Theme

TYPES: dict[AttributeType, str] = {
    "choice": "choice",
    "number": "number",
    "text": "text",
    "flag": "yes/no",
    "date": "date",
    "entity": "actor",
}
"""What people read for a type."""
_LETTERS = 4
"""Letters of a type that are seen at least."""
Listed = list[tuple[str, Attribute]]
"""Attributes, each with the name it had so far ("" for a new one)."""


class AttributeRows(QWidget):
    """A row of fields for each attribute."""

    edited = Signal(object)
    """Other attributes (Listed)."""
    refused = Signal(str)
    """Why something typed can't be, "" once all can."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Attribute, ...] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px("pad", "tiny"))
        self._grid.setVerticalSpacing(theme.px("pad", "tiny"))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 2)
        self._rows: list[list[QWidget]] = []
        self.add = QPushButton("Add an attribute", self)
        self.add.setObjectName("add")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._on_add)

    def show_attributes(self, attributes: tuple[Attribute, ...]) -> None:
        """Show these attributes; the focus stays in the row and column where it is."""
        if attributes == self._shown:
            return
        place = self._focused()
        self._shown = attributes
        self._clear()
        for row, each in enumerate(attributes):
            self._rows.append(self._row(row, each, len(attributes)))
        self._grid.addWidget(self.add, len(attributes), 0, 1, 5, Qt.AlignmentFlag.AlignLeft)
        if place is not None and self._rows:
            row, column = place
            self._rows[min(row, len(self._rows) - 1)][column].setFocus()

    def _row(self, row: int, one: Attribute, count: int) -> list[QWidget]:
        """The fields of an attribute, laid out."""
        name, values = QLineEdit(one.name, self), QLineEdit("; ".join(one.values), self)
        type_, several = Combo(self), Check("several", self)
        type_.setMinimumContentsLength(_LETTERS)
        for field in (name, values):
            field.setMinimumWidth(1)  # as narrow as a narrow window asks for
        name.setAccessibleName(f"Name of attribute {row + 1}")
        type_.setAccessibleName(f"Type of {one.name}")
        for each in get_args(AttributeType):
            type_.addItem(TYPES[each], each)
        type_.setCurrentIndex(type_.findData(one.type))
        values.setAccessibleName(f"Values of {one.name}, parted by semicolons")
        values.setPlaceholderText("values; parted; by semicolons")
        values.setVisible(one.type == "choice")
        values.setCursorPosition(0)
        several.setChecked(one.several)
        several.setToolTip(f"{one.name} can have several values")
        several.setAccessibleName(several.toolTip())
        name.editingFinished.connect(lambda: self._on_name(row, name))
        values.editingFinished.connect(lambda: self._on_values(row, values))
        type_.activated.connect(lambda _: self._on_type(row, type_.currentData()))
        several.clicked.connect(lambda on: self._change(row, replace(one, several=on)))
        tools = self._tools(row, one, count)
        fields: list[QWidget] = [name, type_, values, several, tools]
        for column, widget in enumerate(fields):
            self._grid.addWidget(widget, row, column)
        return fields

    def _tools(self, row: int, one: Attribute, count: int) -> QWidget:
        button = QToolButton(self)
        button.setObjectName("remove")
        button.setText("⋯")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAccessibleName(f"Move or remove {one.name}")
        button.setToolTip(button.accessibleName())
        menu = QMenu(button)
        for text, step in (("Move up", -1), ("Move down", 1), ("Remove", 0)):
            made = menu.addAction(text)
            made.setEnabled(not step or 0 <= row + step < count)
            made.triggered.connect(lambda _=False, step=step: self._move(row, step))
        button.setMenu(menu)
        return button

    def _listed(self) -> Listed:
        return [(each.name, each) for each in self._shown or ()]

    def _change(self, row: int, one: Attribute) -> None:
        listed = self._listed()
        if listed[row][1] != one:
            listed[row] = (listed[row][0], one)
            self.edited.emit(listed)

    def _on_name(self, row: int, field: QLineEdit) -> None:
        one, name = self._listed()[row][1], field.text().strip()
        names = [each.name for each in self._shown or ()]
        if name == one.name:
            return
        if not name or name in names:
            field.setText(one.name)
            told = f"There is another attribute “{name}”." if name else "An attribute needs a name."
            self.refused.emit(told)
            return
        self.refused.emit("")
        self._change(row, replace(one, name=name))

    def _on_values(self, row: int, field: QLineEdit) -> None:
        one = self._listed()[row][1]
        if field.isModified():
            found = (each.strip() for each in field.text().split(";"))
            self._change(row, replace(one, values=tuple(dict.fromkeys(filter(None, found)))))

    def _on_type(self, row: int, type_: AttributeType) -> None:
        one = self._listed()[row][1]
        self._change(row, replace(one, type=type_, values=()))

    def _move(self, row: int, step: int) -> None:
        listed = self._listed()
        one = listed.pop(row)
        if step:
            listed.insert(row + step, one)
        self.edited.emit(listed)

    def _on_add(self) -> None:
        names = {each.name for each in self._shown or ()}
        number = next(each for each in range(1, len(names) + 2) if f"attribute {each}" not in names)
        self.edited.emit([*self._listed(), ("", Attribute(f"attribute {number}"))])
        field = self._rows[-1][0]
        if isinstance(field, QLineEdit):
            field.setFocus()
            field.selectAll()

    def _focused(self) -> tuple[int, int] | None:
        for row, fields in enumerate(self._rows):
            for column, widget in enumerate(fields):
                if widget.hasFocus() or widget.isAncestorOf(self.focusWidget() or self):
                    return row, column
        return None

    def _clear(self) -> None:
        for fields in self._rows:
            for widget in fields:
                widget.blockSignals(True)  # noqa: FBT003  (a field that goes has nothing to say)
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._rows = []
