"""The kinds of editors, by type of attribute."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from annotator.core.edits import Change
from annotator.core.tagset import Attribute, AttributeType, fits
from annotator.ui.hub import Hub
from annotator.ui.panels.attributes import ChoicesEditor, LineEditor, editor_of
from annotator.ui.panels.codecs import codec_of, read_number
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
