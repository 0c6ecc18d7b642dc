"""The dialog of preferences; each choice acts at once."""

from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Qt, QTimer
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
    """Something that has settings, and the theme that they ask for: a window."""

    settings: Settings
    theme: Theme

    def change(self, **fields: Any) -> None:
        """Take other values of some settings."""


class PreferencesDialog(QDialog):
    """One line for each preference, under the part that it belongs to."""

    def __init__(self, owner: Changeable, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Preferences")
        self._owner = owner
        self._theme = owner.theme
        self._choices: dict[str, QComboBox] = {}
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self._area, 1)
        column.addWidget(self._box)
        self._fill()

    def _fill(self) -> None:
        """Show the lines in the theme of now, and be as large as they need."""
        theme = self._theme
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
        self._area.setWidget(page)
        column = self.layout()
        assert column is not None
        around = column.contentsMargins().top() * 3 + self._box.sizeHint().height()
        fit(self, 64, page.sizeHint().height() + around)

    def _choice(self, preference: Preference) -> QComboBox:
        combo = Combo(self)
        self._choices[preference.name] = combo
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
        if self._owner.theme is not self._theme:
            self._theme = self._owner.theme
            QTimer.singleShot(0, self, partial(self._fill_again, name))  # its sender goes

    def _fill_again(self, name: str) -> None:
        """Show all anew after letters have another size; the keyboard stays where it was."""
        self._fill()
        self._choices[name].setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self._choices[name]))
