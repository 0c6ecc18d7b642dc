"""The checks of an article: what F7 and Ctrl+Enter list, and what keys do with it."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.model import Annotation
from annotator.core.span import Span
from annotator.project import Project
from annotator.ui.advice import checks as looking
from annotator.ui.advice.strip import AdviceStrip
from annotator.ui.bench import Bench
from annotator.ui.theme import Theme
from annotator.ui.window import Window
from tests.ui.conftest import TEXT, document

Key = Qt.Key
Held = Qt.KeyboardModifier


def bench_of(window: Window) -> Bench:
    assert window.bench is not None
    return window.bench


def strip_of(window: Window) -> AdviceStrip:
    return bench_of(window).article.checks.strip


def press(key: Key, held: Held = Held.NoModifier) -> None:
    """Press a key where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, held)


def tag(window: Window, words: str, label: str) -> Annotation:
    hub = bench_of(window).hub
    assert hub.layer is not None
    start = TEXT.index(words)
    fresh = hub.project.is_fresh(hub.layer)
    edit = verbs.mark(hub.layer, [Span(start, start + len(words))], label, fresh=fresh)
    assert hub.apply(edit)
    return next(each for each in hub.annotations.values() if each.spans[0].start == start)


def state(window: Window, document: str) -> str:
    return bench_of(window).hub.project.layer(document).state


