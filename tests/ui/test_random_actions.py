"""Everything that can be done, played at random with undo and redo between: the file stays sound.

A longer play: ANNOTATOR_PLAYS=200 pytest tests/ui/test_random_actions.py
"""

import os
from random import Random

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.span import Span
from annotator.project import Project
from annotator.ui.actions.action import Action
from annotator.ui.actions.table import ACTIONS
from annotator.ui.window import Window

PLAYS = int(os.environ.get("ANNOTATOR_PLAYS", "4"))
STEPS = 90
PERSONS = ("ann", "bob")
LEFT_OUT = {"quit", "new window", "open", "new", "sample", "close"}
"""What leaves the project; each has tests of its own."""
BETWEEN = ("Right", "Shift+Right", "Ctrl+Shift+Right", "Down", "Up", "Shift+Down", "Home", "End")
ANSWERS = ("Return", "Return", "Esc", "A", "S", "D", "F", "J", "1", "Space")
"""Keys that a mode, a strip or a dialog may wait for."""


class Closer(QTimer):
    """Closes whatever waits for an answer in an event loop of its own: menus, file dialogs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setInterval(15)
        self.timeout.connect(self._on_timeout)
        self.start()

    def _on_timeout(self) -> None:
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            popup.close()
        elif isinstance(modal, QDialog):
            modal.reject()


class Play:
    """One play: steps chosen by chance, each told in `played`."""

    def __init__(self, window: Window, chance: Random) -> None:
        self.window = window
        self.chance = chance
        self.played: list[str] = []

    def step(self) -> None:
        """Do one thing."""
        kind = self.chance.choices(
            ("action", "undo", "select", "keys", "article", "person"), (50, 18, 22, 14, 4, 2)
        )[0]
        getattr(self, f"_{kind}")()
        QApplication.processEvents()
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QDialog) and each.isVisible() and self.chance.random() < 0.7:
                self.played.append(f"close {each.windowTitle()}")
                each.reject()

    def _action(self) -> None:
        action = self.chance.choice([each for each in ACTIONS if each.id not in LEFT_OUT])
        if not action.possible(self.window):
            return
        self.played.append(action.id)
        if action.keys and self.chance.random() < 0.8:
            self._by_key(action)
        else:
            action.run(self.window, self.chance.choice(action.keys or ("",)))

    def _by_key(self, action: Action) -> None:
        if action.in_text:
            self.window.article.view.setFocus()
        self._press(self.chance.choice(action.keys))

    def _undo(self) -> None:
        name = self.chance.choice(("Ctrl+Z", "Ctrl+Z", "Ctrl+Shift+Z"))
        for _ in range(self.chance.choice((1, 1, 2, 5))):
            self.played.append(name)
            self.window.run_key(name)

    def _select(self) -> None:
        document = self._hub_document()
        if document is None:
            return
        start = self.chance.randrange(len(document) - 12)
        self.played.append(f"select {start}")
        self.window.article.view.setFocus()
        self.window.article.view.select(Span(start, start + self.chance.randint(1, 12)))
        if self.chance.random() < 0.7:
            self._press(self.chance.choice("1234"))

    def _keys(self) -> None:
        for _ in range(self.chance.randint(1, 3)):
            name = self.chance.choice((*BETWEEN, *ANSWERS))
            self.played.append(f"press {name}")
            self._press(name)

    def _article(self) -> None:
        self._press(self.chance.choice(("Ctrl+PgDown", "Ctrl+PgUp")))

    def _person(self) -> None:
        assert self.window.bench is not None
        name = self.chance.choice(PERSONS)
        self.played.append(f"work as {name}")
        self.window.bench.inspector.commit()
        self.window.bench.hub.project.switch(name)
        self.window.bench.show_person()

    def _hub_document(self) -> str | None:
        assert self.window.bench is not None
        document = self.window.bench.hub.document
        return document.text if document else None

    def _press(self, name: str) -> None:
        press = QKeySequence.fromString(name)[0]  # type: ignore[index]  # the stubs lack it
        target = QApplication.focusWidget() or self.window.article.view
        QTest.keyClick(target, Qt.Key(press.key()), press.keyboardModifiers())


def unwind(project: Project) -> None:
    """Take all back that the current person did, through what others did since."""
    while project.undo(through=True) is not None:
        pass


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # pop-ups, offscreen
@pytest.mark.parametrize("seed", range(PLAYS))
def test_whatever_is_done_the_file_is_sound(
    window: Window, project: Project, qtbot: QtBot, seed: int
) -> None:
    closer = Closer(window)
    play = Play(window, Random(seed))
    try:
        with qtbot.captureExceptions() as raised:
            for _ in range(STEPS):
                play.step()
                assert window.bench is not None
                assert not raised, raised
        closer.stop()
        problems = project.check()
    except Exception as error:
        raise AssertionError(f"after {play.played[-40:]}") from error
    assert problems == [], play.played
    unwind(project)
    assert project.check() == []
