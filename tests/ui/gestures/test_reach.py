"""Selecting by keys, through the view: S and E grow, Shift takes back, to where one was."""

import pytest
from PySide6.QtCore import Qt

from annotator.core.edits import Edit, inserted
from annotator.core.span import Span
from annotator.ui.article.view import ArticleView
from annotator.ui.window import Window
from tests.ui.conftest import document
from tests.ui.test_window import bench_of, mark, press

Key = Qt.Key
Shift = Qt.KeyboardModifier.ShiftModifier
TEXT = (
    "The ministry says that rebels, armed with mortars, shelled the town and a fire broke out. "
    "Nobody was hurt.\n\nIts leader\n\nAnn Lee\n\n, the mayor, denied that."
)


@pytest.fixture
def view(window: Window) -> ArticleView:
    hub = bench_of(window).hub
    made = document(9, TEXT)
    hub.apply(Edit("import articles", inserted([made])))
    hub.open_document(made.id)
    return bench_of(window).article.view


def put(window: Window, words: str) -> None:
    """Put the caret where some words begin."""
    view = bench_of(window).article.view
    cursor = view.textCursor()
    cursor.setPosition(view.reading.to_widget(view.reading.text.index(words)))
    view.setTextCursor(cursor)


def selected(window: Window) -> str:
    view = bench_of(window).article.view
    span = view.selected_span()
    return " ".join(span.of(view.reading.text).split()) if span else ""


def place(window: Window) -> tuple[int, int]:
    cursor = bench_of(window).article.view.textCursor()
    return cursor.anchor(), cursor.position()


def test_s_grows_and_shift_s_goes_back_to_the_caret(window: Window, view: ArticleView) -> None:
    put(window, "rtars")
    places, words = [place(window)], []
    for _ in range(4):
        press(window, Key.Key_S)
        places.append(place(window))
        words.append(selected(window))
    report = "rebels, armed with mortars, shelled the town and a fire broke out"
    assert words == [
        "armed with mortars",
        report,
        f"The ministry says that {report}",
        f"The ministry says that {report}. Nobody was hurt.",
    ]
    press(window, Key.Key_S)
    assert place(window) == places[-1]
    assert bench_of(window).status.message.text() == "The paragraph is selected."
    for before in places[-2::-1]:
        press(window, Key.Key_S, Shift)
        assert place(window) == before
    press(window, Key.Key_S, Shift)
    assert place(window) == places[0]


def test_behind_the_last_stop_s_begins_with_the_last_clause(
    window: Window, view: ArticleView
) -> None:
    put(window, "Nobody")
    press(window, Key.Key_End)
    for words in ("Nobody was hurt", TEXT[: TEXT.index("\n")]):
        press(window, Key.Key_S)
        assert selected(window) == words
    press(window, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    press(window, Key.Key_S)
    assert selected(window) == "Number 9"


def test_steps_do_not_lead_back_to_where_one_has_left(window: Window, view: ArticleView) -> None:
    put(window, "armed")
    press(window, Key.Key_S)
    put(window, "Nobody")
    now = place(window)
    press(window, Key.Key_S, Shift)
    assert place(window) == now
    assert bench_of(window).status.message.text().startswith("S has selected nothing here")
    press(window, Key.Key_S)
    press(window, Key.Key_S, Shift)
    assert place(window) == now


def test_e_goes_from_clause_mark_to_clause_mark(window: Window, view: ArticleView) -> None:
    put(window, "bels")
    words = []
    for _ in range(5):
        press(window, Key.Key_E)
        words.append(selected(window))
    assert words == [
        "rebels",
        "rebels, armed with mortars",
        "rebels, armed with mortars, shelled the town",
        "rebels, armed with mortars, shelled the town and a fire broke out",
        "rebels, armed with mortars, shelled the town and a fire broke out. Nobody was hurt",
    ]
    press(window, Key.Key_E)
    assert bench_of(window).status.message.text() == "The paragraph ends here."
    back = []
    for _ in range(4):
        press(window, Key.Key_E, Shift)
        back.append(selected(window))
    assert back == words[3::-1]
    press(window, Key.Key_E, Shift)
    assert selected(window) == "rebels"


def test_e_takes_no_quotation_mark_without_its_partner(window: Window) -> None:
    hub = bench_of(window).hub
    made = document(11, "国防部说：“我们撤退了。”他们没有撤退。")
    hub.apply(Edit("import articles", inserted([made])))
    hub.open_document(made.id)
    put(window, "我们")
    words = []
    for _ in range(3):
        press(window, Key.Key_E)
        words.append(selected(window))
    assert words[:2] == ["我们撤退了", "我们撤退了。”他们没有撤退"]
    press(window, Key.Key_E, Shift)
    assert selected(window) == words[0]


def test_what_was_said_is_gone_after_a_deed(window: Window, view: ArticleView) -> None:
    message = bench_of(window).status.message
    put(window, "bels")
    press(window, Key.Key_E, Shift)
    assert message.text() == "No clause ends before this within the selection."
    press(window, Key.Key_E)
    assert message.text() == ""


def test_a_sentence_goes_across_the_lines_that_a_scraper_cut(
    window: Window, view: ArticleView
) -> None:
    put(window, "Lee")
    press(window, Key.Key_S)
    assert selected(window) == "Its leader Ann Lee"
    press(window, Key.Key_1)
    hub = bench_of(window).hub
    assert hub.focused is not None
    assert hub.focused.quote(TEXT) == "Its leader\n\nAnn Lee"


def test_three_keys_tag_a_claim(window: Window, view: ArticleView) -> None:
    put(window, "Nobody")
    press(window, Key.Key_S)
    press(window, Key.Key_1)
    hub = bench_of(window).hub
    assert hub.focused is not None
    assert (hub.focused.label, hub.focused.quote(TEXT)) == ("claim", "Nobody was hurt")


def test_the_keys_begin_at_the_focused_span(window: Window, view: ArticleView) -> None:
    mark(window, "armed with mortars", Key.Key_1)
    mark(window, "The ministry", Key.Key_4)
    press(window, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    press(window, Key.Key_E)
    assert selected(window) == "armed with mortars"
    press(window, Key.Key_Escape)
    press(window, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    press(window, Key.Key_S)
    assert selected(window) == "The ministry says"


def test_s_and_e_move_a_reopened_boundary(window: Window, view: ArticleView) -> None:
    made = mark(window, "shelled", Key.Key_1)
    press(window, Key.Key_Return)
    press(window, Key.Key_E)
    press(window, Key.Key_Return)
    assert bench_of(window).hub.annotations[made.id].quote(TEXT) == "shelled the town"


def test_nothing_is_selected_where_there_is_nothing(window: Window, view: ArticleView) -> None:
    hub = bench_of(window).hub
    made = document(10, "…")
    hub.apply(Edit("import articles", inserted([made])))
    hub.open_document(made.id)
    press(window, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    press(window, Key.Key_E)
    assert selected(window) == ""


def test_a_selection_over_paragraphs_cannot_grow(window: Window, view: ArticleView) -> None:
    bench_of(window).article.view.select(Span(0, TEXT.index("leader")))
    press(window, Key.Key_S)
    assert bench_of(window).status.message.text() == "The paragraph is selected."
