"""Grips: where they stand, what dragging one does, and what it leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.model import Annotation
from annotator.core.reading import reading_layout
from annotator.core.span import Span
from annotator.core.words import grapheme_at
from annotator.ui.article.grips import Pull
from annotator.ui.article.view import ArticleView
from tests.ui.article.helpers import LEFT, grips, mark, move, point_of, pull, span_of

NONE = Qt.KeyboardModifier.NoModifier
TEXT = (
    "The ministry says that rebels shelled the town,\nand that nobody was hurt 🙂 there.\n\n"
    "قال المتحدث باسم الجيش إن three soldiers قتلوا أمس في الهجوم.\n\n"
    "The rebels deny it."
)


def show(view: ArticleView, *words: str, text: str = TEXT) -> Annotation:
    made = mark(text, *words)
    view.movable = True
    view.show_article(reading_layout(text), [made])
    view.grab()
    view.set_focused(made.id)
    view.grab()
    return made


def test_only_the_focused_annotation_has_grips_and_only_where_it_may_be_moved(
    view: ArticleView,
) -> None:
    made = show(view, "rebels shelled", "nobody was hurt")
    assert [(each.passage, each.at_end) for each, _ in grips(view)] == [
        (0, False),
        (0, True),
        (1, False),
        (1, True),
    ]
    view.set_focused(None)
    assert grips(view) == []
    view.movable = False
    view.set_focused(made.id)
    assert grips(view) == []


def test_grips_stand_below_the_letters_at_the_edges(view: ArticleView) -> None:
    made = show(view, "rebels shelled")
    (row,) = [row for row, _ in view._ready(view.document().firstBlock())]
    ((left, right),) = row.pieces[0].areas
    for grip, x in zip([each for each, _ in grips(view)], (left, right), strict=True):
        assert grip.x == pytest.approx(x, abs=0.6)
        assert grip.top >= row.foot
        assert grip.bottom <= row.bottom
    assert made.spans


def test_dragging_grows_by_words_and_tells_on_release(view: ArticleView, qtbot: QtBot) -> None:
    made = show(view, "rebels shelled")
    (_, _), (_, end) = grips(view)
    pull(view, end, point_of(view, TEXT.index("own,")))
    shown = view._index.get(made.id)
    assert shown is not None
    assert shown.spans[0].of(TEXT) in ("rebels shelled the", "rebels shelled the town")
    move(view, point_of(view, TEXT.index("n,")), NONE)
    with qtbot.waitSignal(view.boundary_dragged) as told:
        QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert told.args == [made.id, made.spans[0], span_of(TEXT, "rebels shelled the town")]
    assert view._index.get(made.id) == made
    assert view.selected_span() is None


def test_alt_moves_by_characters(view: ArticleView, qtbot: QtBot) -> None:
    made = show(view, "rebels shelled")
    (_, start), _ = grips(view)
    alt = Qt.KeyboardModifier.AltModifier
    pull(view, start, point_of(view, TEXT.index("els sh")) - QPoint(3, 0), alt)
    with qtbot.waitSignal(view.boundary_dragged) as told:
        QTest.mouseRelease(view.viewport(), LEFT, pos=start)
    assert told.args == [made.id, made.spans[0], span_of(TEXT, "els shelled")]


def test_esc_puts_it_back(view: ArticleView, qtbot: QtBot) -> None:
    made = show(view, "rebels shelled")
    (_, _), (_, end) = grips(view)
    pull(view, end, point_of(view, TEXT.index("own,")))
    assert view._index.get(made.id) != made
    with qtbot.assertNotEmitted(view.boundary_dragged):
        QTest.keyClick(view, Qt.Key.Key_Escape)
        assert view._index.get(made.id) == made
        QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert not view.drop_grip()


def test_what_others_change_meanwhile_stands(view: ArticleView, qtbot: QtBot) -> None:
    made = show(view, "rebels shelled")
    (_, _), (_, end) = grips(view)
    pull(view, end, point_of(view, TEXT.index("own,")))
    view.patch([made.id], [])
    with qtbot.assertNotEmitted(view.boundary_dragged):
        QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert view._index.get(made.id) is None


def test_across_a_joint_of_the_reading_layout(view: ArticleView, qtbot: QtBot) -> None:
    made = show(view, "rebels shelled")
    (_, _), (_, end) = grips(view)
    pull(view, end, point_of(view, TEXT.index("body was") + 3))
    with qtbot.waitSignal(view.boundary_dragged) as told:
        QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert told.args[2].start == made.spans[0].start
    assert told.args[2].of(TEXT).endswith("town,\nand that nobody")


def test_from_right_to_left(view: ArticleView, qtbot: QtBot) -> None:
    made = show(view, "باسم الجيش")
    (start, _), (end, place) = grips(view)
    assert not start.at_end
    assert start.x > end.x
    pull(view, place, point_of(view, TEXT.index("oldiers")))
    with qtbot.waitSignal(view.boundary_dragged) as told:
        QTest.mouseRelease(view.viewport(), LEFT, pos=place)
    assert told.args[2].of(TEXT).startswith("باسم الجيش إن three")
    assert told.args[1] == made.spans[0]


def test_the_mouse_shows_where_it_can_pull(view: ArticleView) -> None:
    show(view, "rebels shelled")
    (_, start), _ = grips(view)
    shapes = []
    for point in (start, start + QPoint(40, 0)):
        place, at = QPointF(point), QPointF(view.viewport().mapToGlobal(point))
        button = Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, place, at, button, button, NONE)
        view.mouseMoveEvent(event)
        shapes.append(view.viewport().cursor().shape())
    assert shapes == [Qt.CursorShape.SizeHorCursor, Qt.CursorShape.IBeamCursor]


@given(st.data())
def test_an_end_stays_in_its_place(data: st.DataObject) -> None:
    """A pulled passage keeps its other end, cuts no grapheme and overlaps no other passage."""
    text = TEXT.replace("nobody", "no👨‍👩‍👧body e\u0301te\u0301")
    cuts = sorted(
        data.draw(
            st.sets(
                st.sampled_from([i for i in range(len(text)) if grapheme_at(text, i) == (i, i)]),
                min_size=4,
                max_size=4,
            )
        )
    )
    spans = (Span(cuts[0], cuts[1]), Span(cuts[2], cuts[3]))
    made = Annotation("a", "l", spans, "claim")
    number, at_end = data.draw(st.integers(0, 1)), data.draw(st.booleans())
    held = Pull(made, number, at_end)
    moved = held.moved(
        text, data.draw(st.integers(0, len(text))), whole_words=data.draw(st.booleans())
    )
    assert held.after(moved).spans[number] == moved
    assert not moved.overlaps(spans[1 - number])
    assert grapheme_at(text, moved.start)[0] == moved.start
    assert grapheme_at(text, moved.end)[0] == moved.end
    if moved != held.old and moved.of(text).strip() == held.old.of(text).strip():
        assert held.old.covers(moved)
