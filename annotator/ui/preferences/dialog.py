"""The dialog of preferences; each choice acts at once."""

from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.settings import Settings
from annotator.ui.panels.parts import Check, Combo, plain_label
from annotator.ui.preferences.table import Preference, parts
from annotator.ui.room import fit
from annotator.ui.theme import Theme


class Changeable(Protocol):
    """Something that has settings: a window."""

    settings: Settings

    def change(self, **fields: Any) -> None:
        """Take other values of some settings."""


class PreferencesDialog(QDialog):
    """One line for each preference, under the part that it belongs to."""

    def __init__(self, owner: Changeable, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Preferences")
        self._owner = owner
        page = QWidget(self)
        form = QFormLayout(page)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(theme.px("pad", "small"))
        for part, preferences in parts():
            heading = plain_label(part, "heading")
            heading.setFont(theme.heading_font())
            form.addRow(heading)
            for each in preferences:
                if each.words:
                    title, choice = plain_label(each.title), self._choice(each)
                    title.setBuddy(choice)  # what assistive programs name a choice by
                    form.addRow(title, choice)
                else:
                    form.addRow(self._check(each))
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(area, 1)
        column.addWidget(box)
        around = column.contentsMargins().top() * 3 + box.sizeHint().height()
        fit(self, 64, page.sizeHint().height() + around)

    def _choice(self, preference: Preference) -> QComboBox:
        combo = Combo(self)
        combo.setAccessibleName(preference.title)
        for value, words in preference.words.items():
            combo.addItem(words, value)
        combo.setCurrentIndex(combo.findData(getattr(self._owner.settings, preference.name)))
        combo.activated.connect(
            lambda _index, name=preference.name, box=combo: self._set(name, box.currentData())
        )
        return combo

    def _check(self, preference: Preference) -> Check:
        check = Check(preference.title, self)
        check.setChecked(bool(getattr(self._owner.settings, preference.name)))
        check.toggled.connect(partial(self._set, preference.name))
        return check

    def _set(self, name: str, value: object) -> None:
        self._owner.change(**{name: value})
