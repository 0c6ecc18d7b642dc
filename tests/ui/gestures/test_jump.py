"""Jumping to words by the letters on them, in any script, and selecting up to a word."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.core.edits import Edit, inserted
from annotator.core.span import Span
from annotator.core.words import words_in
from annotator.ui.gestures.jump import targets
from annotator.ui.gestures.modes import Collecting, Idle, JumpMode, Reopened
from annotator.ui.window import Window
from tests.ui.conftest import TEXT, document
from tests.ui.gestures.test_reach import place, put, selected
from tests.ui.test_window import bench_of, mark, press

Key = Qt.Key
Shift = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def letters(window: Window, words: str, nth: int = 0) -> str:
    """The letters on the word that some words begin with."""
    desk = bench_of(window).desk
    assert isinstance(desk.mode, JumpMode)
    text = desk.view.reading.text
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return next(hint for hint, word in desk.mode.hints if word.start == start)


def type_(window: Window, keys: str, held: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        press(window, Key(ord(key)), held)


def jump(window: Window, words: str, held: Qt.KeyboardModifier = NONE) -> None:
    press(window, Key.Key_J)
    type_(window, letters(window, words), held)


def test_the_letters_of_a_word_select_it_and_a_label_tags_it(window: Window) -> None:
    jump(window, "rebels")
    assert selected(window) == "rebels"
    press(window, Key.Key_4)
    hub = bench_of(window).hub
    assert [each.quote(TEXT) for each in hub.annotations.values()] == ["rebels"]
    assert isinstance(bench_of(window).desk.mode, Idle)


def test_shift_and_letters_go_on_up_to_a_word(window: Window) -> None:
    jump(window, "rebels")
    assert bench_of(window).status.message.text().startswith("Shift and the letters")
    type_(window, letters(window, "town"), Shift)
    assert selected(window) == "rebels shelled the town"
    assert isinstance(bench_of(window).desk.mode, Idle)


def test_words_near_the_caret_have_one_letter(window: Window) -> None:
    put(window, "rebels")
    press(window, Key.Key_J)
    assert letters(window, "rebels") == "A"
    assert letters(window, "shelled") == "S"
    press(window, Key.Key_Escape)
    assert isinstance(bench_of(window).desk.mode, Idle)
    assert selected(window) == ""


def test_after_a_jump_other_keys_mean_what_they_always_do(window: Window) -> None:
    jump(window, "rebels")
    press(window, Key.Key_S)
    assert selected(window) == "rebels shelled the town"
    jump(window, "rebels")
    press(window, Key.Key_E)
    assert selected(window) == "rebels shelled the town"
    jump(window, "ministry")
    press(window, Key.Key_Right)
    assert isinstance(bench_of(window).desk.mode, Idle)
    assert selected(window) == ""


def test_shift_j_selects_up_to_a_word_both_ways(window: Window) -> None:
    put(window, "rebels")
    press(window, Key.Key_J, Shift)
    type_(window, letters(window, "the", 0))
    assert selected(window) == "rebels shelled the"
    put(window, "shelled")
    press(window, Key.Key_J, Shift)
    type_(window, letters(window, "ministry"))
    assert selected(window) == "ministry says that rebels"


def test_wrong_letters_are_told_and_letters_narrow(window: Window) -> None:
    hub = bench_of(window).hub
    made = document(8, " ".join(f"word{n}" for n in range(60)))
    hub.apply(Edit("import articles", inserted([made])))
    hub.open_document(made.id)
    press(window, Key.Key_J)
    hint = letters(window, "word40")
    first, second = hint[0], hint[1]
    press(window, Key(ord(first)))
    assert bench_of(window).status.message.text() == f"Jump · {first}… · Esc leaves"
    press(window, Key.Key_A if second != "A" else Key.Key_S)
    jump(window, "word40")
    assert selected(window) == "word40"


def test_a_reopened_span_stays_so_and_ends_at_the_word(window: Window) -> None:
    made = mark(window, "rebels", Key.Key_1)
    press(window, Key.Key_Return)
    press(window, Key.Key_J)
    assert bench_of(window).status.message.text().startswith("Select up to a word")
    type_(window, letters(window, "town"))
    assert isinstance(bench_of(window).desk.mode, Reopened)
    press(window, Key.Key_Return)
    assert bench_of(window).hub.annotations[made.id].quote(TEXT) == "rebels shelled the town"


def test_collected_passages_wait_for_the_jump(window: Window) -> None:
    jump(window, "ministry")
    press(window, Key.Key_M)
    jump(window, "town")
    assert isinstance(bench_of(window).desk.lasting_mode, Collecting)
    press(window, Key.Key_1)
    (made,) = bench_of(window).hub.annotations.values()
    assert made.quote(TEXT) == "ministry … town"


def test_scrolling_ends_the_letters(window: Window) -> None:
    press(window, Key.Key_J)
    bench_of(window).article.view.verticalScrollBar().valueChanged.emit(1)
    assert isinstance(bench_of(window).desk.mode, Idle)


def test_where_there_are_no_words_it_says_so(window: Window) -> None:
    bench_of(window).hub.open_document(None)
    bench_of(window).desk.jumping.start()
    assert bench_of(window).status.message.text() == "There are no words here."
    assert not bench_of(window).desk.jumping.letter("A", shift=False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Министерство обороны", "обороны"),
        ("Նիկոլ Փաշինյան", "Փաշինյան"),
        ("وزارة الدفاع", "الدفاع"),
    ],
)
def test_letters_stand_on_words_of_any_script(window: Window, text: str, words: str) -> None:
    hub = bench_of(window).hub
    made = document(7, text)
    hub.apply(Edit("import articles", inserted([made])))
    hub.open_document(made.id)
    QTest.keyClick(bench_of(window).article.view, Key.Key_J)
    type_(window, letters(window, words))
    assert selected(window) == words
    assert place(window) != (0, 0)


def test_of_a_script_without_spaces_one_character_in_four_has_letters() -> None:
    text = "亚美尼亚外交部说 ok yes"
    found = targets(words_in(text, Span(0, len(text))), 0)
    assert [each.of(text) for each in found] == ["亚", "外", "ok", "yes"]
