"""The panes: hidden by keys, narrower in a narrow window, found again at the next start."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.ui.bench import Bench
from annotator.ui.window import Window

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def bench_of(window: Window) -> Bench:
    assert window.bench is not None
    QApplication.processEvents()
    return window.bench


def test_keys_hide_the_sides_and_show_them_again(window: Window) -> None:
    bench = bench_of(window)
    sizes = bench.panes.sizes()
    QTest.keyClick(bench.article.view, Key.Key_B, CONTROL)
    QTest.keyClick(bench.article.view, Key.Key_B, CONTROL | SHIFT)
    assert bench.documents.isHidden()
    assert bench.inspector.isHidden()
    assert bench_of(window).panes.sizes()[1] >= bench.width() - 2
    QTest.keyClick(bench.article.view, Key.Key_B, CONTROL)
    QTest.keyClick(bench.article.view, Key.Key_B, CONTROL | SHIFT)
    assert bench_of(window).panes.sizes() == sizes


def test_the_keyboard_leaves_a_side_that_is_hidden(window: Window) -> None:
    bench = bench_of(window)
    bench.documents.list.setFocus()
    QTest.keyClick(bench.documents.list, Key.Key_B, CONTROL)
    assert bench.article.view.hasFocus()
    window.next_pane()
    window.next_pane()
    assert bench.article.view.hasFocus() or bench.inspector.isAncestorOf(
        QApplication.focusWidget() or bench
    )
    assert bench.documents.isHidden()


def test_what_is_asked_for_in_a_hidden_side_shows_it(window: Window) -> None:
    bench = bench_of(window)
    for ask in (window.search, bench.annotate.write_note):
        bench.panes.switch(bench.documents)
        ask()
        assert not bench.documents.isHidden()
    bench.panes.switch(bench.inspector)
    bench.annotate.show_history()
    assert not bench.inspector.isHidden()


def test_a_narrow_window_takes_from_the_sides_and_a_wide_one_gives_it_back(window: Window) -> None:
    sizes = bench_of(window).panes.sizes()
    window.resize(1000, 700)
    narrow = bench_of(window).panes.sizes()
    assert narrow[1] >= 550
    assert narrow[0] < sizes[0]
    assert narrow[2] < sizes[2]
    window.resize(1440, 900)
    assert bench_of(window).panes.sizes() == sizes


def test_widths_given_by_hand_stay_in_a_narrow_window(window: Window) -> None:
    window.resize(1000, 700)
    panes = bench_of(window).panes
    panes.moveSplitter(600, 2)
    by_hand = panes.sizes()
    assert by_hand[1] < 450
    window.resize(1000, 690)
    assert bench_of(window).panes.sizes() == by_hand


def test_the_widths_and_what_is_hidden_are_kept(window: Window) -> None:
    bench = bench_of(window)
    bench.panes.moveSplitter(300, 1)
    bench.panes.switch(bench.inspector)
    sizes, kept = bench.panes.sizes(), bench.panes.widths()
    assert (kept[0], kept[2]) == (300, 0)
    bench.panes.switch(bench.inspector)
    bench.panes.moveSplitter(250, 1)
    bench.panes.set_widths(kept)
    assert bench.inspector.isHidden()
    assert bench_of(window).panes.sizes()[::2] == sizes[::2]
    bench.panes.set_widths((1, 2))
    assert bench.panes.sizes()[::2] == sizes[::2]
