"""The kinds of editors, by type of attribute."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.codecs import codec_of, read_number
from annotator.core.edits import Change
from annotator.core.tagset import Attribute, AttributeType, fits
from annotator.ui.hub import Hub
from annotator.ui.panels.attributes import DateEditor, LineEditor, editor_of
from annotator.ui.panels.choices import ChoiceEditor, ChoicesEditor, ValuesEditor
from annotator.ui.panels.editors import IDLE, Editor
from annotator.ui.panels.hints import Values
from annotator.ui.panels.quote import middle_cut
from annotator.ui.theme import Theme


@pytest.mark.parametrize(
    ("typed", "number"), [("", None), ("0", 0), (" 14 ", 14), ("1,200", 1200), ("٣", 3)]
)
def test_whole_numbers(typed: str, number: int | None) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize("typed", ["-1", "−1", "1,20", "ten", "²"])
def test_what_is_no_whole_number(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        read_number(typed)


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        ("text", "one ; two", "one; two"),
        ("number", "3;4", "3; 4"),
        ("date", "2022-09 ; 1988–1994", "September 2022; 1988–1994"),
        ("date", "2022-09-12 “that night”; 1988", "12 September 2022 “that night”; 1988"),
        ("flag", "[true, false]", "[true, false]"),
    ],
)
def test_several_values_on_one_line(
    hub: Hub, theme: Theme, kind: AttributeType, typed: str, shown: str
) -> None:
    saved: list[Any] = []
    attribute = Attribute("some", kind, several=True)

    def save(value: Any, _others: tuple[Change, ...]) -> bool:
        saved.append(value)
        return True

    editor = editor_of(attribute, save, hub, theme)
    assert isinstance(editor, LineEditor)
    editor.line.setText(typed)
    assert editor.commit() == ""
    assert fits(attribute, saved[0])
    assert editor.line.text() == shown
    editor.line.setText("")
    editor.commit()
    assert saved[1:] == [None]


def test_several_choices_are_check_boxes(hub: Hub, theme: Theme, qtbot: QtBot) -> None:
    saved: list[Any] = []
    attribute = Attribute("some", "choice", ("a", "b"), several=True)

    def save(value: Any, _others: tuple[Change, ...]) -> bool:
        saved.append(value)
        return len(saved) < 3

    editor = editor_of(attribute, save, hub, theme)
    qtbot.addWidget(editor)
    assert isinstance(editor, ChoicesEditor)
    editor.show_value(["a"])
    first, second = editor._boxes.values()
    second.click()
    editor.show_value(["a", "b"])
    first.click()
    editor.show_value(["b"])
    second.click()
    assert saved == [["a", "b"], ["b"], None]
    assert second.isChecked()  # it could not be saved


def test_a_quotation_keeps_both_ends() -> None:
    text = " ".join(str(number) for number in range(100))
    cut = middle_cut(text, lambda each: len(each) <= 30)
    assert cut.startswith("0 1 2")
    assert cut.endswith("98 99")
    assert 20 <= len(cut) <= 30
    assert len(middle_cut("x" * 500, lambda each: len(each) <= 30)) <= 30
    assert middle_cut("short", lambda each: len(each) <= 30) == "short"


def test_what_an_empty_line_shows_reads_as_an_example() -> None:
    for several in (False, True):
        assert codec_of(Attribute("when", "date", several=several)).hint.startswith("e.g. ")


def saving(editor_type: Attribute, hub: Hub, theme: Theme) -> tuple[Editor, list[Any]]:
    """An editor that shows what it saved, and what it saved."""
    saved: list[Any] = []

    def save(value: Any, _others: tuple[Change, ...]) -> bool:
        saved.append(value)
        editor.show_value(value)
        return True

    editor = editor_of(editor_type, save, hub, theme)
    return editor, saved


def test_arrow_keys_on_a_closed_choice_save_once_when_they_rest(
    hub: Hub, theme: Theme, qtbot: QtBot
) -> None:
    editor, saved = saving(Attribute("topic", "choice", ("a", "b", "c")), hub, theme)
    assert isinstance(editor, ChoiceEditor)
    qtbot.addWidget(editor)
    editor.show()
    editor.combo.setFocus()
    for _ in range(3):
        QTest.keyClick(editor.combo, Qt.Key.Key_Down)
    assert saved == []
    assert editor.pending
    editor.show_value(None)  # something else of the span was changed meanwhile
    assert editor.combo.currentText() == "c"
    qtbot.waitUntil(lambda: saved == ["c"], timeout=3 * IDLE)
    QTest.keyClick(editor.combo, Qt.Key.Key_Up)
    QTest.keyClick(editor.combo, Qt.Key.Key_Return)
    assert saved == ["c", "b"]
    QTest.keyClick(editor.combo, Qt.Key.Key_Up)
    editor.combo.clearFocus()
    assert saved == ["c", "b", "a"]
    QTest.keyClick(editor.combo, Qt.Key.Key_Down)
    editor.discard()
    assert editor.combo.currentText() == "a"
    assert editor.commit() == ""
    assert len(saved) == 3


def test_a_choice_that_can_not_be_saved_is_as_it_was(hub: Hub, theme: Theme) -> None:
    editor = editor_of(Attribute("topic", "choice", ("a",)), lambda *_: False, hub, theme)
    assert isinstance(editor, ChoiceEditor)
    editor.combo.setCurrentIndex(1)
    assert editor.commit() == "“a” could not be saved."
    assert editor.combo.currentIndex() == 0


def test_a_number_that_can_not_become_one_is_told_while_it_is_typed(
    hub: Hub, theme: Theme, qtbot: QtBot
) -> None:
    editor, saved = saving(Attribute("low", "number"), hub, theme)
    assert isinstance(editor, LineEditor)
    qtbot.addWidget(editor)
    editor.show()
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "1x")
    assert editor.problem == "“1x” is not a whole number."
    assert editor.line.accessibleDescription() == editor.problem
    QTest.keyClick(editor.line, Qt.Key.Key_Backspace)
    assert editor.problem == ""
    assert saved == []
    with qtbot.waitSignal(editor.entered):
        QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert saved == [1]


def test_letters_stand_on_values_and_over_lines(hub: Hub, theme: Theme, qtbot: QtBot) -> None:
    choice, _ = saving(Attribute("topic", "choice", ("one thing", "b<")), hub, theme)
    several, _ = saving(Attribute("topics", "choice", ("a", "b"), several=True), hub, theme)
    flag, _ = saving(Attribute("implied", "flag"), hub, theme)
    line, _ = saving(Attribute("low", "number"), hub, theme)
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    for each in (choice, several, flag, line):
        column.addWidget(each)
    holder.show()
    choice.show_value("b<")
    several.show_value(["a"])
    flag.show_value(True)
    choice.show_letters({"one thing": "O", "b<": "B"})
    several.show_letters({"a": "A", "b": "S"})
    flag.show_letters({"yes": "I"})
    line.show_letters({"": "L"})
    valued = [each for each in (choice, several, flag) if isinstance(each, ValuesEditor)]
    told = [each.values.accessibleName() for each in valued]
    assert told == ["O: one thing; B: b<, chosen", "A: a, chosen; S: b", "I: Implied, chosen"]
    assert not any(stop.isVisible() for each in (choice, several, flag) for stop in each.stops())
    (cap,) = line.stops()[0].findChildren(QLabel, "hint")
    assert isinstance(cap, QLabel)
    assert cap.isVisible()
    assert cap.text() == "L"
    holder.resize(holder.width() + 200, holder.height())
    QApplication.processEvents()
    assert cap.geometry().right() > line.stops()[0].width() - 20
    choice.show_value("one thing")
    assert "one thing, chosen" in valued[0].values.accessibleName()
    for each in (choice, several, flag, line):
        each.show_letters({})
    assert not cap.isVisible()
    assert all(stop.isVisible() for each in (choice, several, flag) for stop in each.stops())


def test_down_in_an_empty_date_repeats_the_last_one(hub: Hub, theme: Theme, qtbot: QtBot) -> None:
    editor, saved = saving(Attribute("when", "date"), hub, theme)
    assert isinstance(editor, DateEditor)
    qtbot.addWidget(editor)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.days.setFocus()
    QTest.keyClick(editor.days, Qt.Key.Key_Down)
    assert editor.days.text() == ""
    QTest.keyClicks(editor.days, "12-13 sep 2022")
    QTest.keyClick(editor.days, Qt.Key.Key_Return)
    QTest.keyClick(editor.days, Qt.Key.Key_Down)  # what is there stays
    editor.show_value(None)  # another span
    QTest.keyClick(editor.days, Qt.Key.Key_Down)
    assert editor.days.text() == "12–13 September 2022"
    QTest.keyClick(editor.days, Qt.Key.Key_Return)
    assert len(saved) == 2
    assert saved[0] == saved[1]


def test_values_with_letters_are_smaller_where_one_finds_no_room(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(700, 200)
    values = Values(page)
    page.show()
    values.resize(600, 100)
    values.show_letters({"uncommitted": "U", "no": "N"}, ())
    wide = values.text()
    values.resize(80, 100)
    assert values.text() != wide
    sizes = [int(text.split("font-size: ")[1].split("px")[0]) for text in (wide, values.text())]
    assert sizes[1] < sizes[0]
    drawn = QTextDocument()
    drawn.setDefaultFont(values.font())
    drawn.setHtml(values.text())
    drawn.setTextWidth(80)
    assert drawn.idealWidth() <= 82
