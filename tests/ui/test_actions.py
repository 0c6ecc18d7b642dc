"""The table of actions: one meaning a key, and what menus, sheet and README make of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.ui.actions.action import MENUS
from annotator.ui.actions.table import ACTIONS, by_key, groups, key_rows
from annotator.ui.keys.press import SIGNS, shortcut
from annotator.ui.keys.sheet import KeySheet
from annotator.ui.perspectives import KEYS
from annotator.ui.theme import Theme
from annotator.ui.window import Window


def test_ids_and_keys_mean_one_thing() -> None:
    ids = [each.id for each in ACTIONS]
    assert len(set(ids)) == len(ids)
    for perspective in KEYS:
        keys = [key for each in ACTIONS if each.acts(perspective) for key in each.keys]
        assert len(set(keys)) == len(keys)


def test_a_key_that_acts_anywhere_means_the_same_in_every_perspective() -> None:
    keys = [key for each in ACTIONS if not each.in_text for key in each.keys]
    assert len(set(keys)) == len(keys)


def test_every_key_is_one_that_qt_knows() -> None:
    for each in ACTIONS:
        for key in each.keys:
            assert not shortcut(key).isEmpty(), key


def test_no_key_is_one_that_desktops_or_input_methods_take() -> None:
    for each in ACTIONS:
        for key in each.keys:
            assert not {"Ctrl", "Alt"} <= set(key.split("+"))
            assert not {"Alt", "Shift"} <= set(key.split("+"))


TAKEN = {
    *("Alt+Tab", "Alt+Esc", "Alt+Space", "Alt+F1", "Alt+F2", "Alt+F4", "Alt+F7", "Alt+F8"),
    *("Ctrl+Esc", "Ctrl+Space", "Shift+Space", "Ctrl+Shift+Esc", "Ctrl+Shift+U", "Ctrl+."),
    *("Ctrl+;", "Ctrl+Shift+E", "Ctrl+Tab", "Shift+F10", "F11", "F12", "Ctrl+F1", "Ctrl+F2"),
    *("Ctrl+F3", "Ctrl+F4", "Ctrl+F8", "Ctrl+F9", "Ctrl+F10", "Ctrl+Shift+Q", "Print", "Pause"),
}
"""What GNOME, KDE, Windows, macOS, IBus or Fcitx take, or give a meaning of their own."""


def test_no_key_is_one_that_desktops_take() -> None:
    keys = {key for row in ACTIONS for key in row.keys}
    assert not keys & TAKEN
    assert not [key for key in keys if "Meta" in key or "Super" in key]


def test_plain_letters_and_digits_act_in_the_text_only() -> None:
    anywhere = by_key(in_text=False)
    assert not [key for key in anywhere if len(key.removeprefix("Shift+")) == 1]


def test_the_signs_that_are_keys_are_known_by_what_they_type() -> None:
    keys = [key for row in ACTIONS for key in row.keys]
    last = {"+" if key.endswith("++") else key.split("+")[-1] for key in keys}
    assert {each for each in last if len(each) == 1 and not each.isalnum()} <= SIGNS


def test_each_menu_has_its_rows() -> None:
    rows = [each.id for menu in MENUS for group in groups(menu) for each in group]
    assert sorted(rows) == sorted(each.id for each in ACTIONS if each.menu)


def test_the_sheet_shows_every_row(qtbot: QtBot) -> None:
    sheet = KeySheet(Theme.load("light"))
    qtbot.addWidget(sheet)
    shown = {each.text() for each in sheet.findChildren(QLabel)}
    for keys, does in key_rows():
        assert {keys, does} <= shown


def test_the_menu_says_what_undo_takes_back_and_what_can_be_done(window: Window) -> None:
    window.change(theme="dark")
    menu = window.menu
    menu.refresh()
    rows = {each.objectName(): each for each in window.findChildren(QAction)}
    assert rows["undo"].text() == "Undo: import articles"
    assert not rows["redo"].isEnabled()
    assert not rows["remove"].isEnabled()
    assert rows["theme dark"].isChecked()
    texts = [each.text().split("\t")[0] for each in menu._tags.actions()]
    assert texts[:4] == ["Claim", "Denial", "Casualty", "Actor"]
    assert "Link: Denies" in texts


def test_shortcuts_act_after_the_menu_was_open(window: Window) -> None:
    rows = {each.objectName(): each for each in window.findChildren(QAction)}
    menu = window.menu.menu
    menu.aboutToShow.emit()
    assert not rows["redo"].isEnabled()
    assert rows["raw"].text() == "Raw lines\tCtrl+L"
    menu.aboutToHide.emit()
    assert all(each.isEnabled() for each in rows.values() if each.shortcuts())
    assert window.bench is not None
    window.undo()
    QTest.keyClick(window.bench.article.view, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert window.bench.hub.document is not None


def test_a_row_of_the_menu_does_what_it_says(window: Window) -> None:
    rows = {each.objectName(): each for each in window.findChildren(QAction)}
    rows["larger"].trigger()
    assert window.settings.text_size == 19
    rows["words"].trigger()
    assert window.settings.snap == "characters"
    assert window.bench is not None
    assert window.bench.article.view.snap == "characters"
    rows["close"].trigger()
    assert window.bench is None
    rows["undo"].trigger()