def sentences(window: Window) -> list[str]:
    return [each.sentence for each in strip_of(window).model.advice]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look through at once, however busy the machine is."""
    monkeypatch.setattr(looking, "_AT_ONCE", 10)


@pytest.fixture
def tagged(window: Window) -> Window:
    """The window with a claim and a denial that nobody has linked."""
    tag(window, "rebels shelled the town", "claim")
    tag(window, "deny that they shelled the town", "denial")
    return window


def test_f7_lists_what_is_to_be_looked_at_and_enter_goes_there(tagged: Window) -> None:
    bench = bench_of(tagged)
    press(Key.Key_F7)
    strip = strip_of(tagged)
    assert strip.isVisible()
    assert strip.list.hasFocus()
    assert strip.heading.text() == "3 things to look at"
    assert sentences(tagged)[0].startswith("This claim has no source")
    assert bench.hub.focused is not None
    assert bench.hub.focused.label == "claim"
    press(Key.Key_Down)
    assert bench.hub.focused.label == "denial"
    assert strip.list.hasFocus()
    press(Key.Key_Return)
    assert bench.article.view.hasFocus()
    assert strip.isVisible()
    assert bench.article.view.caret() == TEXT.index("deny")


def test_f7_says_that_there_is_nothing(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bench_of(window).hub.said) as said:
        press(Key.Key_F7)
    assert said.args == ["Looked through: there is nothing to look at."]
    assert not strip_of(window).isVisible()


def test_done_asks_once_and_then_is_done(tagged: Window) -> None:
    bench = bench_of(tagged)
    assert bench.hub.document is not None
    first = bench.hub.document.id
    press(Key.Key_Return, Held.ControlModifier)
    assert strip_of(tagged).list.hasFocus()
    assert state(tagged, first) == "open"
    press(Key.Key_Return, Held.ControlModifier)
    assert state(tagged, first) == "done"
    assert bench.hub.document.id != first
    assert not strip_of(tagged).isVisible()
    assert bench.article.view.hasFocus()


def test_what_done_has_asked_about_it_does_not_ask_again(tagged: Window) -> None:
    bench = bench_of(tagged)
    assert bench.hub.document is not None
    first = bench.hub.document.id
    press(Key.Key_F7)
    press(Key.Key_Escape)
    press(Key.Key_Return, Held.ControlModifier)
    assert strip_of(tagged).isVisible()
    assert state(tagged, first) == "open"
    press(Key.Key_Escape)
    assert not strip_of(tagged).isVisible()
    assert bench.article.view.hasFocus()
    press(Key.Key_Return, Held.ControlModifier)
    assert state(tagged, first) == "done"


def test_what_is_changed_after_it_was_done_is_asked_about(window: Window) -> None:
    bench = bench_of(window)
    assert bench.hub.document is not None
    first = bench.hub.document.id
    bench.desk.set_state("done")
    tag(window, "rebels shelled the town", "claim")
    bench.desk.set_state("done")
    press(Key.Key_Return, Held.ControlModifier)
    assert strip_of(window).isVisible()
    assert bench.hub.document.id == first
    press(Key.Key_Return, Held.ControlModifier)
    assert bench.hub.document.id != first
    bench.open_document(first)
    press(Key.Key_Return, Held.ControlModifier)
    assert bench.hub.document.id != first


def test_done_without_advice_or_without_checks_is_done_at_once(window: Window) -> None:
    bench = bench_of(window)
    assert bench.hub.document is not None
    first = bench.hub.document.id
    press(Key.Key_Return, Held.ControlModifier)
    assert state(window, first) == "done"
    second = bench.hub.document.id
    tag(window, "rebels shelled the town", "claim")
    window.change(checks=False)
    press(Key.Key_Return, Held.ControlModifier)
    assert state(window, second) == "done"


def test_advice_is_waved_away_for_good_and_undo_brings_it_back(
    tagged: Window, qtbot: QtBot
) -> None:
    bench = bench_of(tagged)
    press(Key.Key_F7)
    press(Key.Key_Delete)
    assert len(sentences(tagged)) == 2
    assert bench.hub.focused is not None
    assert bench.hub.focused.label == "denial"
    press(Key.Key_F7)
    assert len(sentences(tagged)) == 2
    assert bench.hub.layer is not None
    with Project.open(bench.hub.project.path, who="ann") as other:
        layer = other.read.layer(bench.hub.layer.id)
        assert layer is not None
        assert len(layer.meta["waved"]) == 1
    bench.hub.undo()
    qtbot.waitUntil(lambda: len(sentences(tagged)) == 3)
    press(Key.Key_Backspace)
    press(Key.Key_Delete)
    press(Key.Key_Delete)
    assert not strip_of(tagged).isVisible()
    assert bench.article.view.hasFocus()


def test_the_list_follows_the_work(tagged: Window, qtbot: QtBot) -> None:
    press(Key.Key_F7)
    press(Key.Key_End)
    last = strip_of(tagged).model.advice[-1]
    hub = bench_of(tagged).hub
    claim = next(each for each in hub.annotations.values() if each.label == "claim")
    hub.apply(verbs.set_attribute(claim, "form", "author"))
    qtbot.waitUntil(lambda: len(sentences(tagged)) == 2)
    row = strip_of(tagged).list.currentIndex().row()
    assert strip_of(tagged).model.advice[row] == last
    hub.apply(verbs.remove(list(hub.annotations.values()), []))
    qtbot.waitUntil(lambda: not strip_of(tagged).isVisible())


def test_another_article_ends_the_looking(tagged: Window) -> None:
    bench = bench_of(tagged)
    press(Key.Key_F7)
    bench.shown.step_article(1)
    assert not strip_of(tagged).isVisible()
    bench.hub.open_document(None)
    bench.article.checks.look()
    assert not strip_of(tagged).isVisible()


def test_untouched_paragraph_is_selected(window: Window) -> None:
    hub = bench_of(window).hub
    text = "Nothing.\n\nHe said it, she denied it, they confirmed it."
    made = document(9, text)
    hub.apply(Edit("import articles", inserted([made])))
    hub.open_document(made.id)
    bench_of(window).article.view.setFocus()
    press(Key.Key_F7)
    assert sentences(window) == [
        "Nothing is tagged here, though it reports: said, denied, confirmed."
    ]
    selected = bench_of(window).article.view.selected_span()
    assert selected is not None
    assert selected.of(text).startswith("He said it")


def test_mouse_shows_and_double_click_goes(tagged: Window) -> None:
    press(Key.Key_F7)
    strip, bench = strip_of(tagged), bench_of(tagged)
    place = strip.list.visualRect(strip.model.index(1)).center()
    QTest.mouseClick(strip.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bench.hub.focused is not None
    assert bench.hub.focused.label == "denial"
    QTest.mouseDClick(strip.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bench.article.view.hasFocus()
    QTest.mouseClick(strip.close_, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not strip.isVisible()


def test_long_looking_goes_on_between_events_and_a_second_press_is_done(
    tagged: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_AT_ONCE", 0)
    monkeypatch.setattr(looking, "_SLICE", 0)
    bench = bench_of(tagged)
    assert bench.hub.document is not None
    first = bench.hub.document.id
    press(Key.Key_F7)
    assert not strip_of(tagged).isVisible()
    monkeypatch.setattr(looking, "_SLICE", 0.006)
    tag(tagged, "The ministry", "actor")
    qtbot.waitUntil(strip_of(tagged).isVisible)
    assert len(sentences(tagged)) == 4
    press(Key.Key_Escape)
    tag(tagged, "The rebels", "actor")
    press(Key.Key_Return, Held.ControlModifier)
    assert state(tagged, first) == "open"
    press(Key.Key_Return, Held.ControlModifier)
    assert state(tagged, first) == "done"


def test_nothing_is_waved_away_in_what_is_read_only(tagged: Window, qtbot: QtBot) -> None:
    bench = bench_of(tagged)
    press(Key.Key_F7)
    bench.hub.project.read_only = "it is a test"
    with qtbot.waitSignal(bench.hub.said) as said:
        press(Key.Key_Delete)
    assert said.args == ["Nothing can be changed here: it is a test."]
    assert len(sentences(tagged)) == 3


def test_rows_are_drawn_and_told(tagged: Window) -> None:
    press(Key.Key_F7)
    strip = strip_of(tagged)
    index = strip.model.index(0)
    spoken = strip.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{sentences(tagged)[0]} “rebels shelled the town”"
    assert strip.model.data(index, Qt.ItemDataRole.DecorationRole) is None
    assert "no source" in str(strip.model.data(index, Qt.ItemDataRole.ToolTipRole))
    assert strip.model.rowCount(QModelIndex()) == 3
    assert strip.model.rowCount(index) == 0
    light = strip.grab().toImage()
    strip.set_theme(Theme.load("dark"))
    assert strip.grab().toImage() != light
    press(Key.Key_A)
    assert len(sentences(tagged)) == 3


def test_other_articles_are_looked_at_and_are_not_needed(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = bench_of(window).hub
    ministry = tag(window, "The ministry", "actor")
    hub.apply(verbs.set_attribute(ministry, "entity", ["entity-1"]))
    bench_of(window).shown.step_article(1)
    tag(window, "The ministry", "actor")
    press(Key.Key_F7)
    assert "The same words are Actor · Ministry of Defence in other articles." in sentences(window)

    def broken(*_args: object, **_named: object) -> None:
        raise UserError("The file is damaged.")

    monkeypatch.setattr(hub.project.read, "tagged_alike", broken)
    press(Key.Key_F7)
    assert sentences(window) == ["This actor has no entity: who is it?"]


def test_in_a_narrow_pane_sentences_take_two_lines(tagged: Window) -> None:
    press(Key.Key_F7)
    strip = strip_of(tagged)
    wide, usual = strip.list.height(), strip.list.sizeHintForRow(0)
    assert strip.hint.isVisible()
    tagged.change(interface=200)
    tagged.resize(1024, 600)
    bench_of(tagged).article.view.setFocus()
    press(Key.Key_F7)
    QApplication.processEvents()
    strip = strip_of(tagged)
    assert strip.list.sizeHintForRow(0) > 2 * usual
    assert not strip.hint.isVisible()
    assert strip.short.isVisible()
    assert strip.height() <= bench_of(tagged).article.height() * 2 // 3
    assert wide == 3 * usual
    strip.grab()


def test_the_first_of_very_much_advice_are_listed(
    tagged: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_MOST", 2)
    press(Key.Key_F7)
    assert strip_of(tagged).heading.text() == "2 things to look at"
