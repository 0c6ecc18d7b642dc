"""Shortcuts on a keyboard that types no Latin letters, in the text, in lines and in dialogs."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from annotator.ui.keys.keyboard import AnyKeyboard
from annotator.ui.keys.press import keyboard
from annotator.ui.window import Window

ARMENIAN = {"Z": (0x0566, 52), "C": (0x0581, 54), "V": (0x057E, 55), "A": (0x0561, 38)}
ARMENIAN |= {"K": (0x056F, 45), "X": (0x056D, 53)}
Held = Qt.KeyboardModifier

pytestmark = pytest.mark.skipif(keyboard() != "evdev", reason="the codes are those of Linux")


@pytest.fixture
def pressed(window: Window) -> Iterator[list[str]]:
    """The keys that were taken for shortcuts of the window, which does what they do."""
    names: list[str] = []

    def run(name: str) -> bool:
        names.append(name)
        return QApplication.activeWindow() is window and window.run_key(name)

    made = AnyKeyboard(run)
    yield names
    made.deleteLater()


def press(letter: str, held: Held = Held.ControlModifier) -> None:
    key, code = ARMENIAN[letter]
    target = QGuiApplication.focusWindow()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(target, QKeyEvent(kind, key, held, code, 0, 0, ""))


def test_a_shortcut_of_the_window_acts_in_the_text(window: Window, pressed: list[str]) -> None:
    assert window.bench is not None
    assert window.bench.article.view.hasFocus()
    press("Z")
    assert pressed == ["Ctrl+Z"]
    assert window.bench.hub.document is None  # the import is undone
    press("Z", Held.ControlModifier | Held.ShiftModifier)
    assert pressed[1:] == ["Ctrl+Shift+Z"]
    assert window.bench.hub.document is not None


def test_the_text_copies(window: Window, pressed: list[str]) -> None:
    assert window.bench is not None
    press("A")
    press("C")
    assert "rebels deny" in QGuiApplication.clipboard().text()


def test_a_line_keeps_undo_copy_and_paste_for_itself(window: Window, pressed: list[str]) -> None:
    assert window.bench is not None
    line = window.bench.documents.search
    line.setFocus()
    line.insert("deny")
    press("A")
    press("X")
    assert line.text() == ""
    press("V")
    press("V")
    assert line.text() == "denydeny"
    press("Z")
    assert line.text() == "deny"
    assert pressed == []
    press("K")
    assert pressed == ["Ctrl+K"]


def test_a_dialog_has_its_keys_and_the_window_none(
    window: Window, pressed: list[str], qtbot: QtBot
) -> None:
    window.show_keys()
    lines = window.findChildren(QLineEdit)
    line = next(each for each in lines if each.accessibleName() == "Find a key")
    qtbot.waitUntil(line.hasFocus)
    line.insert("undo")
    press("A")
    press("X")
    assert line.text() == ""
    document = window.bench.hub.document if window.bench else None
    press("K")
    assert pressed == ["Ctrl+K"]
    assert not any(each.isVisible() for each in window.findChildren(QLineEdit, "palette"))
    assert window.bench is not None
    assert window.bench.hub.document == document


def test_plain_letters_and_altgr_are_left_alone(window: Window, pressed: list[str]) -> None:
    assert window.bench is not None
    line = window.bench.documents.search
    line.setFocus()
    press("Z", Held.NoModifier)
    press("Z", Held.ControlModifier | Held.AltModifier)
    assert pressed == []
    assert line.text() == ""
