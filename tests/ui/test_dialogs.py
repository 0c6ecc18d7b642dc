"""Preferences, keys and help: drawn from their tables, and acting at once."""

import re

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog
from pytestqt.qtbot import QtBot

from annotator.settings import OFFERED, Settings
from annotator.ui.actions.table import key_rows
from annotator.ui.help import Help, page
from annotator.ui.keys.sheet import KeySheet
from annotator.ui.panels.counts import Summary
from annotator.ui.preferences.table import PREFERENCES
from annotator.ui.theme import Theme
from annotator.ui.window import Window


def shown(window: Window) -> QDialog:
    return next(each for each in window.findChildren(QDialog) if each.isVisible())


def test_a_preference_says_every_value_that_it_may_have() -> None:
    for each in PREFERENCES:
        usual = getattr(Settings(), each.name)
        if each.words:
            assert set(each.words) == set(OFFERED[each.name])
            assert usual in each.words
        else:
            assert isinstance(usual, bool)


def test_a_choice_acts_at_once(window: Window) -> None:
    window.show_preferences()
    dialog = shown(window)
    choices = {each.accessibleName(): each for each in dialog.findChildren(QComboBox)}
    for title, words, name, value in (
        ("Width of the column", "90 letters", "column", 90),
        ("Distance of the lines", "wide", "lines", "wide"),
        ("Colours", "dark", "theme", "dark"),
    ):
        choices[title].setCurrentText(words)
        choices[title].activated.emit(choices[title].currentIndex())
        assert getattr(window.settings, name) == value
    assert window.bench is not None
    assert window.bench.article.view._look.column_width == 90
    (plain,) = [each for each in dialog.findChildren(QCheckBox) if "Letters" in each.text()]
    plain.setChecked(False)
    assert not window.settings.plain_keys


def test_larger_letters_make_the_preferences_larger(window: Window, qtbot: QtBot) -> None:
    window.show_preferences()
    dialog = shown(window)
    width, height = dialog.width(), dialog.height()
    (choice,) = [
        each
        for each in dialog.findChildren(QComboBox)
        if each.accessibleName() == "Size of the interface"
    ]
    choice.setFocus()
    choice.setCurrentText("150 %")
    choice.activated.emit(choice.currentIndex())
    qtbot.waitUntil(lambda: dialog.width() > width)
    assert dialog.height() > height
    QApplication.processEvents()
    now = dialog.focusWidget()
    assert isinstance(now, QComboBox)
    assert now.currentText() == "150 %"
    for each in dialog.findChildren(QComboBox):
        assert each.width() >= each.fontMetrics().horizontalAdvance(each.currentText())


def test_wider_lines_and_columns_show(window: Window) -> None:
    assert window.bench is not None
    view = window.bench.article.view
    heights = []
    for lines in ("usual", "roomy", "wide"):
        window.change(lines=lines)
        heights.append(
            view.document()
            .documentLayout()
            .blockBoundingRect(view.document().firstBlock())
            .height()
        )
    assert heights == sorted(set(heights))
    window.step("column", -3)
    assert window.settings.column == 40


@pytest.mark.parametrize(
    ("typed", "some"), [("", 30), ("undo", 0), ("ctrl+z", 0), ("span next", 0), ("CTRL+Z", 0)]
)
def test_the_keys_are_narrowed_to_what_is_typed(qtbot: QtBot, typed: str, some: int) -> None:
    sheet = KeySheet(Theme.load("light"))
    qtbot.addWidget(sheet)
    sheet.line.setText(typed)
    rows = [row for _, part in sheet._parts for row in part]
    seen = [text for keys, _, text in rows if keys.isVisibleTo(sheet)]
    wanted = [
        f"{keys} {does}".casefold()
        for keys, does in key_rows()
        if all(word in f"{keys} {does}".casefold() for word in typed.casefold().split())
    ]
    assert seen == wanted
    assert len(seen) > some
    for heading, part in sheet._parts:
        assert heading.isVisibleTo(sheet) == any(keys.isVisibleTo(sheet) for keys, _, _ in part)
    assert not sheet.nothing.isVisibleTo(sheet)


def test_no_key_is_said(qtbot: QtBot) -> None:
    sheet = KeySheet(Theme.load("light"))
    qtbot.addWidget(sheet)
    sheet.line.setText("qqqq")
    assert sheet.nothing.isVisibleTo(sheet)
    assert "qqqq" in sheet.nothing.text()


def test_the_help_tells_the_labels_of_the_project_and_leads_to_the_keys(window: Window) -> None:
    window.show_help()
    dialog = shown(window)
    assert isinstance(dialog, Help)
    assert window.bench is not None
    for label in window.bench.hub.tagset.labels:
        assert label.title in dialog.text.toPlainText()
        assert label.examples
        assert all(each in dialog.text.toPlainText() for each in label.examples)
    dialog.keys_asked.emit()
    assert any(isinstance(each, KeySheet) for each in window.findChildren(QDialog))


def test_the_help_is_there_without_a_project() -> None:
    assert "Labels" not in page(None)
    assert "First steps" in page(None)


@pytest.mark.parametrize("scale", [100, 200])
def test_a_dialog_is_no_larger_than_its_window(window: Window, scale: int) -> None:
    window.change(interface=scale)
    window.resize(1024, 700)
    for show in (window.show_keys, window.show_help, window.show_preferences):
        show()
        dialog = shown(window)
        assert dialog.width() <= 1024
        assert dialog.height() <= 700
        assert dialog.minimumSizeHint().width() <= 1024
        dialog.close()


@pytest.mark.parametrize("key", "SEJFYA")
def test_help_and_hint_tell_of_the_keys_of_selecting_and_filling_in(key: str) -> None:
    assert f"<b>{key}</b>" in page(None)
    assert any(re.search(rf"\b{key}\b", line) for line in Summary.KEYS)
