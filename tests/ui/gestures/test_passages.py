"""Several passages as one annotation, by keys."""

from PySide6.QtCore import Qt

from annotator.core.span import Span
from annotator.ui.gestures.modes import Collecting, Idle
from annotator.ui.window import Window
from tests.ui.conftest import TEXT
from tests.ui.gestures.test_reach import put
from tests.ui.test_window import bench_of, mark, press, stored

Key = Qt.Key
Shift = Qt.KeyboardModifier.ShiftModifier


def select(window: Window, words: str) -> None:
    start = TEXT.index(words)
    bench_of(window).article.view.select(Span(start, start + len(words)))


def message(window: Window) -> str:
    return bench_of(window).status.message.text()


def test_collected_passages_become_one_annotation(window: Window) -> None:
    for words in ("14 wounded", "Two soldiers"):
        select(window, words)
        press(window, Key.Key_M)
    assert message(window).startswith("2 passages: “Two soldiers” + “14 wounded”")
    select(window, "killed")
    press(window, Key.Key_3)
    (made,) = stored(window)
    assert made.quote(TEXT) == "Two soldiers … killed … 14 wounded"
    assert isinstance(bench_of(window).desk.mode, Idle)
    press(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stored(window) == []


def test_shift_m_takes_the_passage_at_the_caret_away_and_escape_all(window: Window) -> None:
    for words in ("Two soldiers", "14 wounded"):
        select(window, words)
        press(window, Key.Key_M)
    put(window, "soldiers")
    press(window, Key.Key_M, Shift)
    assert message(window).startswith("One passage: “14 wounded”")
    press(window, Key.Key_M, Shift)
    assert isinstance(bench_of(window).desk.mode, Idle)
    select(window, "Two soldiers")
    press(window, Key.Key_M)
    press(window, Key.Key_Escape)
    assert isinstance(bench_of(window).desk.mode, Idle)
    assert stored(window) == []


def test_m_adds_to_the_focused_span_and_shift_m_takes_away(window: Window) -> None:
    made = mark(window, "Two soldiers", Key.Key_3)
    select(window, "14 wounded")
    press(window, Key.Key_M)
    assert [each.quote(TEXT) for each in stored(window)] == ["Two soldiers … 14 wounded"]
    assert bench_of(window).status.undo.text() == "Undo: add a passage"
    assert message(window) == "Added to the casualty “Two soldiers”; Ctrl+Z takes it back."
    put(window, "soldiers")
    press(window, Key.Key_M, Shift)
    assert [(each.id, each.quote(TEXT)) for each in stored(window)] == [(made.id, "14 wounded")]
    press(window, Key.Key_M, Shift)
    assert message(window).startswith("This span has one passage only")


def test_m_does_not_say_that_it_added_what_belongs_to_the_span(window: Window) -> None:
    made = mark(window, "Two soldiers", Key.Key_3)
    select(window, "soldiers")
    press(window, Key.Key_M)
    assert message(window) == "These words belong to it already."
    assert stored(window) == [made]
    assert bench_of(window).status.undo.text() == "Undo: tag casualty"


def test_what_cannot_be_done_is_said(window: Window) -> None:
    press(window, Key.Key_M)
    assert message(window) == "Select another passage first, then press M."
    press(window, Key.Key_M, Shift)
    assert message(window) == "Focus a span of several passages first."


def test_a_passage_of_several_is_moved_alone(window: Window) -> None:
    made = mark(window, "Two", Key.Key_3)
    select(window, "14 wounded")
    press(window, Key.Key_M)
    put(window, "Two")
    press(window, Key.Key_Return)
    press(window, Key.Key_Right, Shift | Qt.KeyboardModifier.ControlModifier)
    press(window, Key.Key_Right, Shift | Qt.KeyboardModifier.ControlModifier)
    press(window, Key.Key_Return)
    after = bench_of(window).hub.annotations[made.id]
    assert after.quote(TEXT) == "Two soldiers … 14 wounded"
    desk = bench_of(window).desk
    desk.view.boundary_dragged.emit(
        made.id, after.spans[1], Span(after.spans[1].start, after.spans[1].start + 2)
    )
    assert bench_of(window).hub.annotations[made.id].quote(TEXT) == "Two soldiers … 14"


def test_a_click_keeps_what_is_collected(window: Window) -> None:
    select(window, "Two soldiers")
    press(window, Key.Key_M)
    bench_of(window).article.view.span_clicked.emit("")
    assert isinstance(bench_of(window).desk.mode, Collecting)
