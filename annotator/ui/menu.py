"""The menu and the shortcuts, drawn from the table of actions."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from annotator.ui.actions.action import MENUS, Action
from annotator.ui.actions.table import ACTIONS, by_key, groups
from annotator.ui.keys.press import shortcut

if TYPE_CHECKING:
    from annotator.ui.window import Window


MOST_LABELS = 20
"""Labels in the menu; of more the rest is found by name, since a menu can't be searched."""


class MainMenu(QObject):
    """One menu with a sub-menu for each group; on macOS the menu bar has these too."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._rows: list[tuple[Action, QAction]] = []
        self._keys = by_key(in_text=False)
        self._switch = next(each.key_text for each in ACTIONS if each.id == "layout")
        self.menu = QMenu("Menu", window)
        for action in ACTIONS:
            self._add(action)
        known = {row.id: made for row, made in self._rows}
        for name in MENUS:
            part = self.menu.addMenu(name)
            for number, rows in enumerate(groups(name)):
                if number:
                    part.addSeparator()
                part.addActions([known[row.id] for row in rows])
            if name == "Tag":
                self._tags = part
                self._fixed = part.actions()
            if name == "File":
                self._recent = QMenu("Open recent", part)
                part.insertMenu(known["sample"], self._recent)
            if sys.platform == "darwin":
                window.menuBar().addMenu(part)
        self.menu.aboutToShow.connect(self.refresh)
        self.menu.aboutToHide.connect(self._on_hide)

    def refresh(self) -> None:
        """Say of each row whether it can be done now, and offer the labels and links there are.

        Only while the menu is open: the shortcut of a row that is disabled is dead.
        """
        window = self._window
        for row, made in self._rows:
            made.setEnabled(row.possible(window))
            if row.checked is not None:
                made.setChecked(row.checked(window))
            if row.id in ("reading", "raw"):
                made.setText(row.text if made.isChecked() else f"{row.text}\t{self._switch}")
            if row.id in ("undo", "redo") and window.bench is not None:
                project = window.bench.hub.project
                name = project.undo_name if row.id == "undo" else project.redo_name
                made.setText(f"{row.text}: {name}" if name else row.text)
        self._offer_tags()
        self._offer_recent()

    def run_key(self, name: str) -> bool:
        """Do what a key that acts anywhere does; False where it means nothing."""
        row = self._keys.get(name)
        if row is not None:
            self.run(row)
        return row is not None

    def run(self, row: Action) -> None:
        """Do what a row says, if that can be done now."""
        if row.possible(self._window):
            row.run(self._window, "")

    def _add(self, row: Action) -> None:
        text = row.text
        if row.in_text and row.key_text:
            text = f"{text}\t{row.keys[0]}"  # shown only; it acts in the text (text_keys.py)
        made = QAction(text, self._window)
        made.setObjectName(row.id)
        if row.keys and not row.in_text:
            made.setShortcuts([shortcut(key) for key in row.keys])
        made.setCheckable(row.checked is not None)
        made.triggered.connect(partial(self._on_triggered, row))
        self._window.addAction(made)
        self._rows.append((row, made))

    def _on_hide(self) -> None:
        """Let the shortcuts act again; `run` looks what can be done."""
        for _, made in self._rows:
            made.setEnabled(True)

    # Qt sends `checked` by position.
    def _on_triggered(self, row: Action, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.run(row)

    def _offer_tags(self) -> None:
        for each in self._tags.actions():
            if each not in self._fixed:
                self._tags.removeAction(each)
                each.deleteLater()
        window = self._window
        if window.bench is None or window.bench.hub.document is None:
            return
        first = self._fixed[0]
        tagset = window.bench.hub.tagset
        for label in tagset.labels[:MOST_LABELS]:
            row = QAction(f"{tagset.label_title(label.name)}\t{label.key}", self._tags)
            row.triggered.connect(lambda _checked=False, name=label.name: window.desk.tag(name))
            self._tags.insertAction(first, row)
        self._tags.insertSeparator(first)
        focused = window.bench.hub.focused
        for relation in tagset.relations:
            title = tagset.relation_title(relation.name)
            row = QAction(f"Link: {title}\t{relation.key}", self._tags)
            ends = (*relation.sources, *relation.targets)
            row.setEnabled(focused is not None and focused.label in ends)
            row.triggered.connect(
                lambda _checked=False, name=relation.name: window.desk.start_link(name)
            )
            self._tags.insertAction(first, row)
        self._tags.insertSeparator(first)

    def _offer_recent(self) -> None:
        self._recent.clear()
        for name in self._window.settings.recent:
            path = Path(name)
            row = self._recent.addAction(f"{path.name}  –  {path.parent}")
            row.setEnabled(path.is_file())
            row.triggered.connect(
                lambda _checked=False, path=path: self._window.projects.open(path)
            )
        self._recent.menuAction().setEnabled(not self._recent.isEmpty())
