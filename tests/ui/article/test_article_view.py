"""Gestures on the article: what is selected, clicked, copied, scrolled."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.model import Annotation
from annotator.core.reading import Reading, raw_layout, reading_layout
from annotator.core.span import Span
from annotator.ui.article.layout import LEFT_MARGIN, Column
from annotator.ui.article.look import ArticleLook
from annotator.ui.article.view import ArticleView

TEXT = (
    "Prime Minister of Armenia\n\nNikol Pashinyan\n\nheld a meeting 😀 of the 👨\u200d👩\u200d👧 "
    "council, which was attended by many.\n\n  • The first thing is said here.\n\n"
    "    And more is said under it.\n"
)
LONG = "\n\n".join(
    f"Paragraph {i} says that nobody was hurt, and {i} denied it." * 3 for i in range(300)
)
LEFT = Qt.MouseButton.LeftButton


def point_of(view: ArticleView, position: int) -> QPoint:
    """The middle of the letter at a position of the text, in the viewport."""
    block_units = view._reading.to_widget(position)
    cursor = view.textCursor()
    cursor.setPosition(block_units)
    left = view.cursorRect(cursor)
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    right = view.cursorRect(cursor)
    return QPoint((left.left() + right.left()) // 2, left.center().y())


def drag(view: ArticleView, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    QTest.mouseMove(view.viewport(), (start + end) / 2)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)


def mark(text: str, words: str, name: str, label: str = "claim") -> Annotation:
    start = text.index(words)
    return Annotation(name, "l", (Span(start, start + len(words)),), label)


@pytest.mark.parametrize("layout", [reading_layout, raw_layout])
def test_select_comes_back_in_code_points(
    view: ArticleView, layout: Callable[[str], Reading]
) -> None:
    view.show_article(layout(TEXT), ())
    for words in (
        "Armenia\n\nNikol",
        "😀",
        "👨\u200d👩\u200d👧 council",
        "meeting 😀 of",
        "many.\n\n  • The first",
    ):
        start = TEXT.index(words)
        span = Span(start, start + len(words))
        view.select(span)
        assert view.selected_span() == span
        assert view.caret() == span.end
    view.select(None)
    assert view.selected_span() is None


@given(st.data())
def test_any_selection_cuts_no_grapheme(qapp: QApplication, data: st.DataObject) -> None:
    view = ArticleView()
    view.show_article(reading_layout(TEXT), ())
    units = view.document().characterCount() - 1
    start, end = data.draw(st.integers(0, units)), data.draw(st.integers(0, units))
    cursor = view.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    span = view.selected_span()
    if span is not None:
        words = span.of(TEXT)
        assert words == words.strip()
        assert not words.startswith(("\u200d", "👩", "👧"))
        assert not words.endswith(("\u200d", "👨", "👩"))
        view.select(span)
        assert view.selected_span() == span
    view.deleteLater()


def test_a_drag_grows_to_words(view: ArticleView, qtbot: QtBot) -> None:
    view.show_article(reading_layout(TEXT), ())
    view.grab()
    a, b = TEXT.index("inister"), TEXT.index("ashiny")
    expected = Span(TEXT.index("Minister"), TEXT.index("Pashinyan") + 9)
    with qtbot.waitSignal(view.selection_settled) as told:
        drag(view, point_of(view, a), point_of(view, b))
    assert told.args == [expected, True]
    assert view.selected_span() == expected
    assert view.textCursor().selectedText() == "Minister of Armenia Nikol Pashinyan"
    with qtbot.waitSignal(view.selection_settled) as told:
        drag(view, point_of(view, b), point_of(view, a))
    assert told.args == [expected, True]
    assert view.caret() == expected.start


def test_a_drag_by_characters(view: ArticleView, qtbot: QtBot) -> None:
    view.show_article(reading_layout(TEXT), ())
    view.snap = "characters"
    view.grab()
    start = TEXT.index("inister")
    with qtbot.waitSignal(view.selection_settled):
        drag(view, point_of(view, start) - QPoint(2, 0), point_of(view, start + 3) - QPoint(2, 0))
    span = view.selected_span()
    assert span is not None
    assert span.of(TEXT) in ("ini", "inis", "nis")


def test_a_drag_in_the_gap_between_lines_is_one_on_the_letters(view: ArticleView) -> None:
    view.show_article(reading_layout(LONG), ())
    view.grab()
    line = view.document().firstBlock().layout().lineAt(0)
    y = round(view.contentOffset().y() + line.y() + line.height()) + 4
    assert y < view.contentOffset().y() + view.document().firstBlock().layout().lineAt(1).y()
    a, b = point_of(view, 0), point_of(view, 14)
    drag(view, QPoint(a.x(), y), QPoint(b.x(), y))
    span = view.selected_span()
    assert span is not None
    assert span == Span(0, LONG.index("says") + 4)


def test_a_click_tells_of_the_innermost(view: ArticleView, qtbot: QtBot) -> None:
    outer = mark(TEXT, "Nikol Pashinyan\n\nheld a meeting", "outer")
    inner = mark(TEXT, "Pashinyan", "inner", "actor")
    view.show_article(reading_layout(TEXT), (outer, inner))
    view.grab()
    for words, expected in (("ashinyan", "inner"), ("held", "outer"), ("which", "")):
        point = point_of(view, TEXT.index(words))
        assert view.annotation_at(point) == (expected or None)
        with qtbot.waitSignal(view.span_clicked) as told:
            QTest.mouseClick(view.viewport(), LEFT, pos=point)
        assert told.args == [expected]


def test_a_click_once_more_goes_from_the_innermost_outwards_and_back(
    view: ArticleView, qtbot: QtBot
) -> None:
    marks = [
        mark(TEXT, "Nikol Pashinyan", "outer"),
        mark(TEXT, "Pashinyan", "twin", "claim"),
        mark(TEXT, "Pashinyan", "inner", "actor"),
    ]
    view.show_article(reading_layout(TEXT), marks)
    view.grab()
    view.span_clicked.connect(lambda name: view.set_focused(name or None))
    told: list[str] = []
    view.span_clicked.connect(told.append)
    for _ in range(4):
        QTest.mouseClick(view.viewport(), LEFT, pos=point_of(view, TEXT.index("ashinyan")))
        QTest.qWait(QApplication.doubleClickInterval() + 10)
    assert set(told[:2]) == {"inner", "twin"}
    assert told[2:] == ["outer", told[0]]
    view.set_focused("outer")
    QTest.mouseClick(view.viewport(), LEFT, pos=point_of(view, TEXT.index("which")))
    assert told[-1] == ""


def test_keys_move_the_other_end_after_a_turn(view: ArticleView) -> None:
    view.show_article(reading_layout(TEXT), ())
    start = TEXT.index("Pashinyan")
    view.select(Span(start, start + 9))
    view.swap_ends()
    assert view.selected_span() == Span(start, start + 9)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_span() == Span(start + 1, start + 9)
    view.swap_ends()
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_span() == Span(start + 1, start + 8)


def test_the_scroll_bar_shows_nothing_where_nothing_scrolls(view: ArticleView) -> None:
    assert not view.verticalScrollBar().isEnabled()
    view.show_article(reading_layout("One line.\n\n" * 80), ())
    view.grab()
    assert view.verticalScrollBar().isEnabled()


def test_a_drag_is_no_click(view: ArticleView, qtbot: QtBot) -> None:
    view.show_article(reading_layout(TEXT), (mark(TEXT, "Pashinyan", "a"),))
    view.grab()
    with qtbot.assertNotEmitted(view.span_clicked):
        drag(view, point_of(view, 2), point_of(view, TEXT.index("hinyan")))


def test_a_click_drops_the_selection(view: ArticleView, qtbot: QtBot) -> None:
    view.show_article(reading_layout(TEXT), ())
    view.grab()
    view.select(Span(0, 14))
    with qtbot.waitSignal(view.selection_settled) as told:
        QTest.mouseClick(view.viewport(), LEFT, pos=point_of(view, 3))
    assert told.args == [None, True]


def test_a_double_click_selects_a_word_a_third_one_the_paragraph(
    view: ArticleView, qtbot: QtBot
) -> None:
    view.show_article(reading_layout(TEXT), ())
    view.grab()
    point = point_of(view, TEXT.index("ashin"))
    QTest.mouseClick(view.viewport(), LEFT, pos=point)
    with qtbot.waitSignal(view.selection_settled) as told:
        QTest.mouseDClick(view.viewport(), LEFT, pos=point)
        QTest.mouseRelease(view.viewport(), LEFT, pos=point)
    assert told.args[0].of(TEXT) == "Pashinyan"
    with qtbot.waitSignal(view.selection_settled) as told:
        QTest.mouseClick(view.viewport(), LEFT, pos=point)
    assert told.args[0] == Span(0, TEXT.index("\n\n  •"))


def test_keys_select_by_character(view: ArticleView, qtbot: QtBot) -> None:
    view.show_article(reading_layout(TEXT), ())
    shift = Qt.KeyboardModifier.ShiftModifier
    for count in (1, 2, 3):
        with qtbot.waitSignal(view.selection_settled) as told:
            QTest.keyClick(view, Qt.Key.Key_Right, shift)
        assert told.args == [Span(0, count), False]
    with qtbot.waitSignal(view.selection_settled) as told:
        QTest.keyClick(view, Qt.Key.Key_Right, shift | Qt.KeyboardModifier.ControlModifier)
    assert told.args[0] == Span(0, 5)
    with qtbot.waitSignal(view.selection_settled) as told:
        QTest.keyClick(view, Qt.Key.Key_Right)
    assert told.args == [None, False]


def test_the_clipboard_has_the_text_as_it_is(view: ArticleView) -> None:
    text = TEXT.replace("a meeting", "a\u00a0meeting")
    view.show_article(reading_layout(text), ())
    view.select(Span(0, text.index(" 😀") + 2))
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == text[: text.index(" 😀") + 2]


def test_the_caret_stays_in_view(view: ArticleView) -> None:
    view.show_article(reading_layout(LONG), ())
    view.grab()
    shift = Qt.KeyboardModifier.ShiftModifier
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
        for _ in range(30):
            QTest.keyClick(view, key, shift)
            view.grab()
            rect = view.cursorRect()
            assert rect.top() >= 0
            assert rect.bottom() <= view.viewport().height()


def test_a_focused_span_is_scrolled_to(view: ArticleView) -> None:
    far = mark(LONG, "Paragraph 250 says", "far")
    near = mark(LONG, "Paragraph 1 says", "near")
    view.show_article(reading_layout(LONG), (far, near))
    view.grab()
    view.set_focused("near")
    assert view.verticalScrollBar().value() == 0
    view.set_focused("far", ("near",))
    view.grab()
    y = point_of(view, far.spans[0].start).y()
    assert 0.2 * view.viewport().height() < y < 0.6 * view.viewport().height()
    view.set_focused("near")
    view.grab()
    assert 0 < point_of(view, near.spans[0].start).y() < view.viewport().height()
    view.set_focused(None)


def test_the_place_in_the_text_survives_a_resize(view: ArticleView) -> None:
    view.show_article(reading_layout(LONG), ())
    view.grab()
    view.verticalScrollBar().setValue(200)
    number = view.firstVisibleBlock().blockNumber()
    for width in (500, 1200, 800):
        view.resize(width, 700)
        view.grab()
        assert view.firstVisibleBlock().blockNumber() == number


def test_a_paragraph_longer_than_the_page(view: ArticleView) -> None:
    text = " ".join(f"Sentence {i} of a long paragraph." for i in range(280))
    marks = [mark(text, f"Sentence {i} of", f"a{i}") for i in range(0, 280, 7)]
    view.show_article(reading_layout(text), marks)
    view.grab()
    for each in (marks[20], marks[-1], marks[0], marks[10]):
        view.set_focused(each.id)
        view.grab()
        point = point_of(view, each.spans[0].start)
        assert 0 < point.y() < view.viewport().height()
        assert view.annotation_at(point) == each.id
    shift = Qt.KeyboardModifier.ShiftModifier
    for _ in range(60):
        QTest.keyClick(view, Qt.Key.Key_Down, shift)
        assert view.cursorRect().top() >= 0
        assert view.cursorRect().bottom() <= view.viewport().height()


def test_order_and_neighbours(view: ArticleView) -> None:
    marks = [mark(TEXT, words, words) for words in ("council", "Nikol", "Armenia")]
    view.show_article(reading_layout(TEXT), marks)
    assert view.ordered() == ["Armenia", "Nikol", "council"]
    assert view.span_after(0) == "Armenia"
    assert view.span_after(marks[1].spans[0].start + 1) == "council"
    assert view.span_after(marks[1].spans[0].start, backwards=True) == "Armenia"
    view.clear_article()
    assert view.ordered() == []
    assert view.toPlainText() == ""


def test_the_place_for_labels_is_beside_the_column(view: ArticleView) -> None:
    view.show_article(reading_layout(TEXT), ())
    view.grab()
    view.select(Span(0, 14))
    rect = view.margin_rect_for_selection()
    assert rect.left() > view._roomy.column.right
    assert rect.right() <= view.viewport().width()
    assert rect.height() > 0
    view.resize(200, 300)
    assert view.margin_rect_for_selection().isEmpty()


def test_a_column_of_any_width() -> None:
    for viewport in range(1, 2000, 7):
        column = Column.within(viewport, 600)
        assert column.left >= 0
        assert column.right <= viewport
        assert 1 <= column.width <= 600
    assert Column.within(800, 600).left >= LEFT_MARGIN


def test_ctrl_and_wheel_are_left_to_the_window(view: ArticleView, look: ArticleLook) -> None:
    view.show_article(reading_layout(LONG), ())
    event = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    view.wheelEvent(event)
    assert not event.isAccepted()
    assert view.document().defaultFont().pixelSize() == look.font.pixelSize()


def test_another_size_of_letters(view: ArticleView, look: ArticleLook) -> None:
    view.show_article(reading_layout(LONG), (mark(LONG, "nobody was hurt", "a"),))
    view.grab()
    before = view._roomy.height(view.document().firstBlock())
    look.font.setPixelSize(30)
    view.set_look(look)
    view.grab()
    assert view._roomy.height(view.document().firstBlock()) > before
    assert view._ready(view.document().firstBlock())
    view.setStyleSheet("QWidget { font-size: 9px }")
    view.grab()
    assert view.document().defaultFont().pixelSize() == 30


def test_no_document_is_left_behind(view: ArticleView, qtbot: QtBot) -> None:
    from PySide6.QtGui import QTextDocument

    for _ in range(5):
        view.show_article(reading_layout(TEXT), ())
        qtbot.wait(1)
    QApplication.sendPostedEvents(None, 52)  # QEvent.Type.DeferredDelete
    assert len(view.findChildren(QTextDocument)) == 1


def test_a_screen_reader_is_told_what_it_is(view: ArticleView) -> None:
    assert view.accessibleName() == "Article"
    assert "Alt+Down" in view.accessibleDescription()


def test_the_caret_is_put_where_one_wants_it(view: ArticleView) -> None:
    view.show_article(reading_layout(TEXT), ())
    view.select(Span(0, 14))
    view.put_caret(TEXT.index("Nikol"))
    assert view.caret() == TEXT.index("Nikol")
    assert view.selected_span() is None


def test_what_stands_beside_and_near(view: ArticleView) -> None:
    marks = [mark(TEXT, words, words) for words in ("council", "Nikol", "Armenia", "Pashinyan")]
    view.show_article(reading_layout(TEXT), marks)
    assert view.span_beside("Nikol") == "Pashinyan"
    assert view.span_beside("Nikol", backwards=True) == "Armenia"
    assert view.span_beside("council") is None
    assert view.span_beside("nobody") is None
    assert view.place_of("Nikol") == (2, 4)
    assert view.place_of("nobody") == (0, 4)
    near = view.near(marks[1].spans[0])
    assert marks[1] in near
    assert len({each.id for each in near}) == len(near)
