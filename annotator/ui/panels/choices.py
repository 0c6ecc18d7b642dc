"""Editors of values that are known beforehand: one of a few, several of them, yes or no."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from annotator.core.codecs import shown
from annotator.ui.panels.editors import IDLE, Editor, Save
from annotator.ui.panels.hints import Values
from annotator.ui.panels.parts import Check, Combo

NONE = "—"
"""What a choice shows that has no value."""


class ValuesEditor(Editor):
    """Chooses among values that are known; while letters fill in, each value has its letter."""

    def __init__(self, title: str, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(title, save, parent)
        self.values = Values(self)

    def show_letters(self, letters: Mapping[str, str]) -> None:
        for stop in self.stops():
            stop.setVisible(not letters)
        self.values.show_letters(letters, self.chosen())

    def chosen(self) -> list[str]:
        """The values that are saved, as `show_letters` names them."""
        raise NotImplementedError

    def _on_shown(self) -> None:
        self.values.show_chosen(self.chosen())


class ChoiceEditor(ValuesEditor):
    """One of a few values, or none.

    Arrow keys go through the values of a closed list without saving each on the way.
    """

    def __init__(
        self, title: str, save: Save, values: Iterable[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, save, parent)
        self.combo = Combo(self)
        self.combo.setAccessibleName(title)
        self.combo.addItem(NONE, None)
        for value in values:
            self.combo.addItem(value, value)
        self._saved: Any = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(IDLE)
        self._rest.timeout.connect(self.commit)
        self.combo.stepped.connect(self._rest.start)
        self.combo.settled.connect(self.commit)
        self._place(self.combo, self.values)

    def show_value(self, value: Any) -> None:
        pending, self._saved = self.pending, value
        if self.combo.findData(value) < 0:  # one that the tag set no longer has
            self.combo.addItem(shown(value), value)
        if not pending:
            self.combo.setCurrentIndex(self.combo.findData(value))
        self._on_shown()

    @property
    def pending(self) -> bool:
        return bool(self.combo.currentData() != self._saved)

    def commit(self) -> str:
        self._rest.stop()
        value = self.combo.currentData()
        if value == self._saved or self._save(value, ()):
            return ""
        self.discard()
        return f"“{shown(value) or NONE}” could not be saved."

    def discard(self) -> None:
        self._rest.stop()
        self.combo.setCurrentIndex(self.combo.findData(self._saved))

    def stops(self) -> list[QWidget]:
        return [self.combo]

    def chosen(self) -> list[str]:
        return [self._saved] if isinstance(self._saved, str) else []


class FlagEditor(ValuesEditor):
    """Yes or no; no is no value."""

    def __init__(self, title: str, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(title, save, parent)
        self.box = Check(title, self)
        self.box.setAccessibleName(title)
        self.box.clicked.connect(self._on_clicked)
        self._place(self.box, self.values)

    def show_value(self, value: Any) -> None:
        self.box.setChecked(value is True)
        self._on_shown()

    def show_letters(self, letters: Mapping[str, str]) -> None:
        letter = next(iter(letters.values()), "")
        super().show_letters({self.title: letter} if letter else {})

    def stops(self) -> list[QWidget]:
        return [self.box]

    def chosen(self) -> list[str]:
        return [self.title] if self.box.isChecked() else []

    def _on_clicked(self) -> None:
        checked = self.box.isChecked()
        if not self._save(True if checked else None, ()):
            self.box.setChecked(not checked)


class ChoicesEditor(ValuesEditor):
    """Any of a few values."""

    def __init__(
        self, title: str, save: Save, values: Iterable[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, save, parent)
        self._boxes = {value: Check(value, self) for value in values}
        self._saved: list[str] = []
        for value, box in self._boxes.items():
            box.setAccessibleName(f"{title}: {value}")
            box.clicked.connect(self._on_clicked)
        self._place(*self._boxes.values(), self.values)

    def show_value(self, value: Any) -> None:
        self._saved = list(value) if isinstance(value, list) else []
        for name, box in self._boxes.items():
            box.setChecked(name in self._saved)
        self._on_shown()

    def stops(self) -> list[QWidget]:
        return list(self._boxes.values())

    def chosen(self) -> list[str]:
        return self._saved

    def _on_clicked(self) -> None:
        chosen = [name for name, box in self._boxes.items() if box.isChecked()]
        chosen += [name for name in self._saved if name not in self._boxes]
        if not self._save(chosen or None, ()):
            self.show_value(self._saved)
