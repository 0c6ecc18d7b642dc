"""Tagging all alike from the strip, in the article and in all articles, by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.edits import Edit, inserted
from annotator.core.span import Span
from annotator.ui.gestures.alike_rows import Row
from annotator.ui.gestures.alike_strip import AlikeStrip
from annotator.ui.window import Window
from tests.ui.conftest import TEXT, document
from tests.ui.test_window import bench_of, mark, press, stored

Key = Qt.Key
Shift = Qt.KeyboardModifier.ShiftModifier


def strip(window: Window) -> AlikeStrip:
    return bench_of(window).article.alike_strip


def keys(window: Window, *names: Key) -> None:
    for name in names:
        QTest.keyClick(strip(window).list, name)


def message(window: Window) -> str:
    return bench_of(window).status.message.text()


def ticks(window: Window) -> list[int]:
    return strip(window).model.ticked()


def quotes(window: Window) -> list[str]:
    document = bench_of(window).hub.document
    assert document is not None
    return [each.quote(document.text) for each in stored(window)]


def test_the_same_words_are_tagged_in_one_edit_with_the_entity(window: Window) -> None:
    made = mark(window, "rebels", Key.Key_4)
    hub = bench_of(window).hub
    hub.apply(verbs.set_attribute(made, "entity", ["entity-1"]))
    press(window, Key.Key_A)
    assert strip(window).isVisible()
    assert strip(window).heading.text() == "Actor “rebels”: 1 more place in this article"
    keys(window, Key.Key_Return)
    assert [each.attributes for each in stored(window)] == [{"entity": ["entity-1"]}] * 2
    assert not strip(window).isVisible()
    assert bench_of(window).article.view.hasFocus()
    assert message(window) == "Tagged 1 place as actor; Ctrl+Z takes all back."
    press(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert quotes(window) == ["rebels"]


def test_places_are_ticked_off_one_by_one(window: Window) -> None:
    mark(window, "the", Key.Key_4)
    hub = bench_of(window).hub
    text = hub.document.text if hub.document else ""
    bench_of(window).article.view.select(Span(text.index("Mon"), text.index("Mon") + 6))
    press(window, Key.Key_A)
    assert message(window).startswith("Tag the words first")
    press(window, Key.Key_Escape)
    press(window, Key.Key_A)
    number = len(strip(window).model.rows)
    assert number == 3
    keys(window, Key.Key_Down, Key.Key_Space)
    assert ticks(window) == [0, 2]
    keys(window, Key.Key_A, Key.Key_A)
    assert ticks(window) == []
    assert not strip(window).apply_.isEnabled()
    keys(window, Key.Key_A)
    assert strip(window).apply_.text() == "Tag 3 of 3 (Enter)"
    keys(window, Key.Key_C)
    assert len(strip(window).model.rows) == 1
    keys(window, Key.Key_D, Key.Key_Escape)
    assert not strip(window).isVisible()
    assert quotes(window) == ["the"]


def test_what_is_inside_a_span_of_the_label_is_not_ticked(window: Window) -> None:
    mark(window, "The rebels deny", Key.Key_4)
    mark(window, "rebels", Key.Key_4)
    press(window, Key.Key_A)
    assert [row.note for row in strip(window).model.rows] == ["inside one already"]
    assert ticks(window) == []


def test_no_other_place_is_said(window: Window) -> None:
    mark(window, "Monday", Key.Key_4)
    press(window, Key.Key_A)
    assert message(window) == "“Monday” has no other place in this article."
    assert not strip(window).isVisible()


def test_several_passages_cannot_be_sought(window: Window) -> None:
    mark(window, "Monday", Key.Key_4)
    bench_of(window).article.view.select(Span(0, 3))
    press(window, Key.Key_M)
    press(window, Key.Key_A)
    assert message(window).startswith("This span has several passages")


def test_all_articles_are_tagged_after_a_look(window: Window, qtbot: QtBot) -> None:
    hub = bench_of(window).hub
    done = document(9, "The rebels won.", title="Done one")
    hub.apply(Edit("import articles", inserted([done])))
    layer = hub.project.layer(done.id)
    hub.apply(verbs.set_state(layer, "done", fresh=True))
    mark(window, "rebels", Key.Key_4)
    press(window, Key.Key_A, Shift)
    qtbot.waitUntil(strip(window).isVisible)
    assert strip(window).apply_.text() == "Tag 5 of 6 (Enter)"
    rows = strip(window).model.rows
    assert [(row.title, row.note) for row in rows] == [
        ("Article 1", "1 place"),
        ("Article 2", "2 places"),
        ("Article 3", "2 places"),
        ("Done one", "1 place · done already"),
    ]
    assert rows[1].sentence.startswith("Article 2 · The ministry says that rebels shelled")
    keys(window, Key.Key_Return)
    qtbot.waitUntil(lambda: message(window).startswith("Tagged 5 places in 3 articles"))
    assert quotes(window) == ["rebels", "rebels"]
    assert len(list(hub.project.annotations(layer=layer.id))) == 0
    press(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert quotes(window) == ["rebels"]
    assert hub.project.check() == []


def test_a_click_on_the_box_ticks(window: Window) -> None:
    mark(window, "the", Key.Key_4)
    press(window, Key.Key_A)
    view = strip(window).list
    rect = view.visualRect(strip(window).model.index(1))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(16, 8))
    assert ticks(window) == [0, 2]
    middle = rect.center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert ticks(window) == [0, 2]


def test_what_is_tagged_meanwhile_leaves_the_list(window: Window) -> None:
    mark(window, "the", Key.Key_4)
    press(window, Key.Key_A)
    bench_of(window).hub.undo()
    assert len(strip(window).model.rows) == 4


def test_no_other_article_is_said(window: Window, qtbot: QtBot) -> None:
    hub = bench_of(window).hub
    made = document(9, "Erebuni fell.", title="Fall")
    hub.apply(Edit("import articles", inserted([made])))
    hub.open_document(made.id)
    bench_of(window).article.view.select(Span(0, 7))
    press(window, Key.Key_4)
    press(window, Key.Key_A, Shift)
    qtbot.waitUntil(lambda: message(window) != "")
    assert message(window) == "“Erebuni” has no other place in the articles."


def test_another_article_closes_the_strip(window: Window) -> None:
    mark(window, "rebels", Key.Key_4)
    press(window, Key.Key_A)
    press(window, Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    bench_of(window).shown.step_article(1)
    assert not strip(window).isVisible()


def test_a_file_that_went_is_told(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[str] = []
    bench_of(window).hub.failed.connect(failed.append)
    mark(window, "rebels", Key.Key_4)
    press(window, Key.Key_A, Shift)
    qtbot.waitUntil(strip(window).isVisible)
    path = bench_of(window).hub.project.path
    path.rename(Path(f"{path}.away"))
    keys(window, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(failed))
    Path(f"{path}.away").rename(path)
    assert "moved or deleted" in failed[0]


def test_a_row_reads_as_a_sentence() -> None:
    assert Row("a ", "b", " c", note="done already").sentence == "a b c · done already"
    assert TEXT
