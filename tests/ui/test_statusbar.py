"""The status bar: what is said finds room, also with large letters."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.span import Span
from annotator.ui.statusbar import StatusBar
from annotator.ui.theme import Theme
from annotator.ui.window import Window

LONG = "Link: Denies · press the letters on a span · Esc leaves"


@pytest.fixture(params=[1.0, 2.0])
def bar(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication) -> StatusBar:
    made = StatusBar(Theme.load("light", scale=request.param))
    qtbot.addWidget(made)
    made.count.setText("12 annotations")
    made.place.setText("¶ 1 of 31")
    made.undo.setText("Undo: tag denial")
    made.snap.setText("Snap to words")
    made.size_.setText("18 px")
    made.resize(1024, made.height())
    made.show()
    return made


def test_a_sentence_finds_room_and_the_rest_comes_back(bar: StatusBar) -> None:
    bar.set_mode(LONG)
    QApplication.processEvents()
    shown = bar.message.contentsRect().width()
    assert shown >= bar.message.fontMetrics().horizontalAdvance(LONG)
    assert bar.saved.isVisible()
    bar.set_mode("")
    QApplication.processEvents()
    for each in (bar.undo, bar.count, bar.place, bar.snap, bar.size_):
        assert each.isVisible()


def test_nothing_is_called_saved_while_it_is_typed(window: Window) -> None:
    assert window.bench is not None
    bench = window.bench
    bench.article.view.select(Span(0, 3))
    bench.desk.tag("claim")
    note = bench.inspector.card.note
    note.setFocus()
    QTest.keyClicks(note, "why")
    assert bench.status.saved.text() == "Saving …"
    note.commit()
    assert bench.status.saved.text() == "Saved"
    QTest.keyClicks(note, "x")
    bench.hub.focus(None)
    assert bench.status.saved.text() == "Saved"


def test_nothing_gives_way_in_a_wide_bar(bar: StatusBar) -> None:
    bar.resize(3000, bar.height())
    bar.set_mode(LONG)
    for each in (bar.undo, bar.count, bar.place, bar.snap, bar.size_):
        assert each.isVisible()


def test_what_was_said_of_a_mode_comes_before_failures_and_warnings(bar: StatusBar) -> None:
    bar.warn("The file is held.")
    assert bar.message.text() == "The file is held."
    assert bar.message.objectName() == "failed"
    bar.set_mode(LONG)
    assert bar.message.text() == LONG
    bar.set_mode("")
    bar.set_failure("Not saved: the disk is full.")
    assert bar.message.text() == "the disk is full."
    bar.set_failure("")
    bar.say("")
    assert bar.message.text() == ""
