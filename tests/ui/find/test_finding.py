"""Finding in the article: the bar, the places, the way through them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.find import occurrences
from annotator.core.query import parse
from annotator.core.span import Span
from annotator.ui.find import finding
from annotator.ui.find.bar import FindBar
from annotator.ui.find.finding import Finder, found_in, parts_of
from annotator.ui.window import Window

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def bar_of(window: Window) -> FindBar:
    assert window.bench is not None
    return window.bench.article.find_bar


def type_(window: Window, words: str) -> FindBar:
    bar = bar_of(window)
    bar.field.clear()
    QTest.keyClicks(bar.field, words)
    return bar


@given(st.text("ab \n", max_size=60), st.integers(1, 9), st.sampled_from(["a", "ab", "a b", "bb"]))
def test_parts_find_what_the_whole_finds(text: str, size: int, sought: str) -> None:
    usual, finding._PART = finding._PART, size
    try:
        found: list[Span] = []
        for part in parts_of(text):
            after = found[-1].end if found else 0
            found += found_in(text, part, lambda piece: occurrences(piece, sought), after)
        assert "".join(part.of(text) for part in parts_of(text)) == text
    finally:
        finding._PART = usual
    if sought in ("a", "ab", "a b"):
        assert found == occurrences(text, sought)


def test_places_are_found_as_one_types(window: Window, qtbot: QtBot) -> None:
    QTest.keyClick(window, KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = bar_of(window)
    assert bar.isVisible()
    assert bar.field.hasFocus()
    type_(window, "rebels")
    assert bar.count.text() == "1 of 2"
    assert bar.field.accessibleDescription() == "1 of 2"
    QTest.keyClick(bar.field, KEY.Key_Return)
    assert bar.count.text() == "2 of 2"
    QTest.keyClick(bar.field, KEY.Key_Return)
    assert bar.count.text() == "1 of 2"
    QTest.keyClick(bar.field, KEY.Key_Return, SHIFT)
    assert bar.count.text() == "2 of 2"
    QTest.mouseClick(bar.previous, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "1 of 2"
    QTest.mouseClick(bar.next, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "2 of 2"
    type_(window, "rebelsx")
    assert bar.count.text() == "not found"
    bar.field.clear()
    assert bar.count.text() == ""


def test_options(window: Window) -> None:
    window.article.finder.open()
    bar = type_(window, "THE")
    several = bar.count.text()
    bar.case.setChecked(True)
    assert bar.count.text() == "not found"
    bar.case.setChecked(False)
    assert bar.count.text() == several
    bar = type_(window, "rebel")
    assert bar.count.text() == "1 of 2"
    bar.words.setChecked(True)
    assert bar.count.text() == "not found"
    bar.accents.setChecked(True)


def test_esc_leaves_the_place_as_the_selection(window: Window) -> None:
    window.article.finder.open()
    bar = type_(window, "soldiers")
    QTest.keyClick(bar.field, KEY.Key_Escape)
    view = window.desk.view
    span = view.selected_span()
    assert bar.isHidden()
    assert view.hasFocus()
    assert span is not None
    assert span.of(view._reading.text) == "soldiers"
    QTest.keyClick(view, KEY.Key_1)
    (made,) = window.desk.hub.annotations.values()
    assert made.spans == (span,)


def test_f3_goes_on_without_the_bar(window: Window) -> None:
    window.article.finder.step(1)
    bar = bar_of(window)
    assert bar.isVisible()
    type_(window, "rebels")
    QTest.keyClick(bar.field, KEY.Key_Escape)
    view = window.desk.view
    text = view._reading.text
    first = view.selected_span()
    window.article.finder.step(1)
    second = view.selected_span()
    assert first is not None
    assert second is not None
    assert second.start == text.index("rebels", first.end)
    assert bar.isHidden()
    window.article.finder.step(-1)
    assert view.selected_span() == first
    view.select(Span(second.end, second.end + 3))
    window.article.finder.step(-1)
    assert view.selected_span() == second


def test_a_selection_is_what_is_sought(window: Window) -> None:
    view = window.desk.view
    start = view._reading.text.index("deny")
    view.select(Span(start, start + 4))
    window.article.finder.open()
    assert bar_of(window).field.text() == "deny"
    assert bar_of(window).count.text() == "1 of 1"


def test_what_the_list_was_searched_for_is_marked(window: Window) -> None:
    assert window.bench is not None
    article, view = window.bench.article, window.desk.view
    window.bench.documents.search.setFocus()
    article.show_hits(parse("soldiers town"))
    assert len(view._marks.hits) == 3
    assert not view.hasFocus()
    assert view.selected_span() is None
    window.step_article(1)
    assert len(view._marks.hits) == 3
    window.article.finder.open()
    type_(window, "deny")
    assert len(view._marks.hits) == 1
    window.article.finder.close()
    assert len(view._marks.hits) == 3
    article.show_hits(parse(""))
    assert view._marks.hits == []


def test_a_long_article_is_searched_bit_by_bit(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "_PART", 10)
    monkeypatch.setattr(finding, "_SLICE", 0.0)
    window.article.finder.open()
    bar = type_(window, "rebels")
    assert bar.count.text() == "…"
    assert len(window.desk.view._marks.hits) == 2  # what is in view is marked at once
    qtbot.waitUntil(lambda: bar.count.text() == "1 of 2")
    type_(window, "town")
    QTest.keyClick(bar.field, KEY.Key_Return)
    assert bar.count.text() == "2 of 2"


def test_the_options_go_below_where_room_is_short(window: Window) -> None:
    window.article.finder.open()
    bar = bar_of(window)
    high = bar.sizeHint().height()
    bar.resize(400, 80)
    assert bar.sizeHint().height() > high
    assert bar.words.text() == "Whole words"
    bar.resize(200, 80)
    assert bar.words.text() == "ab"
    assert bar.words.accessibleName() == "Whole words"
    bar.resize(1200, 80)
    assert bar.sizeHint().height() == high


def test_nothing_is_sought_where_no_article_is(window: Window) -> None:
    assert isinstance(window.article.finder, Finder)
    assert window.bench is not None
    window.bench.hub.open_document(None)
    window.article.finder.follow()
    assert window.desk.view._marks.hits == []


def test_esc_in_the_text_closes_the_bar_last_but_for_the_focus(window: Window) -> None:
    window.article.finder.open()
    bar = type_(window, "soldiers")
    view = window.desk.view
    view.setFocus()
    view.select(Span(0, 3))
    QTest.keyClick(view, KEY.Key_Escape)
    assert bar.isVisible()
    QTest.keyClick(view, KEY.Key_Escape)
    assert bar.isHidden()
    assert view.selected_span() is None
